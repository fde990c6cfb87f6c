/** 打分: enters marks, deductions, figures and spot checks; and takes back what was entered. */
import type { Actor } from '../../basis/codes.ts';
import { type Period, periodId } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import type { Kind } from '../../intake/kinds/declare.ts';
import { fieldNamed, kindNamed } from '../../intake/kinds/index.ts';
import type { EntryRow } from '../../reports/entries.ts';
import { type EntryKind, enterablesOf } from '../../scoring/enterable.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { asksSecond } from './asks-second.ts';
import { type Checked, checkEntries, type Typed } from './check-entries.ts';
import type { Deciding } from './decision-import.ts';
import type { StatedEntry } from './entry-file.ts';
import { nextIds } from './entry-history.ts';
import { listEntries, listPending } from './list-entries.ts';
import { nameOf } from './person-name.ts';
import { keepPending } from './pending-entries.ts';
import { type EntryToTake, takeEntries } from './take-entries.ts';
import { requireEnterable } from './units-to-enter.ts';

export interface EnterOptions extends Deciding {
	readonly scheme: Scheme;
	readonly period: Period;
	readonly typed: readonly Typed[];
	/** Who gives the marks, in their own words: until there are accounts it is typed. */
	readonly by: string;
}

export interface Entered {
	/** The batch that took them; null where they wait for a second person. */
	readonly batch: number | null;
	readonly rows: number;
}

/**
 * Enters what was typed, all of it or nothing. Where the scheme asks for a second person it waits, and counts nowhere.
 * @throws EntriesRefused of {@link checkEntries}; Problem `entry_by_missing`, `entry_none`
 */
export async function enterMarks(warehouse: Warehouse, options: EnterOptions, actor: Actor): Promise<Entered> {
	const { scheme, period, typed, today, now, locale } = options;
	const by = nameOf(options.by);
	if (typed.length === 0) throw new Problem('entry_none');
	const checked = await checkEntries(warehouse, typed, { scheme, period, today, locale, by }, actor);
	const rows: EntryToTake[] = [];
	const ids = new Map<EntryKind, (township: string) => string>();
	for (const one of checked) {
		const kind = kindNamed(one.kind) as Kind;
		let id: string | null = null;
		if (fieldNamed(kind, 'id')) {
			const next = ids.get(one.kind) ?? (await nextIds(warehouse.engine, one.kind, periodId(period)));
			ids.set(one.kind, next);
			id = next(one.township);
		}
		rows.push({ ...rowOf(kind, one, periodId(period), id, by), key: one.key, township: one.township, enteredAt: now });
	}
	if (await needsSecond(warehouse, scheme, period, rows))
		return { batch: null, rows: await keepPending(warehouse, { scheme, period, rows, by, now }, actor) };
	const batch = await takeEntries(
		warehouse,
		{ act: '打分', audit: 'enter_marks', scheme, period, rows, details: { by }, deciding: { today, now, locale } },
		actor
	);
	return { batch, rows: rows.length };
}

/** Whether a second person must confirm rows: the scheme by which they are entered asks for one, or another of the home. */
async function needsSecond(
	warehouse: Warehouse,
	{ secondPerson }: Scheme,
	period: Period,
	rows: readonly EntryToTake[]
): Promise<boolean> {
	if (secondPerson) return true;
	const asks = asksSecond(warehouse);
	for (const { kind, key } of rows) if (await asks(kind, key, periodId(period))) return true;
	return false;
}

/** The row that states it: every cell of its kind that has one. */
function rowOf(
	kind: Kind,
	{ cells, township, key, evidence }: Checked,
	period: string,
	id: string | null,
	by: string
): StatedEntry {
	const all: Record<string, string | null> = { ...cells, id, township, period, indicator: key, key, by };
	return {
		kind: kind.name,
		cells: Object.fromEntries(kind.fields.map(({ name }) => [name, all[name] ?? null])),
		evidence,
		enteredBy: by,
		enteredAt: '',
		confirmedBy: null,
		why: null
	};
}

/** Something entered, by its key. */
export interface EntryKey {
	readonly kind: EntryKind;
	readonly key: string;
	readonly township: string;
	readonly id: string;
}

export interface WithdrawOptions extends Deciding {
	readonly scheme: Scheme;
	readonly period: Period;
	readonly entries: readonly EntryKey[];
	readonly by: string;
	readonly reason: string;
}

const textOfKey = ({ kind, key, township, id }: EntryKey): string => [kind, key, township, id].join('\u001f');

/**
 * Takes back what was entered: a batch that withdraws the rows, with flag 3. Where the scheme asks for a second person,
 * the withdrawal waits as an entry does.
 * @throws Problem `reason_missing`, `entry_by_missing`, `entry_none`, `entry_gone` (does not stand, or not for this
 * actor), `entry_waits`
 */
export async function withdrawEntries(warehouse: Warehouse, options: WithdrawOptions, actor: Actor): Promise<Entered> {
	const { scheme, period, today, now, locale } = options;
	const reason = options.reason.trim();
	if (reason === '') throw new Problem('reason_missing');
	const by = nameOf(options.by);
	const wanted = [...new Map(options.entries.map((entry) => [textOfKey(entry), entry])).values()];
	if (wanted.length === 0) throw new Problem('entry_none');
	requireEnterable(scheme, period);
	const current = await standing(warehouse, scheme, period, wanted, actor);
	const waiting = await listPending(warehouse, { period: periodId(period) }, actor);
	const rows = wanted.map((entry): EntryToTake => {
		const row = current.get(textOfKey(entry));
		if (!row) throw new Problem('entry_gone', { id: entry.id });
		const own = waiting.find(
			({ kind, township, cells, key }) =>
				kind === entry.kind &&
				key === entry.key &&
				township === entry.township &&
				(cells['id'] ?? null) === (fieldNamed(kindNamed(kind) as Kind, 'id') ? entry.id : null)
		);
		if (own) throw new Problem('entry_waits', { indicator: entry.key, township: entry.township, by: own.enteredBy });
		const kind = kindNamed(entry.kind) as Kind;
		const cells: Record<string, string | null> = {
			...row.cells,
			township: entry.township,
			...(fieldNamed(kind, 'id') ? { id: entry.id } : {}),
			revision: '3'
		};
		return {
			kind: entry.kind,
			key: entry.key,
			township: entry.township,
			cells,
			evidence: null,
			enteredBy: by,
			enteredAt: now,
			confirmedBy: null,
			why: reason
		};
	});
	if (await needsSecond(warehouse, scheme, period, rows))
		return { batch: null, rows: await keepPending(warehouse, { scheme, period, rows, by, now }, actor) };
	const batch = await takeEntries(
		warehouse,
		{
			act: '打分撤回',
			audit: 'withdraw_entries',
			scheme,
			period,
			rows,
			details: { by, reason },
			deciding: { today, now, locale }
		},
		actor
	);
	return { batch, rows: rows.length };
}

/** The rows that stand of the items that are named, by their keys. */
async function standing(
	warehouse: Warehouse,
	scheme: Scheme,
	period: Period,
	wanted: readonly EntryKey[],
	actor: Actor
): Promise<Map<string, EntryRow>> {
	const found = new Map<string, EntryRow>();
	for (const item of enterablesOf(scheme)) {
		if (!wanted.some(({ kind, key }) => kind === item.kind && key === item.key)) continue;
		for (const row of await listEntries(warehouse, scheme, period, item, actor))
			found.set(textOfKey({ ...row, kind: item.kind, key: item.key }), row);
	}
	return found;
}
