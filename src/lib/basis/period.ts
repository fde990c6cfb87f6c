/** Assessment periods (考核周期) and months: `2025Q1`, `2025H1`, `2025`, `2025-03`. */
import { type Day, day, daysInMonth } from './day.ts';

export type PeriodKind = 'month' | 'quarter' | 'half' | 'year';

/** A stretch of whole months of one year; `index` counts from 1 within the year. */
export interface Period {
	readonly kind: PeriodKind;
	readonly year: number;
	readonly index: number;
}

const monthsOf: Record<PeriodKind, number> = { month: 1, quarter: 3, half: 6, year: 12 };

/** The period of a kind by its place in the year (from 1). */
export const period = (kind: PeriodKind, year: number, index: number): Period => ({ kind, year, index });

const chineseDigits: Record<string, number> = { 一: 1, 二: 2, 三: 3, 四: 4, 上: 1, 下: 2 };
const forms: readonly [PeriodKind, RegExp][] = [
	['quarter', /^(\d{4})(?:-?Q|年?第?(?=[一二三四1-4]季度))([1-4一二三四])(?:季度)?$/i],
	['half', /^(\d{4})(?:-?H|年?(?=[上下]半年))([12上下])(?:半年)?$/i],
	['month', /^(\d{4})(?:[-/.年])(\d{1,2})月?(?:份)?$/],
	['year', /^(\d{4})(?:年度?)?$/]
];

/** Reads a period in the forms that exports use; `null` when it is none. White space is ignored. */
export function parsePeriod(text: string): Period | null {
	const compact = text.normalize('NFKC').replace(/\s+/g, '');
	for (const [kind, form] of forms) {
		const match = form.exec(compact);
		if (!match) continue;
		const index = match[2] === undefined ? 1 : (chineseDigits[match[2]] ?? Number(match[2]));
		const year = Number(match[1]);
		if (index < 1 || index * monthsOf[kind] > 12 || year < 1900) return null;
		return period(kind, year, index);
	}
	return null;
}

/** Writes a period in its one canonical form. */
export function periodId({ kind, year, index }: Period): string {
	if (kind === 'year') return String(year);
	if (kind === 'month') return `${year}-${String(index).padStart(2, '0')}`;
	return `${year}${kind === 'quarter' ? 'Q' : 'H'}${index}`;
}

const firstMonth = ({ kind, index }: Period): number => (index - 1) * monthsOf[kind] + 1;
const lastMonth = ({ kind, index }: Period): number => index * monthsOf[kind];

export const startOf = (p: Period): Day => day(p.year, firstMonth(p), 1);
export const endOf = (p: Period): Day => day(p.year, lastMonth(p), daysInMonth(p.year, lastMonth(p)));

/** The months of a period, in order. */
export function monthsIn(p: Period): Period[] {
	return Array.from({ length: monthsOf[p.kind] }, (_, i) => period('month', p.year, firstMonth(p) + i));
}

/** The quarters of a period, in order; empty for a month. */
export function quartersIn(p: Period): Period[] {
	if (p.kind === 'month') return [];
	const first = Math.ceil(firstMonth(p) / 3);
	return Array.from({ length: monthsOf[p.kind] / 3 }, (_, i) => period('quarter', p.year, first + i));
}

/** The periods of `kind` that make up the year of `year`. */
export function periodsOfYear(kind: PeriodKind, year: number): Period[] {
	return Array.from({ length: 12 / monthsOf[kind] }, (_, i) => period(kind, year, i + 1));
}

/** The period of the same kind `steps` later (earlier when negative). */
export function shift(p: Period, steps: number): Period {
	const perYear = 12 / monthsOf[p.kind];
	const ordinal = p.year * perYear + p.index - 1 + steps;
	return period(p.kind, Math.floor(ordinal / perYear), (((ordinal % perYear) + perYear) % perYear) + 1);
}

/** The period of `kind` in which a day lies. */
export function periodAt(kind: PeriodKind, year: number, month: number): Period {
	return period(kind, year, Math.ceil(month / monthsOf[kind]));
}
