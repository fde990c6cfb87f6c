/**
 * On which days offices are shut, by the notices of the State Council that the package chinese-days carries. Its data is
 * read, not its functions: those go through `Date` and answer wrongly west of Greenwich (version 1.5.7, TZ=America/Los_Angeles).
 */
import notices from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { addDays, type Day, isoDay } from '../../basis/day.ts';

/** The years that the package knows whole. */
const known = { from: '2004-01-01', to: '2026-12-31' } as const;

const { holidays, workdays }: { holidays: Record<string, string>; workdays: Record<string, string> } = notices;

/** 1970-01-01, day 0, was a Thursday. */
const isWeekend = (day: Day): boolean => [2, 3].includes(((day % 7) + 7) % 7);

function isShut(day: Day): boolean {
	const iso = isoDay(day);
	return iso in holidays || (isWeekend(day) && !(iso in workdays));
}

/** The days of a stretch on which offices are shut; null where the stretch leaves the years that are known. */
export function shutDays(from: Day, to: Day): Day[] | null {
	if (isoDay(from) < known.from || isoDay(to) > known.to) return null;
	const days: Day[] = [];
	for (let day = from; day <= to; day = addDays(day, 1)) if (isShut(day)) days.push(day);
	return days;
}
