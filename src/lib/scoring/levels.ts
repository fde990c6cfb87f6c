/**
 * Levels above the township: district, city and province (rules.md, 4). `pooled` sums n, d and parts of the units and
 * scores them by the same rules; `mean` weighs their scores by population.
 *
 * A rate is the same of a sum as of the mean of the units. What is counted in points (deductions by number, marks,
 * bonuses, vetoes) is not: ten townships with one late form each would lose ten times the points of one. So such rules
 * take the pooled tally per unit, and the tally that is shown is the sum.
 */
import { add, divide, type Fraction, isZero, multiply, one, roundHalfUp, sum, whole, zero } from '../basis/fraction.ts';
import { gradeOf, noGrade } from './grade.ts';
import { rank } from './rank.ts';
import { scoreDecimals, type ScoredTally } from './rules.ts';
import type { Policy, Scheme } from './scheme.ts';
import { type ScoredUnit, scoreUnits, type TallyOf, type UnitScore } from './score.ts';
import type { Use } from './uses.ts';

export const levels = ['district', 'city', 'province'] as const;
export type Level = (typeof levels)[number];

/** How many digits of a township's code name the level (GB/T 2260). */
export const digitsOf: Record<Level, number> = { district: 6, city: 4, province: 2 };

/** A unit of a level, and the units that it is made of. */
export interface LevelUnit<U extends ScoredUnit = ScoredUnit> extends ScoredUnit {
	readonly members: readonly U[];
}

/** The units of a level, by code; of one kind where all of its members are. */
export function levelUnits<U extends ScoredUnit>(units: readonly U[], level: Level): LevelUnit<U>[] {
	const groups = Map.groupBy(units, ({ township }) => township.slice(0, digitsOf[level]));
	return [...groups]
		.map(([code, members]) => {
			const kinds = new Set(members.map(({ kind }) => kind));
			const [kind = null] = kinds;
			return { code, township: code, name: code, kind: kinds.size === 1 ? kind : null, members };
		})
		.sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** Tallies of the members of a level as one. */
interface PooledTally {
	/** Σ n, Σ d, Σ parts of those that have a figure. */
	readonly total: ScoredTally;
	/** The same per unit that has a figure: what the rules see. */
	readonly perUnit: ScoredTally;
	/** Whether some of them are missing beside others that are there. */
	readonly incomplete: boolean;
}

const none: ScoredTally = { n: zero, d: zero, parts: {}, state: 'not_applicable' };

/**
 * Pools tallies. Units that the indicator is not for take no part; those whose figure is missing neither, unless the policy
 * gives them zero or full points, and make it incomplete.
 */
function pooled(tallies: readonly ScoredTally[], missing: Policy): PooledTally {
	const asked = tallies.filter(({ state }) => state !== 'not_applicable');
	// What is missing counts as its policy has it for a unit: nothing done, or all of it.
	const counts = missing === 'zero' || missing === 'full';
	const taken = asked.map((one) => (one.state === 'missing' && missing === 'full' ? { ...one, n: one.d } : one));
	const known = asked.every(({ state }) => state === 'missing')
		? []
		: taken.filter(({ state }) => counts || state !== 'missing');
	if (asked.length === 0) return { total: none, perUnit: none, incomplete: false };
	const of = known.length > 0 ? known : asked;
	const names = [...new Set(of.flatMap(({ parts }) => Object.keys(parts)))];
	const state = known.length === 0 ? 'missing' : known.some((one) => one.state === 'ok') ? 'ok' : 'empty';
	const made = (share: Fraction): ScoredTally => {
		const shared = (figures: readonly Fraction[]): Fraction => multiply(sum(figures), share);
		return {
			n: shared(of.map(({ n }) => n)),
			d: shared(of.map(({ d }) => d)),
			parts: Object.fromEntries(names.map((name) => [name, shared(of.map(({ parts }) => parts[name] ?? zero))])),
			state
		};
	};
	return {
		total: made(one),
		perUnit: made(divide(one, whole(of.length))),
		incomplete: known.length > 0 && known.length < asked.length
	};
}

/** Scores of a level by pooled tallies. A level is provisional while the figure of one of its units is pending. */
export function scorePooled(scheme: Scheme, units: readonly LevelUnit[], tallyOf: TallyOf): UnitScore[] {
	const members = new Map(units.map((unit) => [unit.code, unit.members]));
	const known = new Map<string, PooledTally>();
	const pool = (use: Use, code: string): PooledTally => {
		const own = `${use.in} ${use.index} ${code}`;
		const tally = known.get(own) ?? poolOf(use, code);
		known.set(own, tally);
		return tally;
	};
	const poolOf = (use: Use, code: string): PooledTally =>
		pooled(
			(members.get(code) ?? []).map((member) => tallyOf(use, member.code)),
			(use.in === 'indicators' ? scheme.indicators[use.index]?.missing : undefined) ?? 'excluded'
		);
	const scored = scoreUnits(scheme, units, (use, code) => pool(use, code).perUnit);
	return scored.map((score) => ({
		...score,
		provisional:
			score.provisional ||
			scheme.indicators.some(
				({ missing }, index) => missing === 'pending' && pool({ in: 'indicators', index }, score.code).incomplete
			),
		indicators: score.indicators.map((own, index) => ({
			...own,
			tally: pool({ in: 'indicators', index }, score.code).total
		})),
		bonuses: score.bonuses.map((own, index) => ({ ...own, tally: pool({ in: 'bonuses', index }, score.code).total }))
	}));
}

/** A level's score that was made of those of its units. */
export type MeanScore = Omit<UnitScore, 'indicators' | 'bonuses' | 'vetoes' | 'workItems'>;

/**
 * Scores of a level as the mean of its units' scores weighed by population; provisional while one has none.
 * @param populationOf people of a unit, or null where the register does not say
 * @returns with `unweighed`, the first unit of a level that has a score and no population
 */
export function scoreMeans(
	scheme: Scheme,
	units: readonly LevelUnit[],
	scores: ReadonlyMap<string, Pick<UnitScore, 'score' | 'provisional'>>,
	populationOf: (code: string) => bigint | null
): (MeanScore & { readonly unweighed: string | null })[] {
	const scored = units.map(({ members, ...unit }) => {
		let [weighted, weights, unweighed]: [Fraction, Fraction, string | null] = [zero, zero, null];
		for (const { code } of members) {
			const score = scores.get(code)?.score ?? null;
			const people = populationOf(code);
			if (score === null) continue;
			if (people === null) unweighed ??= code;
			weighted = add(weighted, multiply(whole(people ?? 0n), score));
			weights = add(weights, whole(people ?? 0n));
		}
		const score = isZero(weights) ? null : roundHalfUp(divide(weighted, weights), scoreDecimals);
		return {
			...unit,
			score,
			grade: score === null ? noGrade : gradeOf(scheme.grades, score),
			provisional: members.some(({ code }) => scores.get(code)?.score == null || scores.get(code)?.provisional),
			unweighed
		};
	});
	return rank(scored, 'all');
}
