/** 打分页: what is to be entered for a period, what has been, and what waits for a second person. */
import type { Actor, Locale } from '../../basis/codes.ts';
import { decimal, sum, toExact } from '../../basis/fraction.ts';
import { type Period, periodId } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import { fieldLabel } from '../../intake/kinds/declare.ts';
import { kindNamed } from '../../intake/kinds/index.ts';
import { criteriaWords } from '../../messages/criteria-words.ts';
import type {
	EntryField,
	EntryItem,
	EntryRow,
	EntryTab,
	EntryUnit,
	MarksReport,
	PendingEntry
} from '../../reports/entries.ts';
import { type Enterable, enterablesOf, type EntryKind, isFor, pointsFor } from '../../scoring/enterable.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { isRequired, typedFields } from './check-entries.ts';
import { listEntries, listPending } from './list-entries.ts';
import { whyCell } from './pending-entries.ts';
import type { Unit } from './units.ts';
import { unitsToEnter } from './units-to-enter.ts';

/** The tab on which a kind is entered. */
const tabOf: Readonly<Record<EntryKind, Exclude<EntryTab, 'pending'>>> = {
	mark: 'marks',
	deduction: 'deductions',
	figure: 'figures',
	spot_check: 'figures'
};

/** The name of an item in addresses: `mark.onsite`. */
const itemId = ({ kind, key }: Pick<Enterable, 'kind' | 'key'>): string => `${kind}.${key}`;

const severalTimes = (kind: EntryKind): boolean => kind === 'deduction' || kind === 'spot_check';

export interface MarksAsked {
	readonly tab: EntryTab | null;
	/** As {@link itemId} names it; the first of the tab where it is not given. */
	readonly item: string | null;
}

/**
 * What the page shows. It is computed at every look: it is small, and what waits changes without a batch.
 * @throws Problem `period_not_covered`, `period_of_parts`, `marks_of_clinics`, `no_townships`, `indicator_unknown`
 */
export async function showMarks(
	warehouse: Pick<Warehouse, 'engine'>,
	scheme: Scheme,
	period: Period,
	asked: MarksAsked,
	locale: Locale,
	actor: Actor
): Promise<MarksReport> {
	const units = await unitsToEnter(warehouse, scheme, period, actor);
	const all = enterablesOf(scheme);
	const named = asked.item === null ? null : all.find((item) => itemId(item) === asked.item);
	if (named === undefined)
		throw new Problem('indicator_unknown', {
			scheme: scheme.id,
			key: asked.item ?? '',
			known: all.map(itemId).join(', ')
		});
	const pending = await listPending(warehouse, { scheme: scheme.id, period: periodId(period) }, actor);
	const seen: Seen[] = [];
	for (const item of all) seen.push(await seenOf(warehouse, scheme, period, item, units, pending, actor));
	const tab = asked.tab ?? (named ? tabOf[named.kind] : seen[0] && tabOf[seen[0].item.kind]) ?? 'marks';
	const ofTab = seen.filter(({ item }) => tabOf[item.kind] === tab);
	const chosen = ofTab.find(({ item }) => item === named) ?? ofTab[0];
	const names = new Map(units.map(({ code, name }) => [code, name]));
	return {
		period: periodId(period),
		secondPerson: scheme.secondPerson,
		tab,
		counts: {
			marks: openOf(seen, 'marks'),
			deductions: seen.reduce((n, { item, rows }) => n + (item.kind === 'deduction' ? rows.length : 0), 0),
			figures: openOf(seen, 'figures'),
			pending: pending.length
		},
		items: ofTab.map(({ item, units: own }) => summaryOf(item, own)),
		item: chosen ? chosenItem(chosen, locale) : null,
		units: chosen?.units ?? [],
		entries: (chosen?.rows ?? []).map((row) => ({ ...row, name: names.get(row.township) ?? row.township })),
		pending: pending.map((entry) => pendingOf(entry, all, names))
	};
}

/** An item with its townships and what stands. */
interface Seen {
	readonly item: Enterable;
	readonly units: readonly EntryUnit[];
	readonly rows: readonly EntryRow[];
}

async function seenOf(
	warehouse: Pick<Warehouse, 'engine'>,
	scheme: Scheme,
	period: Period,
	item: Enterable,
	units: readonly Unit[],
	pending: readonly PendingEntry[],
	actor: Actor
): Promise<Seen> {
	const rows = await listEntries(warehouse, scheme, period, item, actor);
	const byTownship = Map.groupBy(rows, ({ township }) => township);
	const waiting = new Map(
		pending.filter(({ kind, key }) => kind === item.kind && key === item.key).map((entry) => [entry.township, entry])
	);
	return {
		item,
		rows,
		units: units
			.filter((unit) => isFor(item, unit))
			.map((unit) => {
				const own = byTownship.get(unit.code) ?? [];
				const points = pointsFor(item, unit);
				return {
					code: unit.code,
					name: unit.name,
					points: points && toExact(points),
					entry: severalTimes(item.kind) ? null : (own[0] ?? null),
					minus:
						item.kind === 'deduction' ? toExact(sum(own.map(({ cells }) => decimal(cells['minus'] ?? '0')))) : null,
					waiting: waiting.get(unit.code)?.enteredBy ?? null
				};
			})
	};
}

/** Townships of which a mark or figure is missing. What may stand several times, or not at all, is never missing. */
const missing = ({ kind }: Enterable, units: readonly EntryUnit[]): number =>
	severalTimes(kind) ? 0 : units.filter(({ entry, waiting }) => entry === null && waiting === null).length;

const openOf = (seen: readonly Seen[], tab: EntryTab): number =>
	seen.reduce((n, { item, units }) => n + (tabOf[item.kind] === tab ? missing(item, units) : 0), 0);

const summaryOf = (item: Enterable, units: readonly EntryUnit[]): EntryItem => ({
	id: itemId(item),
	kind: item.kind,
	key: item.key,
	name: item.name,
	units: units.length,
	open: missing(item, units)
});

function chosenItem({ item, units }: Seen, locale: Locale): NonNullable<MarksReport['item']> {
	const fields = typedFields(item.kind).map((field): EntryField => ({
		name: field.name,
		label: fieldLabel(field),
		required: isRequired(item.kind, field),
		type: field.type === 'decimal' || field.type === 'count' || field.type === 'date' ? field.type : 'text'
	}));
	return {
		...summaryOf(item, units),
		words: criteriaWords(item, null, locale),
		// An inspection is of one day, whatever it finds and wherever.
		common: fields.filter(({ type }) => type === 'date'),
		fields: fields.filter(({ type }) => type !== 'date')
	};
}

function pendingOf(
	entry: PendingEntry,
	items: readonly Enterable[],
	names: ReadonlyMap<string, string>
): MarksReport['pending'][number] {
	const kind = entry.kind as EntryKind;
	return {
		...entry,
		name: names.get(entry.township) ?? entry.township,
		item: items.find((item) => item.kind === kind && item.key === entry.key)?.name ?? { zh: entry.key },
		labels: typedFields(kind).flatMap((field) => {
			const cell = entry.cells[field.name];
			return cell == null ? [] : [{ label: fieldLabel(field), cell }];
		}),
		withdraws: entry.cells[whyCell] ?? null
	};
}

/** The table of an item as a file: one row for each entry, and for each township that has none. */
export function marksTable({ item, units, entries }: MarksReport): (string | null)[][] {
	const kind = item ? kindNamed(item.kind) : undefined;
	if (!item || !kind) return [['乡镇代码', '乡镇']];
	const fields = [...item.common, ...item.fields];
	const by = kind.fields.find(({ name }) => name === 'by');
	return [
		[
			'乡镇代码',
			'乡镇',
			'编号',
			...fields.map(({ label }) => label.zh),
			by?.headers[0] ?? '录入人',
			'复核人',
			'佐证材料',
			'批次',
			'文件',
			'行'
		],
		...units.flatMap(({ code, name }) => {
			const own = entries.filter(({ township }) => township === code);
			if (own.length === 0) return [[code, name, ...Array<null>(fields.length + 7).fill(null)]];
			return own.map((row) => [
				code,
				name,
				row.id,
				...fields.map((field) => row.cells[field.name] ?? null),
				row.cells['by'] ?? null,
				row.confirmedBy,
				row.evidence.map((proof) => proof.name).join('；') || null,
				String(row.batch),
				row.file,
				String(row.line)
			]);
		})
	];
}
