/** What bureau leadership reads: the ranking of a period, what moved, and what needs attention. Shapes and pure steps. */
import type { Bilingual } from '../basis/codes.ts';
import {
	add,
	compare,
	divide,
	type Fraction,
	isZero,
	multiply,
	subtract,
	sum,
	toFixed,
	whole,
	zero
} from '../basis/fraction.ts';

/** Points that a unit did not get for an indicator. Figures are shown, not computed with: text with two decimals. */
export interface Lost {
	readonly key: string;
	readonly name: Bilingual;
	readonly points: string;
}

export interface RankingRow {
	readonly code: string;
	readonly name: string;
	/** The name of the township of a clinic; null for a township. */
	readonly township: string | null;
	/** The units among which it is ranked; of these, rows by rank stand together. */
	readonly group: string;
	readonly rank: number | null;
	/** Another unit has the same rank. */
	readonly tied: boolean;
	/** Where the rank may as well be, of how many; null without a rank. */
	readonly interval: { readonly low: number; readonly high: number; readonly of: number } | null;
	/** With which neighbours in rank order the interval overlaps (差距不显著). */
	readonly indistinct: 'above' | 'below' | 'both' | null;
	/** How many plausibility hints there are; they change nothing. */
	readonly hints: number;
	/** Places gained since the period before (negative: lost); null where either rank is absent. */
	readonly change: number | null;
	/** Four decimals, as it is ranked; null where everything was excluded. */
	readonly score: string | null;
	/** The score as a share of full, for a bar only. */
	readonly share: number;
	readonly grade: string;
	readonly provisional: boolean;
	/** Percentages with one decimal; null where nothing was due. */
	readonly coverage: string | null;
	readonly timeliness: string | null;
	readonly problemRate: string | null;
	readonly weakest: Lost | null;
}

/** A figure of the whole bureau with its past. */
export interface Tile {
	readonly key: 'score' | 'coverage' | 'timeliness' | 'problem_rate';
	/** With one decimal; null where there is none. */
	readonly value: string | null;
	readonly unit: 'points' | 'percent';
	/** Of the periods up to this one, for a line only. */
	readonly past: readonly { readonly period: string; readonly value: number | null }[];
	/** Against the period before (环比) and the same of the year before (同比), in points or percentage points. */
	readonly change: { readonly before: string | null; readonly yearBefore: string | null };
	/** Which direction is good news; a problem rate has none. */
	readonly better: 'up' | null;
}

export interface GradeCount {
	readonly key: string;
	readonly name: Bilingual;
	readonly count: number;
}

export interface HeatMap {
	readonly periods: readonly string[];
	readonly rows: readonly {
		readonly code: string;
		readonly name: string;
		/** `step` is 0 (lowest of the map) to 8. */
		readonly cells: readonly { readonly score: string | null; readonly step: number }[];
	}[];
}

export type Attention =
	| { readonly kind: 'veto'; readonly code: string; readonly name: string; readonly veto: Bilingual }
	| {
			readonly kind: 'failing';
			readonly code: string;
			readonly name: string;
			readonly grade: Bilingual;
			readonly score: string;
			readonly running: boolean;
			readonly weakest: Lost | null;
	  }
	| { readonly kind: 'flag'; readonly code: string; readonly name: string; readonly flag: string }
	| {
			readonly kind: 'moved';
			readonly code: string;
			readonly name: string;
			readonly places: number;
			/** The indicator whose points changed most in that direction. */
			readonly by: Lost | null;
	  }
	| { readonly kind: 'forms'; readonly units: number; readonly late: number; readonly missing: number }
	| { readonly kind: 'provisional'; readonly units: number; readonly indicators: readonly Bilingual[] }
	| { readonly kind: 'held'; readonly rows: number };

/** How an attention is marked: bad news, a warning, or something to know. */
export const gravity: Readonly<Record<Attention['kind'], 'bad' | 'warn' | 'info'>> = {
	veto: 'bad',
	failing: 'bad',
	flag: 'bad',
	held: 'warn',
	forms: 'warn',
	provisional: 'warn',
	moved: 'info'
};

export interface OverviewReport {
	readonly units: number;
	/** A year's score is made of its periods' and has no indicators of its own. */
	readonly byIndicator: boolean;
	/** One decimal; null where nobody has a score. */
	readonly mean: string | null;
	readonly meanChange: string | null;
	readonly grades: readonly GradeCount[];
	readonly tiles: readonly Tile[];
	readonly ranking: readonly RankingRow[];
	readonly heat: HeatMap;
	readonly attention: readonly Attention[];
}

/** A unit's points by indicator, as scoring gives them; null where excluded. */
export interface PointsOf {
	readonly key: string;
	readonly name: Bilingual;
	readonly awarded: Fraction | null;
	readonly of: Fraction;
}

const lostOf = ({ key, name, awarded, of }: PointsOf): { key: string; name: Bilingual; lost: Fraction } => ({
	key,
	name,
	lost: awarded === null ? zero : subtract(of, awarded)
});

const shown = ({ key, name, lost }: ReturnType<typeof lostOf>): Lost => ({ key, name, points: toFixed(lost, 2) });

/** The indicator that cost a unit most points, the first of them in the scheme's order; null where none did. */
export function weakestOf(points: readonly PointsOf[]): Lost | null {
	const most = points
		.map(lostOf)
		.reduce<ReturnType<typeof lostOf> | null>(
			(worst, one) => (compare(one.lost, worst?.lost ?? zero) > 0 ? one : worst),
			null
		);
	return most ? shown(most) : null;
}

/**
 * The indicator whose points changed most from one period to the next, upwards or downwards; null where none did.
 * An indicator that was excluded in either period says nothing.
 */
export function mostChanged(before: readonly PointsOf[], now: readonly PointsOf[], up: boolean): Lost | null {
	const old = new Map(before.map(({ key, awarded }) => [key, awarded]));
	let most: { key: string; name: Bilingual; lost: Fraction } | null = null;
	for (const { key, name, awarded } of now) {
		const earlier = old.get(key);
		if (awarded === null || earlier == null) continue;
		const gained = up ? subtract(awarded, earlier) : subtract(earlier, awarded);
		if (compare(gained, most?.lost ?? zero) > 0) most = { key, name, lost: gained };
	}
	return most ? shown(most) : null;
}

/** The mean of exact scores; null of none. */
export const meanOf = (scores: readonly Fraction[]): Fraction | null =>
	scores.length === 0 ? null : divide(sum(scores), whole(scores.length));

/** A difference as text with a sign, `+7.6` or `−1.2`; `0.0` without one; null where either is absent. */
export function signed(now: Fraction | null, before: Fraction | null, decimals: number): string | null {
	if (now === null || before === null) return null;
	const difference = subtract(now, before);
	const size = toFixed(difference.n < 0n ? { n: -difference.n, d: difference.d } : difference, decimals);
	if (/^0\.?0*$/.test(size)) return size;
	return `${difference.n < 0n ? '−' : '+'}${size}`;
}

/** n / d in percent; null where d is 0. */
export const percentOf = ({ n, d }: { readonly n: Fraction; readonly d: Fraction }): Fraction | null =>
	isZero(d) ? null : multiply(divide(n, d), whole(100));

/** Sums of numerators and denominators. */
export const pooled = (
	tallies: readonly { readonly n: Fraction; readonly d: Fraction }[]
): { n: Fraction; d: Fraction } =>
	tallies.reduce<{ n: Fraction; d: Fraction }>((a, b) => ({ n: add(a.n, b.n), d: add(a.d, b.d) }), {
		n: zero,
		d: zero
	});

/** The steps of a heat map over scores as text: 0 for the lowest, 8 for the highest. */
export function stepsOf(scores: readonly (string | null)[]): (score: string | null) => number {
	const values = scores.filter((score) => score !== null).map(Number);
	const [low, high] = [Math.min(...values), Math.max(...values)];
	return (score) => (score === null || high === low ? 0 : Math.round(((Number(score) - low) / (high - low)) * 8));
}
