import { describe, expect, it } from 'vitest';
import { markPath } from '#lib/charts/marks.ts';
import { type DrawnPoint, type DrawnSeries, scaleAround, trendOption } from '#lib/charts/series.ts';
import { smallLine, type SmallPoint, smallSize } from '#lib/charts/small-line.ts';
import { renderChart } from '#lib/server/charts/render.ts';

const point = (value: number | null, changes: Partial<DrawnPoint> = {}): DrawnPoint => ({
	tick: null,
	value,
	mark: null,
	running: false,
	label: null,
	...changes
});
const series = (points: DrawnPoint[], changes: Partial<DrawnSeries> = {}): DrawnSeries => ({
	points,
	limits: { mean: 0.12, lower: 0.0853, upper: 0.1547 },
	percent: true,
	words: { mean: '均值 12.0%', lower: '下控制限 8.5%', upper: '上控制限 15.5%' },
	...changes
});

interface Line {
	readonly data: readonly { readonly value: number | '-'; readonly symbol?: string }[];
	readonly markLine?: { readonly data: readonly { readonly yAxis: number }[] };
}
const linesOf = (drawing: DrawnSeries, narrow = false): readonly Line[] =>
	trendOption(drawing, narrow)['series'] as readonly Line[];

describe('the chart of a trend', () => {
	it('carries each signal as a shape of its own', () => {
		const marks = (['outside', 'trend', 'one_side', 'two_of_three'] as const).map(
			(kind) => ({ kind, direction: 'up' }) as const
		);
		const [line] = linesOf(series([point(0.1), ...marks.map((mark) => point(0.2, { mark }))]));
		const symbols = line?.data.map(({ symbol }) => symbol) ?? [];
		expect(symbols[0]).toBe('circle');
		expect(new Set(symbols).size).toBe(5);
		expect(markPath({ kind: 'outside', direction: 'up' })).not.toBe(markPath({ kind: 'outside', direction: 'down' }));
		expect(markPath({ kind: 'trend', direction: 'up' })).toBe(markPath({ kind: 'trend', direction: 'down' }));
	});

	it('draws mean and limits where they are, and no limit that is not there', () => {
		const at = (drawing: DrawnSeries): number[] => linesOf(drawing)[0]?.markLine?.data.map(({ yAxis }) => yAxis) ?? [];
		const drawing = series([point(0.1), point(0.11)]);
		expect(at(drawing)).toEqual([0.1547, 0.12, 0.0853]);
		expect(at({ ...drawing, words: { ...drawing.words, lower: null } })).toEqual([0.1547, 0.12]);
		expect(linesOf({ ...drawing, limits: null })[0]?.markLine).toBeUndefined();
		// The library rounds marks to two decimals unless told: 15.47% would lie at 15%.
		const heights = [
			...renderChart(trendOption(drawing, false), '', 860, 330).matchAll(
				/<path d="M[\d.]+ ([\d.]+)L[\d.]+ \1"[^>]*stroke="var\(--soft\)"/g
			)
		].map(([, y]) => Number(y));
		expect(heights).toHaveLength(3);
		const [upper, mean, lower] = heights as [number, number, number];
		expect((mean - upper) / (lower - mean)).toBeCloseTo(1, 1);
	});

	it('joins what is still running by a broken line, and passes over it where it is far out', () => {
		const [, ahead] = linesOf(series([point(0.1), point(0.12), point(0.11, { running: true })]));
		expect(ahead?.data.map(({ value }) => value)).toEqual(['-', 0.12, 0.11]);
		expect(linesOf(series([point(0.1), point(0.12), point(0.9, { running: true })]))).toHaveLength(1);
	});

	it('leaves a gap where there is no value, and takes a series without any', () => {
		expect(linesOf(series([point(0.1), point(null), point(0.12)]))[0]?.data[1]?.value).toBe('-');
		expect(renderChart(trendOption(series([point(0), point(0)], { limits: null }), true), 'x', 340, 250)).toContain(
			'<svg'
		);
	});

	it('makes no markup of names', () => {
		const words = { mean: '<img src=x onerror=alert(1)>', lower: null, upper: null };
		const svg = renderChart(trendOption(series([point(0.1), point(0.2)], { words }), false), '"><script>', 860, 330);
		expect(svg).not.toContain('<img');
		expect(svg).not.toContain('<script>');
	});

	it('has round steps on its axis, between nothing and all of it', () => {
		expect(scaleAround([0.089, 0.188], true)).toEqual({ min: 0.05, max: 0.2, interval: 0.05 });
		expect(scaleAround([0.95, 1], true).max).toBe(1);
		expect(scaleAround([0, 3], false)).toEqual({ min: 0, max: 4, interval: 1 });
		const { min, max } = scaleAround([0, 0], true);
		expect(max).toBeGreaterThan(min);
	});
});

describe('a small line', () => {
	const small = (value: number | null, changes: Partial<SmallPoint> = {}): SmallPoint => ({
		value,
		mark: null,
		running: false,
		...changes
	});
	const scale = { low: 0, high: 1 };

	it('lies on the scale of all, low at the foot and high at the top', () => {
		const { stretches } = smallLine([small(0), small(1)], null, scale);
		expect(stretches).toEqual([`6,${smallSize.height - 6} ${smallSize.width - 6},6`]);
	});

	it('breaks at a gap, dots a point alone, and ends at the last complete one', () => {
		const line = smallLine([small(0), small(0), small(null), small(1), small(0.5, { running: true })], null, scale);
		expect(line.stretches).toHaveLength(2);
		const [dot] = (line.stretches[1] ?? '').split(' ');
		expect(line.stretches[1]).toBe(`${dot} ${dot}`);
		expect(line.last && `${line.last.x},${line.last.y}`).toBe(dot);
		expect(line.ahead?.startsWith(dot ?? 'none')).toBe(true);
	});

	it('cuts limits at its edges, marks signals, and stands for a single point or no spread', () => {
		const mark = { kind: 'outside', direction: 'up' } as const;
		const line = smallLine([small(1, { mark })], { mean: 0.5, lower: -3, upper: 4 }, scale);
		expect(line.band).toEqual({ y: 6, height: smallSize.height - 12 });
		expect(line.marks).toMatchObject([{ path: markPath(mark), colour: 'var(--bad)' }]);
		const flat = smallLine([small(1), small(1)], null, { low: 1, high: 1 });
		expect(flat.stretches[0]).not.toMatch(/NaN/);
		expect(smallLine([], null, scale)).toMatchObject({ stretches: [], last: null, ahead: null });
	});
});
