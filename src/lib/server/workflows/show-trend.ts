/** 趋势: a measure by month or quarter with XmR limits and signals. */
import type { Actor } from '../../basis/codes.ts';
import { type Fraction, toJsonFigure, whole } from '../../basis/fraction.ts';
import { addDays, calendar, type Day, parseIsoDay } from '../../basis/day.ts';
import { endOf, type Period, periodAt, periodId, shift, startOf } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import { measureNamed, measures } from '../../measures/catalogue/index.ts';
import { noParameters, tallyRequest } from '../../measures/request.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import { type Xmr, xmr } from '../../trends/xmr.ts';
import { countOf, type Engine, textOf, textOrNull } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { settingsOf } from './score-period.ts';
import { takeTallies } from './tally-periods.ts';
import { townshipsOn, visibleTo } from './units.ts';

export interface TrendOptions {
	readonly measure: string;
	readonly by: 'month' | 'quarter';
	readonly township: string | null;
	readonly domain: string | null;
	readonly split: 'domain' | 'category' | 'severity' | null;
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
	readonly series: readonly TrendSeries[];
}

/**
 * The series of a measure over all periods that have facts.
 * @throws Problem `measure_unknown`, `measure_without_series`, `measure_without_domains`, `township_unknown`
 */
export async function showTrend(
	{ engine }: Pick<Warehouse, 'engine'>,
	options: TrendOptions,
	actor: Actor
): Promise<TrendReport> {
	const { measure: name, by, township, domain, split, scheme } = options;
	const measure = measureNamed(name);
	if (!measure)
		throw new Problem('measure_unknown', { measure: name, known: measures.map((known) => known.name).join(', ') });
	const needsParameters = Object.values(measure.parameters).some(({ required }) => required);
	if (needsParameters || measure.base === 'marks' || (!measure.monthly && by === 'month'))
		throw new Problem('measure_without_series', { measure: name });
	if (!measure.byDomain && (domain !== null || split === 'domain'))
		throw new Problem('measure_without_domains', { measure: name });
	const { periods, last } = await periodsWithFacts(engine, by);
	const running = (period: Period): boolean => last !== null && last < addDays(endOf(period), -6);
	const series: TrendSeries[] = [];
	if (split === 'category' || split === 'severity')
		series.push(...(await countsOfFindings(engine, options, periods, running)));
	else {
		const domains = split === 'domain' ? await domainsInUse(engine) : [domain];
		for (const one of domains) {
			const parameters = { ...noParameters, domains: one === null ? null : [one] };
			const points: { period: Period; n: Fraction; d: Fraction }[] = [];
			for (const period of periods) {
				const units = await townshipsOn(engine, endOf(period), periodId(period));
				const visible = visibleTo(units, actor);
				if (township !== null && !visible.some(({ code }) => code === township))
					throw new Problem('township_unknown', { code: township });
				const [tallies] = await takeTallies(
					engine,
					[tallyRequest(name, period, settingsOf(scheme), parameters)],
					units
				);
				const own = visible
					.filter(({ code }) => township === null || code === township)
					.map(({ code }) => tallies?.get(code));
				points.push({ period, n: pooled(own.map((tally) => tally?.n)), d: pooled(own.map((tally) => tally?.d)) });
			}
			series.push(seriesOf(split === 'domain' ? one : null, points, running));
		}
	}
	return { measure: name, by, township, domain, split, series };
}

const pooled = (values: readonly (Fraction | undefined)[]): Fraction =>
	values.reduce<Fraction>((a, b) => (b ? { n: a.n * b.d + b.n * a.d, d: a.d * b.d } : a), { n: 0n, d: 1n });

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
	periods: readonly Period[],
	running: Running
): Promise<TrendSeries[]> {
	const rows = await engine.rows(engine.statement('findings-by-month'), { township, domain });
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
