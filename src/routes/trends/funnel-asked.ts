/** The funnel of a question, as the page shows it and as it is downloaded. */
import type { RequestEvent } from '@sveltejs/kit';
import { parsePeriod } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import { type DrawnFunnel, funnelOption, outwards } from '#lib/charts/funnel.ts';
import { funnelNames, funnelTitle } from '#lib/messages/funnel-words.ts';
import * as m from '#lib/paraglide/messages.js';
import { figureText, questionOf } from '#lib/reports/analyst.ts';
import { renderUnclipped } from '#lib/server/charts/render.ts';
import { measuresWithSeries } from '#lib/server/workflows/show-trend.ts';
import { type Funnel, studyFunnel } from '#lib/server/workflows/study-funnel.ts';
import { looking } from '../looking.ts';

/** Width and height of the chart, in px: in a card of the whole width, and on a phone. */
const wide = [1080, 340] as const;
const narrow = [340, 260] as const;
/** Townships outside the limits that the page lists; the download has all. */
const mostListed = 20;

/** What of a funnel goes to the page: two drawings, and who lies outside the limits. */
export function funnelShown(funnel: Funnel, measure: string, chosen: string | null) {
	const { kind, points, curves, mean } = funnel;
	const percent = kind === 'rate';
	const text = (value: number): string => (percent ? figureText(value, 'percent') : value.toFixed(2));
	const names = funnelNames(kind, measure);
	const count = String(points.length);
	const drawn: DrawnFunnel = {
		points: points.map((point) => ({ ...point, chosen: point.code === chosen })),
		curves,
		mean,
		percent,
		words: {
			mean: m.funnel_line_mean({ mean: text(mean) }),
			warning: m.funnel_line_warning(),
			alarm: m.funnel_line_alarm(),
			axis: percent ? names.d : m.funnel_axis_expected()
		}
	};
	const name = percent ? m.funnel_chart_rate({ d: names.d, count }) : m.funnel_chart_ratio({ count });
	const outside = points
		.filter(({ place }) => place !== 'within')
		.sort((a, b) => outwards.indexOf(a.place) - outwards.indexOf(b.place));
	const between = ({ lower, upper }: { lower: number; upper: number }): string =>
		m.funnel_limits({ lower: text(lower), upper: text(upper) });
	return {
		period: funnel.period,
		title: funnelTitle(funnel),
		note: percent ? m.funnel_note_rate({ d: names.d, mean: text(mean) }) : m.funnel_note_ratio(),
		names,
		charts: {
			width: wide[0],
			wide: renderUnclipped(funnelOption(drawn, false), name, ...wide),
			narrow: renderUnclipped(funnelOption(drawn, true), name, ...narrow)
		},
		outside: outside.slice(0, mostListed).map(({ code, name: township, n, d, value, limits, place }) => ({
			code,
			name: township,
			n,
			d,
			value: text(value),
			place,
			warning: between(limits.warning),
			alarm: between(limits.alarm)
		})),
		more: outside.length > mostListed
	};
}

/**
 * The funnel that an address names, its period in `at`.
 * @throws Problem `period_invalid`, `measure_without_series` where the question has no funnel
 */
export const funnelAsked = (event: Pick<RequestEvent, 'url' | 'locals'>): Promise<Funnel> =>
	looking(event, async (look, { rules }) => {
		const { searchParams } = event.url;
		const question = questionOf(searchParams, measuresWithSeries());
		const at = searchParams.get('at') ?? '';
		const period = parsePeriod(at);
		if (!period) throw new Problem('period_invalid', { period: at });
		const funnel = await studyFunnel(look, rules, question, period, event.locals.actor);
		if (!funnel) throw new Problem('measure_without_series', { measure: question.measure });
		return funnel;
	});

/** What a downloaded funnel is called. */
export const funnelFileName = ({ period, kind }: Funnel, url: URL): string =>
	['funnel', url.searchParams.get('measure') ?? kind, period].join('-');
