/** Scores of a period from tallies: one pure function, the same for the official score and the what-if. */
import { forKind } from '../basis/by-kind.ts';
import {
	add,
	compare,
	divide,
	type Fraction,
	multiply,
	roundHalfUp,
	smaller,
	sum,
	toFixed,
	zero
} from '../basis/fraction.ts';
import { gradeOf, isWorse, noGrade } from './grade.ts';
import { rank } from './rank.ts';
import { awardedPoints, part, scoreDecimals, type ScoredTally } from './rules.ts';
import type { Indicator, Scheme } from './scheme.ts';

/** A unit to be scored. */
export interface ScoredUnit {
	readonly code: string;
	/** The township that a clinic belongs to; a township is its own. */
	readonly township: string;
	readonly name: string;
	readonly kind: string | null;
}

/** Gives the tally of an indicator, bonus or veto (by its place in the scheme) for a unit. */
export type TallyOf = (
	use: { readonly in: 'indicators' | 'bonuses' | 'vetoes' | 'workItems'; readonly index: number },
	code: string
) => ScoredTally;

export interface IndicatorScore {
	readonly key: string;
	readonly tally: ScoredTally;
	/** Null where the indicator is excluded. */
	readonly awarded: Fraction | null;
	/** The indicator's points for this unit. */
	readonly of: Fraction;
}

/** Points beside those of indicators: of a bonus, or of a work item. */
interface AddedPoints {
	readonly key: string;
	readonly awarded: Fraction;
	readonly tally: ScoredTally;
}

/** A unit's score in one period; `score` is null, `grade` is `none` and `rank` is null when everything was excluded. */
export interface UnitScore extends ScoredUnit {
	readonly score: Fraction | null;
	readonly grade: string;
	readonly rank: number | null;
	/** How many units are ranked with this one. */
	readonly ranked: number;
	readonly provisional: boolean;
	readonly indicators: readonly IndicatorScore[];
	readonly bonuses: readonly AddedPoints[];
	readonly vetoes: readonly string[];
	/** Points of work, which are no part of the score. */
	readonly workItems: readonly AddedPoints[];
}

/** Whether an indicator is for this unit (`applies_to`). */
export function applies({ appliesTo }: Pick<Indicator, 'appliesTo'>, unit: ScoredUnit): boolean {
	if (!appliesTo) return true;
	if (appliesTo.codes && !appliesTo.codes.includes(unit.code)) return false;
	return !appliesTo.kinds || (unit.kind !== null && appliesTo.kinds.includes(unit.kind));
}

function scoreIndicator(
	indicator: Indicator,
	tally: ScoredTally,
	unit: ScoredUnit
): IndicatorScore & { pending: boolean } {
	const of = forKind(indicator.points, unit.kind);
	const { key } = indicator;
	const policy =
		tally.state === 'not_applicable'
			? 'excluded'
			: tally.state === 'empty'
				? indicator.empty
				: tally.state === 'missing'
					? indicator.missing
					: null;
	if (policy === null)
		return { key, tally, of, awarded: awardedPoints(indicator.rule, of, tally, unit.kind), pending: false };
	const awarded = policy === 'full' ? roundHalfUp(of, scoreDecimals) : policy === 'zero' ? zero : null;
	return { key, tally, of, awarded, pending: policy === 'pending' };
}

type Unranked = Omit<UnitScore, 'rank' | 'ranked'>;

function scoreUnit(scheme: Scheme, unit: ScoredUnit, tallyOf: TallyOf): Unranked {
	const scored = scheme.indicators.map((indicator, index) =>
		scoreIndicator(indicator, tallyOf({ in: 'indicators', index }, unit.code), unit)
	);
	const counted = scored.filter(({ awarded }) => awarded !== null);
	// Nothing that was due or handed in adds nothing.
	const added = (list: 'bonuses' | 'workItems'): AddedPoints[] =>
		scheme[list].map(({ key, points, rule }, index) => {
			const tally = tallyOf({ in: list, index }, unit.code);
			const awarded = tally.state === 'ok' ? awardedPoints(rule, forKind(points, unit.kind), tally, unit.kind) : zero;
			return { key, awarded, tally };
		});
	const bonuses = added('bonuses');
	const held = scheme.vetoes.filter((veto, index) => {
		const tally = tallyOf({ in: 'vetoes', index }, unit.code);
		return tally.state === 'ok' && compare(part(tally, veto.part), veto.atLeast) >= 0;
	});
	const points = sum(counted.map(({ of }) => of));
	let score: Fraction | null = null;
	if (points.n > 0n) {
		const base = roundHalfUp(
			divide(multiply(sum(counted.map(({ awarded }) => awarded ?? zero)), scheme.full), points),
			scoreDecimals
		);
		score = smaller(add(base, sum(bonuses.map(({ awarded }) => awarded))), scheme.max);
		for (const { effect } of held) if ('score' in effect) score = smaller(score, effect.score);
	}
	let grade = score === null ? noGrade : gradeOf(scheme.grades, score);
	for (const { effect } of held)
		if ('grade' in effect && isWorse(scheme.grades, effect.grade, grade)) grade = effect.grade;
	return {
		...unit,
		score,
		grade,
		provisional: scored.some(({ pending }) => pending),
		indicators: scored.map(({ key, tally, awarded, of }) => ({ key, tally, awarded, of })),
		bonuses,
		vetoes: held.map(({ key }) => key),
		workItems: added('workItems')
	};
}

/** Scores, grades and ranks of all units, by code. */
export function scoreUnits(scheme: Scheme, units: readonly ScoredUnit[], tallyOf: TallyOf): UnitScore[] {
	const scored = units.map((unit) => scoreUnit(scheme, unit, tallyOf)).sort((a, b) => (a.code < b.code ? -1 : 1));
	return rank(scored, scheme.rankWithin);
}

/** A score as JSON has it: `"93.2150"`, or null. */
export const scoreText = (score: Fraction | null): string | null =>
	score === null ? null : toFixed(score, scoreDecimals);
