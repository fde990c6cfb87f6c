/** 待复核: entries that a second person confirms under another name, or rejects. Until then they count nowhere. */
import type { Actor } from '../../basis/codes.ts';
import { type Period, periodId } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import type { PendingEntry } from '../../reports/entries.ts';
import type { EntryKind } from '../../scoring/enterable.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import { countOf, type Engine } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { recordAct } from './audit.ts';
import { checkEntries } from './check-entries.ts';
import type { Deciding } from './decision-import.ts';
import { listPending } from './list-entries.ts';
import { nameOf, sameName } from './person-name.ts';
import { type EntryToTake, takeEntries } from './take-entries.ts';

interface Waiting {
	readonly scheme: Scheme;
	readonly period: Period;
	readonly rows: readonly EntryToTake[];
	readonly by: string;
	readonly now: string;
}

/** Lets rows wait for a second person; gives how many. */
export async function keepPending(
	{ engine }: Pick<Warehouse, 'engine'>,
	{ scheme, period, rows, by, now }: Waiting,
	actor: Actor
): Promise<number> {
	await engine.transaction(async () => {
		const [row] = await engine.rows('SELECT coalesce(max(entry), 0) AS last FROM pending_entry');
		const first = countOf(row?.['last']) + 1;
		for (const [i, { kind, key, township, cells, evidence, why }] of rows.entries())
			await engine.run(
				`INSERT INTO pending_entry VALUES ($entry, $scheme, $kind, $key, $period, $township, $cells, $evidence, $by, $now, $actor)`,
				{
					entry: first + i,
					scheme: scheme.id,
					kind,
					key,
					period: periodId(period),
					township,
					cells: JSON.stringify(why === null ? cells : { ...cells, [whyCell]: why }),
					evidence: evidence && JSON.stringify(evidence),
					by,
					now,
					actor: actor.name
				}
			);
		await recordAct(engine, actor, now, 'enter_pending', {
			scheme: scheme.id,
			period: periodId(period),
			by,
			entries: rows.map(({ kind, key, township, cells, evidence, why }, i) => ({
				entry: first + i,
				kind,
				key,
				township,
				cells,
				...(evidence ? { evidence } : {}),
				...(why === null ? {} : { why })
			}))
		});
	});
	return rows.length;
}

/** Under this the cells of a waiting withdrawal say why; no field of a fact is called so. */
export const whyCell = 'withdrawn_because';

export interface ConfirmEntriesOptions extends Deciding {
	readonly scheme: Scheme;
	readonly period: Period;
	/** The numbers of waiting entries. */
	readonly entries: readonly number[];
	/** The second person. */
	readonly by: string;
}

/** The waiting entries of the numbers, all of which must be there. */
async function chosen(
	warehouse: Warehouse,
	{ scheme, period, entries }: Pick<ConfirmEntriesOptions, 'scheme' | 'period' | 'entries'>,
	actor: Actor
): Promise<PendingEntry[]> {
	const waiting = await listPending(warehouse, { scheme: scheme.id, period: periodId(period) }, actor);
	const wanted = [...new Set(entries)];
	if (wanted.length === 0) throw new Problem('entry_none');
	return wanted.map((entry) => {
		const found = waiting.find((one) => one.entry === entry);
		if (!found) throw new Problem('entry_not_waiting', { entry });
		return found;
	});
}

/**
 * Confirms entries: they become one batch of facts. They are checked again, as limits and facts may have changed since.
 * @throws EntriesRefused; Problem `entry_by_missing`, `entry_none`, `entry_not_waiting`, `entry_same_person`,
 * `decision_refused`
 */
export async function confirmEntries(
	warehouse: Warehouse,
	options: ConfirmEntriesOptions,
	actor: Actor
): Promise<{ readonly batch: number; readonly rows: number }> {
	const { scheme, period, today, now, locale } = options;
	const by = nameOf(options.by);
	const entries = await chosen(warehouse, options, actor);
	const own = entries.find(({ enteredBy }) => sameName(enteredBy, by));
	if (own) throw new Problem('entry_same_person', { name: own.enteredBy });
	const entering = entries.filter(({ cells }) => cells['revision'] !== '3');
	await checkEntries(
		warehouse,
		entering.map(({ kind, key, township, cells, evidence }) => ({
			kind: kind as EntryKind,
			key,
			township,
			cells: Object.fromEntries(Object.entries(cells).map(([name, cell]) => [name, cell ?? ''])),
			evidence
		})),
		{ scheme, period, today, locale, by: null, except: await allWaiting(warehouse, period, actor) },
		actor
	);
	const rows = entries.map(({ cells, enteredBy, enteredAt, ...entry }): EntryToTake => ({
		...entry,
		cells: Object.fromEntries(Object.entries(cells).filter(([name]) => name !== whyCell)),
		enteredBy,
		enteredAt,
		confirmedBy: by,
		why: cells[whyCell] ?? null
	}));
	const batch = await takeEntries(
		warehouse,
		{
			act: '打分复核',
			audit: 'confirm_entries',
			scheme,
			period,
			rows,
			details: { by, entries: entries.map(({ entry }) => entry) },
			deciding: { today, now, locale },
			also: async (engine, batchNumber) => {
				for (const { entry } of entries)
					await decide(engine, { entry, decision: 'confirmed', by, now, reason: null, batch: batchNumber });
			}
		},
		actor
	);
	return { batch, rows: rows.length };
}

/** What waits does not stand in the way of what is confirmed: it counts when it is confirmed itself. */
const allWaiting = (warehouse: Warehouse, period: Period, actor: Actor): Promise<PendingEntry[]> =>
	listPending(warehouse, { period: periodId(period) }, actor);

interface Decision {
	readonly entry: number;
	readonly decision: 'confirmed' | 'rejected';
	readonly by: string;
	readonly now: string;
	readonly reason: string | null;
	readonly batch: number | null;
}

async function decide(engine: Engine, { entry, decision, by, now, reason, batch }: Decision): Promise<void> {
	await engine.run('INSERT INTO entry_decision VALUES ($entry, $decision, $by, $now, $reason, $batch)', {
		entry,
		decision,
		by,
		now,
		reason,
		batch
	});
}

export interface RejectOptions extends Omit<ConfirmEntriesOptions, keyof Deciding>, Pick<Deciding, 'now'> {
	readonly reason: string;
}

/**
 * Rejects entries: they wait no more, and change no fact. Whoever entered them may do so too.
 * @throws Problem `reason_missing`, `entry_by_missing`, `entry_none`, `entry_not_waiting`
 */
export async function rejectEntries(warehouse: Warehouse, options: RejectOptions, actor: Actor): Promise<number> {
	const reason = options.reason.trim();
	if (reason === '') throw new Problem('reason_missing');
	const by = nameOf(options.by);
	const entries = await chosen(warehouse, options, actor);
	const { engine } = warehouse;
	const { now, scheme, period } = options;
	await engine.transaction(async () => {
		for (const { entry } of entries)
			await decide(engine, { entry, decision: 'rejected', by, now, reason, batch: null });
		await recordAct(engine, actor, now, 'reject_entries', {
			scheme: scheme.id,
			period: periodId(period),
			by,
			reason,
			entries: entries.map(({ entry }) => entry)
		});
	});
	return entries.length;
}
