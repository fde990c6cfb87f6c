/** Takes a chart over in the browser, so that each of its points can be read. Loaded when a reader asks for it. */
import { LineChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

echarts.use([LineChart, GridComponent, MarkAreaComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

/** Below this width, in px, the chart is drawn as for a phone. */
const narrowBelow = 600;

export interface Explored {
	/** Shows the figures of a point, by its place. */
	readonly show: (place: number) => void;
	readonly close: () => void;
}

/**
 * Draws the chart at the width of `stage` and says a point's figures beside the pointer.
 * @param option the chart's option, for a phone or not
 * @param said the lines of a point, by its place; plain text, no markup of the chart library
 * @param height in px
 */
export function exploreChart(
	stage: HTMLElement,
	option: (narrow: boolean) => echarts.EChartsCoreOption,
	said: (place: number) => string,
	height: number
): Explored {
	const { fontFamily } = getComputedStyle(stage);
	const chart = echarts.init(stage, null, { renderer: 'svg', width: stage.clientWidth, height });
	const draw = (): void => {
		chart.setOption(
			{
				...option(stage.clientWidth < narrowBelow),
				textStyle: { fontFamily },
				// As text in the picture: no HTML is made from what a file says.
				tooltip: {
					trigger: 'axis',
					renderMode: 'richText',
					confine: true,
					transitionDuration: 0,
					backgroundColor: 'var(--card)',
					borderColor: 'var(--line-strong)',
					borderWidth: 1,
					shadowColor: 'transparent',
					shadowBlur: 0,
					shadowOffsetX: 0,
					shadowOffsetY: 0,
					padding: [8, 12],
					textStyle: { color: 'var(--ink)', fontSize: 13, lineHeight: 20, fontFamily },
					axisPointer: { type: 'line', lineStyle: { color: 'var(--line-strong)', type: 'solid' } },
					formatter: (points: unknown) => {
						const [point] = points as { dataIndex: number }[];
						return point ? said(point.dataIndex) : '';
					}
				}
			},
			true
		);
	};
	draw();
	const observer = new ResizeObserver(() => {
		if (stage.clientWidth === 0 || stage.clientWidth === chart.getWidth()) return;
		chart.resize({ width: stage.clientWidth, height });
		draw();
	});
	observer.observe(stage);
	return {
		show: (dataIndex) => chart.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex }),
		close: () => {
			observer.disconnect();
			chart.dispose();
		}
	};
}
