/**
 * Working days of the Chinese calendar (国务院办公厅放假安排): shifted working days at weekends are worked, public holidays
 * are not. The arrangement of a year is published in the autumn before it, so the calendar ends with the last year that the
 * package chinese-days knows. Its data is read, not its functions: those go through `Date` and answer wrongly west of
 * Greenwich (version 1.5.7, TZ=America/Los_Angeles).
 */
import notices from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { addDays, calendar, type Day, isoDay } from './day.ts';
import { Problem } from './problem.ts';

/** The years whose holidays the package states; a test holds this against the package. */
export const knownYears = { from: 2004, to: 2026 } as const;

const { holidays, workdays }: { holidays: Record<string, string>; workdays: Record<string, string> } = notices;

/** 1970-01-01, day 0, was a Thursday. */
const isWeekend = (day: Day): boolean => [2, 3].includes(((day % 7) + 7) % 7);

/** Whether the holidays of a day's year are known. */
const isKnown = (day: Day): boolean => {
	const { year } = calendar(day);
	return year >= knownYears.from && year <= knownYears.to;
};

/**
 * Whether offices work on a day.
 * @throws Problem `calendar_unknown` outside the years that are known: a guess would move deadlines
 */
export function isWorkday(day: Day): boolean {
	const iso = isoDay(day);
	if (!isKnown(day)) throw new Problem('calendar_unknown', { day: iso, from: knownYears.from, to: knownYears.to });
	return iso in workdays || !(isWeekend(day) || iso in holidays);
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

/** The days of a stretch on which offices are shut; null where the stretch leaves the years that are known. */
export function shutDays(from: Day, to: Day): Day[] | null {
	if (!isKnown(from) || !isKnown(to)) return null;
	const days: Day[] = [];
	for (let day = from; day <= to; day = addDays(day, 1)) if (!isWorkday(day)) days.push(day);
	return days;
}
