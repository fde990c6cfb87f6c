/**
 * The statements that undo a batch, and those that find what builds on it (rules.md, 2, Rollback). A row's content never
 * changes: what the batch brought is ended by `rollback`, and what it ended is as it was before. Statements about one
 * batch bind `$batch`, those about several `$batches`; none of these is undone already.
 */
import { standing } from './compose.ts';
import type { Kind } from './kinds/declare.ts';
import { kinds } from './kinds/index.ts';

const among = (column: string): string => `list_contains(CAST($batches AS BIGINT[]), ${column})`;

/** How many current rows of a kind go with the batches (`removed`), and how many are current again (`restored`). */
export const countUndone = ({ name }: Kind): string =>
	`SELECT count(*) FILTER (${among('batch_from')} AND batch_to IS NULL) AS removed,
		count(*) FILTER (NOT ${among('batch_from')} AND ${among('batch_to')} AND ${standing}) AS restored FROM fact_${name}`;

/** Statements that undo what one batch did to the rows of a kind, in their order. Those with `$rollback` say so. */
export const undoRows = ({ name }: Kind): { sql: string; bindsRollback: boolean }[] => [
	{
		// A row that was withdrawn before, and that the batch replaced, is again the withdrawn one of its key. The latest
		// row before the batch is the one that it replaced, because rows of a key act one after the other.
		sql: `UPDATE fact_${name} SET ended_by = 'withdrawal' WHERE ended_by = 'withdrawal_revised' AND batch_to < $batch AND rowid IN (
			SELECT last FROM (
				SELECT arg_max(rowid, {'batch': batch_from, 'source': source_id, 'line': source_line}) AS last
				FROM (SELECT rowid, * FROM fact_${name} WHERE batch_from < $batch AND ${standing})
				SEMI JOIN (FROM fact_${name} WHERE batch_from = $batch) AS brought USING (township, fact_key)
				GROUP BY township, fact_key))`,
		bindsRollback: false
	},
	{
		sql: `UPDATE fact_${name} SET batch_to = NULL, ended_by = NULL
			WHERE batch_to = $batch AND batch_from < $batch AND ${standing}`,
		bindsRollback: false
	},
	{
		sql: `UPDATE fact_${name} SET batch_to = coalesce(batch_to, $rollback), ended_by = 'rollback' WHERE batch_from = $batch`,
		bindsRollback: true
	}
];

/** By batch, how many keys of a kind it changed after one of the batches had. */
const revising = ({ name }: Kind): string =>
	`SELECT later.batch, 'revised' AS reason, count(DISTINCT (later.township, later.fact_key)) AS n FROM (
		SELECT township, fact_key, batch_from AS batch FROM fact_${name} WHERE ${standing} AND batch_from > list_min($batches)
		UNION ALL SELECT township, fact_key, batch_to FROM fact_${name} WHERE ${standing} AND batch_to > list_min($batches)
	) AS later JOIN (
		SELECT township, fact_key, min(batch) AS since FROM (
			SELECT township, fact_key, batch_from AS batch FROM fact_${name} WHERE ${among('batch_from')}
			UNION ALL SELECT township, fact_key, batch_to FROM fact_${name} WHERE ${among('batch_to')} AND ${standing}
		) GROUP BY township, fact_key
	) AS changed USING (township, fact_key)
	WHERE later.batch > changed.since GROUP BY later.batch`;

/** Keys that only the batches brought, with the first batch that did: without them no row of the key is current. */
const lost = (kind: string, key: string): string =>
	`(SELECT ${key}, min(batch_from) AS since FROM fact_${kind} WHERE ${among('batch_from')} GROUP BY ${key}) AS brought
	ANTI JOIN (FROM fact_${kind} WHERE NOT ${among('batch_from')} AND ${standing}
		AND (batch_to IS NULL OR ${among('batch_to')})) AS kept USING (${key})`;

/** What the rows of a kind refer to beside their township: a column of theirs, and the kind whose key stands in it. */
const references: Readonly<Record<string, { readonly column: string; readonly kind: string }>> = {
	patrol: { column: 'subject', kind: 'subject' },
	finding: { column: 'patrol', kind: 'patrol' }
};

/** By batch, how many rows of a kind it brought that refer to something which only the batches brought before. */
function referring({ name }: Kind): string {
	const reference = references[name];
	const owner = reference
		? `LEFT JOIN (FROM ${lost(reference.kind, 'township, fact_key')}) AS owner
			ON owner.township = fact.township AND owner.fact_key = fact.${reference.column}`
		: '';
	return `SELECT batch_from AS batch, 'refers' AS reason, count(*) AS n
	FROM (FROM fact_${name} WHERE ${standing} AND batch_from > list_min($batches)) AS fact
	LEFT JOIN lost_township ON lost_township.township = fact.township ${owner}
	WHERE batch_from > lost_township.since${reference ? ' OR batch_from > owner.since' : ''} GROUP BY batch_from`;
}

/**
 * Holds that a later batch changed after the batches had made or changed them, and holds that it settled where the
 * batches had brought a row of that key: without it the held row would have become that row. Where the township of a
 * held row was not known, its id must do.
 */
const holdsBuiltOn = [
	`SELECT later.batch, later.hold FROM quarantine_before AS later JOIN quarantine AS held USING (hold) WHERE ${among('held.batch')}`,
	`SELECT later.batch, later.hold FROM quarantine_before AS later JOIN quarantine_before AS earlier USING (hold)
	WHERE ${among('earlier.batch')} AND earlier.batch < later.batch`,
	...kinds.map(
		({ name }) =>
			`SELECT held.status_batch, held.hold FROM quarantine AS held JOIN fact_${name} AS brought USING (fact_key)
			WHERE held.kind = '${name}' AND ${among('brought.batch_from')} AND held.batch < held.status_batch AND brought.batch_from < held.status_batch
			AND held.status IN ('released', 'corrected', 'superseded')
			AND (held.township = brought.township OR (held.township IS NULL AND held.status = 'superseded'))`
	)
].join(' UNION ALL ');

/**
 * The batches that build on the given ones, newest first, with the reason and the rows that do: they revised rows which
 * those brought or ended, hold rows that refer to what only those brought, or settled held rows which those made or
 * changed. Batches among the given ones are listed too where they build on another of them.
 */
export const dependents = `WITH lost_township AS (FROM ${lost('township', 'township')})
	SELECT batch, reason, CAST(sum(n) AS BIGINT) AS "rows" FROM (
		${kinds.map(revising).join(' UNION ALL ')}
		UNION ALL ${kinds
			.filter(({ name }) => name !== 'township')
			.map(referring)
			.join(' UNION ALL ')}
		UNION ALL SELECT batch, 'holds', count(DISTINCT hold) FROM (${holdsBuiltOn}) GROUP BY batch
	) WHERE batch NOT IN (SELECT batch FROM undone) GROUP BY batch, reason ORDER BY batch DESC, reason DESC`;
