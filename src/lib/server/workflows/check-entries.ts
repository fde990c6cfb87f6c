/** Whether what was typed can be entered: every cell has a meaning, and no limit of the scheme is passed. */
import { unitsToEnter } from './units-to-enter.ts';
import { type Actor, inLocale, type Locale } from '../../basis/codes.ts';
import { type Day, isoDay, parseIsoDay } from '../../basis/day.ts';
import { add, compare, decimal, type Fraction, sum, toExact, zero } from '../../basis/fraction.ts';
import { type Period, periodId } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import { type CellContext, readCell } from '../../intake/cells.ts';
import { type Field, fieldLabel, type Kind } from '../../intake/kinds/declare.ts';
import { kindNamed } from '../../intake/kinds/index.ts';
import type { Evidence, PendingEntry } from '../../reports/entries.ts';
import { type Enterable, enterablesOf, type EntryKind, isFor, pointsFor } from '../../scoring/enterable.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { withdrawnAlike } from './entry-history.ts';
import { listEntries, listPending } from './list-entries.ts';
import { firstDayOf, lastDayOf } from './score-period.ts';
import type { Unit } from './units.ts';

/** Something typed for a township. */
export interface Typed {
	readonly kind: EntryKind;
	readonly key: string;
	/** The code of a township. */
	readonly township: string;
	/** Cells by field, as they were typed; those that the act fills in itself need not be there. */
	readonly cells: Readonly<Record<string, string>>;
	readonly evidence: Evidence | null;
}

/** Something typed that can be entered: its cells are canonical, its id is given. */
export interface Checked extends Typed {
	readonly unit: Unit;
}

/** What is wrong with one of the things typed. */
export interface Refusal {
	/** Its place among them, from 0. */
	readonly place: number;
	readonly problem: Problem;
}

/** Nothing is entered where anything is refused; the problem itself is the first. */
export class EntriesRefused extends Problem {
	readonly refusals: readonly Refusal[];
	constructor(refusals: readonly [Refusal, ...Refusal[]]) {
		const [{ problem }] = refusals;
		super(problem.code, problem.facts, problem.where);
		this.refusals = refusals;
	}
}

/** Where entries belong, and against what they are checked. */
export interface EntryFrame {
	readonly scheme: Scheme;
	readonly period: Period;
	readonly today: Day;
	readonly locale: Locale;
	/** Who enters them; null where they were entered before, each by its own. */
	readonly by: string | null;
	/** Entries that are being confirmed: they do not stand in their own way. */
	readonly except?: readonly PendingEntry[];
}

/** Fields that an act fills in itself. */
const given = new Set(['township', 'period', 'indicator', 'key', 'id', 'clinic', 'revision', 'by']);
/** What a bureau must be able to answer for, beyond what the kind of fact asks. */
const alsoRequired: Readonly<Record<string, readonly string[]>> = { deduction: ['reason'] };

/** The fields of a kind that are typed. */
export const typedFields = (kind: EntryKind): readonly Field[] =>
	(kindNamed(kind) as Kind).fields.filter(({ name, onlyChecks }) => !given.has(name) && onlyChecks !== true);

export const isRequired = (kind: EntryKind, { name, required }: Pick<Field, 'name' | 'required'>): boolean =>
	required || (alsoRequired[kind]?.includes(name) ?? false);

/**
 * Checks what was typed against the scheme, the facts and what waits already.
 * @throws EntriesRefused with everything that is wrong: `indicator_unknown`, `township_unknown`, `entry_not_for`,
 * `entry_missing`, `entry_unreadable`, `mark_out_of_range`, `deductions_over`, `genuine_over`, `entry_outside_period`,
 * `entry_twice`, `entry_waits`, `entry_as_withdrawn`
 * @throws Problem `period_not_covered`, `period_of_parts` (the scheme asks nothing for that period itself), `no_townships`
 */
export async function checkEntries(
	warehouse: Pick<Warehouse, 'engine'>,
	typed: readonly Typed[],
	frame: EntryFrame,
	actor: Actor
): Promise<Checked[]> {
	const { scheme, period } = frame;
	const units = await unitsToEnter(warehouse, scheme, period, actor);
	const check: Check = {
		...frame,
		actor,
		warehouse,
		items: enterablesOf(scheme),
		units: new Map(units.map((unit) => [unit.code, unit])),
		waiting: (await listPending(warehouse, { period: periodId(period) }, actor)).filter(
			({ entry }) => !frame.except?.some((own) => own.entry === entry)
		),
		minus: new Map(),
		seen: new Set()
	};
	const checked: Checked[] = [];
	const refusals: Refusal[] = [];
	for (const [place, one] of typed.entries()) {
		try {
			checked.push(await checkOne(check, one));
		} catch (problem) {
			if (!(problem instanceof Problem)) throw problem;
			refusals.push({ place, problem });
		}
	}
	const [first, ...others] = refusals;
	if (first) throw new EntriesRefused([first, ...others]);
	return checked;
}

interface Check extends EntryFrame {
	readonly actor: Actor;
	readonly warehouse: Pick<Warehouse, 'engine'>;
	readonly items: readonly Enterable[];
	readonly units: ReadonlyMap<string, Unit>;
	readonly waiting: readonly PendingEntry[];
	/** Sums of deductions by item and township: what stands, what waits, and what is typed so far. */
	readonly minus: Map<string, Fraction>;
	/** Items and townships that were met already. */
	readonly seen: Set<string>;
}

async function checkOne(check: Check, typed: Typed): Promise<Checked> {
	const { scheme, locale, items, units } = check;
	const { kind, key, township } = typed;
	const item = items.find((one) => one.kind === kind && one.key === key);
	if (!item)
		throw new Problem('indicator_unknown', {
			scheme: scheme.id,
			key,
			known: items.map((one) => one.key).join(', ')
		});
	const unit = units.get(township);
	if (!unit) throw new Problem('township_unknown', { code: township });
	const named: Names = { indicator: inLocale(item.name, locale), township: unit.name };
	if (!isFor(item, unit)) throw new Problem('entry_not_for', named);
	const cells = readCells(check, item, unit, typed, named);
	if (kind === 'mark') withinPoints(item, unit, cells, named);
	if (kind === 'deduction') await withinSum(check, item, unit, cells, named);
	if (kind === 'spot_check') withinSample(check, cells, named);
	if (kind === 'mark' || kind === 'figure') await onlyOnce(check, item, unit, cells, named);
	return { ...typed, cells, unit };
}

/** What a problem says of itself. */
type Names = Readonly<Record<'indicator' | 'township', string>>;

/** The canonical cells. A form cannot type a township, and no domain is entered here. */
function readCells(
	{ today, locale }: Check,
	item: Enterable,
	unit: Unit,
	{ kind, cells }: Typed,
	named: Names
): Record<string, string> {
	const context: CellContext = {
		today,
		dateOrder: null,
		date1904: false,
		township: () => ({ problem: 'unknown_township' }),
		domain: () => null
	};
	const read: Record<string, string> = {};
	for (const field of typedFields(kind)) {
		const entered = (cells[field.name] ?? '').trim();
		const facts = { ...named, field: inLocale(fieldLabel(field), locale), entered };
		if (entered === '' && isRequired(kind, field)) throw new Problem('entry_missing', facts);
		const answer = readCell(field, entered, context);
		if ('problem' in answer) {
			const points = field.name === 'points' ? pointsFor(item, unit) : null;
			if (points) throw new Problem('mark_out_of_range', { ...named, entered, points: toExact(points) });
			throw new Problem('entry_unreadable', facts);
		}
		if (answer.value !== null) read[field.name] = answer.value;
	}
	return read;
}

function withinPoints(item: Enterable, unit: Unit, cells: Readonly<Record<string, string>>, named: Names): void {
	const points = pointsFor(item, unit);
	const entered = cells['points'] ?? '0';
	if (points && compare(decimal(entered), points) > 0)
		throw new Problem('mark_out_of_range', { ...named, entered, points: toExact(points) });
}

/** All deductions of an item and township together: those that stand, those that wait, those typed with them. */
async function withinSum(
	check: Check,
	item: Enterable,
	unit: Unit,
	cells: Readonly<Record<string, string>>,
	named: Names
): Promise<void> {
	const { scheme, period, warehouse, actor, waiting, minus } = check;
	if (!minus.has(item.key)) {
		minus.set(item.key, zero);
		for (const row of await listEntries(warehouse, scheme, period, item, actor))
			raise(minus, `${item.key} ${row.township}`, row.cells['minus'] ?? '0');
		for (const entry of waiting)
			if (entry.kind === item.kind && entry.key === item.key && entry.cells['revision'] !== '3')
				raise(minus, `${item.key} ${entry.township}`, entry.cells['minus'] ?? '0');
	}
	const points = pointsFor(item, unit);
	const before = minus.get(`${item.key} ${unit.code}`) ?? zero;
	const entered = cells['minus'] ?? '0';
	if (points && compare(sum([before, decimal(entered)]), points) > 0)
		throw new Problem('deductions_over', { ...named, entered, before: toExact(before), points: toExact(points) });
	raise(minus, `${item.key} ${unit.code}`, entered);
}

const raise = (sums: Map<string, Fraction>, key: string, by: string): void => {
	sums.set(key, add(sums.get(key) ?? zero, decimal(by)));
};

function withinSample({ scheme, period }: Check, cells: Readonly<Record<string, string>>, named: Names): void {
	const [sampled, genuine] = [cells['sampled'] ?? '0', cells['genuine'] ?? '0'];
	if (BigInt(genuine) > BigInt(sampled)) throw new Problem('genuine_over', { ...named, genuine, sampled });
	const day = parseIsoDay(cells['checked_on'] ?? '');
	const [first, last] = [firstDayOf(scheme, period), lastDayOf(scheme, period)];
	if (day === null || day < first || day > last)
		throw new Problem('entry_outside_period', {
			...named,
			day: cells['checked_on'] ?? '',
			first: isoDay(first),
			last: isoDay(last)
		});
}

/** A mark or figure stands once for its period and township. */
async function onlyOnce(
	{ period, warehouse, waiting, seen, by }: Check,
	{ kind, key }: Enterable,
	{ code }: Unit,
	cells: Readonly<Record<string, string>>,
	named: Names
): Promise<void> {
	const own = `${kind} ${key} ${code}`;
	if (seen.has(own)) throw new Problem('entry_twice', named);
	seen.add(own);
	const waits = waiting.find((entry) => entry.kind === kind && entry.key === key && entry.township === code);
	if (waits) throw new Problem('entry_waits', { ...named, by: waits.enteredBy });
	const withBy = by === null ? cells : { ...cells, by };
	if (await withdrawnAlike(warehouse.engine, { kind, key, period: periodId(period), township: code, cells: withBy }))
		throw new Problem('entry_as_withdrawn', named);
}
