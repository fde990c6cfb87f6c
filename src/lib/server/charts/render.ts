/** Charts as SVG, rendered on the server: nothing on the first paint waits for a chart library (docs/decisions.md). */
import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import type { ChartOption } from '../../charts/option.ts';

echarts.use([
	BarChart,
	LineChart,
	ScatterChart,
	GridComponent,
	LabelLayout,
	MarkAreaComponent,
	MarkLineComponent,
	SVGRenderer
]);

const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/**
 * Renders a chart. It scales to the width of where it stands.
 * @param name what a reader hears who does not see it; empty where the figures stand beside it as text
 * @param width in px, at which its text has its size
 */
export function renderChart(option: ChartOption, name: string, width: number, height: number): string {
	const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
	try {
		chart.setOption({ ...option, animation: false, textStyle: { fontFamily: 'inherit' } });
		const label = name === '' ? 'aria-hidden="true"' : `role="img" aria-label="${escaped(name)}"`;
		return (
			chart
				.renderToSVGString({ useViewBox: true })
				// Styles of hovering are of no use here, and the content security policy lets no <style> in.
				.replace(/<style\s*>[\s\S]*?<\/style>/g, '')
				.replace(/ (class|ecmeta_\w+|pointer-events|xmlns:xlink|baseProfile|version)="[^"]*"/g, '')
				.replace(/font-family:inherit;/g, '')
				.replace(/\n/g, '')
				.replace(/^<svg width="[^"]*" height="[^"]*"/, `<svg width="100%" ${label}`)
		);
	} finally {
		chart.dispose();
	}
}

/**
 * Renders a chart without clip paths, of which one that fits its frame needs none. They are found by their names, and the
 * library in the browser gives the same names again: then the chart there would be clipped by one that is hidden.
 */
export const renderUnclipped = (...chart: Parameters<typeof renderChart>): string =>
	renderChart(...chart)
		.replace(/ clip-path="[^"]*"/g, '')
		.replace(/<defs ?>.*?<\/defs>/g, '');
