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
import { Problem } from '../../basis/problem.ts';
import { notApplicable } from '../../measures/declare.ts';
import {
	type MeasureParameters,
	type MeasureSettings,
	type OtherWindow,
	type TallyRequest,
	tallyRequest
} from '../../measures/request.ts';
import { type AnnualScore, annualScores, periodWeights } from '../../scoring/annual.ts';
import type { Bonus, Indicator, MeasureUse, Scheme, Veto } from '../../scoring/scheme.ts';
import { applies, scoreUnits, type TallyOf, type UnitScore } from '../../scoring/score.ts';
import { versionFor } from '../../scoring/family.ts';
import { placesIn, usesOf } from '../../scoring/uses.ts';
import { type PeerPlace, peerPlaces } from '../../trends/peers.ts';
import { requireCovered } from '../schemes/load.ts';
import type { Engine } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { type SureRank, sureRanks, type YearParts } from './rank-intervals.ts';
import { takeTallies, type Tallies } from './tally-periods.ts';
import { type Unit, unitsOn, visibleTo } from './units.ts';

/** The scores of a period; a year by mean or weights has `quarters` in place of indicators. */
export interface PeriodResult {
	readonly scheme: Scheme;
	readonly period: Period;
	readonly cutoff: Day;
	readonly units: readonly Unit[];
	readonly scores: readonly (UnitScore | AnnualScore)[];
	/** Flags raised by unit code. */
	readonly flags: ReadonlyMap<string, readonly string[]>;
	/** How sure the ranks are, by unit code, among all units; reckoned when first asked for. */
	readonly sureRanks: () => ReadonlyMap<string, SureRank>;
	/** How scores stand among those of the same kind of township, by unit code, among all units. */
	readonly peerPlaces: () => ReadonlyMap<string, PeerPlace>;
}

/** Whether a score is an annual one made of its periods' scores. */
export const isAnnual = (score: UnitScore | AnnualScore): score is AnnualScore => 'quarters' in score;

/** The settings of a scheme that measures read. @param unit what is measured, where it is not what the scheme scores */
export const settingsOf = (scheme: Scheme, unit = scheme.unit): MeasureSettings => ({
	cutoffDays: scheme.cutoffDays,
	graceDays: scheme.graceDays,
	visitsPerQuarter: scheme.visitsPerQuarter,
	forms: scheme.forms,
	roll: scheme.roll,
	unit,
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
		perYear: use.perYear,
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

/** The first day of a period as a scheme has it. */
export const firstDayOf = (scheme: Scheme, period: Period): Day => windowOf(scheme, period)?.start ?? startOf(period);

/** Everything that a scheme asks of the measures for a period, in the order of its uses. */
export function requestsOf(
	scheme: Scheme,
	period: Period,
	options: { asOf?: Day | null; whole?: boolean } = {}
): TallyRequest[] {
	const settings = settingsOf(scheme);
	const other = windowOf(scheme, period);
	return usesOf(scheme).map((owner) =>
		tallyRequest(owner.measure.name, period, settings, parametersOf(owner.measure, owner), { ...options, other })
	);
}

/** Gives scoring the tallies of {@link requestsOf}, and `not_applicable` where an indicator is for other units. */
export function tallyOf(scheme: Scheme, tallies: readonly Tallies[], units: readonly Unit[]): TallyOf {
	const byCode = new Map(units.map((unit) => [unit.code, unit]));
	const placeOf = placesIn(scheme);
	return (use, code) => {
		const unit = byCode.get(code);
		const indicator = use.in === 'indicators' ? scheme.indicators[use.index] : undefined;
		if (indicator && unit && !applies(indicator, unit)) return notApplicable;
		return tallies[placeOf(use)]?.get(code) ?? notApplicable;
	};
}

/** The last day of the window that a period is scored over. */
export const lastDayOf = (scheme: Scheme, period: Period): Day => windowOf(scheme, period)?.end ?? endOf(period);

/** The last day whose facts count for a period. */
export const cutoffOf = (scheme: Scheme, period: Period): Day => addDays(lastDayOf(scheme, period), scheme.cutoffDays);

/** The names of a year's periods, as `weights` call them: Q1 … Q4, H1 and H2. */
export const periodNames = (scheme: Scheme, count: number): string[] =>
	Array.from({ length: count }, (_, i) => `${periodKind(scheme) === 'quarter' ? 'Q' : 'H'}${i + 1}`);

/** The period kind that a scheme scores, and of which its year is made. */
const periodKind = ({ frequency }: Scheme): 'quarter' | 'half' | 'year' => frequency;

/** Whether a period is scored from its own tallies, and not made of the scores of its parts. */
export const isDirect = (scheme: Scheme, period: Period): boolean =>
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
	const { units, scores, year } = await scoresOf(engine, scheme, period);
	const flags = await flagsOf(engine, scheme, period, scores);
	let sure: ReadonlyMap<string, SureRank> | null = null;
	return {
		scheme,
		period,
		cutoff: cutoffOf(scheme, period),
		units: visibleTo(units, actor),
		scores: visibleTo(scores, actor),
		flags,
		sureRanks: () => (sure ??= sureRanks(scheme, period, scores, year)),
		peerPlaces: () => {
			const places = peerPlaces(scores);
			return new Map(scores.flatMap(({ code }, i) => (places[i] ? [[code, places[i]]] : [])));
		}
	};
}

/** What a window is scored from: its units, and the tallies of {@link requestsOf}. */
export interface TalliedWindow {
	readonly units: Unit[];
	readonly tallies: readonly Tallies[];
}

async function tallyWindow(engine: Engine, scheme: Scheme, period: Period): Promise<TalliedWindow> {
	const units = await unitsOn(engine, scheme, lastDayOf(scheme, period), periodId(period));
	return { units, tallies: await takeTallies(engine, requestsOf(scheme, period), units) };
}

/**
 * What a period is scored from. A year made of its periods has one window for each, null where that has no score, and
 * the names of these periods in the year's weights; else the period is the one window.
 * @throws Problem `period_not_covered`, `no_townships`; `period_of_versions` for a year that two versions score
 */
export async function tallyPeriod(
	{ engine }: Pick<Warehouse, 'engine'>,
	scheme: Scheme,
	period: Period
): Promise<{
	readonly units: readonly Unit[];
	readonly windows: readonly { readonly period: Period; readonly tallied: TalliedWindow | null }[];
	readonly parts: readonly string[] | null;
}> {
	requireCovered(scheme, period);
	if (isDirect(scheme, period)) {
		const tallied = await tallyWindow(engine, scheme, period);
		return { units: tallied.units, windows: [{ period, tallied }], parts: null };
	}
	const units = await unitsOn(engine, scheme, endOf(period), periodId(period));
	const windows = [];
	for (const part of periodsOfYear(periodKind(scheme), period.year)) {
		const version = await countingVersion(engine, scheme, part);
		if (version && version.version !== scheme.version)
			throw new Problem('period_of_versions', { period: periodId(period), scheme: scheme.id });
		windows.push({ period: part, tallied: version && (await tallyWindow(engine, version, part)) });
	}
	return { units, windows, parts: periodNames(scheme, windows.length) };
}

async function scoresOf(
	engine: Engine,
	scheme: Scheme,
	period: Period
): Promise<{ units: Unit[]; scores: (UnitScore | AnnualScore)[]; year: YearParts | null }> {
	const own = async (rules: Scheme, part: Period): Promise<readonly (UnitScore | AnnualScore)[]> =>
		(await scoresOf(engine, rules, part)).scores;
	if (isDirect(scheme, period)) {
		const { units, tallies } = await tallyWindow(engine, scheme, period);
		const scores = scoreUnits(scheme, units, tallyOf(scheme, tallies, units));
		if (period.kind !== 'year' || scheme.frequency === 'year') return { units, scores, year: null };
		const parts = await partsOf(engine, scheme, period, own);
		return {
			units,
			scores: scores.map((score) => ({
				...score,
				quarters: parts.map((part) => part?.get(score.code)?.score ?? null)
			})),
			year: null
		};
	}
	const units = await unitsOn(engine, scheme, endOf(period), periodId(period));
	const parts = await partsOf(engine, scheme, period, own);
	const weights = periodWeights(scheme, periodNames(scheme, parts.length));
	// Rules that changed within the year are not doubted by one draw of weights: such a year has no intervals.
	const changed = periodsOfYear(periodKind(scheme), period.year).some((part) => {
		const version = versionFor(scheme, part);
		return version !== null && version.version !== scheme.version;
	});
	return { units, scores: annualScores(scheme, units, parts, weights), year: changed ? null : { parts, weights } };
}

/** The version by which a period of a year counts in it; null where none is in force or nothing happened. */
async function countingVersion(engine: Engine, scheme: Scheme, part: Period): Promise<Scheme | null> {
	const version = versionFor(scheme, part);
	return version && (await anythingHappened(engine, part)) ? version : null;
}

/**
 * The scores of the periods of a year, each by the version in force in it, so that new rules never change an old period;
 * null for one that no version covers or in which nothing happened.
 */
export async function partsOf<Score extends { readonly code: string }>(
	engine: Engine,
	scheme: Scheme,
	year: Period,
	scoreOf: (scheme: Scheme, part: Period) => Promise<readonly Score[]>
): Promise<(ReadonlyMap<string, Score> | null)[]> {
	const parts: (ReadonlyMap<string, Score> | null)[] = [];
	for (const part of periodsOfYear(periodKind(scheme), year.year)) {
		const version = await countingVersion(engine, scheme, part);
		if (!version) {
			parts.push(null);
			continue;
		}
		const scores = await scoreOf(version, part);
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
