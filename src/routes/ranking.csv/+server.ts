import { inLocale } from '#lib/basis/codes.ts';
import { periodId } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import { indistinctText } from '#lib/messages/rank-words.ts';
import { unitColumn } from '#lib/messages/unit-words.ts';
import * as m from '#lib/paraglide/messages.js';
import { showOverview } from '#lib/server/workflows/show-overview.ts';
import { looking } from '../looking.ts';
import { orderOf, sortedRanking } from '../ranking.ts';
import { csvResponse } from '../tables.ts';
import type { RequestHandler } from './$types';

/** The ranking of the overview, all of its rows, in the order of the page. */
export const GET: RequestHandler = (event) =>
	looking(event, async (look, { rules, known, period }) => {
		if (period === null) throw new Problem('no_townships', { period: '—' });
		const { locale, actor } = event.locals;
		const { ranking, grades } = await showOverview(look, rules, known, period, actor);
		const ofClinics = rules.scheme.unit === 'clinic';
		const names = new Map(grades.map(({ key, name }) => [key, inLocale(name, locale)]));
		const head = [
			m.column_rank(),
			m.column_rank_low(),
			m.column_rank_high(),
			m.column_indistinct(),
			m.column_hints(),
			m.column_change(),
			m.townships_code(),
			unitColumn(rules.scheme.unit),
			...(ofClinics ? [m.column_township()] : []),
			m.column_score(),
			m.provisional(),
			m.column_grade(),
			m.column_coverage(),
			m.column_timeliness(),
			m.column_problem_rate(),
			m.column_weakest(),
			m.township_column_lost()
		];
		const rows = sortedRanking(ranking, orderOf(event.url)).map((row) => [
			row.rank === null ? null : String(row.rank),
			row.interval && String(row.interval.low),
			row.interval && String(row.interval.high),
			row.indistinct && indistinctText(row.indistinct),
			String(row.hints),
			row.change === null ? null : String(row.change),
			row.code,
			row.name,
			...(ofClinics ? [row.township] : []),
			row.score,
			row.provisional ? m.provisional() : null,
			names.get(row.grade) ?? m.no_grade(),
			row.coverage,
			row.timeliness,
			row.problemRate,
			row.weakest && inLocale(row.weakest.name, locale),
			row.weakest?.points ?? null
		]);
		return csvResponse(`ranking-${periodId(period)}`, [head, ...rows]);
	});
