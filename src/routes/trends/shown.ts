/** What of a trend goes to the page: one page of small charts, one chart, and no more of their points than they draw. */
import { inLocale, type Locale } from '#lib/basis/codes.ts';
import type { DrawnSeries } from '#lib/charts/series.ts';
import type { SmallPoint } from '#lib/charts/small-line.ts';
import { axisTick } from '#lib/messages/trend-words.ts';
import * as m from '#lib/paraglide/messages.js';
import {
	figureText,
	type Mark,
	type ShownSeries,
	type SignalRun,
	type Standing,
	type Unit
} from '#lib/reports/analyst.ts';
import type { NamedSeries, TrendParts } from '#lib/server/workflows/study-trends.ts';

/** One of many small charts. */
export interface Part {
	readonly of: string;
	readonly name: string;
	readonly points: readonly SmallPoint[];
	readonly drawn: ShownSeries['drawn'];
	readonly mean: string | null;
	readonly latest: { readonly period: string; readonly value: string } | null;
	/** The latest stretch that signals, however long ago. */
	readonly run: SignalRun | null;
}

/** The values of several series by period, the newest first. */
export interface Matrix {
	readonly names: readonly string[];
	readonly rows: readonly {
		readonly period: string;
		readonly running: boolean;
		readonly cells: readonly { readonly text: string | null; readonly mark: Mark | null }[];
	}[];
}

const nameOf = ({ name }: NamedSeries, locale: Locale): string =>
	name ? inLocale(name, locale) : m.trends_not_given();

/** The chart of a whole series; the value of the period that the page speaks of is written at its point. */
export function drawingOf({ points, limits, drawn }: ShownSeries, standing: Standing | null, unit: Unit): DrawnSeries {
	return {
		points: points.map(({ period, value, text, marks, running }) => ({
			tick: axisTick(period),
			value,
			mark: marks[0] ?? null,
			running,
			label: period === standing?.period ? text : null
		})),
		limits: drawn,
		percent: unit === 'percent',
		words: {
			mean: limits ? m.trends_line_mean({ value: limits.mean }) : '',
			upper: limits && limits.upper !== null ? m.trends_line_upper({ value: limits.upper }) : null,
			lower: limits && limits.lower !== null ? m.trends_line_lower({ value: limits.lower }) : null
		}
	};
}

const partOf = (series: NamedSeries, locale: Locale): Part => ({
	of: series.of ?? '',
	name: nameOf(series, locale),
	points: series.points.map(({ value, marks, running }) => ({ value, mark: marks[0] ?? null, running })),
	drawn: series.drawn,
	mean: series.limits?.mean ?? null,
	latest: series.latest && { period: series.latest.period, value: series.latest.value },
	run: series.runs[0] ?? null
});

function matrixOf(series: readonly NamedSeries[], locale: Locale): Matrix {
	const rows = (series[0]?.points ?? []).map(({ period, running }, i) => ({
		period,
		running,
		cells: series.map(({ points }) => ({ text: points[i]?.text ?? null, mark: points[i]?.marks[0] ?? null }))
	}));
	return { names: series.map((one) => nameOf(one, locale)), rows: rows.reverse() };
}

/** One page of a list; a page that is not there is the nearest that is. */
function pageOf<T>(all: readonly T[], url: URL, size: number): { shown: T[]; page: number; pages: number } {
	const pages = Math.max(1, Math.ceil(all.length / size));
	const asked = Number(url.searchParams.get('page') ?? '1');
	const page = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), pages) : 1;
	return { shown: all.slice((page - 1) * size, page * size), page, pages };
}

/** Small charts of a page: townships are looked over, the parts of a split are also columns of a table. */
const townshipsOfPage = 24;
const partsOfPage = 12;

/** The parts of a trend as one page shows them. */
export function partsShown(
	{ series, comparison, scale, unit }: TrendParts,
	split: string | null,
	url: URL,
	locale: Locale
) {
	const signalling = series.filter(({ latest }) => latest?.run);
	const onlySignals = split === null && url.searchParams.get('only') === 'signals';
	const { shown, page, pages } = pageOf(
		onlySignals ? signalling : series,
		url,
		split === null ? townshipsOfPage : partsOfPage
	);
	const edge = (value: number): string => (unit === 'count' ? String(value) : figureText(value, unit));
	const highest = series.find(({ of }) => of === comparison?.highest.of);
	return {
		count: series.length,
		signalling: signalling.length,
		onlySignals,
		comparison: comparison && {
			...comparison,
			highest: { ...comparison.highest, name: highest ? nameOf(highest, locale) : '' }
		},
		scale: scale && { ...scale, from: edge(scale.low), to: edge(scale.high) },
		shown: shown.map((one) => partOf(one, locale)),
		matrix: split === null ? null : matrixOf(shown, locale),
		page,
		pages
	};
}
