/** The order of the units of a running period, as the address has it. */
import { compare, decimal } from '#lib/basis/fraction.ts';
import { entered, type RunningUnit } from '#lib/reports/running.ts';

const columns = [
	'name',
	'expected',
	'best',
	'room',
	'visit',
	'form',
	'rectification',
	'complaint',
	'entered',
	'overdue'
] as const;
export type UnitColumn = (typeof columns)[number];

export interface UnitOrder {
	readonly by: UnitColumn;
	readonly descending: boolean;
}

/** `?sort=best` ascending, `?sort=-best` descending; the lowest expected score first where the address says nothing. */
export function unitOrderOf(url: URL): UnitOrder {
	const text = url.searchParams.get('sort') ?? '';
	const by = columns.find((column) => column === text.replace(/^-/, ''));
	return by ? { by, descending: text.startsWith('-') } : { by: 'expected', descending: false };
}

const isScore = (by: UnitColumn): by is 'expected' | 'best' | 'room' =>
	by === 'expected' || by === 'best' || by === 'room';

const countOf = (
	{ left, overdue }: RunningUnit,
	by: Exclude<UnitColumn, 'name' | 'expected' | 'best' | 'room'>
): number => (by === 'overdue' ? overdue : by === 'entered' ? entered(left) : left[by]);

function compared(a: RunningUnit, b: RunningUnit, by: UnitColumn): number {
	if (by === 'name') return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
	if (isScore(by)) return compare(decimal(a[by] ?? '0'), decimal(b[by] ?? '0'));
	return countOf(a, by) - countOf(b, by);
}

/** The units in an order; those without a score come last either way, equals by code. */
export function sortedUnits(units: readonly RunningUnit[], { by, descending }: UnitOrder): RunningUnit[] {
	const absent = (unit: RunningUnit): number => (isScore(by) && unit[by] === null ? 1 : 0);
	return units.toSorted(
		(a, b) =>
			absent(a) - absent(b) ||
			(descending ? -1 : 1) * compared(a, b, by) ||
			(a.code < b.code ? -1 : a.code > b.code ? 1 : 0)
	);
}
