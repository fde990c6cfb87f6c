/** What an import does to the rows that were held before it: some are superseded, some corrected, and what was is kept. */
import { Problem, type Where } from '../../basis/problem.ts';
import { supersedeHolds } from '../../intake/compose-holds.ts';
import { holdColumnIn } from '../../intake/holds.ts';
import { countOf, type Engine, textOf } from '../warehouse/engine.ts';

/** The rows held when an import begins; what it changes of them a rollback puts back (rules.md, 2, Rollback). */
export const heldBefore = `CREATE OR REPLACE TEMP TABLE held_before AS
	SELECT hold, problems, retryable, status, status_batch FROM quarantine WHERE status = 'held'`;

/** Keeps, of the rows held before, those that the import changed, as they were. Binds `$batch`. */
export const holdsChanged = `INSERT INTO quarantine_before
	SELECT $batch, hold, before.problems, before.retryable, before.status, before.status_batch
	FROM held_before AS before JOIN quarantine AS now USING (hold)
	WHERE now.status <> before.status OR now.retryable <> before.retryable
		OR CAST(now.problems AS VARCHAR) <> CAST(before.problems AS VARCHAR)`;

/** Rows held from an earlier reading of the very same sheet, or whose key this sheet has brought, are held no more. */
export async function supersedeEarlierHolds(
	engine: Engine,
	{ sha256, file, sheet, kind }: { sha256: string; file: string; sheet: string | null; kind: string },
	source: number,
	batch: number
): Promise<void> {
	const [row] = await engine.rows(`SELECT count(*) AS n FROM quarantine WHERE status = 'held'`);
	if (countOf(row?.['n']) === 0) return;
	await engine.run(
		`UPDATE quarantine SET status = 'superseded', status_batch = $batch WHERE status = 'held' AND source_id IN
		(SELECT source_id FROM source WHERE sha256 = $sha256 AND sheet IS NOT DISTINCT FROM $sheet AND kind = $kind)`,
		{ batch, sha256, sheet, kind }
	);
	await engine.run(supersedeHolds, { batch, source, kind, file, sheet });
}

/** A corrected file of held rows names the holds that it settles; what is still wrong in it is held anew. */
export async function settleCorrectedHolds(
	engine: Engine,
	headers: readonly (string | null)[],
	batch: number,
	where: Where
): Promise<void> {
	const column = holdColumnIn(headers);
	if (column < 0) return;
	const unknown = await engine.rows(
		`SELECT c${column} AS hold FROM raw WHERE c${column} IS NOT NULL AND
		TRY_CAST(c${column} AS INTEGER) NOT IN (SELECT hold FROM quarantine WHERE status <> 'rolled_back') LIMIT 1`
	);
	if (unknown[0]) throw new Problem('hold_unknown', { hold: textOf(unknown[0]['hold']) }, where);
	await engine.run(
		`UPDATE quarantine SET status = 'corrected', status_batch = $batch FROM raw
		WHERE quarantine.status = 'held' AND quarantine.hold = TRY_CAST(raw.c${column} AS INTEGER)`,
		{ batch }
	);
}
