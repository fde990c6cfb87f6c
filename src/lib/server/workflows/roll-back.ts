/** 撤销批次: undoes a batch exactly, as if it had never been imported. Nothing is deleted (rules.md, 2, Rollback). */
import type { Actor } from '../../basis/codes.ts';
import { type Day, isoDay } from '../../basis/day.ts';
import { Problem } from '../../basis/problem.ts';
import { kinds } from '../../intake/kinds/index.ts';
import { countUndone, dependents, undoRows } from '../../intake/undo.ts';
import { countOf, type Engine, textOf } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { recordAct } from './audit.ts';

export interface RollbackOptions {
	readonly batch: number;
	/** Why, in the words of who does it. */
	readonly reason: string;
	/** Undo the batches too that build on it. */
	readonly cascade: boolean;
	readonly today: Day;
	/** When the act is recorded to have happened, ISO. */
	readonly now: string;
}

export interface RollbackReport {
	/** The number of the rollback itself. */
	readonly batch: number;
	/** The batches that it undid, newest first. */
	readonly undone: readonly number[];
	/** By kind, how many current rows are no more, and how many are current again. Kinds without either are left out. */
	readonly kinds: readonly { readonly kind: string; readonly removed: number; readonly restored: number }[];
	/** Held rows of other batches that are again as they were, and those that went with the batches undone. */
	readonly holds: { readonly restored: number; readonly removed: number };
}

/** A batch that builds on another, why, and by how many rows. */
export interface Dependent {
	readonly batch: number;
	/** It changed rows, or it has rows that refer to some, or it settled held rows. */
	readonly reason: 'revised' | 'refers' | 'holds';
	readonly rows: number;
}

/**
 * The batches that a rollback of a batch would have to undo before it, newest first: those that build on it, and those
 * that build on them. A batch with several reasons is listed with each.
 */
export async function dependentsOf(engine: Engine, batch: number): Promise<Dependent[]> {
	const undoing = new Set([batch]);
	for (;;) {
		const found = (await engine.rows(dependents, { batches: [...undoing].map(BigInt) })).map((row): Dependent => ({
			batch: countOf(row['batch']),
			reason: textOf(row['reason']) as Dependent['reason'],
			rows: countOf(row['rows'])
		}));
		if (found.every((one) => undoing.has(one.batch))) return found;
		for (const one of found) undoing.add(one.batch);
	}
}

/**
 * Undoes a batch, and with `cascade` what builds on it, in one transaction.
 * @throws Problem `batch_unknown`, `batch_is_rollback`, `batch_undone`; `batch_built_on` without `cascade`;
 * `reason_missing`
 */
export async function rollBack(
	{ engine }: Pick<Warehouse, 'engine'>,
	{ batch, reason, cascade, today, now }: RollbackOptions,
	actor: Actor
): Promise<RollbackReport> {
	if (reason.trim() === '') throw new Problem('reason_missing');
	const report = await engine.transaction(async () => {
		const own = await numberFor(engine, batch);
		const later = [...new Set((await dependentsOf(engine, batch)).map((dependent) => dependent.batch))];
		if (later.length > 0 && !cascade) throw new Problem('batch_built_on', { batch, later: later.join(', ') });
		const undone = [...later, batch];
		const counts = await countRows(engine, undone);
		const holds = await countHolds(engine, undone);
		for (const one of undone) await undo(engine, one, own, reason.trim());
		await engine.run('INSERT INTO batch VALUES ($batch, $act, $now, $actor, CAST($today AS DATE))', {
			batch: own,
			act: 'rollback',
			now,
			actor: actor.name,
			today: isoDay(today)
		});
		await recordAct(engine, actor, now, 'rollback', { batch: own, undone, reason: reason.trim() });
		return { batch: own, undone, kinds: counts, holds };
	});
	// It is committed already: what cannot be checkpointed now is at the next opening.
	await engine.run('CHECKPOINT').catch(() => undefined);
	return report;
}

/** The number of a rollback of the batch, once it is clear that the batch can be undone. */
async function numberFor(engine: Engine, batch: number): Promise<number> {
	const [row] = await engine.rows(
		`SELECT (SELECT coalesce(max(batch), 0) + 1 FROM batch) AS own, (SELECT max(act) FROM batch WHERE batch = $batch) AS act,
		(SELECT max(by_batch) FROM undone WHERE batch = $batch) AS undone_by`,
		{ batch }
	);
	const act = row?.['act'] ?? null;
	if (act === null) throw new Problem('batch_unknown', { batch });
	if (act === 'rollback') throw new Problem('batch_is_rollback', { batch });
	const by = row?.['undone_by'] ?? null;
	if (by !== null) throw new Problem('batch_undone', { batch, by: countOf(by) });
	return countOf(row?.['own']);
}

async function countRows(engine: Engine, undone: readonly number[]): Promise<RollbackReport['kinds']> {
	const counts: RollbackReport['kinds'][number][] = [];
	for (const kind of kinds) {
		const [row] = await engine.rows(countUndone(kind), { batches: undone.map(BigInt) });
		const [removed, restored] = [countOf(row?.['removed']), countOf(row?.['restored'])];
		if (removed + restored > 0) counts.push({ kind: kind.name, removed, restored });
	}
	return counts;
}

async function countHolds(engine: Engine, undone: readonly number[]): Promise<RollbackReport['holds']> {
	const [row] = await engine.rows(engine.statement('holds-undone'), { batches: undone.map(BigInt) });
	return { restored: countOf(row?.['restored']), removed: countOf(row?.['removed']) };
}

/** Undoes one batch on which nothing builds any more. */
async function undo(engine: Engine, batch: number, own: number, reason: string): Promise<void> {
	for (const kind of kinds)
		for (const { sql, bindsRollback } of undoRows(kind))
			await engine.run(sql, { batch, ...(bindsRollback ? { rollback: own } : {}) });
	await engine.run(
		`UPDATE quarantine SET problems = before.problems, retryable = before.retryable, status = before.status,
			status_batch = before.status_batch
		FROM quarantine_before AS before WHERE before.batch = $batch AND before.hold = quarantine.hold`,
		{ batch }
	);
	await engine.run(`UPDATE quarantine SET status = 'rolled_back', status_batch = $own WHERE batch = $batch`, {
		batch,
		own
	});
	// The days that a batch touched change again when it goes, so that tallies over them are taken anew.
	await engine.run(
		`INSERT INTO touched SELECT kind, from_day, to_day, $own FROM touched WHERE batch = $batch
		EXCEPT FROM touched WHERE batch = $own`,
		{ batch, own }
	);
	await engine.run('INSERT INTO undone VALUES ($batch, $own, $reason)', { batch, own, reason });
}
