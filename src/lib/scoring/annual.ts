/** Annual scores from those of the year's periods (rules.md, 4). */
import { add, divide, type Fraction, isZero, multiply, one, roundHalfUp, zero } from '../basis/fraction.ts';
import { gradeOf, noGrade } from './grade.ts';
import { rank } from './rank.ts';
import { scoreDecimals } from './rules.ts';
import type { Scheme } from './scheme.ts';
import type { ScoredUnit, UnitScore } from './score.ts';

/** A unit's annual score with those of its periods, from the first to the last, null where there is none. */
export interface AnnualScore extends Omit<UnitScore, 'indicators' | 'bonuses' | 'vetoes' | 'workItems'> {
	readonly quarters: readonly (Fraction | null)[];
}

/** The scores of one period of the year by code; null where the scheme does not cover it or nothing happened in it. */
export type PeriodScores = ReadonlyMap<string, Pick<UnitScore, 'score' | 'provisional'>> | null;

/**
 * How much each period of a year weighs in its score.
 * @param keys the names of the periods in `weights` (Q1 … Q4), in order
 */
export const periodWeights = ({ annual }: Pick<Scheme, 'annual'>, keys: readonly string[]): Fraction[] =>
	keys.map((key) => (annual.method === 'weights' ? (annual.weights[key] ?? zero) : one));

/**
 * The annual scores by `mean` or `weights` of the periods that exist, provisional while one is absent or provisional.
 * @param shares what each period weighs ({@link periodWeights})
 */
export function annualScores(
	scheme: Scheme,
	units: readonly ScoredUnit[],
	periods: readonly PeriodScores[],
	shares: readonly Fraction[]
): AnnualScore[] {
	const weightOf = (index: number): Fraction => shares[index] ?? zero;
	const scored = units
		.map((unit) => {
			const quarters = periods.map((period) => period?.get(unit.code)?.score ?? null);
			let [weighted, weights] = [zero, zero];
			for (const [index, quarter] of quarters.entries()) {
				if (quarter === null) continue;
				weighted = add(weighted, multiply(weightOf(index), quarter));
				weights = add(weights, weightOf(index));
			}
			const score = isZero(weights) ? null : roundHalfUp(divide(weighted, weights), scoreDecimals);
			return {
				...unit,
				score,
				quarters,
				grade: score === null ? noGrade : gradeOf(scheme.grades, score),
				provisional: periods.some((period) => {
					const own = period?.get(unit.code);
					return !own || own.score === null || own.provisional;
				})
			};
		})
		.sort((a, b) => (a.code < b.code ? -1 : 1));
	return rank(scored, scheme.rankWithin);
}
