/**
 * What one cell means as a field of its kind. The engine asks this for each *distinct* cell of a column and joins
 * the answers, so that the meaning stands here once and a million rows cost a few thousand calls.
 */
import { addDays, type Day, isoDay, parseIsoDay } from '../basis/day.ts';
import { parseYuan } from '../basis/fen.ts';
import { parseDecimal } from '../basis/fraction.ts';
import { parsePeriod, periodId } from '../basis/period.ts';
import type { RowProblemCode } from '../basis/problem.ts';
import { type DateAnswer, type DateOrder, readDate } from './dates.ts';
import { normaliseHeader } from './headers.ts';
import type { Field } from './kinds/declare.ts';
import type { Join } from './mapping.ts';
import type { TownshipAnswer } from './township-names.ts';

/** What reading a cell depends on beside the cell. */
export interface CellContext {
	/** The day of import: later dates are problems, where a field does not look ahead. */
	readonly today: Day;
	readonly dateOrder: DateOrder;
	readonly date1904: boolean;
	readonly township: (cell: string) => TownshipAnswer;
	readonly domain: (cell: string) => string | null;
}

/** A canonical value as text (ISO day, decimal, code), null for an empty cell, or what is wrong with it. */
export type CellAnswer = { readonly value: string | null } | { readonly problem: RowProblemCode };

const yes = new Set(['是', '有', 'y', 'yes', '1', 'true', '√', '✓', '✔']);
const no = new Set(['否', '无', 'n', 'no', '0', 'false', '×']);
/** Fact tables hold decimals with at most six places (DECIMAL(18,6)); finer figures are refused, not rounded. */
const decimalForm = /^\d{1,12}(?:\.\d{1,6}0*)?$/;
const countForm = /^\d{1,12}(?:\.0+)?$/;

/** Reads the text of a cell as a field. White space around it never matters. */
export function readCell(field: Field, cell: string, context: CellContext): CellAnswer {
	const text = cell.trim();
	if (text === '') return { value: null };
	switch (field.type) {
		case 'text':
			return { value: text };
		case 'date': {
			const answer = readDate(text, context.dateOrder, context.date1904);
			return 'problem' in answer ? answer : withinBounds(field, answer.day, context);
		}
		case 'count': {
			const number = text.normalize('NFKC').replaceAll(',', '');
			return countForm.test(number) ? { value: String(BigInt(number.split('.')[0] ?? '')) } : { problem: 'bad_number' };
		}
		case 'decimal': {
			const number = text.normalize('NFKC').replaceAll(',', '');
			return decimalForm.test(number) && parseDecimal(number) ? { value: number } : { problem: 'bad_number' };
		}
		case 'money': {
			const amount = parseYuan(text.normalize('NFKC').replace(/^¥|元$/gu, ''));
			return amount === null || amount < 0n ? { problem: 'bad_number' } : { value: amount.toString() };
		}
		case 'boolean': {
			const word = normaliseHeader(text);
			return yes.has(word) ? { value: 'true' } : no.has(word) ? { value: 'false' } : { problem: 'bad_boolean' };
		}
		case 'choice': {
			const word = normaliseHeader(text);
			for (const [key, names] of Object.entries(field.choices))
				if (word === normaliseHeader(key) || names.some((name) => normaliseHeader(name) === word))
					return { value: key };
			return { problem: 'unknown_choice' };
		}
		case 'township': {
			const answer = context.township(text);
			return 'problem' in answer ? answer : { value: answer.code };
		}
		case 'domain': {
			const key = context.domain(text);
			return key === null ? { problem: 'unknown_domain' } : { value: key };
		}
		case 'period':
		case 'covers': {
			const period = parsePeriod(text);
			const wanted = field.type === 'period' ? ['quarter', 'half', 'year'] : ['month', 'quarter'];
			return period && wanted.includes(period.kind) ? { value: periodId(period) } : { problem: 'bad_period' };
		}
		case 'flag': {
			const flag = text.normalize('NFKC').replace(/\.0+$/, '');
			return ['1', '2', '3'].includes(flag) ? { value: flag } : { problem: 'bad_flag' };
		}
	}
}

function withinBounds(field: Field & { type: 'date' }, day: Day, context: CellContext): CellAnswer {
	if (day < (parseIsoDay(field.earliest) as Day)) return { problem: 'date_too_early' };
	if (!field.mayBeFuture && day > context.today) return { problem: 'date_in_future' };
	return { value: isoDay(day) };
}

/** Parts of a cell that stands for several columns (a mapping's `plus_days` or `join`); no export has this character. */
export const partSeparator = '\u001f';

/**
 * Reads a date that a mapping makes from two columns: a day and the number of days after it.
 * Empty when either is empty, as the deadline is then not known.
 */
export function readDatePlusDays(field: Field, cell: string, context: CellContext): CellAnswer {
	const [dateText = '', daysText = ''] = cell.split(partSeparator);
	if (field.type !== 'date' || dateText.trim() === '' || daysText.trim() === '') return { value: null };
	const answer = readDayAfter(dateText, daysText, context);
	return 'problem' in answer ? answer : withinBounds(field, answer.day, context);
}

/** The day that is a whole number of days after another, both as cells. */
export function readDayAfter(
	date: string,
	days: string,
	{ dateOrder, date1904 }: Pick<CellContext, 'dateOrder' | 'date1904'>
): DateAnswer | { readonly problem: 'bad_number' } {
	const answer = readDate(date, dateOrder, date1904);
	if ('problem' in answer) return answer;
	if (!countForm.test(days.trim())) return { problem: 'bad_number' };
	return { day: addDays(answer.day, Number(days.trim().split('.')[0])) };
}

/** Reads a cell that a mapping joins from several columns ({@link joined}). */
export function readJoined(field: Field, column: Join, cell: string, context: CellContext): CellAnswer {
	const answer = joined(column, cell.split(partSeparator), context);
	return 'problem' in answer || answer.value === null ? answer : readCell(field, answer.value, context);
}

/** The parts of a join as one text. Empty when any part is: half an id would name more than it should. */
export function joined(
	{ join, between }: Join,
	cells: readonly (string | null)[],
	{ dateOrder, date1904 }: Pick<CellContext, 'dateOrder' | 'date1904'>
): CellAnswer {
	const parts = join.map((_, i) => cells[i]?.trim() ?? '');
	if (parts.includes('')) return { value: null };
	for (const [i, { isDay }] of join.entries()) {
		if (!isDay) continue;
		const answer = readDate(parts[i] ?? '', dateOrder, date1904);
		if ('problem' in answer) return answer;
		parts[i] = isoDay(answer.day);
	}
	return { value: parts.join(between) };
}
