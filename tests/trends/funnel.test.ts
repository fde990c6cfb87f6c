import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOf, rateLimits, ratioLimits } from '#lib/trends/funnel.ts';
import { hasShared, shared } from '../support/kaoji.ts';

/** The chance of exactly so many of n, by the product itself. */
function chance(x: number, n: number, rate: number): number {
	let product = 1;
	for (let i = 1; i <= x; i++) product *= ((n - x + i) / i) * rate;
	return product * (1 - rate) ** (n - x);
}

const atMost = (x: number, n: number, rate: number): number =>
	Array.from({ length: x + 1 }, (_, i) => chance(i, n, rate)).reduce((a, b) => a + b, 0);

const atLeast = (x: number, n: number, rate: number): number =>
	Array.from({ length: n - x + 1 }, (_, i) => chance(x + i, n, rate)).reduce((a, b) => a + b, 0);

describe('the funnel of counts against what is expected', () => {
	it.skipIf(!hasShared('vectors/spc.json'))('has the known limits to the printed digits', () => {
		const { funnelPoissonRatio } = JSON.parse(readFileSync(join(shared, 'vectors/spc.json'), 'utf8')) as {
			funnelPoissonRatio: { n: number; lower95: number; upper95: number }[];
		};
		expect(funnelPoissonRatio.length).toBeGreaterThan(0);
		for (const { n, lower95, upper95 } of funnelPoissonRatio) {
			const { warning } = ratioLimits(n);
			expect(warning.lower.toPrecision(7)).toBe(lower95.toPrecision(7));
			expect(warning.upper.toPrecision(7)).toBe(upper95.toPrecision(7));
		}
	});

	it('has limits at which the Poisson tails are those left out', () => {
		// P(X ≤ 0) = e^-x is 0.025 at x = 3.688879: the upper limit where nothing was expected but a trace.
		expect(ratioLimits(1e-9).warning.upper * 1e-9).toBeCloseTo(-Math.log(0.025), 6);
		// At a lower limit x for n expected, P(X ≥ n) of a Poisson with mean x is 0.025: summed here for n = 4.
		const x = ratioLimits(4).warning.lower * 4;
		const fewer = [1, x, x ** 2 / 2, x ** 3 / 6].reduce((a, b) => a + b) * Math.exp(-x);
		expect(1 - fewer).toBeCloseTo(0.025, 10);
	});
});

describe('the funnel of rates', () => {
	it('calls a township far out exactly where the binomial chance of that or worse is below 0.1 %', () => {
		for (const [n, rate] of [
			[12, 0.3],
			[40, 0.1],
			[73, 0.5],
			[150, 0.04],
			[90, 0.93]
		] as const) {
			const limits = rateLimits(n, rate);
			for (let x = 0; x <= n; x++) {
				const place = placeOf(x / n, limits);
				expect([n, rate, x, place === 'far_below']).toEqual([n, rate, x, atMost(x, n, rate) < 0.001]);
				expect([n, rate, x, place === 'far_above']).toEqual([n, rate, x, atLeast(x, n, rate) < 0.001]);
				expect(place === 'below' || place === 'far_below').toBe(atMost(x, n, rate) < 0.025);
				expect(place === 'above' || place === 'far_above').toBe(atLeast(x, n, rate) < 0.025);
			}
		}
	});

	it('has no lower limit where nothing found is no surprise: 0.9 to the 20th is 12 %', () => {
		expect(rateLimits(20, 0.1).warning.lower).toBe(0);
		expect(placeOf(0, rateLimits(20, 0.1))).toBe('within');
		// 0.9 to the 40th is 1.5 %.
		expect(placeOf(0, rateLimits(40, 0.1))).toBe('below');
	});

	it('is a point where all found nothing, or all everything', () => {
		for (const rate of [0, 1]) {
			expect(rateLimits(10, rate).alarm).toEqual({ lower: rate, upper: rate });
			expect(placeOf(rate, rateLimits(10, rate))).toBe('within');
		}
	});
});

describe('both funnels', () => {
	const rising = fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 3000 }));

	it('narrow as rows grow, bracket the mean, and have the 95 % limits within those of 99.8 %', () => {
		fc.assert(
			fc.property(rising, fc.double({ min: 0.001, max: 0.999, noNaN: true }), ([n, more], rate) => {
				for (const [few, many, mean] of [
					[rateLimits(n, rate), rateLimits(n + more, rate), rate],
					[ratioLimits(n * rate), ratioLimits((n + more) * rate), 1]
				] as const) {
					for (const level of ['warning', 'alarm'] as const) {
						expect(few[level].lower).toBeLessThan(mean);
						expect(few[level].upper).toBeGreaterThan(mean);
						expect(many[level].lower).toBeGreaterThanOrEqual(few[level].lower - 1e-9);
						expect(many[level].upper).toBeLessThanOrEqual(few[level].upper + 1e-9);
					}
					expect(few.alarm.lower).toBeLessThanOrEqual(few.warning.lower);
					expect(few.alarm.upper).toBeGreaterThanOrEqual(few.warning.upper);
				}
			}),
			{ numRuns: 60 }
		);
	});
});
