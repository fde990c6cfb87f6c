/** The report of a running period: all units with what is left, counted; with `?township=` that unit with its tasks. */
import { progressReport } from '#lib/server/workflows/follow-progress.ts';
import { looking } from '../looking.ts';
import { momentFor, townshipAsked } from '../progress/asked.ts';
import { jsonResponse } from '../tables.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	looking(event, async (look, view) => {
		const { locals, url } = event;
		const moment = momentFor(url, view, locals.office.clock.today());
		return jsonResponse(await progressReport(look, view.rules, moment, townshipAsked(url), locals.actor));
	});
