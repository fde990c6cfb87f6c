/** A funnel plot: each township by how many rows it has and its rate, within limits that narrow as rows grow. */
import type { FunnelLimits, FunnelPlace } from '../trends/funnel.ts';
import { markPath } from './marks.ts';
import { type ChartOption, ink, textSize, valueAxis } from './option.ts';
import { scaleAround } from './series.ts';

export interface DrawnFunnel {
	readonly points: readonly {
		readonly name: string;
		readonly x: number;
		readonly value: number;
		readonly limits: FunnelLimits;
		readonly place: FunnelPlace;
		/** The one that the page is about. */
		readonly chosen: boolean;
	}[];
	readonly curves: readonly { readonly x: number; readonly limits: FunnelLimits }[];
	readonly mean: number;
	/** Shares of 1 are written in percent. */
	readonly percent: boolean;
	/** What is written at the ends of the lines, and under the axis. */
	readonly words: { readonly mean: string; readonly warning: string; readonly alarm: string; readonly axis: string };
}

/** Names written at points: more would lie over one another. */
const mostNames = 10;

/** The share of the axis that two words at the ends of lines must be apart. */
const wordsApart = 0.06;

/** How far out a place is, the furthest first. */
export const outwards: readonly FunnelPlace[] = ['far_below', 'far_above', 'below', 'above', 'within'];

const colour = (place: FunnelPlace): string =>
	place.startsWith('far') ? 'var(--bad)' : place === 'within' ? ink.accent : 'var(--warn)';

/** Never told by colour alone: beyond a limit a triangle points outwards, a small one beyond 95 % only. */
function symbolOf(place: FunnelPlace): Record<string, unknown> {
	if (place === 'within') return { symbol: 'circle', symbolSize: 5 };
	const direction = place.endsWith('above') ? 'up' : 'down';
	return {
		symbol: `path://${markPath({ kind: 'outside', direction })}`,
		symbolSize: place.startsWith('far') ? 11 : 8
	};
}

/** @param narrow for a phone: lines without words at their ends, fewer names */
export function funnelOption({ points, curves, mean, percent, words }: DrawnFunnel, narrow: boolean): ChartOption {
	const scale = scaleAround(
		[mean, ...points.flatMap(({ value, limits: { alarm } }) => [value, alarm.lower, alarm.upper])],
		percent
	);
	const far = points
		.filter(({ place, chosen }) => chosen || place.startsWith('far'))
		.sort((a, b) => Number(b.chosen) - Number(a.chosen) || outwards.indexOf(a.place) - outwards.indexOf(b.place));
	const named = new Set(far.slice(0, narrow ? mostNames / 2 : mostNames));
	const line = { type: 'line', silent: true, symbol: 'none', emphasis: { disabled: true } } as const;
	// It is rendered without clip paths: what would leave the frame is cut here.
	const cut = (value: number): number => Math.min(scale.max, Math.max(scale.min, value));
	const last = curves.at(-1)?.x ?? 1;
	const ends = curves.at(-1)?.limits;
	const isApart = (a: number, b: number): boolean => Math.abs(a - b) / (scale.max - scale.min) > wordsApart;
	// Where rows are many the lines end close together: then the inner one has the word.
	const warningWord = ends !== undefined && isApart(ends.warning.upper, mean);
	const alarmWord = ends !== undefined && isApart(ends.alarm.upper, warningWord ? ends.warning.upper : mean);
	const limit = (level: keyof FunnelLimits, side: 'lower' | 'upper'): Record<string, unknown> => ({
		...line,
		data: curves.map(({ x, limits }) => [x, cut(limits[level][side])]),
		lineStyle: { color: ink.text, width: 1, type: level === 'alarm' ? [5, 4] : [1.5, 3] },
		endLabel: {
			show: !narrow && side === 'upper' && (level === 'alarm' ? alarmWord : warningWord),
			color: ink.text,
			fontSize: textSize,
			formatter: () => words[level]
		}
	});
	return {
		animation: false,
		grid: { left: 4, right: narrow ? 14 : 84, top: 16, bottom: 22, outerBoundsMode: 'same' },
		xAxis: {
			type: 'value',
			min: 0,
			max: last,
			name: words.axis,
			nameLocation: 'middle',
			nameGap: 26,
			nameTextStyle: { color: ink.text, fontSize: textSize },
			splitLine: { show: false },
			axisLine: { show: true, lineStyle: { color: ink.line } },
			axisTick: { show: true, lineStyle: { color: ink.line } },
			splitNumber: narrow ? 3 : 6,
			axisLabel: { color: ink.text, fontSize: textSize, showMaxLabel: false, hideOverlap: true }
		},
		yAxis: {
			...valueAxis((value) => (percent ? `${Number((value * 100).toPrecision(10))}%` : String(value))),
			...scale
		},
		series: [
			limit('alarm', 'lower'),
			limit('alarm', 'upper'),
			limit('warning', 'lower'),
			limit('warning', 'upper'),
			{
				...line,
				data: [
					[0, mean],
					[last, mean]
				],
				lineStyle: { color: ink.text, width: 1 },
				endLabel: { show: !narrow, color: ink.text, fontSize: textSize, formatter: () => words.mean }
			},
			{
				type: 'scatter',
				silent: true,
				// The furthest come first and keep their names; the table has all.
				labelLayout: { hideOverlap: true },
				data: points.map((point) => ({
					value: [point.x, point.value],
					...symbolOf(point.place),
					itemStyle: {
						color: colour(point.place),
						opacity: 1,
						...(point.chosen ? { borderColor: ink.strong, borderWidth: 2 } : {})
					},
					...(named.has(point)
						? {
								label: {
									show: true,
									position: 'top',
									// A name stays in the frame: near its right edge it ends at the point.
									align: point.x > last * 0.8 ? 'right' : 'center',
									color: ink.strong,
									fontSize: textSize,
									formatter: () => point.name
								}
							}
						: {})
				})),
				z: 3
			}
		]
	};
}
