import { redirect } from '@sveltejs/kit';
import { linkTo } from '#lib/browser/address.ts';
import { scoreText } from '#lib/scoring/score.ts';
import { scoresSeen } from '#lib/server/workflows/see-periods.ts';
import { inLocale } from '#lib/basis/codes.ts';
import { periodId } from '#lib/basis/period.ts';
import { looking } from '../looking.ts';
import { pageOf } from '../ranking.ts';
import type { PageServerLoad } from './$types';

/** Townships by name or code; the only one that is meant is gone to at once. */
export const load: PageServerLoad = async (event) => {
	const { url, locals } = event;
	const q = (url.searchParams.get('q') ?? '').trim();
	const found = await looking(event, async (look, { rules, period }) => {
		if (period === null) return null;
		const { scores } = await scoresSeen(look, rules, period, locals.actor);
		const wanted = q.normalize('NFKC').toLowerCase();
		const matching = scores.filter(
			({ code, name }) => name.normalize('NFKC').toLowerCase().includes(wanted) || code.startsWith(wanted)
		);
		const grades = rules.scheme.grades.map(({ key, name }) => ({ key, name: inLocale(name, locals.locale) }));
		return { matching, grades, period: periodId(period) };
	});
	if (!found) return { q, count: 0, rows: [], page: 1, pages: 1, grades: [], period: null };
	const { matching, grades, period } = found;
	const [only] = matching;
	if (q !== '' && matching.length === 1 && only) redirect(303, linkTo(url, `/townships/${only.code}`));
	const { rows, page, pages } = pageOf(matching, url);
	return {
		q,
		count: matching.length,
		rows: rows.map(({ code, name, rank, score, grade }) => ({ code, name, rank, score: scoreText(score), grade })),
		page,
		pages,
		grades,
		period
	};
};
