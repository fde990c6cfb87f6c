/** A unit's scores over periods against the mean of all. */
import { categoryAxis, type ChartOption, ink, textSize, valueAxis } from './option.ts';

interface Point {
	readonly period: string;
	readonly score: string | null;
	readonly mean: string | null;
}

/** `2026Q3` as `26.3`; a year as it is. */
const short = (period: string): string => period.replace(/^\d\d(\d\d)[QH](\d)$/, '$1.$2');

const drawn = (text: string | null): number | '-' => (text === null ? '-' : Number(text));

/** @param points oldest first */
export function historyOption(points: readonly Point[]): ChartOption {
	const values = points.flatMap(({ score, mean }) => [score, mean]).filter((text) => text !== null);
	const low = Math.min(100, ...values.map(Number));
	return {
		animation: false,
		grid: { left: 34, right: 14, top: 18, bottom: 24 },
		xAxis: categoryAxis(points.map(({ period }) => short(period))),
		yAxis: { ...valueAxis((value) => String(value)), min: Math.floor((low - 3) / 5) * 5, splitNumber: 3 },
		series: [
			{
				type: 'line',
				silent: true,
				data: points.map(({ mean }) => drawn(mean)),
				symbol: 'none',
				lineStyle: { color: 'var(--line-strong)', width: 1.2, type: 'dashed' }
			},
			{
				type: 'line',
				silent: true,
				data: points.map(({ score }) => drawn(score)),
				symbol: 'circle',
				symbolSize: 6,
				lineStyle: { color: ink.accent, width: 1.8 },
				itemStyle: { color: ink.accent },
				label: {
					show: true,
					position: 'top',
					color: ink.strong,
					fontSize: textSize,
					formatter: ({ value }: { value: unknown }) => (typeof value === 'number' ? value.toFixed(1) : '')
				}
			}
		]
	};
}
