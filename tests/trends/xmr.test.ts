import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { xmr } from '#lib/trends/xmr.ts';
import { hasShared, shared } from '../support/kaoji.ts';

describe('an XmR chart', () => {
	it.skipIf(!hasShared('vectors/spc.json'))('has the known limits', () => {
		const { xmr: known } = JSON.parse(readFileSync(join(shared, 'vectors/spc.json'), 'utf8')) as {
			xmr: { values: number[]; mean: number; lower: number; upper: number }[];
		};
		for (const { values, mean, lower, upper } of known) {
			const chart = xmr(values);
			expect(chart?.mean).toBeCloseTo(mean, 10);
			expect(chart?.lower).toBeCloseTo(lower, 10);
			expect(chart?.upper).toBeCloseTo(upper, 10);
		}
	});

	it('leaves moving ranges of 3.267 times their mean or more out of the limits', () => {
		// Ranges 1 ×10 and 49, 50: mean 9.08…, screen 29.7…, so the two large ones are left out and the range is 1.
		const chart = xmr([1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 51, 1, 2]);
		expect((chart?.upper ?? 0) - (chart?.mean ?? 0)).toBeCloseTo(2.66, 10);
		expect(chart?.points[10]?.signals).toContain('outside');
	});

	it('marks seven on one side, seven rising, and two of three beyond two thirds', () => {
		const sides = xmr([1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3, 3]);
		expect(sides?.points.every(({ signals }) => signals.includes('one_side'))).toBe(true);
		expect(xmr([1, 2, 3, 4, 5, 6, 7, 8])?.points[0]?.signals).toContain('trend');
		// Mean 10, mean range 2: limits ±5.32, two thirds ±3.55; 13.6 and 13.7 lie beyond, 10 between does not.
		const near = xmr([10, 8, 10, 8, 10, 8, 10, 8, 10, 12, 10, 13.6, 13.7, 10, 8.7, 10]);
		expect(near?.points[11]?.signals).toContain('two_of_three');
		expect(near?.points[0]?.signals).toEqual([]);
	});

	it('calls limits of fewer than twelve points trial limits, passes over gaps, and draws none from one point', () => {
		expect(xmr([1, 2, null, 3])).toMatchObject({
			trial: true,
			points: [{ value: 1 }, { value: 2 }, { value: null, signals: [] }, { value: 3 }]
		});
		expect(xmr(Array.from({ length: 12 }, (_, i) => i % 2))?.trial).toBe(false);
		expect(xmr([5, null])).toBeNull();
	});
});
