/** 测算: a scenario answered as it is shown, the same on the server and in the browser. Figures in shapes are exact text. */
import { formatYuan } from '../basis/fen.ts';
import { type Fraction, toExact, toFixed } from '../basis/fraction.ts';
import { Problem } from '../basis/problem.ts';
import type { Finding } from '../basis/tree.ts';
import { reconcile, type Reconciliation } from '../reports/reconciliation.ts';
import { scoreDecimals } from '../scoring/rules.ts';
import { type AnyLever, leversOf, type MovedNumber, type MovedRules, rulesOf, type WhatIfBase } from './base.ts';
import { type Cliff, type Compared, type ComparedUnit, compareRuns, type Sides } from './compare.ts';
import { type RunBefore, runWhatIf, type WhatIfResult } from './run.ts';
import { readScenario, writeScenario } from './scenario.ts';

/** What stands behind every scenario of one base: kept from one answer to the next. */
export interface Ground {
	readonly base: WhatIfBase;
	readonly pool: MovedRules['pool'];
	readonly levers: readonly AnyLever[];
	readonly inForce: WhatIfResult;
	readonly known: RunBefore;
	/** Why no money can be shared under the rules in force; null where it can, or where there is no pool. */
	readonly problem: Problem | null;
}

/** Runs, and leaves the money out where it cannot be shared. */
export function runOrProblem(
	base: WhatIfBase,
	rules: MovedRules,
	known: RunBefore
): { readonly result: WhatIfResult; readonly problem: Problem | null } {
	try {
		return { result: runWhatIf(base, rules, known), problem: null };
	} catch (problem) {
		if (!(problem instanceof Problem)) throw problem;
		return { result: runWhatIf(base, { ...rules, pool: null }, known), problem };
	}
}

/** The rules in force, computed: what every scenario is compared with. */
export function groundOf(base: WhatIfBase, pool: MovedRules['pool']): Ground {
	const { rules } = rulesOf(base, pool, new Map());
	const { result, problem } = runOrProblem(base, rules, new Map());
	return { base, pool: base.plan && pool, levers: leversOf(base, pool), inForce: result, known: new Map(), problem };
}

/** A number that is moved. */
export interface MovedLever {
	readonly path: string;
	readonly of: MovedNumber;
	readonly form: AnyLever['form'];
	readonly before: string;
	readonly after: string;
}

export interface Answer {
	/** The scenario as a link has it. */
	readonly scenario: string;
	readonly moved: readonly MovedLever[];
	/** Pieces of the link that could not be taken. */
	readonly refused: readonly string[];
	/** What is wrong with the moved rules: then nothing is computed. */
	readonly faults: readonly Finding[];
	/** Why no money could be shared. */
	readonly problem: Problem | null;
	readonly compared: Compared | null;
	readonly reconciled: { readonly before: Reconciliation; readonly after: Reconciliation } | null;
}

/**
 * Answers a scenario.
 * @param run scores, ranks and pays; who wants to know how long that takes gives one that measures
 */
export function answerScenario(ground: Ground, text: string, run = runOrProblem): Answer {
	const { base, pool, levers, inForce, known } = ground;
	const { scenario, refused } = readScenario(text, levers);
	const moved = levers.flatMap(({ path, of, form, value }) => {
		const after = scenario.get(path);
		return after ? [{ path, of, form, before: toExact(value), after: toExact(after) }] : [];
	});
	const asked = { scenario: writeScenario(scenario), moved, refused };
	const { rules, faults } = rulesOf(base, pool, scenario);
	if (faults.length > 0) return { ...asked, faults, problem: null, compared: null, reconciled: null };
	const { result, problem } =
		scenario.size === 0 ? { result: inForce, problem: ground.problem } : run(base, rules, known);
	return {
		...asked,
		faults,
		problem,
		compared: compareRuns(base, inForce, result),
		reconciled: reconciledOf(inForce, result)
	};
}

function reconciledOf(before: WhatIfResult, after: WhatIfResult): Answer['reconciled'] {
	const [was, is] = [before, after].map(({ allocation, rules }) =>
		allocation && rules.plan ? reconcile(allocation, rules.plan.tranches) : null
	);
	return was && is ? { before: was, after: is } : null;
}

/** The orders of the table: by rank, by places moved, by money moved. */
const orders = ['rank', 'moved', 'money'] as const;
export type WhatIfOrder = (typeof orders)[number];

export const whatIfOrder = (text: string | null): WhatIfOrder => orders.find((order) => order === text) ?? 'rank';

const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount);
const places = ({ rankChange }: ComparedUnit): number => (rankChange < 0 ? -rankChange : rankChange);

/** The units in an order; equal ones by rank. */
export function orderedUnits(units: readonly ComparedUnit[], order: WhatIfOrder): ComparedUnit[] {
	if (order === 'moved') return [...units].sort((a, b) => places(b) - places(a));
	if (order === 'money')
		return [...units].sort((a, b) => {
			const [x, y] = [size(a.due?.change ?? 0n), size(b.due?.change ?? 0n)];
			return x < y ? 1 : x > y ? -1 : 0;
		});
	return [...units];
}

const scoreOf = (score: Fraction | null): string | null => score && toFixed(score, scoreDecimals);
const yuanOf = ({ before, after, change }: Sides) => ({
	before: formatYuan(before),
	after: formatYuan(after),
	change: formatYuan(change)
});

/** A unit's line as text. */
export interface ShownUnit {
	readonly code: string;
	readonly name: string;
	readonly rank: { readonly before: number | null; readonly after: number | null; readonly change: number };
	readonly score: { readonly before: string | null; readonly after: string | null; readonly change: string | null };
	readonly grade: { readonly before: string; readonly after: string };
	readonly due: { readonly before: string; readonly after: string; readonly change: string } | null;
	readonly provisional: boolean;
}

export const shownUnit = ({ code, name, before, after, scoreChange, rankChange, due }: ComparedUnit): ShownUnit => ({
	code,
	name,
	rank: { before: before.rank, after: after.rank, change: rankChange },
	score: { before: scoreOf(before.score), after: scoreOf(after.score), change: scoreOf(scoreChange) },
	grade: { before: before.grade, after: after.grade },
	due: due && yuanOf(due),
	provisional: after.provisional
});

/** A cliff as text. */
export const shownCliff = (cliff: Cliff) =>
	cliff.kind === 'grade'
		? { ...cliff, score: scoreOf(cliff.score) }
		: cliff.kind === 'part'
			? cliff
			: { ...cliff, before: toExact(cliff.before), after: toExact(cliff.after) };

export type ShownCliff = ReturnType<typeof shownCliff>;

/** What is moved in all, in counts and sums. */
export function movedInAll({ units, money }: Compared) {
	const byMoved = orderedUnits(units, 'moved');
	const [furthest] = byMoved;
	const [most] = orderedUnits(units, 'money');
	return {
		units: units.length,
		scores: units.filter(({ scoreChange }) => scoreChange !== null && scoreChange.n !== 0n).length,
		ranks: units.filter(({ rankChange }) => rankChange !== 0).length,
		grades: units.filter(({ before, after }) => before.grade !== after.grade).length,
		more: units.filter(({ due }) => due !== null && due.change > 0n).length,
		less: units.filter(({ due }) => due !== null && due.change < 0n).length,
		furthest: furthest && furthest.rankChange !== 0 ? shownUnit(furthest) : null,
		mostMoney: most?.due && most.due.change !== 0n ? shownUnit(most) : null,
		money: money && {
			pool: yuanOf(money.pool),
			due: yuanOf(money.due),
			carriedOver: yuanOf(money.carriedOver),
			shifted: formatYuan(money.shifted)
		}
	};
}

export type MovedInAll = ReturnType<typeof movedInAll>;
