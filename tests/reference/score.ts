/**
 * Points, scores, grades and ranks of section 4 of design/rules.md, for
 * quarters, halves and years.
 */
import { quartersOf, windowOf } from './calendar.ts';
import type { Fraction } from './exact.ts';
import { add, compare, divide, exact, fixed, multiply, plain, roundHalfUp, smaller, sum, ZERO } from './exact.ts';
import { byKind, townshipOn } from './frame.ts';
import { hasEvents } from './events.ts';
import { bonusPoints, rulePoints } from './points.ts';
import type { County, TownshipRow } from './rows.ts';
import type { ByKind, Indicator, Measure, Scheme } from './scheme.ts';
import type { Tally } from './tallies.ts';
import { tally } from './tallies.ts';

export interface IndicatorResult {
	key: string;
	n: number | string;
	d: number | string;
	parts: Record<string, number | string>;
	state: 'ok' | 'empty' | 'missing' | 'not_applicable';
	/** Four decimals; null where the indicator is excluded. */
	awarded: string | null;
}

export interface TownshipScore {
	code: string;
	name: string;
	/** Four decimals; null where nothing could be scored. */
	score: string | null;
	/** A grade's key, or `none` where there is no score. */
	grade: string;
	/** Competition rank; null where there is no score. */
	rank: number | null;
	/** How many townships are ranked in the same ranking. */
	of: number;
	provisional: boolean;
	/** Of a quarter, a half, or a year scored directly. */
	indicators?: IndicatorResult[];
	bonuses?: { key: string; awarded: string }[];
	/** Keys of the vetoes whose condition holds. */
	vetoes?: string[];
	/** Of a year: the scores of Q1 to Q4, null where absent. */
	quarters?: (string | null)[];
}

/** A result before ranking, with the kind that `rank_within: kind` ranks by. */
type Unranked = Omit<TownshipScore, 'rank' | 'of'> & { kind: string | null };

/**
 * Every listed township's result for a period, by code ascending. A quarter
 * or half is scored whether or not it lies in the scheme's `periods`; only a
 * year leaves out the quarters outside them and those without any event.
 */
export function scores(county: County, scheme: Scheme, period: string): TownshipScore[] {
	const listed = townshipsListed(county, scheme, period);
	if (!/^\d{4}$/.test(period)) {
		return ranked(
			scheme,
			listed.map((township) => periodScore(scheme, township, sourceOf(county, scheme, township, period)))
		);
	}
	const parts = (scheme.frequency === 'half' ? ['H1', 'H2'] : ['Q1', 'Q2', 'Q3', 'Q4']).map((name) => ({
		name,
		found: partScores(county, scheme, `${period}${name}`, (part) => scores(county, scheme, part))
	}));
	const direct = scheme.annual?.method === 'direct' || scheme.frequency === 'year';
	return ranked(
		scheme,
		listed.map((township) => {
			const quarters = parts.map(({ name, found }) => ({
				name,
				score: found.find((each) => each.code === township.code)
			}));
			return direct
				? {
						...periodScore(scheme, township, sourceOf(county, scheme, township, period)),
						quarters: quarters.map(({ score }) => score?.score ?? null)
					}
				: yearScore(scheme, township, quarters);
		})
	);
}

/** The townships that have not ended by the period's end, by code, each as in force then. */
export function townshipsListed(county: County, scheme: Scheme, period: string): TownshipRow[] {
	const { end } = windowOf(period, scheme.annual?.year_starts);
	const codes = [...new Set(county.townships.map((row) => row.code))].sort();
	return codes.flatMap((code) => {
		const version = townshipOn(county, code, end);
		return version && (version.ended_on === null || version.ended_on > end) ? [version] : [];
	});
}

/** The scores of a quarter or half within a year; none where it is absent. */
export function partScores(
	county: County,
	scheme: Scheme,
	period: string,
	scored: (period: string) => TownshipScore[]
): TownshipScore[] {
	const { start, end } = windowOf(period);
	const { from, to } = scheme.periods ?? {};
	if (from !== undefined && start < windowOf(from).start) return [];
	if (to !== undefined && end > windowOf(to).end) return [];
	const quarters = quartersOf(period.slice(0, 4)).filter((quarter) => {
		const window = windowOf(quarter);
		return start <= window.start && window.end <= end;
	});
	if (!quarters.some((quarter) => hasEvents(county, quarter))) return [];
	return scored(period);
}

/** Whether the indicator asks anything of the township. */
function applies(applies_to: Indicator['applies_to'], township: TownshipRow): boolean {
	const { kind, codes } = applies_to ?? {};
	if (kind && !(township.kind !== null && kind.includes(township.kind))) return false;
	return !codes || codes.includes(township.code);
}

interface Assessed {
	result: IndicatorResult;
	points: Fraction;
	/** Rounded to 4 decimals; null where excluded. */
	awarded: Fraction | null;
	pending: boolean;
}

/** A tally as the rules see it; of a level also the sum that is shown, and whether units are missing in it. */
type Found = Tally & { readonly shown?: Tally; readonly incomplete?: boolean };

/** Gives the tally that an indicator, bonus or veto asks for; null where the indicator is for others. */
export type Source = (
	measure: Measure,
	key: string,
	points: ByKind,
	applies_to: Indicator['applies_to'],
	missing?: Indicator['missing']
) => Found | null;

/** The tallies of one township. */
export const sourceOf =
	(county: County, scheme: Scheme, township: TownshipRow, period: string): Source =>
	(measure, key, points, applies_to) =>
		applies(applies_to, township)
			? tally(county, scheme, measure, key, byKind(points, township), township.code, period)
			: null;

function assess(indicator: Indicator, township: TownshipRow, source: Source): Assessed {
	const points = byKind(indicator.points, township);
	const { measure } = indicator;
	const found = source(measure, indicator.key, indicator.points, indicator.applies_to, indicator.missing ?? 'pending');
	if (!found) {
		const state = 'not_applicable';
		const result = { key: indicator.key, n: 0, d: 0, parts: {}, state, awarded: null } as const;
		return { result, points, awarded: null, pending: false };
	}
	const policy =
		found.state === 'ok' ? 'rule' : found.state === 'empty' ? indicator.empty : (indicator.missing ?? 'pending');
	if (policy === undefined) throw new Error(`${indicator.key}: empty, and \`empty\` is not stated`);
	const awarded =
		policy === 'rule'
			? roundHalfUp(rulePoints(indicator.rule, points, found, township), 4)
			: policy === 'full'
				? points
				: policy === 'zero'
					? ZERO
					: null;
	return {
		result: { ...shown(indicator.key, found.shown ?? found), awarded: awarded && fixed(awarded, 4) },
		points,
		awarded,
		pending: policy === 'pending' || (found.incomplete === true && (indicator.missing ?? 'pending') === 'pending')
	};
}

const shown = (key: string, { n, d, parts, state }: Tally) => ({
	key,
	n: plain(n),
	d: plain(d),
	parts: Object.fromEntries(Object.entries(parts).map(([part, value]) => [part, plain(value)])),
	state
});

/** The value of a part of a tally; `n` and `d` count as parts. */
function partOf(found: Tally, part: string): Fraction {
	const value = part === 'n' ? found.n : part === 'd' ? found.d : found.parts[part];
	if (!value) throw new Error(`no such part: ${part}`);
	return value;
}

/** One township in one window: indicators, bonuses, vetoes, score and grade. */
export function periodScore(scheme: Scheme, township: TownshipRow, source: Source): Unranked {
	const full = exact(scheme.full);
	const assessed = scheme.indicators.map((each) => assess(each, township, source));
	const bonuses = (scheme.bonuses ?? []).map(({ key, points, measure, rule }) => {
		const most = byKind(points, township);
		const found = source(measure, key, points, undefined);
		const awarded = found?.state === 'ok' ? bonusPoints(rule, most, partOf(found, rule.part)) : ZERO;
		return { key, awarded: roundHalfUp(awarded, 4) };
	});
	const struck = (scheme.vetoes ?? []).filter((veto) => {
		const found = source(veto.measure, veto.key, 0, undefined);
		return found?.state === 'ok' && compare(partOf(found, veto.part), exact(veto.at_least)) >= 0;
	});

	const counted = assessed.flatMap(({ awarded, points }) => (awarded ? [{ awarded, points }] : []));
	const possible = sum(counted.map(({ points }) => points));
	let score: Fraction | null = null;
	if (compare(possible, ZERO) > 0) {
		const awarded = sum(counted.map((each) => each.awarded));
		const share = roundHalfUp(divide(multiply(awarded, full), possible), 4);
		const withBonuses = add(share, sum(bonuses.map((bonus) => bonus.awarded)));
		score = smaller(withBonuses, scheme.max === undefined ? full : exact(scheme.max));
		for (const { effect } of struck) {
			if (effect.score !== undefined) score = smaller(score, exact(effect.score));
		}
	}
	let grade = gradeOf(scheme, score);
	for (const { effect } of score ? struck : []) {
		if (effect.grade !== undefined) grade = lowerGrade(scheme, grade, effect.grade);
	}
	return {
		code: township.code,
		name: township.name,
		kind: township.kind,
		score: score && fixed(score, 4),
		grade,
		provisional: assessed.some(({ pending }) => pending),
		indicators: assessed.map(({ result }) => result),
		bonuses: bonuses.map(({ key, awarded }) => ({ key, awarded: fixed(awarded, 4) })),
		vetoes: struck.map(({ key }) => key)
	};
}

/** The grades from the best to the worst. */
const ladder = (scheme: Scheme): string[] =>
	[...scheme.grades].sort((a, b) => compare(exact(b.at_least), exact(a.at_least))).map(({ key }) => key);

export function gradeOf(scheme: Scheme, score: Fraction | null): string {
	if (!score) return 'none';
	const reached = scheme.grades.filter((each) => compare(score, exact(each.at_least)) >= 0);
	return ladder(scheme).find((key) => reached.some((each) => each.key === key)) ?? 'none';
}

function lowerGrade(scheme: Scheme, grade: string, to: string): string {
	const order = ladder(scheme);
	return order.indexOf(to) > order.indexOf(grade) ? to : grade;
}

/** The mean, plain or weighted, of the scores that exist. */
export function yearScore(
	scheme: Scheme,
	township: TownshipRow,
	quarters: { name: string; score: TownshipScore | undefined }[]
): Unranked {
	const weights = scheme.annual?.weights;
	const there = quarters.flatMap(({ name, score }) =>
		score?.score == null ? [] : [{ score: exact(score.score), weight: exact(weights ? (weights[name] ?? 0) : 1) }]
	);
	const total = sum(there.map(({ weight }) => weight));
	const score =
		compare(total, ZERO) > 0
			? roundHalfUp(divide(sum(there.map((each) => multiply(each.score, each.weight))), total), 4)
			: null;
	return {
		code: township.code,
		name: township.name,
		kind: township.kind,
		score: score && fixed(score, 4),
		grade: gradeOf(scheme, score),
		provisional: quarters.some(({ score: one }) => one?.score == null || one.provisional),
		quarters: quarters.map(({ score: one }) => one?.score ?? null)
	};
}

/** The township of a clinic stands before the dash of its unit. */
const townshipOf = ({ code }: { code: string }): string => code.split('-')[0] ?? '';

/** Competition ranks (1, 2, 2, 4), over all, within each kind, or within each township. */
export function ranked(scheme: Scheme, rows: Unranked[]): TownshipScore[] {
	return rows.map(({ kind, ...row }) => {
		const rivals = rows.filter(
			(each) =>
				each.score !== null &&
				(scheme.rank_within !== 'kind' || each.kind === kind) &&
				(scheme.rank_within !== 'township' || townshipOf(each) === townshipOf(row))
		);
		const { score } = row;
		if (score === null) return { ...row, rank: null, of: rivals.length };
		const ahead = rivals.filter((each) => each.score !== null && compare(exact(each.score), exact(score)) > 0);
		return { ...row, rank: ahead.length + 1, of: rivals.length };
	});
}
