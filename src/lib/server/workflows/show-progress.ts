/** 本季进度: the running period as of a day, what it may still become, and what is left to do (rules.md, 3). */
import type { Actor, Bilingual } from '../../basis/codes.ts';
import { type Day, isoDay, parseIsoDay } from '../../basis/day.ts';
import { type Fraction, larger, toFixed, whole } from '../../basis/fraction.ts';
import { endOf, type Period, periodId, startOf } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import { composeTrace } from '../../measures/compose.ts';
import { type Tally, withShort } from '../../measures/declare.ts';
import type { TallyRequest } from '../../measures/request.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import { scoreText, scoreUnits } from '../../scoring/score.ts';
import { requireCovered } from '../schemes/load.ts';
import { countOf, type Engine, type Row, textOf, textOrNull } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { type IndicatorReport, reportIndicator } from './report-scores.ts';
import { requestsOf, tallyOf } from './score-period.ts';
import { computeTallies, identify, type Tallies } from './tally-periods.ts';
import { townshipsOn, type Unit, visibleTo } from './units.ts';

/** Something that a unit still has to do, and by when. */
export interface Task {
	readonly indicator: string;
	readonly kind: 'visit' | 'form' | 'rectification' | 'complaint' | 'mark' | 'figure';
	readonly what: string;
	readonly dueOn: string;
	readonly overdue: boolean;
}

export interface UnitProgress {
	readonly code: string;
	readonly name: string;
	/** 按现状预计得分: what was due by the day, and nothing more. */
	readonly expected: string | null;
	/** 最高可得分: if everything that still can be done is done. */
	readonly best: string | null;
	readonly indicators: readonly IndicatorReport[];
	readonly tasks: readonly Task[];
}

export interface ProgressReport {
	readonly period: string;
	readonly asOf: string;
	readonly scheme: string;
	readonly version: string;
	/** 序时进度: the share of the period's days that have passed, in percent with two decimals. */
	readonly elapsed: string;
	readonly townships: readonly UnitProgress[];
}

/**
 * Looks at a running period as of a day. Nothing of it can ever be sealed.
 * @throws Problem `day_outside_period`, `period_not_covered`, `no_townships`
 */
export async function showProgress(
	{ engine }: Pick<Warehouse, 'engine'>,
	scheme: Scheme,
	period: Period,
	asOf: Day,
	actor: Actor
): Promise<ProgressReport> {
	requireCovered(scheme, period);
	const [start, end] = [startOf(period), endOf(period)];
	if (asOf < start || asOf > end)
		throw new Problem('day_outside_period', { day: isoDay(asOf), period: periodId(period) });
	const units = visibleTo(await townshipsOn(engine, asOf, periodId(period)), actor);
	const now = requestsOf(scheme, period, { asOf });
	const ahead = requestsOf(scheme, period, { asOf, whole: true });
	const tallies = await computeTallies(engine, now.map(identify), units);
	const prospects = await bestTallies(engine, now, ahead, tallies, units);
	const scores = scoreUnits(scheme, units, tallyOf(scheme, tallies, units));
	const best = scoreUnits(scheme, units, tallyOf(scheme, prospects, units));
	const tasks = await tasksOf(engine, scheme, ahead, units, asOf);
	return {
		period: periodId(period),
		asOf: isoDay(asOf),
		scheme: scheme.id,
		version: scheme.version,
		elapsed: toFixed({ n: BigInt(asOf - start + 1) * 100n, d: BigInt(end - start + 1) }, 2),
		townships: scores.map((score) => ({
			code: score.code,
			name: score.name,
			expected: scoreText(score.score),
			best: scoreText(higher(best.find(({ code }) => code === score.code)?.score ?? null, score.score)),
			indicators: score.indicators.map(reportIndicator),
			tasks: tasks.get(score.code) ?? []
		}))
	};
}

const higher = (a: Fraction | null, b: Fraction | null): Fraction | null =>
	a === null || b === null ? (a ?? b) : larger(a, b);

/** What each tally can still become, by its measure's prospect. */
async function bestTallies(
	engine: Engine,
	now: readonly TallyRequest[],
	ahead: readonly TallyRequest[],
	tallies: readonly Map<string, Tally>[],
	units: readonly Unit[]
): Promise<Tallies[]> {
	const asked = ahead.map(identify);
	const declared = asked
		.map(({ measure }, index) => ({ measure, index }))
		.filter(({ measure }) => typeof measure.prospect !== 'string');
	const computed = await computeTallies(
		engine,
		declared.map(({ index }) => asked[index] as ReturnType<typeof identify>),
		units,
		true
	);
	return now.map((_, index) => {
		const place = declared.findIndex((one) => one.index === index);
		if (place >= 0) return computed[place] as Tallies;
		const { measure } = asked[index] as ReturnType<typeof identify>;
		return new Map(
			[...(tallies[index] ?? [])].map(([code, tally]) => [code, hoped(tally, measure.prospect as string, measure.name)])
		);
	});
}

/** A tally if all goes well from now on. A mark or figure that is yet to come may be a full one. */
function hoped(tally: Tally, prospect: string, measure: string): Tally {
	if (tally.state === 'missing' && (measure === 'mark' || measure === 'figure')) {
		const d = tally.d.n === 0n ? whole(1) : tally.d;
		return { n: d, d, parts: withShort(d, d, {}), state: 'ok' };
	}
	if (prospect === 'as_is' || tally.state !== 'ok') return tally;
	const n = prospect === 'required' ? larger(tally.n, tally.d) : larger(tally.d, tally.n);
	const undone = ['unreported', 'open', 'missing']
		.filter((name) => name in tally.parts)
		.map((name) => [name, whole(0)] as const);
	return { ...tally, n, parts: { ...tally.parts, short: whole(0), ...Object.fromEntries(undone) } };
}

type TaskKind = Task['kind'];

/** Which measures leave tasks, and the columns that say what and by when. */
const taskSources: Readonly<Record<string, { kind: TaskKind; what: (row: Row) => string; due: string | null }>> = {
	patrol_completion: { kind: 'visit', what: (row) => textOf(row['name']), due: null },
	patrol_coverage: { kind: 'visit', what: (row) => textOf(row['name']), due: null },
	form_timeliness: { kind: 'form', what: (row) => `${textOf(row['form'])} ${textOf(row['covers'])}`, due: 'due_on' },
	rectification: {
		kind: 'rectification',
		what: (row) => textOrNull(row['subject_name']) ?? textOf(row['row_key']),
		due: 'rectify_by'
	},
	complaint_closure: { kind: 'complaint', what: (row) => textOf(row['row_key']), due: 'due_on' }
};

async function tasksOf(
	engine: Engine,
	scheme: Scheme,
	requests: readonly TallyRequest[],
	units: readonly Unit[],
	asOf: Day
): Promise<Map<string, Task[]>> {
	const tasks = new Map<string, Task[]>(units.map(({ code }) => [code, []]));
	for (const [index, indicator] of scheme.indicators.entries()) {
		const request = requests[index];
		if (!request) continue;
		const asked = identify(request);
		const source = taskSources[request.measure];
		for (const { code } of units) {
			const own = tasks.get(code) ?? [];
			if (source) own.push(...(await openTasks(engine, asked, code, indicator.key, source, asOf)));
			else if (request.measure === 'mark' || request.measure === 'figure')
				own.push(...(await enteredTask(engine, asked, code, indicator, request.measure, endOf(request.period))));
		}
	}
	return tasks;
}

async function openTasks(
	engine: Engine,
	asked: ReturnType<typeof identify>,
	code: string,
	indicator: string,
	{ kind, what, due }: (typeof taskSources)[string],
	asOf: Day
): Promise<Task[]> {
	const { sql, bound } = composeTrace(asked, (base) => engine.base(base), code);
	const rows = (await engine.rows(sql, bound)).filter((row) => row['counted'] !== true && row['part_late'] !== true);
	return rows.map((row) => {
		const dueOn = due === null ? isoDay(endOf(asked.request.period)) : textOf(row[due]);
		return { indicator, kind, what: what(row), dueOn, overdue: (parseIsoDay(dueOn) as Day) < asOf };
	});
}

async function enteredTask(
	engine: Engine,
	asked: ReturnType<typeof identify>,
	code: string,
	indicator: { readonly key: string; readonly name: Bilingual },
	kind: 'mark' | 'figure',
	end: Day
): Promise<Task[]> {
	const { sql, bound } = composeTrace(asked, (base) => engine.base(base), code);
	const [row] = await engine.rows(`SELECT count(*) AS n FROM (${sql})`, bound);
	if (countOf(row?.['n']) > 0) return [];
	return [{ indicator: indicator.key, kind, what: indicator.name.zh, dueOn: isoDay(end), overdue: false }];
}
