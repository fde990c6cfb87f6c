/** One row a unit; with `?township=` one row a task of that unit. */
import { isoDay } from '#lib/basis/day.ts';
import { periodId } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import { followProgress, remindersFor } from '#lib/server/workflows/follow-progress.ts';
import { looking } from '../looking.ts';
import { momentFor, townshipAsked } from '../progress/asked.ts';
import { taskRows, unitRows } from '../progress/table.ts';
import { csvResponse } from '../tables.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	looking(event, async (look, view) => {
		const { locals, url } = event;
		const moment = momentFor(url, view, locals.office.clock.today());
		const running = await followProgress(look, view.rules, moment, locals.actor);
		const code = townshipAsked(url);
		const name = `progress-${periodId(moment.period)}-${isoDay(moment.asOf)}`;
		if (code === null) return csvResponse(name, unitRows(running));
		const unit = running.units.find((one) => one.code === code);
		if (!unit) throw new Problem('township_unknown', { code });
		const groups = await remindersFor(look, view.rules, moment, running, code);
		return csvResponse(`${name}-${code}`, taskRows(unit, groups, locals.locale));
	});
