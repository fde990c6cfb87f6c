/** 督促: the running period for those who follow it weekly, and what each unit is to be reminded of (rules.md, 3). */
import { type Actor, type Bilingual, townshipCode } from '../../basis/codes.ts';
import { type Day, isoDay, parseIsoDay } from '../../basis/day.ts';
import { floor, fromExact } from '../../basis/fraction.ts';
import { endOf, type Period, periodId, startOf } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import { noParameters, tallyRequest } from '../../measures/request.ts';
import { type Moment, momentOf } from '../../reports/moment.ts';
import {
	type Counts,
	countsOf,
	groupTasks,
	meanScore,
	pooledShare,
	roomBetween,
	type RunningReport,
	type RunningUnit,
	type Share,
	shareOf,
	soonUntil,
	type TaskGroup,
	taskKinds,
	type TaskKind,
	totalLeft,
	urgentOf
} from '../../reports/running.ts';
import type { Indicator, Scheme } from '../../scoring/scheme.ts';
import { readDomains } from '../schemes/library.ts';
import { covers } from '../schemes/load.ts';
import type { Look } from '../warehouse/house.ts';
import { listTasks, type Task } from './list-tasks.ts';
import { requestsOf, settingsOf } from './score-period.ts';
import type { KnownPeriods, Rules } from './see-periods.ts';
import { type ProgressReport, showProgress, type UnitProgress } from './show-progress.ts';
import { computeTallies, identify } from './tally-periods.ts';
import { visibleTo } from './units.ts';

/** The kind of task that an indicator's measure asks for. */
const kindOfMeasure: Readonly<Record<string, TaskKind>> = {
	patrol_coverage: 'visit',
	patrol_completion: 'visit',
	form_timeliness: 'form',
	rectification: 'rectification',
	complaint_closure: 'complaint',
	mark: 'mark',
	figure: 'figure'
};

/** These have days of their own; all else is due by the end of the period. */
const dated: readonly TaskKind[] = ['form', 'rectification', 'complaint'];

const kindOf = ({ measure }: Indicator): TaskKind | undefined => kindOfMeasure[measure.name];

/**
 * The period to follow and the day as of which, from what is asked for, the clock and the facts; null in a home without
 * facts.
 */
export const chooseMoment = (
	{ scheme }: Rules,
	{ reach }: KnownPeriods,
	today: Day,
	asked: { readonly period: Period | null; readonly asOf: Day | null }
): Moment | null =>
	reach && momentOf({ frequency: scheme.frequency, reach, today, asked, covers: (period) => covers(scheme, period) });

/**
 * The running period as of a day: all units with what they have left, counted. The rows of tasks are not in it.
 * @throws Problem `day_outside_period`, `period_not_covered`, `no_townships`
 */
export const followProgress = (
	look: Look,
	{ scheme, identity }: Rules,
	{ period, asOf }: Pick<Moment, 'period' | 'asOf'>,
	actor: Actor
): Promise<RunningReport> =>
	look.recall(`running ${identity} ${periodId(period)} ${isoDay(asOf)} ${String(actor.townships)}`, async () => {
		const report = await showProgress(look, scheme, period, asOf, actor, { townships: [] });
		const coverage = await coverageOf(look, scheme, period, asOf, report);
		const units = report.townships.map((unit) => runningUnit(unit, coverage(unit)));
		const urgent = urgentOf(await urgentCounts(look, scheme, period, asOf, units));
		const [start, end] = [startOf(period), endOf(period)];
		return {
			period: report.period,
			asOf: report.asOf,
			elapsed: report.elapsed,
			day: asOf - start + 1,
			days: end - start + 1,
			mean: meanScore(units.map(({ expected }) => expected)),
			coverage: pooledShare(units.map((unit) => unit.coverage)),
			left: totalLeft(units.map(({ left }) => left)),
			overdue: units.reduce((sum, { overdue }) => sum + overdue, 0),
			kinds: taskKinds.filter((kind) => scheme.indicators.some((one) => kindOf(one) === kind)),
			units,
			urgent
		};
	});

const runningUnit = (unit: UnitProgress, coverage: Share | null): RunningUnit => {
	const { code, name, expected, best, left, overdue } = unit;
	return { code, name, expected, best, room: roomBetween(expected, best), coverage, left, overdue };
};

/** The premises visited of those to visit, as the scheme's own indicator asks for it, so that both show one figure. */
async function coverageOf(
	{ engine }: Look,
	scheme: Scheme,
	period: Period,
	asOf: Day,
	report: ProgressReport
): Promise<(unit: UnitProgress) => Share | null> {
	const own = scheme.indicators.find(({ measure }) => measure.name === 'patrol_coverage');
	if (own)
		return ({ indicators }) => {
			const found = indicators.find(({ key }) => key === own.key);
			return found ? shareOf(floor(fromExact(String(found.n))), floor(fromExact(String(found.d)))) : null;
		};
	const request = tallyRequest('patrol_coverage', period, settingsOf(scheme), noParameters, { asOf });
	const units = report.townships.map(({ code }) => ({ code, kind: null, minStaff: null }));
	const [tallies] = await computeTallies(engine, [identify(request)], units);
	return ({ code }) => {
		const tally = tallies?.get(code);
		return tally ? shareOf(floor(tally.n), floor(tally.d)) : null;
	};
}

/**
 * How much of each kind is overdue and how much soon due, by unit. Of what has no day of its own the counts are known;
 * only the rest, which is little, is listed.
 */
async function urgentCounts(
	{ engine }: Look,
	scheme: Scheme,
	period: Period,
	asOf: Day,
	units: readonly RunningUnit[]
): Promise<{ code: string; name: string; overdue: Counts; soon: Counts }[]> {
	const until = isoDay(soonUntil(asOf));
	const endsSoon = isoDay(endOf(period)) <= until;
	const withDays = scheme.indicators.filter((one) => dated.some((kind) => kind === kindOf(one)));
	const own = { ...scheme, indicators: withDays, bonuses: [], vetoes: [], workItems: [] };
	const requests = requestsOf(own, period, { asOf, whole: true });
	const codes = units.map(({ code }) => code);
	const found = await listTasks(engine, own, requests, codes, asOf);
	return units.map(({ code, name, left }) => {
		const tasks = found.get(code)?.tasks ?? [];
		const count = (kind: TaskKind, wanted: (task: Task) => boolean): number =>
			tasks.filter((task) => task.kind === kind && wanted(task)).length;
		return {
			code,
			name,
			overdue: countsOf((kind) => count(kind, ({ overdue }) => overdue)),
			soon: countsOf((kind) =>
				dated.includes(kind)
					? count(kind, ({ overdue, dueOn }) => !overdue && dueOn <= until)
					: endsSoon
						? left[kind]
						: 0
			)
		};
	});
}

/**
 * What one unit has left to do, by kind, the most urgent first.
 * @throws Problem `township_unknown`
 */
export function remindersFor(
	look: Look,
	{ scheme, identity }: Rules,
	{ period, asOf }: Pick<Moment, 'period' | 'asOf'>,
	running: RunningReport,
	code: string
): Promise<TaskGroup[]> {
	if (!running.units.some((unit) => unit.code === code)) throw new Problem('township_unknown', { code });
	return look.recall(`reminders ${identity} ${periodId(period)} ${isoDay(asOf)} ${code}`, async () => {
		const requests = requestsOf(scheme, period, { asOf, whole: true });
		const found = await listTasks(look.engine, scheme, requests, [code], asOf);
		const domains = new Map(readDomains(look.home).map(({ key, name }) => [key, name]));
		const names = new Map(scheme.indicators.map(({ key, name }) => [key, name]));
		const nameOf = (key: string): Bilingual => names.get(key) ?? { zh: key };
		return groupTasks(
			(found.get(code)?.tasks ?? []).map((task) => ({
				kind: task.kind,
				key: task.key,
				// A mark or figure is called as its indicator is, in both languages.
				what: task.kind === 'mark' || task.kind === 'figure' ? nameOf(task.indicator) : { zh: task.what },
				form: task.detail,
				domain: task.domain === null ? null : (domains.get(task.domain) ?? { zh: task.domain }),
				dueOn: task.dueOn,
				overdue: task.overdue,
				days: (parseIsoDay(task.dueOn) as Day) - asOf,
				indicator: task.indicator,
				indicators: task.indicators.map(nameOf)
			}))
		);
	});
}

/**
 * The report as programs read it: all units with what is left, counted; or the chosen one alone, with its tasks.
 * @throws Problem `township_unknown` and those of {@link followProgress}
 */
export async function progressReport(
	look: Look,
	{ scheme }: Rules,
	{ period, asOf }: Pick<Moment, 'period' | 'asOf'>,
	code: string | null,
	actor: Actor
): Promise<ProgressReport> {
	if (code === null) return showProgress(look, scheme, period, asOf, actor, { townships: [] });
	if (scheme.unit === 'clinic') return showProgress(look, scheme, period, asOf, actor, { townships: [code] });
	const mayBeSeen = visibleTo([{ code }], actor);
	if (mayBeSeen.length === 0) throw new Problem('township_unknown', { code });
	// A running score stands on the unit's own facts: nothing of the others has to be computed for it.
	const alone = { ...actor, townships: [townshipCode(code)] };
	return showProgress(look, scheme, period, asOf, alone, { townships: [code] });
}

/** Whether the facts end before the day as of which a period is looked at: what was done since is not known yet. */
export const factsEndBefore = ({ reach }: KnownPeriods, asOf: Day): Day | null =>
	reach && reach.last < asOf ? reach.last : null;
