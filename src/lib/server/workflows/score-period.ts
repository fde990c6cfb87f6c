/** 计分: the scores of a period by a scheme. */
import type { Actor } from '../../basis/codes.ts';
import { addDays, type Day, day, daysInMonth, isoDay } from '../../basis/day.ts';
import { toExact } from '../../basis/fraction.ts';
import { mapByKind } from '../../basis/by-kind.ts';
import {
	endOf,
	monthsIn,
	type Period,
	periodId,
	periodsOfYear,
	quartersIn,
	shift,
	startOf
} from '../../basis/period.ts';
import { notApplicable } from '../../measures/declare.ts';
import {
	type MeasureParameters,
	type MeasureSettings,
	type OtherWindow,
	type TallyRequest,
	tallyRequest
} from '../../measures/request.ts';
import { type AnnualScore, annualScores, type PeriodScores } from '../../scoring/annual.ts';
import type { Bonus, Indicator, MeasureUse, Scheme, Veto } from '../../scoring/scheme.ts';
import { applies, scoreUnits, type TallyOf, type UnitScore } from '../../scoring/score.ts';
import { versionFor } from '../../scoring/family.ts';
import { requireCovered } from '../schemes/load.ts';
import type { Engine } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { takeTallies, type Tallies } from './tally-periods.ts';
import { townshipsOn, type Unit, visibleTo } from './units.ts';

/** The scores of a period; a year by mean or weights has `quarters` in place of indicators. */
export interface PeriodResult {
	readonly scheme: Scheme;
	readonly period: Period;
	readonly cutoff: Day;
	readonly units: readonly Unit[];
	readonly scores: readonly (UnitScore | AnnualScore)[];
	/** Flags raised by unit code. */
	readonly flags: ReadonlyMap<string, readonly string[]>;
}

/** Whether a score is an annual one made of its periods' scores. */
export const isAnnual = (score: UnitScore | AnnualScore): score is AnnualScore => 'quarters' in score;

/** The settings of a scheme that measures read. */
export const settingsOf = (scheme: Scheme): MeasureSettings => ({
	cutoffDays: scheme.cutoffDays,
	graceDays: scheme.graceDays,
	visitsPerQuarter: scheme.visitsPerQuarter,
	forms: scheme.forms,
	workload: Object.fromEntries(Object.entries(scheme.workload).map(([key, value]) => [key, toExact(value)]))
});

/** The parameters with which an indicator, bonus or veto asks its measure. */
function parametersOf(use: MeasureUse, owner: Indicator | Bonus | Veto): MeasureParameters {
	const marks = use.name === 'mark' || use.name === 'deductions';
	return {
		window: use.window,
		domains: use.domains,
		withinDays: use.withinDays,
		type: use.type,
		role: use.role,
		certified: use.certified,
		required: use.required,
		key: marks ? (use.indicator ?? owner.key) : use.key,
		points: marks && 'points' in owner ? mapByKind(owner.points, toExact) : null
	};
}

/** The window of a direct year that starts on another day: `12-16` of the year before to `12-15`. */
function windowOf(scheme: Scheme, period: Period): OtherWindow | null {
	if (period.kind !== 'year' || scheme.annual.method !== 'direct' || !scheme.annual.yearStarts) return null;
	const { month, day: date } = scheme.annual.yearStarts;
	if (month === 1 && date === 1) return null;
	const startIn = (year: number): Day => day(year, month, Math.min(date, daysInMonth(year, month)));
	return { start: startIn(period.year - 1), end: addDays(startIn(period.year), -1) };
}

/** Everything that a scheme asks of the measures for a period, in the order indicators, bonuses, vetoes. */
export function requestsOf(
	scheme: Scheme,
	period: Period,
	options: { asOf?: Day | null; whole?: boolean } = {}
): TallyRequest[] {
	const settings = settingsOf(scheme);
	const other = windowOf(scheme, period);
	return [...scheme.indicators, ...scheme.bonuses, ...scheme.vetoes].map((owner) =>
		tallyRequest(owner.measure.name, period, settings, parametersOf(owner.measure, owner), { ...options, other })
	);
}

/** Gives scoring the tallies of {@link requestsOf}, and `not_applicable` where an indicator is for other units. */
export function tallyOf(scheme: Scheme, tallies: readonly Tallies[], units: readonly Unit[]): TallyOf {
	const byCode = new Map(units.map((unit) => [unit.code, unit]));
	const offsets = {
		indicators: 0,
		bonuses: scheme.indicators.length,
		vetoes: scheme.indicators.length + scheme.bonuses.length
	};
	return ({ in: list, index }, code) => {
		const unit = byCode.get(code);
		const indicator = list === 'indicators' ? scheme.indicators[index] : undefined;
		if (indicator && unit && !applies(indicator, unit)) return notApplicable;
		return tallies[offsets[list] + index]?.get(code) ?? notApplicable;
	};
}

/** The period kind that a scheme scores, and of which its year is made. */
const periodKind = ({ frequency }: Scheme): 'quarter' | 'half' | 'year' => frequency;

const isDirect = (scheme: Scheme, period: Period): boolean =>
	period.kind !== 'year' || scheme.annual.method === 'direct' || scheme.frequency === 'year';

/**
 * Scores a period. A score depends on facts, scheme and period alone, never on the day it is computed.
 * @throws Problem `period_not_covered`, `no_townships`
 */
export async function scorePeriod(
	{ engine }: Pick<Warehouse, 'engine'>,
	scheme: Scheme,
	period: Period,
	actor: Actor
): Promise<PeriodResult> {
	requireCovered(scheme, period);
	const { units, scores } = await scoresOf(engine, scheme, period);
	const flags = await flagsOf(engine, scheme, period, scores);
	return {
		scheme,
		period,
		cutoff: addDays(windowOf(scheme, period)?.end ?? endOf(period), scheme.cutoffDays),
		units: visibleTo(units, actor),
		scores: visibleTo(scores, actor),
		flags
	};
}

async function scoresOf(
	engine: Engine,
	scheme: Scheme,
	period: Period
): Promise<{ units: Unit[]; scores: (UnitScore | AnnualScore)[] }> {
	const end = windowOf(scheme, period)?.end ?? endOf(period);
	const units = await townshipsOn(engine, end, periodId(period));
	if (isDirect(scheme, period)) {
		const tallies = await takeTallies(engine, requestsOf(scheme, period), units);
		const scores = scoreUnits(scheme, units, tallyOf(scheme, tallies, units));
		if (period.kind !== 'year' || scheme.frequency === 'year') return { units, scores };
		const parts = await periodsOf(engine, scheme, period);
		return {
			units,
			scores: scores.map((score) => ({ ...score, quarters: parts.map((part) => part?.get(score.code)?.score ?? null) }))
		};
	}
	const parts = await periodsOf(engine, scheme, period);
	const prefix = periodKind(scheme) === 'quarter' ? 'Q' : 'H';
	return {
		units,
		scores: annualScores(
			scheme,
			units,
			parts,
			parts.map((_, i) => `${prefix}${i + 1}`)
		)
	};
}

/**
 * The scores of the periods of a year, each by the version in force in it, so that new rules never change an old period;
 * null for one that no version covers or in which nothing happened.
 */
async function periodsOf(engine: Engine, scheme: Scheme, year: Period): Promise<PeriodScores[]> {
	const parts: PeriodScores[] = [];
	for (const part of periodsOfYear(periodKind(scheme), year.year)) {
		const own = versionFor(scheme, part);
		if (!own || !(await anythingHappened(engine, part))) {
			parts.push(null);
			continue;
		}
		const { scores } = await scoresOf(engine, own, part);
		parts.push(new Map(scores.map((score) => [score.code, score])));
	}
	return parts;
}

/** Whether any fact falls into a period: a quarter of which nothing was handed in yet has no score to average. */
async function anythingHappened(engine: Engine, period: Period): Promise<boolean> {
	const [row] = await engine.rows(engine.statement('anything-happened'), {
		start: isoDay(startOf(period)),
		end: isoDay(endOf(period)),
		period: periodId(period),
		covers: [...monthsIn(period), ...quartersIn(period)].map(periodId)
	});
	return row?.['happened'] === true;
}

/** Flags raised for a period: units that had a grade in so many periods running (rules.md, 4). */
async function flagsOf(
	engine: Engine,
	scheme: Scheme,
	period: Period,
	scores: readonly (UnitScore | AnnualScore)[]
): Promise<Map<string, string[]>> {
	const raised = new Map<string, string[]>();
	// A period of which nothing was handed in shows nothing, neither by itself nor as one of several running.
	if (scheme.flags.length === 0 || !(await anythingHappened(engine, period))) return raised;
	for (const flag of scheme.flags.filter(({ of }) => of === period.kind)) {
		let running = new Set(scores.filter(({ grade }) => grade === flag.grade).map(({ code }) => code));
		for (let back = 1; back < flag.consecutive && running.size > 0; back++) {
			const earlier = shift(period, -back);
			const graded = await gradesOf(engine, scheme, earlier);
			running = new Set([...running].filter((code) => graded.get(code) === flag.grade));
		}
		for (const code of running) raised.set(code, [...(raised.get(code) ?? []), flag.key]);
	}
	return raised;
}

async function gradesOf(engine: Engine, scheme: Scheme, period: Period): Promise<Map<string, string>> {
	const own = versionFor(scheme, period) ?? scheme;
	const { from } = own.periods;
	if ((from && endOf(period) < startOf(from)) || !(await anythingHappened(engine, period))) return new Map();
	const { scores } = await scoresOf(engine, own, period);
	return new Map(scores.map(({ code, grade }) => [code, grade]));
}
