import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
	compareSeries,
	mended,
	type Point,
	questionOf,
	scaleOf,
	type Series,
	type ShownSeries,
	shownSeries,
	standingOf
} from '#lib/reports/analyst.ts';
import { xmr } from '#lib/trends/xmr.ts';
import { hasShared, shared } from '../support/kaoji.ts';

const monthAt = (i: number): string => `${2024 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`;

/** Counts by month with their own limits and signals, the last `running` of them not over; null had nothing due. */
function countsOf(values: readonly (number | null)[], running = 0): Series {
	const isRunning = (i: number): boolean => i >= values.length - running;
	const chart = xmr(values.map((value, i) => (isRunning(i) ? null : value)));
	return {
		of: null,
		points: values.map((value, i): Point => ({
			period: monthAt(i),
			n: value ?? 0,
			d: value === null ? 0 : 1,
			value,
			signals: chart?.points[i]?.signals ?? [],
			running: isRunning(i)
		})),
		limits: chart && { mean: chart.mean, lower: chart.lower, upper: chart.upper, trial: chart.trial }
	};
}

const runs = ({ runs }: ShownSeries): string[] =>
	runs.map(({ kind, direction, from, to, periods, furthest }) =>
		[kind, direction, from, to, periods, furthest].join(' ')
	);

/** Ten months of ordinary ups and downs. */
const calm = [10, 11, 10, 11, 10, 11, 10, 11, 10, 11];

const measures = [
	{ name: 'problem_rate', monthly: true, byDomain: true },
	{ name: 'patrol_completion', monthly: false, byDomain: true },
	{ name: 'clue_reporting', monthly: true, byDomain: false }
];
const asked = (query: string) => questionOf(new URLSearchParams(query), measures);

describe('the question of an address', () => {
	it('is the problem rate of everything by month where nothing is said, and by quarter where a month has no meaning', () => {
		expect(asked('township=&domain=&split=')).toEqual({
			measure: 'problem_rate',
			by: 'month',
			township: null,
			domain: null,
			split: null
		});
		expect(asked('measure=patrol_completion').by).toBe('quarter');
		expect(asked('measure=patrol_completion&split=severity').by).toBe('month');
	});

	it('is refused where it names what there is not', () => {
		expect(() => asked('measure=nothing')).toThrow('measure_unknown');
		expect(() => asked('by=week')).toThrow('unknown_choice');
		expect(() => asked('split=colour')).toThrow('unknown_choice');
	});

	it('gives way where its parts do not go together, and says in what', () => {
		const mend = (query: string) => mended(asked(query), measures);
		expect(mend('measure=patrol_completion&by=month&domain=school_health')).toMatchObject({
			question: { by: 'quarter', domain: 'school_health' },
			mends: ['by']
		});
		expect(mend('measure=clue_reporting&domain=school_health&split=domain')).toMatchObject({
			question: { domain: null, split: null },
			mends: ['split', 'domain']
		});
		expect(mend('domain=school_health&split=domain')).toMatchObject({
			question: { domain: null, split: 'domain' },
			mends: ['domain_split']
		});
		// Findings are counted by month and domain, whatever the measure.
		expect(mend('measure=clue_reporting&by=month&domain=school_health&split=category').mends).toEqual([]);
	});
});

describe('a series as it is shown', () => {
	it('has its values exact: 2 of 3 is 66.7%, 1 of 8 is 12.5%, and nothing of nothing has none', () => {
		const point = (n: number | string, d: number | string): Point => ({
			period: monthAt(0),
			n,
			d,
			value: 0,
			signals: [],
			running: false
		});
		const texts = (points: Point[], unit: 'percent' | 'count' | 'mean') =>
			shownSeries({ of: null, points, limits: null }, unit).points.map(({ text }) => text);
		expect(texts([point(2, 3), point(1, 8), point(0, 0)], 'percent')).toEqual(['66.7%', '12.5%', null]);
		expect(texts([point('9007199254740993', 1)], 'count')).toEqual(['9007199254740993']);
		expect(texts([point('5/2', 2)], 'mean')).toEqual(['1.3']);
	});

	it.skipIf(!hasShared('vectors/spc.json'))('has the known limits of the vectors', () => {
		const { xmr: known } = JSON.parse(readFileSync(join(shared, 'vectors/spc.json'), 'utf8')) as {
			xmr: { values: number[]; mean: number; lower: number; upper: number }[];
		};
		for (const { values, mean, lower, upper } of known) {
			const { drawn, limits } = shownSeries(countsOf(values), 'count');
			expect(drawn?.mean).toBeCloseTo(mean, 10);
			expect(drawn?.lower).toBeCloseTo(lower, 10);
			expect(drawn?.upper).toBeCloseTo(upper, 10);
			expect(limits).toMatchObject({ mean: mean.toFixed(1), lower: lower.toFixed(1), upper: upper.toFixed(1) });
		}
	});

	it('has no limit that no value can reach', () => {
		// Mean 0.5, mean range 1: limits −2.16 and 3.16.
		const limits = { mean: 0.5, lower: -2.16, upper: 3.16, trial: true };
		expect(shownSeries({ of: null, points: [], limits }, 'percent')).toMatchObject({
			limits: { mean: '50.0%', lower: null, upper: null, trial: true },
			drawn: { mean: 0.5, lower: 0, upper: 1 }
		});
		expect(shownSeries({ of: null, points: [], limits }, 'count').limits).toMatchObject({ lower: null, upper: '3.2' });
	});

	it('tells each stretch that signals once, the latest first', () => {
		// Mean 10.9…, limits ±3.6….
		expect(runs(shownSeries(countsOf([...calm, 16, 10, 11]), 'count'))).toEqual(['outside up 2024-11 2024-11 1 16']);
		expect(runs(shownSeries(countsOf([1, 1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3, 3]), 'count'))).toContain(
			'one_side up 2024-08 2025-02 7 3'
		);
	});

	it('takes two of three with an ordinary point between as one stretch', () => {
		// Limits ±6.1… around 10.3…: 15 lies beyond two thirds, and 11 between does not.
		const waves = Array.from({ length: 10 }, (_, i) => (i % 2 === 0 ? 9 : 11));
		const series = shownSeries(countsOf([...waves, ...waves, 15, 11, 15, ...waves]), 'count');
		expect(runs(series)).toEqual(['two_of_three up 2025-09 2025-11 3 15']);
	});

	it('gives the point where a fall turns into a rise to both', () => {
		const falling = [7, 6, 5, 4, 3, 2, 1];
		const trends = runs(shownSeries(countsOf([...falling, 2, 3, 4, 5, 6, 7]), 'count')).filter((run) =>
			run.startsWith('trend')
		);
		expect(trends).toEqual(['trend up 2024-07 2025-01 7 1', 'trend down 2024-01 2024-07 7 1']);
	});

	it('stands by the latest complete period, or by that of the period asked about', () => {
		const series = shownSeries(countsOf([...calm, 16, 10, null, 40], 1), 'count');
		expect(series.latest).toMatchObject({ period: '2024-12', value: '10', side: -1, run: null });
		const until = (last: string) => (period: string) => period <= last;
		expect(standingOf(series, until('2024-11'))).toMatchObject({
			period: '2024-11',
			value: '16',
			run: { kind: 'outside', direction: 'up' }
		});
		// Before the first there is none: then the latest is told.
		expect(standingOf(series, until('2020-01'))?.period).toBe('2024-12');
		expect(shownSeries(countsOf([null, 5], 1), 'count').latest).toBeNull();
	});
});

describe('series beside one another', () => {
	const named = (of: string, values: (number | null)[], running = 0): Series => ({ ...countsOf(values, running), of });

	it('have one scale, which what is still running does not stretch', () => {
		expect(scaleOf([named('a', [3, 9]), named('b', [null, 1]), named('c', [4, 100], 1)])).toEqual({ low: 1, high: 9 });
		expect(scaleOf([named('a', [null])])).toBeNull();
	});

	it('are compared over the last period that any of them has', () => {
		const series = [named('a', [5, 1]), named('b', [2, 4]), named('c', [9, null])].map((one) =>
			shownSeries(one, 'count')
		);
		expect(compareSeries(series)).toEqual({
			period: '2024-02',
			series: 3,
			highest: { of: 'b', value: '4' },
			total: '5',
			signalling: 0
		});
		expect(compareSeries([])).toBeNull();
	});
});
