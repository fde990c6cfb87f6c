/** 总览: the quarter at a glance. */
import type { Actor, Bilingual } from '../../basis/codes.ts';
import { compare, type Fraction, toFixed } from '../../basis/fraction.ts';
import { type Period, periodId, shift } from '../../basis/period.ts';
import { noParameters, tallyRequest, type TallyRequest } from '../../measures/request.ts';
import {
	type Attention,
	gravity,
	type HeatMap,
	type Lost,
	meanOf,
	mostChanged,
	type OverviewReport,
	percentOf,
	type PointsOf,
	pooled,
	type RankingRow,
	signed,
	stepsOf,
	type Tile,
	weakestOf
} from '../../reports/leadership.ts';
import { part } from '../../scoring/rules.ts';
import { rankGroup } from '../../scoring/rank.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import { scoreText } from '../../scoring/score.ts';
import { covers } from '../schemes/load.ts';
import { countOf } from '../warehouse/engine.ts';
import type { Look } from '../warehouse/house.ts';
import { flagPlausibility, type Plausibility } from './flag-plausibility.ts';
import { isAnnual, lastDayOf, type PeriodResult, requestsOf, settingsOf } from './score-period.ts';
import { type KnownPeriods, type Rules, scoresBeside, scoresSeen } from './see-periods.ts';
import { type Tallies, takeTallies } from './tally-periods.ts';
import { namesOn } from './units.ts';

/** Periods of the heat map and of the tiles' lines. */
const shownPeriods = 6;
/** Places from which a change of rank is worth a sentence, and how many such sentences there are at the most. */
const movedFrom = 2;
const mostMoves = 3;
const mostAttention = 8;

type RateKey = Exclude<Tile['key'], 'score'>;
const rateMeasures: Readonly<Record<RateKey, string>> = {
	coverage: 'patrol_coverage',
	timeliness: 'form_timeliness',
	problem_rate: 'problem_rate'
};
const rateKeys = Object.keys(rateMeasures) as RateKey[];

/** Everything of one period that the page compares. */
interface Seen {
	readonly period: Period;
	readonly result: PeriodResult;
	readonly rates: Readonly<Record<RateKey, Tallies>>;
}

/**
 * The overview of a period.
 * @throws Problem `period_not_covered`, `no_townships`
 */
export const showOverview = (
	look: Look,
	rules: Rules,
	known: KnownPeriods,
	period: Period,
	actor: Actor
): Promise<OverviewReport> =>
	look.recall(`overview ${rules.identity} ${periodId(period)} ${String(actor.townships)}`, () =>
		compute(look, rules, known, period, actor)
	);

async function compute(
	look: Look,
	rules: Rules,
	known: KnownPeriods,
	period: Period,
	actor: Actor
): Promise<OverviewReport> {
	const { scheme } = rules;
	const past: (Seen | null)[] = [];
	for (let back = shownPeriods - 1; back >= 0; back--)
		past.push(await seen(look, rules, known, shift(period, -back), actor, back === 0));
	const now = past.at(-1) as Seen;
	const before = past.at(-2) ?? null;
	const perYear = { month: 12, quarter: 4, half: 2, year: 1 }[period.kind];
	const yearBefore =
		perYear === 1 ? null : (past.at(-1 - perYear) ?? (await seen(look, rules, known, shift(period, -perYear), actor)));
	const { scores } = now.result;
	const [mean, meanBefore] = [now, before].map((one) => one && meanScore(one)) as [Fraction | null, Fraction | null];
	const { hints } = await flagPlausibility(look, rules, period, actor);
	const ranking = rankingOf(scheme, now, before, hints, await townshipNames(look, now));
	return {
		units: scores.length,
		byIndicator: !isAnnualResult(now.result),
		mean: mean && toFixed(mean, 1),
		meanChange: signed(mean, meanBefore, 1),
		grades: scheme.grades.map(({ key, name }) => ({
			key,
			name,
			count: scores.filter(({ grade }) => grade === key).length
		})),
		tiles: [scoreTile(past, before, yearBefore), ...rateKeys.map((key) => rateTile(key, past, before, yearBefore))],
		ranking,
		heat: heatMap(past, ranking),
		attention: await attentionOf(look, scheme, ranking, now, before)
	};
}

/** A period with its scores and rates; null where it has no facts or the scheme is not for it. */
async function seen(
	look: Look,
	rules: Rules,
	known: KnownPeriods,
	period: Period,
	actor: Actor,
	asked = false
): Promise<Seen | null> {
	if (!asked && (known.stateOf(period) === 'none' || !covers(rules.scheme, period))) return null;
	const result = await (asked ? scoresSeen : scoresBeside)(look, rules, period, actor);
	if (!result) return null;
	const requests = rateKeys.map((key) => rateRequest(rules.scheme, period, rateMeasures[key]));
	const tallies = await takeTallies(look.engine, requests, result.units);
	const rates = Object.fromEntries(rateKeys.map((key, i) => [key, tallies[i]])) as Record<RateKey, Tallies>;
	return { period, result, rates };
}

/** A rate as the scheme's own indicator asks for it, so that both show one figure; else over everything. */
function rateRequest(scheme: Scheme, period: Period, measure: string): TallyRequest {
	const own = requestsOf(scheme, period)
		.slice(0, scheme.indicators.length)
		.find((request) => request.measure === measure);
	return own ?? tallyRequest(measure, period, settingsOf(scheme), noParameters);
}

const meanScore = ({ result }: Seen): Fraction | null =>
	meanOf(result.scores.flatMap(({ score }) => (score === null ? [] : [score])));

const rateOf = ({ result, rates }: Seen, key: RateKey): Fraction | null =>
	percentOf(
		pooled(
			result.units.flatMap(({ code }) => {
				const tally = rates[key].get(code);
				return tally ? [tally] : [];
			})
		)
	);

function tileOf(
	key: Tile['key'],
	past: readonly (Seen | null)[],
	before: Seen | null,
	yearBefore: Seen | null,
	valueOf: (seen: Seen) => Fraction | null
): Omit<Tile, 'unit' | 'better'> {
	const values = past.map((one) => one && valueOf(one));
	const value = values.at(-1) ?? null;
	return {
		key,
		value: value && toFixed(value, 1),
		past: past.flatMap((one, i) => {
			const at = values[i];
			return one ? [{ period: periodId(one.period), value: at ? Number(toFixed(at, 4)) : null }] : [];
		}),
		change: {
			before: signed(value, before && valueOf(before), 1),
			yearBefore: signed(value, yearBefore && valueOf(yearBefore), 1)
		}
	};
}

const scoreTile = (past: readonly (Seen | null)[], before: Seen | null, yearBefore: Seen | null): Tile => ({
	...tileOf('score', past, before, yearBefore, meanScore),
	unit: 'points',
	better: 'up'
});

const rateTile = (
	key: RateKey,
	past: readonly (Seen | null)[],
	before: Seen | null,
	yearBefore: Seen | null
): Tile => ({
	...tileOf(key, past, before, yearBefore, (one) => rateOf(one, key)),
	unit: 'percent',
	better: key === 'problem_rate' ? null : 'up'
});

/** A unit's points by indicator; empty for an annual score, which is made of its periods'. */
function pointsOf({ result }: Seen, code: string): PointsOf[] {
	const score = result.scores.find((one) => one.code === code);
	if (!score || !('indicators' in score)) return [];
	return score.indicators.map(({ key, awarded, of }, i) => ({
		key,
		name: result.scheme.indicators[i]?.name ?? { zh: key },
		awarded,
		of
	}));
}

/** The names of the townships of clinics, by the code of the township; empty where townships are scored. */
async function townshipNames(look: Look, { result }: Seen): Promise<ReadonlyMap<string, string>> {
	const { scheme, period } = result;
	return scheme.unit === 'clinic' ? namesOn(look.engine, lastDayOf(scheme, period), periodId(period)) : new Map();
}

function rankingOf(
	scheme: Scheme,
	now: Seen,
	before: Seen | null,
	hints: Plausibility['hints'],
	townships: ReadonlyMap<string, string>
): RankingRow[] {
	const earlier = new Map(before?.result.scores.map(({ code, rank }) => [code, rank]));
	const { scores } = now.result;
	const sure = now.result.sureRanks();
	const sharedBy = (score: (typeof scores)[number]): string => `${rankGroup(scheme.rankWithin, score)} ${score.rank}`;
	const ranks = Map.groupBy(scores, sharedBy);
	const percent = (key: RateKey, code: string): string | null => {
		const tally = now.rates[key].get(code);
		const rate = tally && percentOf(tally);
		return rate ? toFixed(rate, 1) : null;
	};
	const rows = scores.map((one): RankingRow => {
		const { code, name, rank, ranked, score, grade, provisional } = one;
		const own = sure.get(code);
		const old = earlier.get(code) ?? null;
		const together = ranks.get(sharedBy(one)) ?? [];
		return {
			code,
			name,
			township: townships.get(one.township) ?? null,
			group: scheme.rankWithin === 'township' ? one.township : '',
			rank,
			tied: rank !== null && together.length > 1,
			interval: own ? { low: own.low, high: own.high, of: ranked } : null,
			indistinct: own?.indistinct ?? null,
			hints: hints.get(code)?.length ?? 0,
			change: rank === null || old === null ? null : old - rank,
			score: scoreText(score),
			share: score === null ? 0 : Number(score.n * scheme.full.d) / Number(score.d * scheme.full.n),
			grade,
			provisional,
			coverage: percent('coverage', code),
			timeliness: percent('timeliness', code),
			problemRate: percent('problem_rate', code),
			weakest: weakestOf(pointsOf(now, code))
		};
	});
	return rows.sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || (a.code < b.code ? -1 : 1));
}

function heatMap(past: readonly (Seen | null)[], ranking: readonly RankingRow[]): HeatMap {
	const periods = past.filter((one) => one !== null);
	const byPeriod = periods.map(
		({ result }) => new Map(result.scores.map(({ code, score }) => [code, scoreText(score)]))
	);
	const rows = ranking.map(({ code, name }) => ({
		code,
		name,
		scores: byPeriod.map((scores) => scores.get(code) ?? null)
	}));
	const step = stepsOf(rows.flatMap(({ scores }) => scores));
	return {
		periods: periods.map(({ period }) => periodId(period)),
		rows: rows.map(({ code, name, scores }) => ({
			code,
			name,
			cells: scores.map((score) => ({ score, step: step(score) }))
		}))
	};
}

async function attentionOf(
	look: Look,
	scheme: Scheme,
	ranking: readonly RankingRow[],
	now: Seen,
	before: Seen | null
): Promise<Attention[]> {
	const byCode = new Map(now.result.scores.map((score) => [score.code, score]));
	const vetoes = ranking.flatMap(({ code, name }): Attention[] => {
		const score = byCode.get(code);
		if (!score || !('vetoes' in score)) return [];
		return score.vetoes.flatMap((key): Attention[] => {
			const veto = scheme.vetoes.find((one) => one.key === key);
			return veto ? [{ kind: 'veto', code, name, veto: veto.name }] : [];
		});
	});
	const lowest = scheme.grades.at(-1);
	const gradedBefore = new Map(before?.result.scores.map(({ code, grade }) => [code, grade]));
	const vetoed = new Set(vetoes.map((one) => ('code' in one ? one.code : '')));
	const failing = ranking
		.filter(({ code, grade, score }) => grade === lowest?.key && score !== null && !vetoed.has(code))
		.reverse()
		.map(({ code, name, score, grade, weakest }): Attention => ({
			kind: 'failing',
			code,
			name,
			grade: lowest?.name ?? { zh: grade },
			score: score ?? '',
			running: gradedBefore.get(code) === grade,
			weakest
		}));
	const flags = [...now.result.flags].flatMap(([code, keys]) =>
		keys.map((flag): Attention => ({ kind: 'flag', code, name: byCode.get(code)?.name ?? code, flag }))
	);
	const all = [
		...vetoes,
		...failing,
		...flags,
		...(await heldAttention(look)),
		...formsAttention(scheme, now),
		...provisionalAttention(scheme, now),
		// A rise is no praise for a unit that is vetoed in the same breath.
		...movedAttention(
			ranking.filter(({ code }) => !vetoed.has(code)),
			now,
			before
		)
	];
	const weight = { bad: 0, warn: 1, info: 2 };
	return all.sort((a, b) => weight[gravity[a.kind]] - weight[gravity[b.kind]]).slice(0, mostAttention);
}

async function heldAttention({ engine }: Look): Promise<Attention[]> {
	const [row] = await engine.rows(`SELECT count(*) AS n FROM quarantine WHERE status = 'held'`);
	const rows = countOf(row?.['n']);
	return rows > 0 ? [{ kind: 'held', rows }] : [];
}

function formsAttention(scheme: Scheme, { result, rates }: Seen): Attention[] {
	if (isAnnualResult(result) || !scheme.indicators.some(({ measure }) => measure.name === 'form_timeliness')) return [];
	const tallies = [...rates.timeliness.values()];
	const total = (name: string): number =>
		tallies.reduce((sum, tally) => sum + Number(part(tally, name).n / part(tally, name).d), 0);
	const units = tallies.filter((tally) => compare(tally.n, tally.d) < 0).length;
	return units > 0 ? [{ kind: 'forms', units, late: total('late'), missing: total('missing') }] : [];
}

const isAnnualResult = ({ scores }: PeriodResult): boolean => scores.some(isAnnual);

function provisionalAttention(scheme: Scheme, { result }: Seen): Attention[] {
	const provisional = result.scores.filter((score) => score.provisional);
	if (provisional.length === 0) return [];
	const waiting = new Set(
		provisional.flatMap((score) =>
			'indicators' in score
				? score.indicators.filter(({ tally }) => tally.state === 'missing').map(({ key }) => key)
				: []
		)
	);
	const indicators: Bilingual[] = scheme.indicators.filter(({ key }) => waiting.has(key)).map(({ name }) => name);
	return [{ kind: 'provisional', units: provisional.length, indicators }];
}

function movedAttention(ranking: readonly RankingRow[], now: Seen, before: Seen | null): Attention[] {
	return ranking
		.filter(({ change }) => change !== null && Math.abs(change) >= movedFrom)
		.sort((a, b) => Math.abs(b.change ?? 0) - Math.abs(a.change ?? 0) || (a.rank ?? 0) - (b.rank ?? 0))
		.slice(0, mostMoves)
		.map(({ code, name, change }): Attention => {
			const places = change ?? 0;
			const by: Lost | null = before ? mostChanged(pointsOf(before, code), pointsOf(now, code), places > 0) : null;
			return { kind: 'moved', code, name, places, by };
		});
}
