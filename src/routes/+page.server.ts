import { sparkOption } from '#lib/charts/spark.ts';
import { inLocale } from '#lib/basis/codes.ts';
import { periodId, shift } from '#lib/basis/period.ts';
import type { RankingRow } from '#lib/reports/leadership.ts';
import { renderChart } from '#lib/server/charts/render.ts';
import { showOverview } from '#lib/server/workflows/show-overview.ts';
import type { PageServerLoad } from './$types';
import { looking } from './looking.ts';
import { orderOf, pageOf, sortedRanking } from './ranking.ts';

/** Width and height of a tile's line, in px. */
const sparkSize = [92, 36] as const;

export const load: PageServerLoad = (event) =>
	looking(event, async (look, { rules, known, period }) => {
		if (period === null) return { overview: null };
		const { locals, url } = event;
		const report = await showOverview(look, rules, known, period, locals.actor);
		const order = orderOf(url);
		const ranking = sortedRanking(report.ranking, order);
		const { rows, page, pages } = pageOf(ranking, url);
		const shown = new Set(rows.map(({ code }) => code));
		const sparks = await look.recall(
			`sparks ${rules.identity} ${periodId(period)} ${String(locals.actor.townships)}`,
			() =>
				Promise.resolve(
					report.tiles.map(({ past }) => renderChart(sparkOption(past.map(({ value }) => value)), '', ...sparkSize))
				)
		);
		return {
			overview: {
				period: periodId(period),
				previous: periodId(shift(period, -1)),
				state: known.stateOf(period),
				...report,
				grades: report.grades.map(({ key, name, count }) => ({ key, name: inLocale(name, locals.locale), count })),
				ranking: rows satisfies readonly RankingRow[],
				indistinct: report.ranking.filter(({ indistinct }) => indistinct !== null).length,
				heat: { ...report.heat, rows: report.heat.rows.filter(({ code }) => shown.has(code)) },
				sparks
			},
			order,
			page,
			pages
		};
	});
