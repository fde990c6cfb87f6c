import { inLocale } from '#lib/basis/codes.ts';
import { periodId } from '#lib/basis/period.ts';
import { showLevels } from '#lib/server/workflows/show-levels.ts';
import { looking } from '../looking.ts';
import { pageOf } from '../ranking.ts';
import type { PageServerLoad } from './$types';
import { levelOf } from './asked.ts';

export const load: PageServerLoad = (event) =>
	looking(event, async (look, { rules, period }) => {
		if (period === null) return { levels: null };
		const { url, locals } = event;
		const level = levelOf(url);
		const { rows, ...report } = await showLevels(look, rules, period, level, locals.actor);
		return {
			levels: {
				level,
				period: periodId(period),
				/** The first, the last, and how many there are between: what the title says. */
				ends: {
					first: rows.find(({ score }) => score !== null),
					last: rows.findLast(({ score }) => score !== null),
					count: rows.length
				},
				...pageOf(rows, url),
				...report,
				mayBeSeen: locals.actor.townships === 'all',
				grades: rules.scheme.grades.map(({ key, name }) => ({ key, name: inLocale(name, locals.locale) }))
			}
		};
	});
