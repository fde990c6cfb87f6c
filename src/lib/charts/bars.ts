/** Stacked bars, one a unit, with the total at the end of each: amounts by tranche. */
import { type ChartOption, ink, textSize } from './option.ts';

/** One part of every bar. Values are for drawing only. */
export interface BarPart {
	readonly name: string;
	readonly fill: string;
	readonly values: readonly number[];
}

export interface Bars {
	/** From the top. */
	readonly names: readonly string[];
	readonly parts: readonly BarPart[];
	/** What stands at the end of each bar. */
	readonly totals: readonly string[];
}

/** Steps of the one hue that are told apart beside one another; every part has an outline as well. */
const steps = [8, 4, 1, 6, 3, 0, 5, 2] as const;

/** The fill of the part at a place. */
export const partFill = (place: number): string => `var(--heat-${steps[place % steps.length] ?? 0})`;

/** Pixels of a bar with the space around it, and of the margins above and below all. */
const rowHeight = 28;
const margins = 12;

/** The height of a chart of so many bars, in px. */
export const barsHeight = (bars: number): number => bars * rowHeight + margins;

/** @param narrow for a phone: shorter names */
export function barsOption({ names, parts, totals }: Bars, narrow: boolean): ChartOption {
	const longestTotal = Math.max(0, ...totals.map(({ length }) => length));
	return {
		animation: false,
		grid: {
			left: narrow ? 92 : 150,
			right: longestTotal * 7.4 + 14,
			top: margins / 2,
			bottom: margins / 2,
			containLabel: false
		},
		xAxis: { type: 'value', show: false, min: 0 },
		yAxis: {
			type: 'category',
			inverse: true,
			data: [...names],
			axisTick: { show: false },
			axisLine: { lineStyle: { color: ink.line } },
			axisLabel: {
				color: ink.strong,
				fontSize: textSize,
				interval: 0,
				width: narrow ? 82 : 138,
				overflow: 'truncate'
			}
		},
		series: parts.map(({ name, fill, values }, i) => ({
			type: 'bar',
			name,
			stack: 'amount',
			silent: true,
			barWidth: 16,
			data: [...values],
			itemStyle: { color: fill, borderColor: ink.accent, borderWidth: 1 },
			label:
				i === parts.length - 1
					? {
							show: true,
							position: 'right',
							color: ink.strong,
							fontSize: textSize,
							formatter: ({ dataIndex }: { readonly dataIndex: number }) => totals[dataIndex] ?? ''
						}
					: { show: false }
		}))
	};
}
