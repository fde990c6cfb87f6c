/** What an analyst reads: a measure by month or quarter, what signals in it, and many of them side by side. Pure steps. */
import { divide, fromExact, isZero, multiply, toFixed, whole } from '../basis/fraction.ts';
import { Problem } from '../basis/problem.ts';

const splits = ['domain', 'township', 'category', 'severity'] as const;

/** What is asked: a measure over months or quarters, of some of the facts, in one series or in several. */
export interface TrendQuestion {
	readonly measure: string;
	readonly by: 'month' | 'quarter';
	readonly township: string | null;
	readonly domain: string | null;
	/** By category or severity it is the findings that are counted, whatever the measure. */
	readonly split: (typeof splits)[number] | null;
}

/** A measure that can be asked for. */
export interface MeasureChoice {
	readonly name: string;
	readonly monthly: boolean;
	readonly byDomain: boolean;
}

/** What had to give way in a question whose parts do not go together. */
export type Mend = 'by' | 'domain' | 'split' | 'domain_split';

/** Whether a question counts findings. */
export const countsFindings = ({ split }: Pick<TrendQuestion, 'split'>): boolean =>
	split === 'category' || split === 'severity';

/**
 * Reads a question; what is not said is the problem rate of everything, by month where it can be.
 * @param asked the parameters of an address; empty ones are not said
 * @throws Problem `measure_unknown`, `unknown_choice`
 */
export function questionOf(
	asked: { readonly get: (name: string) => string | null },
	measures: readonly MeasureChoice[]
): TrendQuestion {
	const said = (name: string): string | null => asked.get(name) || null;
	const oneOf = <T extends string>(name: string, choices: readonly T[]): T | null => {
		const value = said(name);
		const choice = choices.find((one) => one === value);
		if (value !== null && choice === undefined)
			throw new Problem('unknown_choice', { field: name, value, choices: choices.join(', ') });
		return choice ?? null;
	};
	const name = said('measure') ?? 'problem_rate';
	const measure = measures.find((one) => one.name === name);
	if (!measure)
		throw new Problem('measure_unknown', { measure: name, known: measures.map((one) => one.name).join(', ') });
	const split = oneOf('split', splits);
	return {
		measure: name,
		by: oneOf('by', ['month', 'quarter']) ?? (measure.monthly || countsFindings({ split }) ? 'month' : 'quarter'),
		township: said('township'),
		domain: said('domain'),
		split
	};
}

/** The question with what does not go together taken out, and what that was. */
export function mended(
	question: TrendQuestion,
	measures: readonly MeasureChoice[]
): { question: TrendQuestion; mends: readonly Mend[] } {
	const { measure: name, by, domain, split } = question;
	const measure = measures.find((one) => one.name === name);
	const counts = countsFindings(question);
	const domains = counts || measure?.byDomain === true;
	const mends: Mend[] = [];
	if (by === 'month' && !counts && !measure?.monthly) mends.push('by');
	if (split === 'domain' && !domains) mends.push('split');
	if (domain !== null && !domains) mends.push('domain');
	else if (domain !== null && split === 'domain') mends.push('domain_split');
	return {
		question: {
			...question,
			by: mends.includes('by') ? 'quarter' : by,
			domain: mends.some((mend) => mend === 'domain' || mend === 'domain_split') ? null : domain,
			split: mends.includes('split') ? null : split
		},
		mends
	};
}

/** The gravest first: a point that has several is drawn as the first of them. */
export const signalKinds = ['outside', 'trend', 'one_side', 'two_of_three'] as const;
export type SignalKind = (typeof signalKinds)[number];

/** How a point signals. `up` is above the mean, of a trend: rising. */
export interface Mark {
	readonly kind: SignalKind;
	readonly direction: 'up' | 'down';
}

/** Shares of 1; how many of something; how much of something a township on average. */
export type Unit = 'percent' | 'count' | 'mean';

/** A point as the trend gives it: `n` and `d` exact, `value` for drawing and for limits only. */
export interface Point {
	readonly period: string;
	readonly n: number | string;
	readonly d: number | string;
	readonly value: number | null;
	readonly signals: readonly string[];
	readonly running: boolean;
}

export interface Limits {
	readonly mean: number;
	readonly lower: number;
	readonly upper: number;
	readonly trial: boolean;
}

/** A series as the trend gives it; `of` says what it is of where the trend was split. */
export interface Series {
	readonly of: string | null;
	readonly points: readonly Point[];
	readonly limits: Limits | null;
}

/** A point as it is shown. */
export interface ShownPoint {
	readonly period: string;
	readonly n: string;
	readonly d: string;
	readonly value: number | null;
	/** With one decimal, `9.6%`; null where nothing was due. */
	readonly text: string | null;
	readonly marks: readonly Mark[];
	readonly running: boolean;
}

/** A stretch of periods that signal in one way. */
export interface SignalRun extends Mark {
	readonly from: string;
	readonly to: string;
	readonly periods: number;
	/** The value that lies furthest out, as text. */
	readonly furthest: string;
}

/** Limits as they are shown. A limit that no value can reach is not there: shares end at 0 and 1, numbers at 0. */
export interface ShownLimits {
	readonly mean: string;
	readonly lower: string | null;
	readonly upper: string | null;
	readonly trial: boolean;
}

/** Where one period stands, for the sentence that opens the page. */
export interface Standing {
	readonly period: string;
	readonly value: string;
	/** Against the mean: 1 above, −1 below, 0 on it; null without limits. */
	readonly side: -1 | 0 | 1 | null;
	/** The gravest signal that the period takes part in; null for ordinary variation. */
	readonly run: SignalRun | null;
}

export interface ShownSeries {
	readonly of: string | null;
	readonly points: readonly ShownPoint[];
	readonly limits: ShownLimits | null;
	/** For drawing. */
	readonly drawn: { readonly mean: number; readonly lower: number; readonly upper: number } | null;
	/** The latest first. */
	readonly runs: readonly SignalRun[];
	/** Of the last complete period that has a value; null where there is none. */
	readonly latest: Standing | null;
}

/** A figure of a chart as text: `9.6%`, `123`, `45.2`. */
export function figureText(value: number, unit: Unit): string {
	return unit === 'percent' ? `${(value * 100).toFixed(1)}%` : value.toFixed(1);
}

/** The exact value of a point as text. */
function pointText({ n, d }: Point, unit: Unit): string | null {
	const [top, bottom] = [fromExact(String(n)), fromExact(String(d))];
	if (isZero(bottom)) return null;
	const value = divide(top, bottom);
	if (unit === 'percent') return `${toFixed(multiply(value, whole(100)), 1)}%`;
	return toFixed(value, unit === 'count' ? 0 : 1);
}

/** Whether a point takes part in limits and signals. */
const isComplete = ({ value, running }: { readonly value: number | null; readonly running: boolean }): boolean =>
	value !== null && !running;

/** The marks of complete points, the gravest first. */
function marksOf(points: readonly Point[], mean: number): Mark[][] {
	const values = points.map(({ value }) => value as number);
	const inTrend = (i: number): boolean => points[i]?.signals.includes('trend') ?? false;
	/** A trend's first point has no step of its own behind it: it goes where the next one goes. */
	const step = (i: number): number =>
		inTrend(i - 1) ? (values[i] as number) - (values[i - 1] as number) : (values[i + 1] ?? 0) - (values[i] as number);
	return points.map(({ signals }, i) =>
		signalKinds
			.filter((kind) => signals.includes(kind))
			.map((kind) => ({ kind, direction: (kind === 'trend' ? step(i) : (values[i] ?? 0) - mean) < 0 ? 'down' : 'up' }))
	);
}

/** The stretches of complete points that signal in one way, as places of their first and last point. */
function stretchesOf(points: readonly ShownPoint[], kind: SignalKind): (Mark & { from: number; to: number })[] {
	const stretches: (Mark & { from: number; to: number })[] = [];
	// Two of three may have an ordinary point in between.
	const reach = kind === 'two_of_three' ? 2 : 1;
	for (const [i, { marks }] of points.entries()) {
		const mark = marks.find((one) => one.kind === kind);
		if (!mark) continue;
		const open = stretches.at(-1);
		if (open && i - open.to <= reach && open.direction === mark.direction) open.to = i;
		// Where a rise follows a fall, the point where it turns belongs to both.
		else stretches.push({ ...mark, from: kind === 'trend' && open?.to === i - 1 ? i - 1 : i, to: i });
	}
	return stretches;
}

/** The runs of complete points, the latest first. */
function runsOf(points: readonly ShownPoint[], mean: number): SignalRun[] {
	const distance = ({ value }: ShownPoint): number => Math.abs((value ?? mean) - mean);
	return signalKinds
		.flatMap((kind) => stretchesOf(points, kind))
		.flatMap(({ kind, direction, from, to }): SignalRun[] => {
			const own = points.slice(from, to + 1);
			const [first, last] = [own[0], own.at(-1)];
			if (!first || !last) return [];
			// What lies outside lies beyond two thirds too: that is said once.
			if (kind === 'two_of_three' && own.every(({ marks }) => marks[0]?.kind === 'outside')) return [];
			const furthest = own.reduce((far, one) => (distance(one) > distance(far) ? one : far), first);
			const periods = own.length;
			return [{ kind, direction, from: first.period, to: last.period, periods, furthest: furthest.text ?? '' }];
		})
		.sort((a, b) => (a.to === b.to ? 0 : a.to < b.to ? 1 : -1));
}

/** Limits cut to what values can be, and as text. */
function shownLimits(limits: Limits, unit: Unit): { limits: ShownLimits; drawn: NonNullable<ShownSeries['drawn']> } {
	const { mean, lower, upper, trial } = limits;
	const most = unit === 'percent' ? 1 : Infinity;
	return {
		limits: {
			mean: figureText(mean, unit),
			lower: lower > 0 ? figureText(lower, unit) : null,
			upper: upper < most ? figureText(upper, unit) : null,
			trial
		},
		drawn: { mean, lower: Math.max(0, lower), upper: Math.min(most, upper) }
	};
}

/** A series ready to be shown. */
export function shownSeries({ of, points, limits }: Series, unit: Unit): ShownSeries {
	const mean = limits?.mean ?? 0;
	const complete = points.filter(isComplete);
	const marks = new Map(
		limits ? marksOf(complete, mean).map((own, i) => [complete[i]?.period ?? '', own] as const) : []
	);
	const shown = points.map((point): ShownPoint => ({
		period: point.period,
		n: String(point.n),
		d: String(point.d),
		value: point.value,
		text: pointText(point, unit),
		marks: marks.get(point.period) ?? [],
		running: point.running
	}));
	const runs = limits ? runsOf(shown.filter(isComplete), mean) : [];
	const series: Omit<ShownSeries, 'latest'> = {
		of,
		points: shown,
		...(limits ? shownLimits(limits, unit) : { limits: null, drawn: null }),
		runs
	};
	return { ...series, latest: standingOf(series, null) };
}

/**
 * How the last complete period stands, of those up to `until` where there is one.
 * @param until which periods may be told of; null for all
 */
export function standingOf(
	{ points, drawn, runs }: Pick<ShownSeries, 'points' | 'drawn' | 'runs'>,
	until: ((period: string) => boolean) | null
): Standing | null {
	const complete = points.filter(isComplete);
	const point = (until && complete.findLast(({ period }) => until(period))) ?? complete.at(-1);
	if (!point) return null;
	const { period, text, value } = point;
	const taking = (kind: SignalKind): SignalRun | undefined =>
		runs.find((run) => run.kind === kind && run.from <= period && period <= run.to);
	const kind = point.marks.map((mark) => mark.kind).find(taking);
	return {
		period,
		value: text ?? '',
		side: drawn && value !== null ? (Math.sign(value - drawn.mean) as -1 | 0 | 1) : null,
		run: kind ? (taking(kind) ?? null) : null
	};
}

/** The lowest and the highest complete value of some series: small charts beside one another have one scale. */
export function scaleOf(series: readonly Series[]): { low: number; high: number } | null {
	let [low, high] = [Infinity, -Infinity];
	for (const { points } of series) {
		for (const { value, running } of points) {
			if (value === null || running) continue;
			low = Math.min(low, value);
			high = Math.max(high, value);
		}
	}
	return low > high ? null : { low, high };
}

/** How several series stand in the last complete period that any of them has. */
export interface Comparison {
	readonly period: string;
	readonly series: number;
	/** The one with the highest value there. */
	readonly highest: { readonly of: string; readonly value: string };
	/** The sum of the values as text; of numbers only. */
	readonly total: string;
	/** How many take part in a signal there. */
	readonly signalling: number;
}

/** Compares series over their last complete period; null where none has a value. */
export function compareSeries(series: readonly ShownSeries[]): Comparison | null {
	const last = series
		.flatMap(({ latest }) => (latest ? [latest.period] : []))
		.reduce<string | null>((late, one) => (late === null || one > late ? one : late), null);
	if (last === null) return null;
	const there = series.flatMap(({ of, points }) => {
		const point = points.find(({ period }) => period === last);
		return point && point.value !== null && of !== null ? [{ of, ...point, value: point.value }] : [];
	});
	const highest = there.reduce(
		(high, one) => (one.value > high.value ? one : high),
		there[0] as (typeof there)[number]
	);
	return {
		period: last,
		series: series.length,
		highest: { of: highest.of, value: highest.text ?? '' },
		total: String(there.reduce((sum, { n }) => sum + (/^\d+$/.test(n) ? BigInt(n) : 0n), 0n)),
		signalling: there.filter(({ marks }) => marks.length > 0).length
	};
}

/** The rows of a trend as a table: one a series and period, the same points as its JSON. */
export const trendRows = (series: readonly Series[], nameOf: (of: string | null) => string): string[][] => [
	['series', 'name', 'period', 'n', 'd', 'value', 'signals', 'running'],
	...series.flatMap(({ of, points }) =>
		points.map(({ period, n, d, value, signals, running }) => [
			of ?? '',
			nameOf(of),
			period,
			String(n),
			String(d),
			value === null ? '' : String(value),
			signals.join(' '),
			String(running)
		])
	)
];
