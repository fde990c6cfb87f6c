/**
 * On which days the offices of the invented place are open, so that patrols on a closed day stand out. The closures
 * are the State Council's notices for 2022 to 2026; later years have the fixed holidays and the Spring Festival only.
 * Saturdays and Sundays that are worked in exchange for a holiday are taken as closed.
 */
import { addDays, type Day, calendar, parseIsoDay } from '../basis/day.ts';

/** First day and number of days. */
const notices: readonly (readonly [string, number])[] = [
	['2022-01-01', 3],
	['2022-01-31', 7],
	['2022-04-03', 3],
	['2022-04-30', 5],
	['2022-06-03', 3],
	['2022-09-10', 3],
	['2022-10-01', 7],
	['2022-12-31', 3],
	['2023-01-21', 7],
	['2023-04-05', 1],
	['2023-04-29', 5],
	['2023-06-22', 3],
	['2023-09-29', 8],
	['2024-01-01', 1],
	['2024-02-10', 8],
	['2024-04-04', 3],
	['2024-05-01', 5],
	['2024-06-10', 1],
	['2024-09-15', 3],
	['2024-10-01', 7],
	['2025-01-01', 1],
	['2025-01-28', 8],
	['2025-04-04', 3],
	['2025-05-01', 5],
	['2025-05-31', 3],
	['2025-10-01', 8],
	['2026-01-01', 3],
	['2026-02-15', 9],
	['2026-04-04', 3],
	['2026-05-01', 5],
	['2026-06-19', 3],
	['2026-09-25', 3],
	['2026-10-01', 7],
	['2027-02-05', 8],
	['2028-01-25', 8],
	['2029-02-12', 8],
	['2030-02-02', 8]
];

const closedDays = new Set<number>(
	notices.flatMap(([first, days]) => {
		const from = parseIsoDay(first);
		return from === null ? [] : Array.from({ length: days }, (_, i) => addDays(from, i));
	})
);

/** Month and day of the holidays that fall on the same date every year. */
const fixedHolidays = new Set(['1-1', '5-1', '5-2', '5-3', '10-1', '10-2', '10-3']);

/** Whether offices are open on a day. */
export function isWorkday(value: Day): boolean {
	// Day 0 was a Thursday; day 2 a Saturday.
	const weekday = (((value - 2) % 7) + 7) % 7;
	if (weekday < 2 || closedDays.has(value)) return false;
	const { month, day: dayOfMonth } = calendar(value);
	return !fixedHolidays.has(`${month}-${dayOfMonth}`);
}

/** The open days from `from` to `to`, both included. */
export function workdaysBetween(from: Day, to: Day): Day[] {
	const days: Day[] = [];
	for (let at = from; at <= to; at = addDays(at, 1)) if (isWorkday(at)) days.push(at);
	return days;
}

/** The first open day on or after a day. */
export function nextWorkday(value: Day): Day {
	let at = value;
	while (!isWorkday(at)) at = addDays(at, 1);
	return at;
}
