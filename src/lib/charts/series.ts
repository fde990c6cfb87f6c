/** A measure over time as an XmR chart: its line, the mean, the band between the limits, and what signals. */
import { type DrawnMark, markColour, markPath } from './marks.ts';
import { type ChartOption, ink, textSize } from './option.ts';

export interface DrawnPoint {
	/** The label under the axis; a narrow chart shows only the major ones. Null where there is none. */
	readonly tick: { readonly text: string; readonly major: boolean } | null;
	readonly value: number | null;
	readonly mark: DrawnMark | null;
	/** Still running: drawn hollow, behind a broken line. */
	readonly running: boolean;
	/** The value written at the point; null for most. */
	readonly label: string | null;
}

export interface DrawnSeries {
	/** Oldest first. */
	readonly points: readonly DrawnPoint[];
	readonly limits: { readonly mean: number; readonly lower: number; readonly upper: number } | null;
	/** Shares of 1 are written in percent. */
	readonly percent: boolean;
	/** What is written at the ends of the lines; null where a line is not to be drawn. */
	readonly words: { readonly mean: string; readonly lower: string | null; readonly upper: string | null };
}

interface Scale {
	readonly min: number;
	readonly max: number;
	readonly interval: number;
}

/** The ends and steps of a value axis around values: round numbers, never beyond what a share or a number can be. */
export function scaleAround(values: readonly number[], percent: boolean): Scale {
	const [low, high] = [Math.min(...values), Math.max(...values)];
	const spread = high - low || Math.abs(high) || 1;
	const rough = (spread * 1.15) / 4;
	const power = 10 ** Math.floor(Math.log10(rough));
	const interval = ([1, 2, 2.5, 5].find((step) => step * power >= rough) ?? 10) * power;
	const places = (value: number): number => Number(value.toPrecision(12));
	const min = places(Math.max(0, Math.floor((low - spread * 0.06) / interval) * interval));
	const max = places(Math.ceil((high + spread * 0.06) / interval) * interval);
	return { min, max: percent && high <= 1 ? Math.min(1, max) : max, interval: places(interval) };
}

/** A value at the axis: `12.5%`, `1200`. */
const axisText = (percent: boolean) => (value: number) => {
	const shown = Number((percent ? value * 100 : value).toPrecision(10));
	return percent ? `${shown}%` : String(shown);
};

/** A point of the line with the shape of its signal; nothing where there is no value. */
function item({ value, mark, label, running }: DrawnPoint, before: DrawnPoint | undefined): Record<string, unknown> {
	if (value === null) return { value: '-' };
	// Where the line comes down from above, its value is written below.
	const position = (before?.value ?? value) > value ? 'bottom' : 'top';
	return {
		value,
		...(mark
			? { symbol: `path://${markPath(mark)}`, symbolSize: 11, itemStyle: { color: markColour(mark) } }
			: { symbol: 'circle', symbolSize: 5 }),
		...(running
			? { symbolSize: 7, itemStyle: { color: 'var(--card)', borderColor: ink.accent, borderWidth: 1.5 } }
			: {}),
		...(label === null
			? {}
			: { label: { show: true, position, color: ink.strong, fontSize: textSize, formatter: () => label } })
	};
}

/**
 * The option of an XmR chart.
 * @param narrow for a phone: lines without words at their ends, fewer labels
 */
export function trendOption({ points, limits, percent, words }: DrawnSeries, narrow: boolean): ChartOption {
	// A period that has only begun does not press the others flat: out of their range it is told in words alone.
	const complete = points.filter(({ running }) => !running);
	const values = (complete.some(({ value }) => value !== null) ? complete : points).flatMap(({ value }) => value ?? []);
	const scale = scaleAround([...values, ...(limits ? [limits.lower, limits.upper] : [])], percent);
	const inRange = ({ value }: DrawnPoint): boolean => value !== null && value >= scale.min && value <= scale.max;
	const lines = limits
		? [
				{ at: limits.upper, text: words.upper, dashed: true },
				{ at: limits.mean, text: words.mean, dashed: false },
				{ at: limits.lower, text: words.lower, dashed: true }
			].filter(({ text }) => text !== null)
		: [];
	// What runs is joined to what is complete, so that it hangs in no air; the joint itself is drawn once.
	const lastComplete = points.findLastIndex(({ value, running }) => value !== null && !running);
	const ahead = points.some((point) => point.running && inRange(point));
	const ticks = points.map(({ tick }) => (tick && (tick.major || !narrow) ? tick.text : null));
	const hasTick = (i: number): boolean => ticks[i] != null;
	const line = {
		type: 'line',
		silent: true,
		showAllSymbol: true,
		emphasis: { disabled: true },
		itemStyle: { color: ink.accent },
		z: 3
	} as const;
	return {
		animation: false,
		grid: { left: 4, right: narrow ? 10 : 104, top: 22, bottom: 4, outerBoundsMode: 'same' },
		xAxis: {
			type: 'category',
			data: ticks.map((tick) => tick ?? ''),
			axisTick: { show: true, interval: hasTick, lineStyle: { color: ink.line } },
			axisLine: { lineStyle: { color: ink.line } },
			axisLabel: {
				color: ink.text,
				fontSize: textSize,
				interval: hasTick,
				hideOverlap: true
			}
		},
		yAxis: {
			type: 'value',
			...scale,
			splitLine: { lineStyle: { color: ink.line } },
			axisLabel: { color: ink.text, fontSize: textSize, formatter: axisText(percent) }
		},
		series: [
			{
				...line,
				data: points.map((point, i) => (point.running ? { value: '-' } : item(point, points[i - 1]))),
				lineStyle: { color: ink.accent, width: 1.8 },
				...(limits
					? {
							markArea: {
								silent: true,
								itemStyle: { color: 'var(--accent-wash)', opacity: 0.45 },
								data: [[{ yAxis: limits.lower }, { yAxis: limits.upper }]]
							},
							markLine: {
								silent: true,
								symbol: 'none',
								// Two decimals, which is what it takes by itself, are too few for shares of 1.
								precision: 12,
								data: lines.map(({ at, text, dashed }) => ({
									yAxis: at,
									lineStyle: { color: ink.text, width: 1, type: dashed ? [5, 4] : 'solid' },
									label: {
										show: !narrow,
										position: 'end',
										color: ink.text,
										fontSize: textSize,
										formatter: () => text
									}
								}))
							}
						}
					: {})
			},
			...(ahead
				? [
						{
							...line,
							data: points.map((point, i) => {
								if (point.running) return inRange(point) ? item(point, points[i - 1]) : { value: '-' };
								return { value: i === lastComplete ? point.value : '-', symbol: 'none' };
							}),
							lineStyle: { color: ink.accent, width: 1.4, type: [3, 3] }
						}
					]
				: [])
		]
	};
}
