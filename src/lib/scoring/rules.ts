/** The rules that turn a tally into points (rules.md, 4): exact, rounded half-up to four decimals once, at the end. */
import { forKind } from '../basis/by-kind.ts';
import {
	ceiling,
	compare,
	divide,
	floor,
	type Fraction,
	isZero,
	larger,
	multiply,
	one,
	product,
	quotient,
	roundHalfUp,
	smaller,
	subtract,
	sum,
	whole,
	zero
} from '../basis/fraction.ts';
import type { Rule } from './scheme.ts';

/** A tally as scoring needs it; the same shape as measures give. */
export interface ScoredTally {
	readonly n: Fraction;
	readonly d: Fraction;
	readonly parts: Readonly<Record<string, Fraction>>;
	readonly state: 'ok' | 'empty' | 'missing' | 'not_applicable';
}

/** Decimals of scores and of awarded points. */
export const scoreDecimals = 4;

/**
 * n / d. Nothing asked for (d = 0 in a measure that cannot be empty, such as a township that needs no coordinator) is
 * wholly done.
 */
const rate = ({ n, d }: ScoredTally): Fraction => (isZero(d) ? one : quotient(n, d));

/** A part by name; `n` and `d` can be named as parts too. A name that the linter let pass and the tally lacks is 0. */
export const part = (tally: ScoredTally, name: string): Fraction =>
	name === 'n' ? tally.n : name === 'd' ? tally.d : (tally.parts[name] ?? zero);

/** The tally with what its parts are worth counted in n. */
const withCredit = (credit: Readonly<Record<string, Fraction>>, tally: ScoredTally): ScoredTally => {
	const parts = Object.entries(credit);
	if (parts.length === 0) return tally;
	return { ...tally, n: sum([tally.n, ...parts.map(([name, each]) => multiply(each, part(tally, name)))]) };
};

const lose = (points: Fraction, cap: Fraction | null, lost: Fraction): Fraction =>
	subtract(points, smaller(cap ?? points, lost));

/** The place of the highest band that a tally reaches, as the scheme lists them; -1 below all. */
export function bandReached({ bands }: Extract<Rule, { kind: 'banded' }>, tally: ScoredTally): number {
	const r = rate(tally);
	let highest = -1;
	for (const [place, { atLeast }] of bands.entries()) {
		const best = bands[highest];
		if (compare(r, atLeast) >= 0 && (!best || compare(atLeast, best.atLeast) > 0)) highest = place;
	}
	return highest;
}

function unrounded(rule: Rule, points: Fraction, tally: ScoredTally, kind: string | null): Fraction {
	switch (rule.kind) {
		case 'proportional':
			return product(points, smaller(one, quotient(rate(withCredit(rule.credit, tally)), forKind(rule.target, kind))));
		case 'inverse': {
			const r = rate(tally);
			if (compare(r, rule.best) <= 0) return points;
			if (compare(r, rule.worst) >= 0) return zero;
			return multiply(points, divide(subtract(rule.worst, r), subtract(rule.worst, rule.best)));
		}
		case 'banded':
			return rule.bands[bandReached(rule, tally)]?.points ?? zero;
		case 'deduct':
			return lose(
				points,
				rule.cap,
				sum(Object.entries(rule.minus).map(([name, each]) => multiply(each, part(tally, name))))
			);
		case 'shortfall': {
			const short = divide(larger(zero, subtract(forKind(rule.target, kind), rate(tally))), rule.per);
			const steps = rule.steps === 'exact' ? short : whole(rule.steps === 'up' ? ceiling(short) : floor(short));
			return lose(points, rule.cap, multiply(rule.minus, steps));
		}
		case 'count':
			return smaller(points, multiply(rule.each, tally.n));
		case 'mark':
			return smaller(points, tally.n);
		case 'bonus':
			return smaller(points, multiply(rule.each, larger(zero, subtract(part(tally, rule.part), rule.above))));
	}
}

/** The points that a tally earns: four decimals, never below 0 nor above `points`. */
export function awardedPoints(rule: Rule, points: Fraction, tally: ScoredTally, kind: string | null): Fraction {
	const exact = unrounded(rule, points, tally, kind);
	return roundHalfUp(smaller(points, larger(zero, exact)), scoreDecimals);
}
