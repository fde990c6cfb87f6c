/**
 * Funnel limits (rules.md, 7): how far the rate of a township may lie from that of all by chance alone, which hangs on
 * how many rows it has. Limits never change a score, so these are plain numbers.
 */
import { betaBelow, gammaBelow, reaches } from './distributions.ts';

/** The chance left out at each end: 95 % and 99.8 % limits. */
const tails = { warning: 0.025, alarm: 0.001 } as const;

export interface Limits {
	readonly lower: number;
	readonly upper: number;
}

/** The limits of 95 % (`warning`) and of 99.8 % (`alarm`). */
export interface FunnelLimits {
	readonly warning: Limits;
	readonly alarm: Limits;
}

const both = (limits: (tail: number) => Limits): FunnelLimits => ({
	warning: limits(tails.warning),
	alarm: limits(tails.alarm)
});

/**
 * Limits of a rate over so many rows, exact binomial: a share of whole rows lies beyond a limit when, at the rate of
 * all, the chance of so few rows or fewer (so many or more) is below 2.5 % or 0.1 %. Between whole rows the binomial
 * tail goes on as the beta distribution that it is, so that the limits narrow evenly as rows grow. Where not even none
 * (or all) would be that unlikely, the limit is 0 (or 1), and nothing lies beyond it.
 * @param rows more than 0
 * @param rate of all, 0 to 1
 */
export const rateLimits = (rows: number, rate: number): FunnelLimits =>
	both((tail) => {
		if (rate <= 0 || rate >= 1) return { lower: rate, upper: rate };
		/** P(X ≤ x) and P(X ≥ x) of the binomial. */
		const below = (x: number): number => betaBelow(1 - rate, rows - x, x + 1);
		const above = (x: number): number => betaBelow(rate, x, rows - x + 1);
		return {
			lower: below(0) >= tail ? 0 : reaches(tail, below, 0, rows * rate) / rows,
			upper: above(rows) >= tail ? 1 : reaches(-tail, (x) => -above(x), rows * rate, rows) / rows
		};
	});

/**
 * Limits of the ratio of a count to what is expected, exact Poisson: the quantiles of the gamma distributions of shapes
 * `expected` and `expected` + 1 (half those of chi-square with twice the shape), as FunnelPlotR draws them.
 * @param expected more than 0, not necessarily whole
 */
export const ratioLimits = (expected: number): FunnelLimits =>
	both((tail) => ({
		lower: gammaQuantile(tail, expected) / expected,
		upper: gammaQuantile(1 - tail, expected + 1) / expected
	}));

function gammaQuantile(chance: number, shape: number): number {
	let most = shape + 1;
	while (gammaBelow(most, shape) < chance) most *= 2;
	return reaches(chance, (x) => gammaBelow(x, shape), 0, most);
}

/** How a value lies to the limits: beyond those of 99.8 %, only beyond those of 95 %, or within. */
export type FunnelPlace = 'far_above' | 'above' | 'within' | 'below' | 'far_below';

/** A limit itself is still within. */
export function placeOf(value: number, { warning, alarm }: FunnelLimits): FunnelPlace {
	if (value > alarm.upper) return 'far_above';
	if (value < alarm.lower) return 'far_below';
	return value > warning.upper ? 'above' : value < warning.lower ? 'below' : 'within';
}
