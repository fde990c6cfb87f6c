/** The trend that an address names, as it is downloaded: nothing in the question gives way. */
import type { RequestEvent } from '@sveltejs/kit';
import { inLocale } from '#lib/basis/codes.ts';
import * as m from '#lib/paraglide/messages.js';
import { questionOf } from '#lib/reports/analyst.ts';
import { measuresWithSeries, type TrendReport } from '#lib/server/workflows/show-trend.ts';
import { seriesName, trendChoices, trendSeen } from '#lib/server/workflows/study-trends.ts';
import { looking } from '../looking.ts';

export interface TrendAsked {
	readonly report: TrendReport;
	readonly nameOf: (of: string | null) => string;
	/** What the downloaded file is called, without its ending. */
	readonly fileName: string;
}

export const trendAsked = (event: Pick<RequestEvent, 'url' | 'locals'>): Promise<TrendAsked> =>
	looking(event, async (look, { rules }) => {
		const { actor, locale } = event.locals;
		const question = questionOf(event.url.searchParams, measuresWithSeries());
		const choices = await trendChoices(look, actor);
		const report = await trendSeen(look, rules, question, choices, actor);
		const nameIn = seriesName(question.split, choices);
		return {
			report,
			nameOf: (of) => {
				const name = of === null ? { zh: '' } : nameIn(of);
				return name ? inLocale(name, locale) : m.trends_not_given();
			},
			fileName: ['trend', report.measure, report.by, report.split].filter((part) => part !== null).join('-')
		};
	});
