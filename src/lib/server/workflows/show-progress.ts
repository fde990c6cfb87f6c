/** 本季进度: the running period as of a day, what it may still become, and what is left to do (rules.md, 3). */
import type { Actor } from '../../basis/codes.ts';
import { type Day, isoDay } from '../../basis/day.ts';
import { type Fraction, larger, toFixed, whole } from '../../basis/fraction.ts';
import { endOf, type Period, periodId, startOf } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import { type Tally, withShort } from '../../measures/declare.ts';
import type { TallyRequest } from '../../measures/request.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import { scoreText, scoreUnits } from '../../scoring/score.ts';
import { requireCovered } from '../schemes/load.ts';
import type { Engine } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { type LeftToDo, listTasks, type TaskOptions } from './list-tasks.ts';
import { type IndicatorReport, reportIndicator } from './report-scores.ts';
import { requestsOf, tallyOf } from './score-period.ts';
import { computeTallies, identify, type Tallies } from './tally-periods.ts';
import { type Unit, unitsOn, visibleTo } from './units.ts';

export interface UnitProgress extends LeftToDo {
	readonly code: string;
	readonly name: string;
	/** 按现状预计得分: what was due by the day, and nothing more. */
	readonly expected: string | null;
	/** 最高可得分: if everything that still can be done is done. */
	readonly best: string | null;
	readonly indicators: readonly IndicatorReport[];
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
 * Looks at a running period as of a day. Nothing of it can ever be sealed. The number of statements does not depend on
 * that of the townships.
 * @param options which tasks are listed, and in which order; they are counted for all units
 * @throws Problem `day_outside_period`, `period_not_covered`, `no_townships`, `township_unknown`
 */
export async function showProgress(
	{ engine }: Pick<Warehouse, 'engine'>,
	scheme: Scheme,
	period: Period,
	asOf: Day,
	actor: Actor,
	options: TaskOptions = {}
): Promise<ProgressReport> {
	requireCovered(scheme, period);
	const [start, end] = [startOf(period), endOf(period)];
	if (asOf < start || asOf > end)
		throw new Problem('day_outside_period', { day: isoDay(asOf), period: periodId(period) });
	const units = visibleTo(await unitsOn(engine, scheme, asOf, periodId(period)), actor);
	const codes = units.map(({ code }) => code);
	const unknown = options.townships?.find((code) => !codes.includes(code));
	if (unknown !== undefined) throw new Problem('township_unknown', { code: unknown });
	const now = requestsOf(scheme, period, { asOf });
	const ahead = requestsOf(scheme, period, { asOf, whole: true });
	const tallies = await computeTallies(engine, now.map(identify), units);
	const prospects = await bestTallies(engine, now, ahead, tallies, units);
	const scores = scoreUnits(scheme, units, tallyOf(scheme, tallies, units));
	const best = new Map(
		scoreUnits(scheme, units, tallyOf(scheme, prospects, units)).map((score) => [score.code, score.score])
	);
	const tasks = await listTasks(engine, scheme, ahead, codes, asOf, options);
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
			best: scoreText(higher(best.get(score.code) ?? null, score.score)),
			indicators: score.indicators.map(reportIndicator),
			...(tasks.get(score.code) as LeftToDo)
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
