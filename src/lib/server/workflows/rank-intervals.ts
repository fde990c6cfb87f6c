/** 名次区间: how sure the ranks of a period are, from the points that make its scores. */
import { type Fraction, isZero, one } from '../../basis/fraction.ts';
import { type Period, periodId } from '../../basis/period.ts';
import type { AnnualScore } from '../../scoring/annual.ts';
import { rankGroup } from '../../scoring/rank.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import type { UnitScore } from '../../scoring/score.ts';
import {
	type Indistinct,
	indistinctNeighbours,
	type RankedPart,
	type RankedUnit,
	type RankInterval,
	rankIntervals
} from '../../trends/rank-interval.ts';

/** A unit's interval, and whether it overlaps that of a neighbour in the order of ranks. */
export interface SureRank extends RankInterval {
	readonly indistinct: Indistinct | null;
}

export type PartScores = ReadonlyMap<string, UnitScore | AnnualScore> | null;

/** The periods whose scores make a year's, with their weights. */
export interface YearParts {
	readonly parts: readonly PartScores[];
	readonly weights: readonly Fraction[];
}

function partOf(scheme: Scheme, { indicators, bonuses, vetoes }: UnitScore, weight: Fraction): RankedPart {
	const held = scheme.vetoes.filter(({ key }) => vetoes.includes(key));
	return {
		weight,
		indicators,
		bonuses: bonuses.map(({ awarded }) => awarded),
		caps: [scheme.max, ...held.flatMap(({ effect }) => ('score' in effect ? [effect.score] : []))]
	};
}

function partsOf(scheme: Scheme, score: UnitScore | AnnualScore, year: YearParts | null): RankedPart[] {
	if (score.score === null) return [];
	if ('indicators' in score) return [partOf(scheme, score, one)];
	return (year?.parts ?? []).flatMap((part, i) => {
		const own = part?.get(score.code);
		const weight = year?.weights[i] ?? one;
		return own && own.score !== null && 'indicators' in own && !isZero(weight) ? [partOf(scheme, own, weight)] : [];
	});
}

/**
 * The intervals of all units of a period by code; a unit without a score has none. The draws hang on scheme, version
 * and period alone, and the periods of a year share each draw: it is the scheme that is doubted, once for the year.
 * @param scores of all units, not only of those that somebody may see
 * @param year null where the scores have indicators of their own
 */
export function sureRanks(
	scheme: Scheme,
	period: Period,
	scores: readonly (UnitScore | AnnualScore)[],
	year: YearParts | null
): ReadonlyMap<string, SureRank> {
	const groupOf = (score: UnitScore | AnnualScore): string | null => rankGroup(scheme.rankWithin, score);
	const units = scores.map((score): RankedUnit => ({ group: groupOf(score), parts: partsOf(scheme, score, year) }));
	const seed = [scheme.id, scheme.version, periodId(period)].join('\n');
	const intervals = rankIntervals(units, scheme.full, seed);
	const known = scores.flatMap((score, i) => {
		const interval = intervals[i];
		return interval && score.rank !== null
			? [{ code: score.code, group: groupOf(score), rank: score.rank, interval }]
			: [];
	});
	const sure = new Map<string, SureRank>();
	for (const group of Map.groupBy(known, (unit) => unit.group).values()) {
		group.sort((a, b) => a.rank - b.rank || (a.code < b.code ? -1 : 1));
		const marks = indistinctNeighbours(group.map(({ interval }) => interval));
		for (const [i, { code, interval }] of group.entries())
			sure.set(code, { ...interval, indistinct: marks[i] ?? null });
	}
	return sure;
}
