/**
 * Options of charts, built without a chart library: the server renders them, and the browser may take them over.
 * Colours are the variables of the look, so that one rendering serves light, dark and print.
 */
import type { EChartsCoreOption } from 'echarts/core';

export type ChartOption = EChartsCoreOption;

/** Text and lines as every chart has them. */
export const ink = { text: 'var(--soft)', strong: 'var(--ink)', line: 'var(--line)', accent: 'var(--accent)' } as const;

/** The size of text in charts, in px: that of notes. */
export const textSize = 12.5;

/** A category axis at the foot of a chart. */
export const categoryAxis = (data: readonly string[]): Record<string, unknown> => ({
	type: 'category',
	data: [...data],
	axisTick: { show: false },
	axisLine: { lineStyle: { color: ink.line } },
	axisLabel: { color: ink.text, fontSize: textSize, hideOverlap: true }
});

/** A value axis at the left. */
export const valueAxis = (format: (value: number) => string): Record<string, unknown> => ({
	type: 'value',
	splitLine: { lineStyle: { color: ink.line } },
	axisLabel: { color: ink.text, fontSize: textSize, formatter: format }
});
