/** A line without axes that stands beside a figure: where it came from. */
import type { ChartOption } from './option.ts';

/** @param values oldest first; null where there is none */
export function sparkOption(values: readonly (number | null)[]): ChartOption {
	const numbers = values.filter((value) => value !== null);
	const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
	const margin = high === low ? 1 : (high - low) * 0.15;
	return {
		animation: false,
		grid: { left: 3, right: 6, top: 5, bottom: 5, containLabel: false },
		xAxis: { type: 'category', show: false, boundaryGap: false, data: values.map((_, i) => i) },
		yAxis: { type: 'value', show: false, min: low - margin, max: high + margin },
		series: [
			{
				type: 'line',
				silent: true,
				data: values.map((value, i) => ({
					value: value ?? '-',
					symbol: i === values.length - 1 ? 'circle' : 'none',
					symbolSize: 6
				})),
				lineStyle: { color: 'var(--soft)', width: 1.4 },
				itemStyle: { color: 'var(--accent)' }
			}
		]
	};
}
