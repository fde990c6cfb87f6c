/** 看漏斗图: which townships differ from all by more than chance, given how many rows each has (rules.md, 7). */
import type { Actor } from '../../basis/codes.ts';
import { divide, type Fraction, isZero, multiply, sum, toFixed } from '../../basis/fraction.ts';
import { endOf, type Period, periodId } from '../../basis/period.ts';
import { measureNamed } from '../../measures/catalogue/index.ts';
import { noParameters, tallyRequest } from '../../measures/request.ts';
import { countsFindings, type TrendQuestion } from '../../reports/analyst.ts';
import { part } from '../../scoring/rules.ts';
import { type FunnelLimits, type FunnelPlace, placeOf, rateLimits, ratioLimits } from '../../trends/funnel.ts';
import type { Look } from '../warehouse/house.ts';
import { settingsOf } from './score-period.ts';
import type { Rules } from './see-periods.ts';
import { takeTallies, type Tallies } from './tally-periods.ts';
import { townshipsOn, type Unit, visibleTo } from './units.ts';

export interface FunnelPoint {
	readonly code: string;
	readonly name: string;
	/** What was counted, and of how many; of a ratio what was found and what was expected. */
	readonly n: string;
	readonly d: string;
	/** For drawing: `d` and the rate or ratio. */
	readonly x: number;
	readonly value: number;
	readonly limits: FunnelLimits;
	readonly place: FunnelPlace;
}

export interface Funnel {
	readonly period: string;
	/** Shares of rows with binomial limits, or counts against what is expected with Poisson limits. */
	readonly kind: 'rate' | 'ratio';
	/** Of all townships: the rate, or 1. */
	readonly mean: number;
	/** Those that the actor may see, by code. */
	readonly points: readonly FunnelPoint[];
	/** The limits along the axis. */
	readonly curves: readonly { readonly x: number; readonly limits: FunnelLimits }[];
}

/** Points at which the curves are drawn. */
const steps = 60;

/** Whether a measure is a share of rows, each of which counts or does not: else chance has no binomial limits for it. */
function isShareOfRows(name: string): boolean {
	const figures = measureNamed(name)?.figures;
	return figures?.['n'] !== undefined && 'count' in figures['n'] && 'count' in (figures['d'] ?? {});
}

/** Of what a question is a funnel drawn; null where there is none. */
function funnelKind(question: Pick<TrendQuestion, 'measure' | 'split'>): Funnel['kind'] | null {
	if (countsFindings(question)) return 'ratio';
	return question.split === null && isShareOfRows(question.measure) ? 'rate' : null;
}

/** The funnel of a question in a period; null where it has none, or nobody has a row. The limits stand on all townships. */
export async function studyFunnel(
	look: Look,
	{ scheme, identity }: Rules,
	question: TrendQuestion,
	period: Period,
	actor: Actor
): Promise<Funnel | null> {
	const kind = funnelKind(question);
	if (kind === null) return null;
	const measure = kind === 'ratio' ? 'problem_rate' : question.measure;
	const { domain } = question;
	const key = ['funnel', identity, measure, kind, periodId(period), domain];
	const funnel = await look.recall(JSON.stringify(key), async () => {
		const units = await townshipsOn(look.engine, endOf(period), periodId(period));
		const parameters = { ...noParameters, domains: domain === null ? null : [domain] };
		const request = tallyRequest(measure, period, settingsOf(scheme, 'township'), parameters);
		const [tallies] = await takeTallies(look.engine, [request], units);
		return tallies ? funnelOf(kind, units, tallies, periodId(period)) : null;
	});
	return funnel && { ...funnel, points: visibleTo(funnel.points, actor) };
}

const asNumber = ({ n, d }: Fraction): number => Number(n) / Number(d);

function funnelOf(kind: Funnel['kind'], units: readonly Unit[], tallies: Tallies, period: string): Funnel | null {
	const counted = units.flatMap(({ code, name }) => {
		const tally = tallies.get(code);
		if (!tally || tally.state !== 'ok' || isZero(tally.d)) return [];
		return [{ code, name, n: kind === 'ratio' ? part(tally, 'problems') : tally.n, d: tally.d }];
	});
	if (counted.length === 0) return null;
	const mean = divide(sum(counted.map(({ n }) => n)), sum(counted.map(({ d }) => d)));
	if (kind === 'ratio' && isZero(mean)) return null;
	const limitsAt = (x: number): FunnelLimits => (kind === 'ratio' ? ratioLimits(x) : rateLimits(x, asNumber(mean)));
	const points = counted.map(({ code, name, n, d }): FunnelPoint => {
		const of = kind === 'ratio' ? multiply(d, mean) : d;
		const [x, value] = [asNumber(of), asNumber(divide(n, of))];
		const limits = limitsAt(x);
		return {
			code,
			name,
			n: toFixed(n, 0),
			d: kind === 'ratio' ? toFixed(of, 1) : toFixed(of, 0),
			x,
			value,
			limits,
			place: placeOf(value, limits)
		};
	});
	const [least, most] = [Math.min(...points.map(({ x }) => x)) * 0.8, Math.max(...points.map(({ x }) => x)) * 1.05];
	const curves = Array.from({ length: steps + 1 }, (_, i) => {
		// The limits bend where rows are few: the steps are dense there.
		const x = least * (most / least) ** (i / steps);
		return { x, limits: limitsAt(x) };
	});
	return { period, kind, mean: kind === 'ratio' ? 1 : asNumber(mean), points, curves };
}

/** The rows of a funnel as a table, the limits as numbers. */
export const funnelRows = ({ period, points }: Funnel): string[][] => [
	['code', 'name', 'period', 'n', 'd', 'value', 'lower95', 'upper95', 'lower998', 'upper998', 'place'],
	...points.map(({ code, name, n, d, value, limits: { warning, alarm }, place }) => [
		code,
		name,
		period,
		n,
		d,
		...[value, warning.lower, warning.upper, alarm.lower, alarm.upper].map((number) => number.toFixed(6)),
		place
	])
];
