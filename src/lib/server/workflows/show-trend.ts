/** 趋势: a measure by month or quarter with XmR limits and signals. */
import type { Actor } from '../../basis/codes.ts';
import { type Fraction, sum, toJsonFigure, whole } from '../../basis/fraction.ts';
import { addDays, calendar, type Day, parseIsoDay } from '../../basis/day.ts';
import { endOf, type Period, periodAt, periodId, shift, startOf } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import { measureNamed, measures } from '../../measures/catalogue/index.ts';
import type { Measure } from '../../measures/declare.ts';
import { noParameters, tallyRequest } from '../../measures/request.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import { type Xmr, xmr } from '../../trends/xmr.ts';
import { countOf, type Engine, type Row, textOf, textOrNull } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { predecessors } from './mergers.ts';
import { settingsOf } from './score-period.ts';
import { takeTallies, type Tallies } from './tally-periods.ts';
import { townshipsOn, type Unit, visibleTo } from './units.ts';

export interface TrendOptions {
	readonly measure: string;
	readonly by: 'month' | 'quarter';
	readonly township: string | null;
	readonly domain: string | null;
	readonly split: 'domain' | 'township' | 'category' | 'severity' | null;
	readonly scheme: Scheme;
}

export interface TrendSeries {
	/** What the series is of when it was split; null for the whole. */
	readonly of: string | null;
	readonly points: readonly {
		readonly period: string;
		readonly n: number | string;
		readonly d: number | string;
		readonly value: number | null;
		readonly signals: readonly string[];
		/** The facts do not reach the last week of the period: it is still running and takes no part in the limits. */
		readonly running: boolean;
	}[];
	readonly limits: {
		readonly mean: number;
		readonly lower: number;
		readonly upper: number;
		readonly trial: boolean;
	} | null;
}

export interface TrendReport {
	readonly measure: string;
	readonly by: 'month' | 'quarter';
	readonly township: string | null;
	readonly domain: string | null;
	readonly split: string | null;
	/** The codes of the townships that went into the one that is asked for, whose rows are in the series too. */
	readonly includes: readonly string[];
	readonly series: readonly TrendSeries[];
}

/** A trend states no parameters: one that must be stated leaves nothing to draw, nor does a measure of one indicator. */
const hasSeries = ({ parameters }: Measure): boolean =>
	Object.entries(parameters).every(([name, { required }]) => !required && name !== 'indicator');

/** The measures of which a trend can be drawn; those that are not `monthly` only by quarter. */
export const measuresWithSeries = (): { name: string; monthly: boolean; byDomain: boolean }[] =>
	measures.filter(hasSeries).map(({ name, monthly, byDomain }) => ({ name, monthly, byDomain }));

/**
 * The series of a measure over all periods that have facts.
 * @throws Problem `measure_unknown`, `measure_without_series`, `measure_without_domains`, `township_unknown`
 */
export async function showTrend(
	{ engine }: Pick<Warehouse, 'engine'>,
	options: TrendOptions,
	actor: Actor
): Promise<TrendReport> {
	const { measure: name, by, township, domain, split } = options;
	if (!measureNamed(name))
		throw new Problem('measure_unknown', { measure: name, known: measures.map((known) => known.name).join(', ') });
	const measure = measuresWithSeries().find((one) => one.name === name);
	if (!measure || (!measure.monthly && by === 'month')) throw new Problem('measure_without_series', { measure: name });
	if (!measure.byDomain && (domain !== null || split === 'domain'))
		throw new Problem('measure_without_domains', { measure: name });
	const { periods, last } = await periodsWithFacts(engine, by);
	const includes = township === null ? [] : await predecessors(engine, township, actor);
	const running = (period: Period): boolean => last !== null && last < addDays(endOf(period), -6);
	const series =
		split === 'category' || split === 'severity'
			? await countsOfFindings(engine, options, includes, periods, running, actor)
			: await seriesOfTallies(engine, options, includes, periods, running, actor);
	return { measure: name, by, township, domain, split, includes, series };
}

/** The series of a measure from its tallies: one for the whole, or one for each domain or township. */
async function seriesOfTallies(
	engine: Engine,
	{ measure, township, domain, split, scheme }: TrendOptions,
	includes: readonly string[],
	periods: readonly Period[],
	running: Running,
	actor: Actor
): Promise<TrendSeries[]> {
	const domains = split === 'domain' ? await domainsInUse(engine) : [domain];
	const settings = settingsOf(scheme, 'township');
	const taken: { period: Period; byDomain: Tallies[]; codes: string[] }[] = [];
	for (const { units, periods: own } of await unitsOf(engine, periods)) {
		const visible = visibleTo(units, actor).map(({ code }) => code);
		// A township that has ended, or went into another, has a past.
		const codes = township === null ? visible : [township, ...includes].filter((code) => visible.includes(code));
		const requests = own.flatMap((period) =>
			domains.map((one) =>
				tallyRequest(measure, period, settings, { ...noParameters, domains: one === null ? null : [one] })
			)
		);
		const tallies = await takeTallies(engine, requests, units);
		for (const [i, period] of own.entries())
			taken.push({ period, byDomain: tallies.slice(i * domains.length, (i + 1) * domains.length), codes });
	}
	if (township !== null && taken.length > 0 && !taken.some(({ codes }) => codes.includes(township)))
		throw new Problem('township_unknown', { code: township });
	taken.sort((a, b) => startOf(a.period) - startOf(b.period));
	const pointsOf = (place: number, only: string | null): { period: Period; n: Fraction; d: Fraction }[] =>
		taken.map(({ period, byDomain, codes }) => {
			const own = (only === null ? codes : [only]).flatMap((code) => byDomain[place]?.get(code) ?? []);
			return { period, n: sum(own.map(({ n }) => n)), d: sum(own.map(({ d }) => d)) };
		});
	if (split === 'township')
		return [...new Set(taken.flatMap(({ codes }) => codes))]
			.sort()
			.map((code) => seriesOf(code, pointsOf(0, code), running));
	return domains.map((one, place) => seriesOf(split === 'domain' ? one : null, pointsOf(place, null), running));
}

/** The units of each period, those of periods that have the same ones together: their tallies are taken in one go. */
async function unitsOf(engine: Engine, periods: readonly Period[]): Promise<{ units: Unit[]; periods: Period[] }[]> {
	const days = await engine.rows(
		`SELECT DISTINCT CAST(unnest([as_of, ended_on]) AS VARCHAR) AS day FROM fact_township WHERE batch_to IS NULL`
	);
	const changes = days.flatMap((row) => parseIsoDay(textOrNull(row['day']) ?? '') ?? []);
	// Between two days on which the register changes the units stay the same.
	const before = Map.groupBy(periods, (period) => changes.filter((day) => day <= endOf(period)).length);
	const groups = new Map<string, { units: Unit[]; periods: Period[] }>();
	for (const own of before.values()) {
		const [first] = own as [Period, ...Period[]];
		const units = await townshipsOn(engine, endOf(first), periodId(first));
		const same = JSON.stringify(units.map(({ code, kind, minStaff }) => [code, kind, String(minStaff)]));
		const group = groups.get(same);
		if (group) group.periods.push(...own);
		else groups.set(same, { units, periods: [...own] });
	}
	return [...groups.values()];
}

type Running = (period: Period) => boolean;

function seriesOf(
	of: string | null,
	points: readonly { period: Period; n: Fraction; d: Fraction | null }[],
	running: Running
): TrendSeries {
	// A chart's value may be a float: nothing that is drawn comes back into a score.
	const values = points.map(({ n, d }) =>
		d === null ? Number(n.n) / Number(n.d) : d.n === 0n ? null : Number(n.n * d.d) / Number(n.d * d.n)
	);
	const chart: Xmr | null = xmr(
		values.map((value, i) => (running((points[i] as { period: Period }).period) ? null : value))
	);
	return {
		of,
		points: points.map(({ period, n, d }, i) => ({
			period: periodId(period),
			n: toJsonFigure(n),
			d: d === null ? 1 : toJsonFigure(d),
			value: values[i] ?? null,
			signals: chart?.points[i]?.signals ?? [],
			running: running(period)
		})),
		limits: chart ? { mean: chart.mean, lower: chart.lower, upper: chart.upper, trial: chart.trial } : null
	};
}

/** All periods from the first to the last in which something was done, and the day of the last fact. */
async function periodsWithFacts(
	engine: Engine,
	by: 'month' | 'quarter'
): Promise<{ periods: Period[]; last: Day | null }> {
	const [row] = await engine.rows(engine.statement('days-with-facts'));
	const dayOf = (name: string): Day | null => {
		const text = textOrNull(row?.[name]);
		return text === null ? null : parseIsoDay(text);
	};
	const [first, last] = [dayOf('first'), dayOf('last')];
	if (first === null || last === null) return { periods: [], last };
	const at = calendar(first);
	const periods: Period[] = [];
	for (let period = periodAt(by, at.year, at.month); startOf(period) <= last; period = shift(period, 1))
		periods.push(period);
	return { periods, last };
}

async function domainsInUse(engine: Engine): Promise<string[]> {
	const rows = await engine.rows('SELECT DISTINCT domain FROM fact_patrol WHERE batch_to IS NULL ORDER BY domain');
	return rows.map((row) => textOf(row['domain']));
}

/** How many findings of each category or severity the patrols of each period had. */
async function countsOfFindings(
	engine: Engine,
	{ split, by, township, domain }: TrendOptions,
	includes: readonly string[],
	periods: readonly Period[],
	running: Running,
	{ townships }: Actor
): Promise<TrendSeries[]> {
	const own = townships === 'all' ? null : townships;
	if (township !== null && own && !own.some((code) => code === township))
		throw new Problem('township_unknown', { code: township });
	const rows: Row[] = [];
	for (const one of township === null ? (own ?? [null]) : [township, ...includes])
		rows.push(...(await engine.rows(engine.statement('findings-by-month'), { township: one, domain })));
	const column = split === 'category' ? 'category' : 'severity';
	const groups = Map.groupBy(rows, (row) => textOrNull(row[column]) ?? '');
	return [...groups].map(([of, group]) => {
		const counts = new Map<string, number>();
		for (const row of group) {
			const id = periodId(periodAt(by, countOf(row['year']), countOf(row['month'])));
			counts.set(id, (counts.get(id) ?? 0) + countOf(row['n']));
		}
		return seriesOf(
			of,
			periods.map((period) => ({ period, n: whole(counts.get(periodId(period)) ?? 0), d: null })),
			running
		);
	});
}
