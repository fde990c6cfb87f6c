/**
 * 再进一步: the smallest number of rows that would bring a unit more points, the next grade or a better rank (rules.md, 8).
 * It asks the official arithmetic, with so many rows more that count, or so many fewer that cost points, in one indicator.
 */
import { forKind } from '../basis/by-kind.ts';
import { add, ceiling, compare, floor, type Fraction, subtract, whole } from '../basis/fraction.ts';
import { awardedPoints, part, type ScoredTally } from './rules.ts';
import type { Bonus, Indicator, Rule, Scheme } from './scheme.ts';
import { type ScoredUnit, scoreUnits, type TallyOf, type UnitScore } from './score.ts';

/** A change of rows in one indicator, and what it would bring. */
export interface Step {
	readonly indicator: string;
	/** The part of the tally that would change; `n` for rows that count. */
	readonly part: string;
	/** Whether more rows are needed, or fewer. */
	readonly direction: 'more' | 'fewer';
	readonly rows: number;
	/** Points of the indicator now, and after it. */
	readonly from: Fraction;
	readonly to: Fraction;
}

/** What the next grade and the next rank need. */
export interface NextGoals {
	/** The next better grade, what is lacking, and the changes that would each do alone; null at the best. */
	readonly grade: {
		readonly key: string;
		readonly at: Fraction;
		readonly lacking: Fraction;
		readonly steps: readonly Step[];
	} | null;
	/** The unit next ahead, its score, and the changes that would each reach it alone; null where nobody is ahead. */
	readonly rank: {
		readonly code: string;
		readonly name: string;
		readonly rank: number;
		readonly lacking: Fraction;
		readonly steps: readonly Step[];
	} | null;
}

/** Measures whose figures somebody enters: they are not rows that a unit could add. */
const entered = ['figure', 'mark', 'deductions', 'authenticity'];

/** More than any unit could do in a period; a bonus or a count that needs more has no step. */
const most = 10_000;

interface Way {
	readonly part: string;
	readonly direction: 'more' | 'fewer';
	readonly limit: number;
}

const rowsIn = (figure: Fraction): number => Math.min(most, Number(floor(figure)));

/** The ways in which rows can change what a rule awards. */
function waysOf(rule: Rule, tally: ScoredTally): Way[] {
	switch (rule.kind) {
		case 'deduct':
			return Object.keys(rule.minus).map((name) => ({
				part: name,
				direction: 'fewer',
				limit: rowsIn(part(tally, name))
			}));
		case 'inverse':
			return [{ part: 'n', direction: 'fewer', limit: rowsIn(tally.n) }];
		case 'bonus':
			return [{ part: rule.part, direction: 'more', limit: most }];
		case 'count':
			return [{ part: 'n', direction: 'more', limit: most }];
		case 'mark':
			return [];
		default:
			return [{ part: 'n', direction: 'more', limit: Math.min(most, Number(ceiling(subtract(tally.d, tally.n)))) }];
	}
}

/** The tally with so many rows more, or fewer, in a part. */
export function withRows(tally: ScoredTally, { part: name, direction }: Omit<Way, 'limit'>, rows: number): ScoredTally {
	const by = whole(direction === 'more' ? rows : -rows);
	if (name === 'n') return { ...tally, n: add(tally.n, by) };
	return { ...tally, parts: { ...tally.parts, [name]: add(part(tally, name), by) } };
}

/** The smallest number from 1 to `limit` for which a condition holds that, once it holds, goes on holding; null if none. */
function smallest(limit: number, holds: (rows: number) => boolean): number | null {
	if (limit < 1 || !holds(limit)) return null;
	let [low, high] = [1, limit];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (holds(middle)) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** An indicator or bonus of a scored unit, with its own points. */
interface Owner {
	readonly owner: Indicator | Bonus;
	readonly list: 'indicators' | 'bonuses';
	readonly index: number;
	readonly tally: ScoredTally;
	readonly of: Fraction;
}

function ownersOf(scheme: Scheme, score: UnitScore): Owner[] {
	const indicators = scheme.indicators.map((owner, index) => ({ owner, list: 'indicators' as const, index }));
	const bonuses = scheme.bonuses.map((owner, index) => ({ owner, list: 'bonuses' as const, index }));
	return [...indicators, ...bonuses].flatMap((one) => {
		const tally = score[one.list][one.index]?.tally;
		if (tally?.state !== 'ok' || entered.includes(one.owner.measure.name)) return [];
		return [{ ...one, tally, of: forKind(one.owner.points, score.kind) }];
	});
}

function awardedWith(
	{ owner, tally, of }: Owner,
	way: Omit<Way, 'limit'>,
	rows: number,
	kind: string | null
): Fraction {
	return awardedPoints(owner.rule, of, rows === 0 ? tally : withRows(tally, way, rows), kind);
}

/** The steps, one an owner, for which `reached` holds with the fewest rows. */
function stepsTo(scheme: Scheme, score: UnitScore, reached: (owner: Owner, way: Way, rows: number) => boolean): Step[] {
	return ownersOf(scheme, score).flatMap((one) => {
		const steps = waysOf(one.owner.rule, one.tally).flatMap((way): Step[] => {
			const rows = smallest(way.limit, (rows) => reached(one, way, rows));
			if (rows === null) return [];
			const [from, to] = [awardedWith(one, way, 0, score.kind), awardedWith(one, way, rows, score.kind)];
			return [{ indicator: one.owner.key, part: way.part, direction: way.direction, rows, from, to }];
		});
		// Of two ways with as many rows, the one that brings more.
		const [best] = steps.sort((a, b) => a.rows - b.rows || compare(b.to, a.to));
		return best ? [best] : [];
	});
}

/** The unit's score where one of its tallies were another. */
function scoreWith(scheme: Scheme, score: UnitScore, changed: Owner, tally: ScoredTally): UnitScore {
	const tallyOf: TallyOf = (use) => {
		if (use.in === changed.list && use.index === changed.index) return tally;
		if (use.in !== 'vetoes') return score[use.in][use.index]?.tally ?? nothing;
		// A veto that holds goes on holding: rows of an indicator do not undo it.
		const veto = scheme.vetoes[use.index];
		return veto && score.vetoes.includes(veto.key)
			? { ...nothing, n: veto.atLeast, d: veto.atLeast, parts: { [veto.part]: veto.atLeast }, state: 'ok' }
			: nothing;
	};
	const unit: ScoredUnit = { code: score.code, township: score.township, name: score.name, kind: score.kind };
	return scoreUnits(scheme, [unit], tallyOf)[0] ?? score;
}
const nothing: ScoredTally = { n: whole(0), d: whole(0), parts: {}, state: 'not_applicable' };

/** The fewest rows first; of as many, those that bring more points. */
const fewestFirst = (steps: Step[]): Step[] =>
	steps.sort((a, b) => a.rows - b.rows || compare(subtract(b.to, b.from), subtract(a.to, a.from)));

/** By indicator or bonus, the smallest change that brings a scored unit more of its points; none where nothing would. */
export const stepsToPoints = (scheme: Scheme, score: UnitScore): Step[] =>
	stepsTo(
		scheme,
		score,
		(one, way, rows) => compare(awardedWith(one, way, rows, score.kind), awardedWith(one, way, 0, score.kind)) > 0
	);

/**
 * What would bring a scored unit to the next grade and rank. Only one indicator changes at a time; where none alone is
 * enough, a goal has no steps.
 * @param ranked all units of the same ranking, with this one
 */
export function nextGoals(
	scheme: Scheme,
	score: UnitScore,
	ranked: readonly Pick<UnitScore, 'code' | 'name' | 'score' | 'rank'>[]
): NextGoals {
	if (score.score === null) return { grade: null, rank: null };
	const own = score.score;
	const reaching = (reached: (score: UnitScore) => boolean): Step[] =>
		fewestFirst(
			stepsTo(scheme, score, (one, way, rows) => reached(scoreWith(scheme, score, one, withRows(one.tally, way, rows))))
		);
	const atOrAbove =
		(goal: Fraction) =>
		({ score: reached }: UnitScore): boolean =>
			reached !== null && compare(reached, goal) >= 0;
	const place = scheme.grades.findIndex(({ key }) => key === score.grade);
	const better = place > 0 ? scheme.grades[place - 1] : undefined;
	// A grade from which a veto that holds keeps the unit is not reached by points.
	const kept = scheme.vetoes.some(
		({ key, effect }) =>
			score.vetoes.includes(key) &&
			('grade' in effect
				? scheme.grades.findIndex((grade) => grade.key === effect.grade) >= place
				: better !== undefined && compare(effect.score, better.atLeast) < 0)
	);
	const byPoints = better !== undefined && !kept && compare(own, better.atLeast) < 0;
	const ahead = ranked
		.filter((one): one is typeof one & { score: Fraction; rank: number } => one.score !== null && one.rank !== null)
		.filter((one) => compare(one.score, own) > 0)
		.sort((a, b) => compare(a.score, b.score) || (a.code < b.code ? -1 : 1))[0];
	return {
		grade: byPoints
			? {
					key: better.key,
					at: better.atLeast,
					lacking: subtract(better.atLeast, own),
					steps: reaching(atOrAbove(better.atLeast))
				}
			: null,
		rank: ahead
			? {
					code: ahead.code,
					name: ahead.name,
					rank: ahead.rank,
					lacking: subtract(ahead.score, own),
					steps: reaching(atOrAbove(ahead.score))
				}
			: null
	};
}
