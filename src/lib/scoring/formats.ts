/**
 * The format of scheme documents. A key whose meaning changes, or that goes, gets a new format and a migration, so that
 * every version that was ever published can still be read; keys that are only added need none.
 */
import type { Findings } from '../basis/read-node.ts';
import type { MapNode, Tree } from '../basis/tree.ts';

/** Turns a document of one format into one of the next. */
export type Migration = (document: MapNode) => MapNode;

/** The migrations in order: the first one turns format 1 into format 2. There has been one format so far. */
const migrations: readonly Migration[] = [];

/** The format that a document says it has; 1 where it says none; null where that is no format. */
function formatOf({ entries }: MapNode): number | null {
	const node = entries.get('format')?.value;
	if (!node || (node.type === 'scalar' && node.text === null)) return 1;
	const text = node.type === 'scalar' && node.number ? (node.text ?? '') : '';
	return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : null;
}

/**
 * A document in the present format. One of a later format, or of none that there is, is a finding.
 * @param known the migrations; given so that tests can have some
 */
export function inPresentFormat(document: Tree, findings: Findings, known: readonly Migration[] = migrations): Tree {
	if (document.type !== 'map') return document;
	const format = formatOf(document);
	const latest = known.length + 1;
	if (format === null || format > latest) {
		const node = document.entries.get('format');
		const value = node?.value.type === 'scalar' ? (node.value.text ?? '') : '';
		findings.error(node?.line ?? document.line, 'format_unknown', { format: value, latest: String(latest) });
		return document;
	}
	return known.slice(format - 1).reduce((migrated, migrate) => migrate(migrated), document);
}
