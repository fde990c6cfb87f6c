import { inLocale } from '#lib/basis/codes.ts';
import { periodId } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import { historyOption } from '#lib/charts/history.ts';
import { renderChart } from '#lib/server/charts/render.ts';
import { flagPlausibility } from '#lib/server/workflows/flag-plausibility.ts';
import { showEvidence, showTownship } from '#lib/server/workflows/show-township.ts';
import { listOf } from '../../evidence.ts';
import { looking } from '../../looking.ts';
import { pageOf } from '../../ranking.ts';
import type { PageServerLoad } from './$types';

const wide = { width: 660, height: 170 };
const narrow = { width: 340, height: 150 };
/** Rows of evidence beside the score; a screen's worth. */
const evidenceRows = 20;

export const load: PageServerLoad = (event) =>
	looking(event, async (look, { rules, known, period }) => {
		const { params, url, locals } = event;
		if (period === null) throw new Problem('township_unknown', { code: params.code });
		const township = await showTownship(look, rules, known, period, params.code, locals.actor, locals.locale);
		const { hints, withoutCalendar } = await flagPlausibility(look, rules, period, locals.actor);
		const indicator = url.searchParams.get('indicator');
		const evidence =
			indicator === null
				? null
				: await showEvidence(
						look,
						rules,
						period,
						{ township: params.code, indicator, list: listOf(url), locale: locals.locale },
						locals.actor
					);
		const { rows, page, pages } = pageOf(evidence?.rows ?? [], url, evidenceRows);
		return {
			township,
			hints: hints.get(params.code) ?? [],
			withoutCalendar,
			period: periodId(period),
			grades: rules.scheme.grades.map(({ key, name }) => ({ key, name: inLocale(name, locals.locale) })),
			evidence: evidence && { ...evidence, rows },
			page,
			pages,
			chart: {
				width: wide.width,
				wide: renderChart(historyOption(township.history), '', wide.width, wide.height),
				narrow: renderChart(historyOption(township.history), '', narrow.width, narrow.height)
			}
		};
	});
