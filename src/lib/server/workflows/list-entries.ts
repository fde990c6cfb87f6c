/** What has been entered for an item and a period: current facts, with who confirmed them and what proves them. */
import { type Actor, maySee, ownTownships } from '../../basis/codes.ts';
import { isoDay } from '../../basis/day.ts';
import { decimal, toExact } from '../../basis/fraction.ts';
import { type Period, periodId } from '../../basis/period.ts';
import type { Kind } from '../../intake/kinds/declare.ts';
import { kindNamed, storedFields } from '../../intake/kinds/index.ts';
import type { EntryRow, Evidence, PendingEntry } from '../../reports/entries.ts';
import type { Enterable, EntryKind } from '../../scoring/enterable.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import { type Bound, countOf, type Engine, type Row, textOf, textOrNull } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { firstDayOf, lastDayOf } from './score-period.ts';

type Seeing = Pick<Warehouse, 'engine'>;

/** The rows of an item, as a condition over the facts of its kind. */
const conditions: Readonly<Record<EntryKind, string>> = {
	mark: 'fact.period = $period AND fact.indicator = $key',
	deduction: 'fact.period = $period AND fact.indicator = $key',
	figure: 'fact.period = $period AND fact."key" = $key',
	spot_check: 'fact.checked_on BETWEEN CAST($start AS DATE) AND CAST($end AS DATE)'
};

function boundFor(
	scheme: Scheme,
	period: Period,
	{ kind, key }: Pick<Enterable, 'kind' | 'key'>
): Record<string, Bound> {
	return kind === 'spot_check'
		? { start: isoDay(firstDayOf(scheme, period)), end: isoDay(lastDayOf(scheme, period)) }
		: { period: periodId(period), key };
}

/** The canonical cells of a fact: decimals without the zeros that their column adds. */
function cellsOf(kind: Kind, row: Row): Record<string, string | null> {
	return Object.fromEntries(
		storedFields(kind).map(({ name, type }) => {
			const text = textOrNull(row[name]);
			return [name, text !== null && type === 'decimal' ? toExact(decimal(text)) : text];
		})
	);
}

/** The current entries of an item that an actor may see, by township and key. */
export async function listEntries(
	{ engine }: Seeing,
	scheme: Scheme,
	period: Period,
	item: Pick<Enterable, 'kind' | 'key'>,
	actor: Actor
): Promise<EntryRow[]> {
	const kind = kindNamed(item.kind) as Kind;
	const own = ownTownships(actor);
	const columns = storedFields(kind).map(({ name }) => `CAST(fact."${name}" AS VARCHAR) AS "${name}"`);
	const rows = await engine.rows(
		`SELECT fact.township, fact.fact_key, ${columns.join(', ')}, fact.batch_from, source.file, fact.source_line,
			(SELECT max(decided_by) FROM entry_decision WHERE batch = fact.batch_from AND decision = 'confirmed') AS confirmed_by
		FROM fact_${kind.name} AS fact JOIN source USING (source_id)
		WHERE fact.batch_to IS NULL AND ${conditions[item.kind]}
			AND ($own IS NULL OR list_contains(CAST($own AS VARCHAR[]), fact.township))
		ORDER BY fact.township, fact.batch_from, fact.source_line`,
		{ ...boundFor(scheme, period, item), own }
	);
	const evidence = rows.length === 0 ? new Map<string, Proof[]>() : await evidenceOf(engine, kind);
	return rows.map((row) => {
		const [township, id, batch] = [textOf(row['township']), textOf(row['fact_key']), countOf(row['batch_from'])];
		return {
			township,
			id,
			cells: cellsOf(kind, row),
			batch,
			file: textOf(row['file']),
			line: countOf(row['source_line']),
			confirmedBy: textOrNull(row['confirmed_by']),
			// What proved an earlier version does not prove this one.
			evidence: (evidence.get(`${township}\u001f${id}`) ?? [])
				.filter((proof) => proof.batch >= batch)
				.map(({ sha256, name, size }) => ({ sha256, name, size }))
		};
	});
}

interface Proof extends Evidence {
	readonly batch: number;
}

async function evidenceOf(engine: Engine, kind: Kind): Promise<Map<string, Proof[]>> {
	const rows = await engine.rows(
		`SELECT township, fact_key, batch, sha256, name, size FROM evidence_of_fact
		WHERE kind = $kind AND batch NOT IN (SELECT batch FROM undone) ORDER BY batch DESC, name`,
		{ kind: kind.name }
	);
	return Map.groupBy(
		rows.map((row) => ({
			key: `${textOf(row['township'])}\u001f${textOf(row['fact_key'])}`,
			batch: countOf(row['batch']),
			sha256: textOf(row['sha256']),
			name: textOf(row['name']),
			size: countOf(row['size'])
		})),
		({ key }) => key
	);
}

/** Entries that wait for a second person, oldest first; of a scheme and a period where they are named. */
export async function listPending(
	{ engine }: Seeing,
	{ scheme = null, period = null }: { readonly scheme?: string | null; readonly period?: string | null },
	actor: Actor
): Promise<PendingEntry[]> {
	return (await engine.rows(engine.statement('open-entries')))
		.map((row) => ({
			entry: countOf(row['entry']),
			scheme: textOf(row['scheme']),
			kind: textOf(row['kind']),
			key: textOf(row['key']),
			period: textOf(row['period']),
			township: textOf(row['township']),
			cells: JSON.parse(textOf(row['cells'])) as PendingEntry['cells'],
			evidence: row['evidence'] == null ? null : (JSON.parse(textOf(row['evidence'])) as Evidence),
			enteredBy: textOf(row['entered_by']),
			enteredAt: textOf(row['entered_at']),
			actor: textOf(row['actor'])
		}))
		.filter(
			(entry) =>
				(scheme === null || entry.scheme === scheme) &&
				(period === null || entry.period === period) &&
				maySee(actor, entry.township)
		);
}
