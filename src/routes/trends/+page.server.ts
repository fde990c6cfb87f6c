import { inLocale, type Locale } from '#lib/basis/codes.ts';
import { parsePeriod } from '#lib/basis/period.ts';
import { Problem, type ProblemCode } from '#lib/basis/problem.ts';
import { type DrawnSeries, trendOption } from '#lib/charts/series.ts';
import { limitsText, trendSubject } from '#lib/messages/trend-title.ts';
import * as m from '#lib/paraglide/messages.js';
import {
	countsFindings,
	type Mend,
	mended,
	questionOf,
	type ShownSeries,
	type TrendQuestion
} from '#lib/reports/analyst.ts';
import { renderUnclipped } from '#lib/server/charts/render.ts';
import { measuresWithSeries } from '#lib/server/workflows/show-trend.ts';
import {
	findTownships,
	measureLabel,
	studyTrends,
	type TrendChoices,
	trendChoices
} from '#lib/server/workflows/study-trends.ts';
import { studyFunnel } from '#lib/server/workflows/study-funnel.ts';
import { looking } from '../looking.ts';
import type { PageServerLoad } from './$types';
import { funnelShown } from './funnel-asked.ts';
import { drawingOf, partsShown } from './shown.ts';

/** Up to this many townships can be chosen from a list; more are found by name, and so many of these are offered. */
const townshipsInList = 100;
const townshipsOffered = 12;
/** Width and height of the chart, in px: beside a menu, and on a phone. */
const wide = [860, 330] as const;
const narrow = [340, 250] as const;

/** Choices that there are not, which are said beside the form, by the fact that names them. */
const notAChoice: Readonly<Partial<Record<ProblemCode, string>>> = {
	unknown_choice: 'value',
	measure_unknown: 'measure'
};

const measures = measuresWithSeries();

export const load: PageServerLoad = (event) =>
	looking(event, async (look, { rules, known, period }) => {
		if (known.reach === null) return { form: null, problem: null, study: null };
		const { url } = event;
		const { locale, actor } = event.locals;
		const choices = await trendChoices(look, actor);
		const { form, found } = formOf(url, choices, locale);
		try {
			const { question, mends } = askedOf(url, found);
			const at = url.searchParams.has('period') ? period : null;
			const { whole, parts, ...study } = await studyTrends(look, rules, question, choices, at, actor);
			const subject = subjectOf(question, form, choices, locale);
			// Of the period that the page speaks of: a funnel compares townships, not times.
			const funnelAt = parsePeriod(study.standing?.period ?? parts.comparison?.period ?? '');
			const funnel = funnelAt && (await studyFunnel(look, rules, question, funnelAt, actor));
			const drawing = whole && drawingOf(whole, study.standing, study.unit);
			const key = ['trend chart', locale, rules.identity, question, study.standing?.period, String(actor.townships)];
			return {
				form,
				problem: null,
				study: {
					...study,
					question,
					mends,
					subject,
					whole: whole && { points: whole.points, limits: whole.limits, runs: whole.runs },
					drawing,
					charts:
						whole && drawing && study.standing
							? await look.recall(JSON.stringify(key), () =>
									Promise.resolve(chartsOf(whole, drawing, trendSubject(subject)))
								)
							: null,
					parts: partsShown(parts, question.split, url, locale),
					funnel:
						funnel &&
						(await look.recall(JSON.stringify(['funnel shown', ...key]), () =>
							Promise.resolve(funnelShown(funnel, question.measure, question.township))
						))
				}
			};
		} catch (problem) {
			const fact = problem instanceof Problem ? notAChoice[problem.code] : undefined;
			if (!(problem instanceof Problem) || fact === undefined) throw problem;
			return { form, problem: m.trends_no_choice({ value: String(problem.facts[fact]) }), study: null };
		}
	});

/** What the form offers, and the townships that the text in it means. */
function formOf(url: URL, { townships, domains }: TrendChoices, locale: Locale) {
	const text = url.searchParams.get('find')?.trim() ?? '';
	const found = text === '' ? [] : findTownships(townships, text);
	const form = {
		measures: measures.map((one) => ({ ...one, label: inLocale(measureLabel(one.name), locale) })),
		domains: domains.map(({ key, name }) => ({ key, name: inLocale(name, locale) })),
		townships: townships.length <= townshipsInList ? townships : null,
		find: text === '' ? null : { text, count: found.length, townships: found.slice(0, townshipsOffered) }
	};
	return { form, found };
}

/** The question of the address, with what does not go together taken out. */
function askedOf(url: URL, found: TrendChoices['townships']): { question: TrendQuestion; mends: readonly Mend[] } {
	const asked = questionOf(url.searchParams, measures);
	const [only] = found;
	return mended(
		{
			...asked,
			// Every page that is not split has its townships beside it.
			split: asked.split === 'township' ? null : asked.split,
			township: only && found.length === 1 ? only.code : asked.township
		},
		measures
	);
}

const subjectOf = (
	question: TrendQuestion,
	{ domains }: ReturnType<typeof formOf>['form'],
	{ townships }: TrendChoices,
	locale: Locale
) => ({
	measure: countsFindings(question) ? m.trends_findings() : inLocale(measureLabel(question.measure), locale),
	township: townships.find(({ code }) => code === question.township)?.name ?? null,
	domain: domains.find(({ key }) => key === question.domain)?.name ?? null
});

/** The chart at two widths, of which a screen shows one. */
function chartsOf({ limits }: ShownSeries, drawing: DrawnSeries, title: string): { wide: string; narrow: string } {
	const name = m.trends_chart_name({ title, limits: limitsText(limits) });
	return {
		wide: renderUnclipped(trendOption(drawing, false), name, ...wide),
		narrow: renderUnclipped(trendOption(drawing, true), name, ...narrow)
	};
}
