import { Problem } from '#lib/basis/problem.ts';
import { reportScores } from '#lib/server/workflows/report-scores.ts';
import { levelScoresSeen } from '#lib/server/workflows/show-levels.ts';
import { levelOf } from '../levels/asked.ts';
import { looking } from '../looking.ts';
import { jsonResponse } from '../tables.ts';
import type { RequestHandler } from './$types';

/** What the command `score --level` gives. */
export const GET: RequestHandler = (event) =>
	looking(event, async (look, { rules, period }) => {
		if (period === null) throw new Problem('no_townships', { period: '—' });
		if (event.locals.actor.townships !== 'all') throw new Problem('levels_hidden');
		return jsonResponse(
			reportScores(await levelScoresSeen(look, rules, period, levelOf(event.url), event.locals.actor))
		);
	});
