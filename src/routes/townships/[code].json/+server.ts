import { Problem } from '#lib/basis/problem.ts';
import { explainScore } from '#lib/server/workflows/explain-score.ts';
import { scoresSeen } from '#lib/server/workflows/see-periods.ts';
import { looking } from '../../looking.ts';
import { jsonResponse } from '../../tables.ts';
import type { RequestHandler } from './$types';

/** Rows of each list where the address does not say how many. */
const rowsByDefault = 20;

/** What the command `explain` gives; `?indicator=` only that one, `?rows=` so many rows of each list. */
export const GET: RequestHandler = (event) =>
	looking(event, async (look, { rules, period }) => {
		const { params, url, locals } = event;
		if (period === null) throw new Problem('township_unknown', { code: params.code });
		const asked = Number(url.searchParams.get('rows') ?? rowsByDefault);
		const result = await scoresSeen(look, rules, period, locals.actor);
		const options = {
			township: params.code,
			indicator: url.searchParams.get('indicator'),
			rows: Number.isInteger(asked) && asked >= 0 ? asked : rowsByDefault,
			money: null,
			locale: locals.locale
		};
		return jsonResponse(await explainScore(look, result, options, locals.actor));
	});
