import { inLocale } from '#lib/basis/codes.ts';
import { periodId } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import { unitColumn } from '#lib/messages/unit-words.ts';
import { gradeNamer } from '#lib/components/funds/words.ts';
import * as m from '#lib/paraglide/messages.js';
import { showLevels } from '#lib/server/workflows/show-levels.ts';
import { levelOf } from '../levels/asked.ts';
import { looking } from '../looking.ts';
import { csvResponse } from '../tables.ts';
import type { RequestHandler } from './$types';

/** The table of the page, all of its rows. */
export const GET: RequestHandler = (event) =>
	looking(event, async (look, { rules, period }) => {
		if (period === null) throw new Problem('no_townships', { period: '—' });
		if (event.locals.actor.townships !== 'all') throw new Problem('levels_hidden');
		const { locale, actor } = event.locals;
		const level = levelOf(event.url);
		const { rows, indicators } = await showLevels(look, rules, period, level, actor);
		const gradeName = gradeNamer(rules.scheme.grades.map(({ key, name }) => ({ key, name: inLocale(name, locale) })));
		const withBonuses = rows.some(({ bonuses }) => bonuses !== null);
		const head = [
			m.column_rank(),
			m.levels_code(),
			m.levels_units({ unit: unitColumn(rules.scheme.unit) }),
			m.column_score(),
			m.provisional(),
			m.column_grade(),
			...indicators.map(({ name }) => inLocale(name, locale)),
			...(withBonuses ? [m.scheme_bonuses()] : [])
		];
		const lines = rows.map(({ rank, code, units, score, provisional, grade, awarded, bonuses }) => [
			rank === null ? null : String(rank),
			code,
			String(units),
			score,
			provisional ? m.provisional() : null,
			gradeName(grade),
			...awarded,
			...(withBonuses ? [bonuses] : [])
		]);
		return csvResponse(`levels-${level}-${periodId(period)}`, [head, ...lines]);
	});
