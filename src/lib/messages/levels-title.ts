/** The sentence that opens the page of levels, and the names of the levels. */
import type { LevelRow } from '../reports/levels.ts';
import * as m from '../paraglide/messages.js';
import type { Level } from '../scoring/levels.ts';
import { shownScore } from '../browser/figures.ts';
import { periodName } from './period-name.ts';

export const levelName: Readonly<Record<Level, () => string>> = {
	district: m.levels_district,
	city: m.levels_city,
	province: m.levels_province
};

/** Who is first and who is last; where there is only one, how it stands. */
export function levelsTitle(
	id: string,
	level: Level,
	rows: readonly LevelRow[],
	gradeName: (grade: string) => string
): string {
	const period = periodName(id);
	const ranked = rows.filter(({ score }) => score !== null);
	const [first, last] = [ranked[0], ranked.at(-1)];
	if (!first || !last) return m.levels_title_none({ period, level: levelName[level]() });
	if (first === last)
		return m.levels_title_one({
			period,
			code: first.code,
			units: String(first.units),
			score: shownScore(first.score),
			grade: gradeName(first.grade)
		});
	return m.levels_title_many({
		period,
		count: String(rows.length),
		level: levelName[level](),
		best: first.code,
		most: shownScore(first.score),
		last: last.code,
		least: shownScore(last.score)
	});
}
