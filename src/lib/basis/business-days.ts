/**
 * Working days of the Chinese calendar (国务院办公厅放假安排), from the package chinese-days: shifted working days at
 * weekends are working days, public holidays are not. The arrangement of a year is published in the autumn before it, so
 * the calendar ends with the last year that the package knows.
 */
import chineseDays from 'chinese-days';
import { addDays, calendar, type Day, isoDay } from './day.ts';
import { Problem } from './problem.ts';

/** The years whose holidays the package states; a test holds this against the package. */
export const knownYears = { from: 2004, to: 2026 } as const;

/**
 * Whether offices work on a day.
 * @throws Problem `calendar_unknown` outside the years that are known: a guess would move deadlines
 */
export function isWorkday(day: Day): boolean {
	const { year } = calendar(day);
	if (year < knownYears.from || year > knownYears.to)
		throw new Problem('calendar_unknown', { day: isoDay(day), from: knownYears.from, to: knownYears.to });
	return chineseDays.isWorkday(isoDay(day));
}

/**
 * The day itself where offices work on it, else the next on which they do.
 * @throws Problem `calendar_unknown`
 */
export function nextBusinessDay(day: Day): Day {
	let next = day;
	while (!isWorkday(next)) next = addDays(next, 1);
	return next;
}
