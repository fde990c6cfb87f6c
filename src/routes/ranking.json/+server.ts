import { Problem } from '#lib/basis/problem.ts';
import { reportScores } from '#lib/server/workflows/report-scores.ts';
import { scoresSeen } from '#lib/server/workflows/see-periods.ts';
import { looking } from '../looking.ts';
import { jsonResponse } from '../tables.ts';
import type { RequestHandler } from './$types';

/** What the command `score` gives. */
export const GET: RequestHandler = (event) =>
	looking(event, async (look, { rules, period }) => {
		if (period === null) throw new Problem('no_townships', { period: '—' });
		return jsonResponse(reportScores(await scoresSeen(look, rules, period, event.locals.actor)));
	});
