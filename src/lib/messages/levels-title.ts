/** The sentence that opens the page of levels, and the names of the levels. */
import type { LevelRow } from '../reports/levels.ts';
import * as m from '../paraglide/messages.js';
import type { Level } from '../scoring/levels.ts';
import { shownScore } from '../browser/figures.ts';
import { periodName } from './period-name.ts';

/** The best and the last that have a score, and how many there are. */
export interface LevelEnds {
	readonly first: LevelRow | undefined;
	readonly last: LevelRow | undefined;
	readonly count: number;
}

export const levelName: Readonly<Record<Level, () => string>> = {
	district: m.levels_district,
	city: m.levels_city,
	province: m.levels_province
};

/** Who is first and who is last; where there is only one, how it stands. */
export function levelsTitle(
	id: string,
	level: Level,
	{ first, last, count }: LevelEnds,
	{ unit, gradeName }: { readonly unit: string; readonly gradeName: (grade: string) => string }
): string {
	const period = periodName(id);
	if (!first || !last) return m.levels_title_none({ period, level: levelName[level]() });
	if (count === 1)
		return m.levels_title_one({
			period,
			unit,
			code: first.code,
			units: String(first.units),
			score: shownScore(first.score),
			grade: gradeName(first.grade)
		});
	return m.levels_title_many({
		period,
		count: String(count),
		level: levelName[level](),
		best: first.code,
		most: shownScore(first.score),
		last: last.code,
		least: shownScore(last.score)
	});
}
