/** Scores of a period from tallies: one pure function, the same for the official score and the what-if. */
import { forKind } from '../basis/by-kind.ts';
import {
	add,
	compare,
	type Fraction,
	product,
	quotient,
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
import type { Use } from './uses.ts';

/** A unit to be scored. */
export interface ScoredUnit {
	readonly code: string;
	/** The township that a clinic belongs to; a township is its own. */
	readonly township: string;
	readonly name: string;
	readonly kind: string | null;
}

/** Gives the tally of an indicator, bonus or veto (by its place in the scheme) for a unit. */
export type TallyOf = (use: Use, code: string) => ScoredTally;

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

/** An indicator's score as the unit's score sums it. */
interface Counted {
	readonly score: IndicatorScore;
	readonly pending: boolean;
	/** The awarded points in their last decimal; null where the indicator is excluded. */
	readonly awarded: bigint | null;
}

/**
 * What was scored before, by indicator and place of the unit, so that a what-if computes only what it changes. An entry
 * answers for the very same indicator, unit and tally alone.
 */
export type ScoredBefore = Map<Indicator, (Counted | undefined)[]>;

/** The points that one step of the last decimal of awarded points is the inverse of. */
const steps = 10n ** BigInt(scoreDecimals);

function scoreIndicator(indicator: Indicator, tally: ScoredTally, unit: ScoredUnit): Counted {
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
	const awarded =
		policy === null
			? awardedPoints(indicator.rule, of, tally, unit.kind)
			: policy === 'full'
				? roundHalfUp(of, scoreDecimals)
				: policy === 'zero'
					? zero
					: null;
	return {
		score: { key, tally, awarded, of },
		pending: policy === 'pending',
		awarded: awarded && awarded.n * (steps / awarded.d)
	};
}

/** The indicators of a scheme as all units ask for them. */
type Columns = readonly {
	readonly indicator: Indicator;
	readonly use: { readonly in: 'indicators'; readonly index: number };
	readonly known: (Counted | undefined)[];
}[];

function columnsOf({ indicators }: Scheme, before: ScoredBefore | null): Columns {
	const columns = indicators.map((indicator, index) => ({
		indicator,
		use: { in: 'indicators', index } as const,
		known: before?.get(indicator) ?? []
	}));
	// What the scheme no longer says is forgotten.
	before?.clear();
	for (const { indicator, known } of columns) before?.set(indicator, known);
	return columns;
}

type Unranked = Omit<UnitScore, 'rank' | 'ranked'>;

function scoreUnit(scheme: Scheme, columns: Columns, unit: ScoredUnit, place: number, tallyOf: TallyOf): Unranked {
	const scored = columns.map(({ indicator, use, known }) => {
		const tally = tallyOf(use, unit.code);
		const same = known[place];
		return same?.score.tally === tally ? same : (known[place] = scoreIndicator(indicator, tally, unit));
	});
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
	let won = 0n;
	const counted: Fraction[] = [];
	for (const { score, awarded } of scored) {
		if (awarded === null) continue;
		won += awarded;
		counted.push(score.of);
	}
	const points = sum(counted);
	let score: Fraction | null = null;
	if (points.n > 0n) {
		const base = roundHalfUp(quotient(product({ n: won, d: steps }, scheme.full), points), scoreDecimals);
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
		indicators: scored.map(({ score }) => score),
		bonuses,
		vetoes: held.map(({ key }) => key),
		workItems: added('workItems')
	};
}

/**
 * Scores, grades and ranks of all units, by code.
 * @param before kept by the caller from one scoring of these units to the next; it changes no result
 */
export function scoreUnits(
	scheme: Scheme,
	units: readonly ScoredUnit[],
	tallyOf: TallyOf,
	before: ScoredBefore | null = null
): UnitScore[] {
	const columns = columnsOf(scheme, before);
	const scored = units
		.map((unit, place) => scoreUnit(scheme, columns, unit, place, tallyOf))
		.sort((a, b) => (a.code < b.code ? -1 : 1));
	return rank(scored, scheme.rankWithin);
}

/** The points of a score by indicator and work item, for plans that weigh by them. */
export const awardedOf = ({ indicators, workItems }: UnitScore): Record<string, Fraction | null> =>
	Object.fromEntries([...indicators, ...workItems].map(({ key, awarded }) => [key, awarded]));

/** A score as JSON has it: `"93.2150"`, or null. */
export const scoreText = (score: Fraction | null): string | null =>
	score === null ? null : toFixed(score, scoreDecimals);
