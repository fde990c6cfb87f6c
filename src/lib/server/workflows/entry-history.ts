/** What was entered before, also where it stands no more. */
import { compare, decimal } from '../../basis/fraction.ts';
import type { Kind } from '../../intake/kinds/declare.ts';
import { kindNamed, storedFields } from '../../intake/kinds/index.ts';
import { countOf, type Engine, type Row, textOf, textOrNull } from '../warehouse/engine.ts';

/** A row as it would be entered. */
interface Meant {
	readonly kind: string;
	readonly key: string;
	readonly period: string;
	readonly township: string;
	readonly cells: Readonly<Record<string, string>>;
}

/**
 * Whether the last that stood for a mark or figure says the very same and was withdrawn. The same content again is
 * `unchanged` also then (rules.md, 2, Revision), so that nothing would come of entering it.
 */
export async function withdrawnAlike(
	engine: Engine,
	{ kind: name, key, period, township, cells }: Meant
): Promise<boolean> {
	const kind = kindNamed(name) as Kind;
	const fields = storedFields(kind);
	const columns = fields.map((field) => `CAST("${field.name}" AS VARCHAR) AS "${field.name}"`).join(', ');
	const [last] = await engine.rows(
		`SELECT ${columns}, ended_by FROM fact_${kind.name} WHERE township = $township AND fact_key = $key
			AND ended_by IS DISTINCT FROM 'rollback' ORDER BY batch_from DESC, rowid DESC LIMIT 1`,
		{ township, key: `${period}|${key}` }
	);
	if (last?.['ended_by'] !== 'withdrawal') return false;
	const meant: Record<string, string> = { ...cells, period, [kind.key[1] ?? '']: key };
	return fields.every(({ name: field, type }) => {
		const [before, now] = [textOrNull(last[field]), meant[field] ?? null];
		return type === 'decimal' && before !== null && now !== null
			? compare(decimal(before), decimal(now)) === 0
			: before === now;
	});
}

/** What begins the ids of rows that a page enters; an office's own ids do not. */
const enteredId = '录入-';

/**
 * The next free numbers of entered rows of a period, by township: above all that were ever given, also to what was
 * withdrawn or waits, so that no entry takes another's place.
 */
export async function nextIds(engine: Engine, kind: string, period: string): Promise<(township: string) => string> {
	const prefix = `${enteredId}${period}-`;
	const rows = await engine.rows(
		`SELECT township, max(TRY_CAST(substr(id, length($prefix) + 1) AS INTEGER)) AS last FROM (
			SELECT township, fact_key AS id FROM fact_${(kindNamed(kind) as Kind).name}
			UNION ALL SELECT township, json_extract_string(cells, '$.id') FROM pending_entry WHERE kind = $kind
		) WHERE starts_with(id, $prefix) GROUP BY township`,
		{ prefix, kind }
	);
	const last = new Map(
		rows.map((row: Row) => [textOf(row['township']), row['last'] == null ? 0 : countOf(row['last'])])
	);
	return (township) => {
		const next = (last.get(township) ?? 0) + 1;
		last.set(township, next);
		return `${prefix}${next}`;
	};
}
