import { isoDay } from '#lib/basis/day.ts';
import { endOf, periodId, startOf } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import { reminderText } from '#lib/messages/reminder-text.ts';
import { byUrgency } from '#lib/reports/running.ts';
import { factsEndBefore, followProgress, remindersFor } from '#lib/server/workflows/follow-progress.ts';
import { looking } from '../looking.ts';
import { pageOf } from '../ranking.ts';
import type { PageServerLoad } from './$types';
import { momentAsked, townshipAsked } from './asked.ts';
import { sortedUnits, unitOrderOf } from './order.ts';

/** Tasks of a kind, and townships of an urgent kind, that are shown at once; the tables have all. */
const mostTasks = 100;
const mostUrgent = 8;

export const load: PageServerLoad = (event) =>
	looking(event, async (look, view) => {
		const { locals, url } = event;
		const { rules, known } = view;
		const today = locals.office.clock.today();
		const { moment, wrong } = momentAsked(url, view, today);
		if (!moment) return { running: null };
		const running = await followProgress(look, rules, moment, locals.actor);
		const code = townshipAsked(url);
		const unit = code === null ? null : running.units.find((one) => one.code === code);
		if (unit === undefined) throw new Problem('township_unknown', { code: code ?? '' });
		const groups = unit ? await remindersFor(look, rules, moment, running, unit.code) : [];
		const order = unitOrderOf(url);
		const { rows, page, pages } = pageOf(sortedUnits(running.units, order), url);
		const dataTo = factsEndBefore(known, moment.asOf);
		return {
			running: {
				...running,
				units: rows,
				urgent: running.urgent.map(({ townships, ...kind }) => ({
					...kind,
					townships: townships.slice(0, mostUrgent),
					more: Math.max(0, townships.length - mostUrgent)
				}))
			},
			moment: {
				period: periodId(moment.period),
				start: isoDay(startOf(moment.period)),
				end: isoDay(endOf(moment.period)),
				asOf: isoDay(moment.asOf),
				over: moment.over,
				instead: moment.instead,
				moved: moment.moved,
				future: moment.asOf > today,
				wrong,
				dataTo: dataTo === null || moment.over ? null : isoDay(dataTo)
			},
			unit,
			groups: byUrgency(groups).map((group) => ({ ...group, rows: group.rows.slice(0, mostTasks) })),
			text: unit && !moment.over ? reminderText(unit, running, groups) : null,
			order,
			page,
			pages
		};
	});
