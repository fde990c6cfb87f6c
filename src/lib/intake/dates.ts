/** The date forms of real exports (rules.md, 2). What cannot be told apart is a problem, never a guess. */
import { type Day, dayOf, dayNumber } from '../basis/day.ts';

/** How `3/4/2025` is to be read; null where no mapping says so. */
export type DateOrder = 'mdy' | 'dmy' | null;

export type DateAnswer = { readonly day: Day } | { readonly problem: 'bad_date' | 'ambiguous_date' };

const time = String.raw`(?:[T\s]*(?:[上下]午\s*)?\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?|分)?(?:\s*[AaPp][Mm])?(?:Z|[+-]\d{2}:?\d{2})?)?`;
const yearFirst = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${time}$`);
const chinese = new RegExp(String.raw`^(\d{4})年(\d{1,2})月(\d{1,2})[日号]${time}$`);
const compactForm = new RegExp(String.raw`^(\d{4})(\d{2})(\d{2})${time}$`);
const yearLast = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})${time}$`);
/** Five digits only: a bare year such as 2015 is not the serial of a day in 1905. */
const serial = /^(\d{5})(?:\.\d+)?$/;

/** Serial 25569 is 1970-01-01 in the 1900 system, which counts a 29 February 1900 that never was. */
const epochOfSerials = 25_569;
/** The 1904 system starts 1,462 days later. */
const offsetOf1904 = 1_462;

/**
 * Reads a date cell.
 * @param order how day and month stand where the year is last
 * @param date1904 whether the workbook counts serials from 1904
 */
export function readDate(cell: string, order: DateOrder, date1904: boolean): DateAnswer {
	const text = cell.normalize('NFKC').trim();
	const first = yearFirst.exec(text);
	if (first) return known(first[1], first[3], first[4]);
	const other = chinese.exec(text.replace(/\s*([年月日号])\s*/gu, '$1')) ?? compactForm.exec(text);
	if (other) return known(other[1], other[2], other[3]);
	const last = yearLast.exec(text);
	if (last) {
		if (order === null) return { problem: 'ambiguous_date' };
		return order === 'mdy' ? known(last[4], last[1], last[3]) : known(last[4], last[3], last[1]);
	}
	const counted = serial.exec(text);
	if (counted) return { day: dayNumber(Number(counted[1]) - epochOfSerials + (date1904 ? offsetOf1904 : 0)) };
	return { problem: 'bad_date' };
}

function known(year: string | undefined, month: string | undefined, day: string | undefined): DateAnswer {
	const found = dayOf(Number(year), Number(month), Number(day));
	return found === null ? { problem: 'bad_date' } : { day: found };
}
