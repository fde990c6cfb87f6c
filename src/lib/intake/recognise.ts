/** Which kind a sheet is and which row holds its headers (rules.md, 2): by headers, never by position. */
import { Problem, type Where } from '../basis/problem.ts';
import { lineNumberHeader, normaliseHeader } from './headers.ts';
import type { Kind } from './kinds/declare.ts';
import { kinds } from './kinds/index.ts';
import { type Column, type Mapping, neededHeaders } from './mapping.ts';

/** The first rows of a sheet as text; null is an empty cell. */
export type HeadRows = readonly { readonly line: number; readonly cells: readonly (string | null)[] }[];

/** A sheet with its kind, its header row and where each field is. */
export interface Recognised {
	readonly kind: Kind;
	readonly headerLine: number;
	/** The header cells as they stand, by column. */
	readonly headers: readonly (string | null)[];
	readonly mapping: Mapping;
	/** Whether the id stands under 序号: bare integers there are line numbers. */
	readonly idIsLineNumber: boolean;
}

interface Candidate extends Recognised {
	readonly recognised: number;
}

/** The columns of a header row that a kind knows: the first listed header of a field that is there. */
export function columnsOf(kind: Kind, cells: readonly (string | null)[]): Record<string, Column> {
	const present = new Map<string, string>();
	for (const cell of cells) {
		const form = cell === null ? '' : normaliseHeader(cell);
		if (form !== '' && !present.has(form)) present.set(form, cell as string);
	}
	const columns: Record<string, Column> = {};
	for (const field of kind.fields) {
		const header = [...field.headers, field.name]
			.map((candidate) => present.get(normaliseHeader(candidate)))
			.find((found) => found !== undefined);
		if (header !== undefined) columns[field.name] = { header };
	}
	return columns;
}

function candidate(kind: Kind, line: number, cells: readonly (string | null)[]): Candidate | null {
	const columns = columnsOf(kind, cells);
	if (kind.fields.some((field) => field.required && !(field.name in columns))) return null;
	const id = columns['id'];
	return {
		kind,
		headerLine: line,
		headers: cells,
		mapping: { name: '', kind: kind.name, dateOrder: null, lineNumbers: false, fingerprint: null, columns },
		idIsLineNumber: id !== undefined && 'header' in id && normaliseHeader(id.header) === lineNumberHeader,
		recognised: Object.keys(columns).length
	};
}

/**
 * Recognises a sheet by its own headers.
 * @param wanted only this kind, when the user named one
 * @returns null when no row of the head is the header of a kind
 * @throws Problem `kind_ambiguous` naming the candidates, `kind_headers_missing` when the wanted kind lacks headers
 */
export function recognise(head: HeadRows, wanted: Kind | null, where: Where): Recognised | null {
	let best: Candidate[] = [];
	for (const { line, cells } of head) {
		for (const kind of wanted ? [wanted] : kinds) {
			const found = candidate(kind, line, cells);
			if (!found) continue;
			const lead = best[0]?.recognised ?? 0;
			if (found.recognised > lead) best = [found];
			else if (found.recognised === lead && best[0]?.headerLine === line) best.push(found);
		}
	}
	if (best.length > 1)
		throw new Problem('kind_ambiguous', { kinds: best.map(({ kind }) => kind.name).join(', ') }, where);
	if (best[0]) return best[0];
	if (wanted) {
		const closest = head
			.map(({ cells }) => columnsOf(wanted, cells))
			.reduce((a, b) => (Object.keys(b).length > Object.keys(a).length ? b : a), {} as Record<string, Column>);
		const missing = wanted.fields.filter((field) => field.required && !(field.name in closest));
		throw new Problem(
			'kind_headers_missing',
			{ kind: wanted.name, headers: missing.map((field) => field.headers[0] ?? field.name).join('、') },
			where
		);
	}
	return null;
}

/**
 * Finds the header row that a mapping speaks of.
 * @throws Problem `mapping_headers_missing` naming what the closest row lacks
 */
export function recogniseByMapping(head: HeadRows, mapping: Mapping, kind: Kind, where: Where): Recognised {
	const needed = neededHeaders(mapping);
	let fewest: string[] = needed;
	for (const { line, cells } of head) {
		const present = new Map(cells.map((cell) => [normaliseHeader(cell ?? ''), cell]));
		const missing = needed.filter((header) => !present.has(normaliseHeader(header)));
		if (missing.length === 0) {
			const columns = Object.fromEntries(
				Object.entries(mapping.columns).map(([field, column]) => [
					field,
					'header' in column
						? { ...column, header: present.get(normaliseHeader(column.header)) ?? column.header }
						: column
				])
			);
			return { kind, headerLine: line, headers: cells, mapping: { ...mapping, columns }, idIsLineNumber: false };
		}
		if (missing.length < fewest.length) fewest = missing;
	}
	throw new Problem('mapping_headers_missing', { mapping: mapping.name, headers: fewest.join('、') }, where);
}
