/**
 * Calendar days in Asia/Shanghai as day numbers. Never a JavaScript `Date`: its time zone moved a patrol of
 * 31 March into the next quarter on machines set to UTC (rules.md, first paragraph).
 */

declare const dayBrand: unique symbol;
/** Days since 1970-01-01, which is day 0. */
export type Day = number & { readonly [dayBrand]: true };

/** The day with this number. */
export const dayNumber = (number: number): Day => number as Day;

const cumulativeDays = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;

/** Whether `year` has a 29 February. */
const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** The number of days of a month; `month` is 1 to 12. */
export function daysInMonth(year: number, month: number): number {
	return month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days from 1970-01-01 to 1 January of `year`. */
function yearStart(year: number): number {
	const y = year - 1;
	return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) - 719_162;
}

/** The day of a calendar date; `null` when the calendar has no such date (30 February). */
export function dayOf(year: number, month: number, day: number): Day | null {
	if (month < 1 || month > 12 || day < 1 || year < 1 || year > 9999 || day > daysInMonth(year, month)) return null;
	const before = (cumulativeDays[month - 1] ?? 0) + (month > 2 && isLeap(year) ? 1 : 0);
	return dayNumber(yearStart(year) + before + day - 1);
}

/** {@link dayOf} for a date that is known to exist; throws a RangeError otherwise. */
export function day(year: number, month: number, dayOfMonth: number): Day {
	const found = dayOf(year, month, dayOfMonth);
	if (found === null) throw new RangeError(`no such day: ${year}-${month}-${dayOfMonth}`);
	return found;
}

/** Year, month (1 to 12) and day of the month. */
export function calendar(value: Day): { year: number; month: number; day: number } {
	// A year that is not too late: a step of 366 days falls behind after 1970, one of 365 before it.
	let year = 1970 + Math.floor(value / (value < 0 ? 365 : 366));
	while (yearStart(year + 1) <= value) year++;
	let rest = value - yearStart(year);
	let month = 1;
	while (rest >= daysInMonth(year, month)) rest -= daysInMonth(year, month++);
	return { year, month, day: rest + 1 };
}

/** `days` later (earlier when negative). */
export const addDays = (value: Day, days: number): Day => dayNumber(value + days);

const isoForm = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Reads `2025-03-05`; `null` for anything else. */
export function parseIsoDay(text: string): Day | null {
	const match = isoForm.exec(text);
	return match ? dayOf(Number(match[1]), Number(match[2]), Number(match[3])) : null;
}

/** Writes `2025-03-05`. */
export function isoDay(value: Day): string {
	const { year, month, day } = calendar(value);
	return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
