/** 逐级汇总, as a page shows it: how the townships of a district, city or province stand together. */
import { forKind } from '../../basis/by-kind.ts';
import type { Actor } from '../../basis/codes.ts';
import { sum, toExact, toFixed } from '../../basis/fraction.ts';
import { type Period, periodId } from '../../basis/period.ts';

import type { LevelRow, LevelsReport } from '../../reports/levels.ts';
import { type Level, levelUnits } from '../../scoring/levels.ts';
import { scoreDecimals } from '../../scoring/rules.ts';
import { scoreText } from '../../scoring/score.ts';
import type { Look } from '../warehouse/house.ts';
import { scoreLevels } from './score-levels.ts';
import { lastDayOf, type PeriodResult } from './score-period.ts';
import { type Rules, rulesAt } from './see-periods.ts';
import { unitsOn } from './units.ts';

/**
 * The scores of a level in a period, by the version in force in it.
 * @throws Problem of {@link scoreLevels}
 */
export function levelScoresSeen(
	look: Look,
	rules: Rules,
	period: Period,
	level: Level,
	actor: Actor
): Promise<PeriodResult> {
	const { scheme, identity } = rulesAt(rules, period);
	return look.recall(`level ${level} ${identity} ${periodId(period)} ${String(actor.townships)}`, () =>
		scoreLevels(look, scheme, period, level, actor)
	);
}

/**
 * What the page shows.
 * @throws Problem of {@link scoreLevels}
 */
export async function showLevels(
	look: Look,
	rules: Rules,
	period: Period,
	level: Level,
	actor: Actor
): Promise<LevelsReport> {
	const { scheme, scores } = await levelScoresSeen(look, rules, period, level, actor);
	const units = await unitsOn(look.engine, scheme, lastDayOf(scheme, period), periodId(period));
	const made = new Map(levelUnits(units, level).map(({ code, members }) => [code, members.length]));
	const byIndicator = scores.some((score) => 'indicators' in score);
	const rows = scores.map((score): LevelRow => ({
		code: score.code,
		units: made.get(score.code) ?? 0,
		rank: score.rank,
		score: scoreText(score.score),
		grade: score.grade,
		provisional: score.provisional,
		awarded:
			'indicators' in score
				? score.indicators.map(({ awarded }) => (awarded === null ? null : toFixed(awarded, scoreDecimals)))
				: [],
		bonuses:
			'bonuses' in score && scheme.bonuses.length > 0
				? toFixed(sum(score.bonuses.map(({ awarded }) => awarded)), scoreDecimals)
				: null
	}));
	return {
		rollup: scheme.rollup,
		indicators: byIndicator
			? scheme.indicators.map(({ key, name, points }) => ({ key, name, points: toExact(forKind(points, null)) }))
			: [],
		rows: rows.sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || (a.code < b.code ? -1 : 1))
	};
}
