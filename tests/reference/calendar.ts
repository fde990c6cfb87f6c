/**
 * Days, months and assessment periods as texts. Days are added by walking the
 * calendar one day at a time: slow, and plainly right.
 */
import type { Day } from './rows.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** How many days a month has. */
export function monthLength(year: number, month: number): number {
	if (month === 2) {
		return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
	}
	return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The day `count` days after (or, if negative, before) a day. */
export function addDays(day: Day, count: number): Day {
	let year = Number(day.slice(0, 4));
	let month = Number(day.slice(5, 7));
	let date = Number(day.slice(8, 10));
	for (let left = count; left > 0; left -= 1) {
		date += 1;
		if (date > monthLength(year, month)) {
			date = 1;
			month += 1;
		}
		if (month > 12) {
			month = 1;
			year += 1;
		}
	}
	for (let left = count; left < 0; left += 1) {
		date -= 1;
		if (date === 0) {
			month -= 1;
			if (month === 0) {
				month = 12;
				year -= 1;
			}
			date = monthLength(year, month);
		}
	}
	return `${String(year)}-${two(month)}-${two(date)}`;
}

/** A stretch of days, inclusive at both ends. */
export interface Window {
	readonly start: Day;
	readonly end: Day;
}

/** Whether a day (empty: no) lies in a window. */
export const within = (day: Day | null, window: Window): boolean =>
	day !== null && window.start <= day && day <= window.end;

/** The months (`YYYY-MM`) of `2025Q1`, `2025H1` or `2025`, in order. */
export function monthsOf(period: string): string[] {
	const match = /^(\d{4})(?:(Q)([1-4])|(H)([12]))?$/.exec(period);
	if (!match) throw new Error(`not a period: ${period}`);
	const year = match[1] ?? '';
	const [first, count] = match[2] ? [3 * Number(match[3]) - 2, 3] : match[4] ? [6 * Number(match[5]) - 5, 6] : [1, 12];
	return Array.from({ length: count }, (_, index) => `${year}-${two(first + index)}`);
}

/** First and last day of a month `YYYY-MM`. */
export function monthWindow(month: string): Window {
	const days = monthLength(Number(month.slice(0, 4)), Number(month.slice(5, 7)));
	return { start: `${month}-01`, end: `${month}-${two(days)}` };
}

/**
 * The window of a period. With `yearStarts` (`12-16`) a year is the one that
 * ends in the named year: 2025 is 2024-12-16 to 2025-12-15.
 */
export function windowOf(period: string, yearStarts?: string): Window {
	const months = monthsOf(period);
	if (months.length === 12 && yearStarts !== undefined && yearStarts !== '01-01') {
		const year = Number(period);
		return {
			start: `${String(year - 1)}-${yearStarts}`,
			end: addDays(`${String(year)}-${yearStarts}`, -1)
		};
	}
	return {
		start: monthWindow(months[0] ?? '').start,
		end: monthWindow(months[months.length - 1] ?? '').end
	};
}

/** The quarters of a year, `2025Q1` to `2025Q4`. */
export const quartersOf = (year: string): string[] => [1, 2, 3, 4].map((q) => `${year}Q${String(q)}`);

/** The number (1 to 4) of the quarter that a month `YYYY-MM` lies in. */
export function quarterOfMonth(month: string): number {
	const number = Number(month.slice(5, 7));
	return number <= 3 ? 1 : number <= 6 ? 2 : number <= 9 ? 3 : 4;
}
