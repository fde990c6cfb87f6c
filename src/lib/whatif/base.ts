/** 测算: what a what-if stands on, and its numbers that may be moved. */
import type { PaidUnit } from '../allocation/allocate.ts';
import type { Plan } from '../allocation/plan.ts';
import { faultsOfMovedPlan, movedPlan, type PlanNumber } from '../allocation/whatif.ts';
import type { Bilingual } from '../basis/codes.ts';
import { type Fen, fen } from '../basis/fen.ts';
import { type Fraction, fraction, multiply, whole } from '../basis/fraction.ts';
import type { Lever, Move } from '../basis/lever.ts';
import type { Finding } from '../basis/tree.ts';
import type { Tally } from '../measures/declare.ts';
import { mostVisitsPerQuarter } from '../measures/whatif.ts';
import type { Scheme } from '../scoring/scheme.ts';
import type { ScoredUnit } from '../scoring/score.ts';
import { usesOf } from '../scoring/uses.ts';
import { faultsOfMoved, movedScheme, type SchemeNumber } from '../scoring/whatif.ts';
import { nothingMoved, type Scenario } from './scenario.ts';

/** One period that is scored: a year by mean or weights has several. */
export interface ScoredWindow {
	/** The period: `2025Q4`. */
	readonly id: string;
	readonly units: readonly ScoredUnit[];
	/** By use of the scheme, then by unit in their order. */
	readonly tallies: readonly (readonly Tally[])[];
	/** By use, the quarters over which `patrol_completion` is asked for. */
	readonly quarters: readonly number[];
}

/** A unit as a plan weighs it, before it is scored. */
export type WeighedUnit = Pick<PaidUnit, 'code' | 'name' | 'population' | 'workload'> &
	Pick<ScoredUnit, 'kind' | 'township'>;

export interface WhatIfBase {
	readonly period: string;
	readonly scheme: Scheme;
	/** Null where there is none that can be used. */
	readonly plan: Plan | null;
	/** The windows of the score; several with the names of their parts (Q1 …) make a year, null where one is absent. */
	readonly windows: readonly (ScoredWindow | null)[];
	/** The names of the windows in the weights of a year; null where the one window is the score. */
	readonly parts: readonly string[] | null;
	/** The units of the period. */
	readonly units: readonly WeighedUnit[];
	/** The domains whose required visits may be moved, with their names. */
	readonly domains: readonly { readonly key: string; readonly name: Bilingual }[];
}

/** What a lever moves, in the scheme, in the plan, or the pool itself. */
export type MovedNumber = SchemeNumber | PlanNumber | { readonly in: 'pool' };

export type AnyLever = Lever<MovedNumber>;

/** The rules of a what-if. */
export interface MovedRules {
	readonly scheme: Scheme;
	readonly plan: Plan | null;
	readonly pool: Fen | null;
}

/** By domain, the most visits a quarter that every window can tell; none of a domain that is asked for more already. */
function tellableVisits({ scheme, windows, domains }: WhatIfBase): Record<string, number> {
	const most = new Map<string, number>();
	for (const [index, { measure }] of usesOf(scheme).entries()) {
		if (measure.name !== 'patrol_completion') continue;
		const quarters = Math.max(1, ...windows.map((window) => window?.quarters[index] ?? 1));
		for (const { key } of domains)
			if (measure.domains?.includes(key) ?? true)
				most.set(key, Math.min(most.get(key) ?? Infinity, mostVisitsPerQuarter(quarters)));
	}
	return Object.fromEntries([...most].filter(([key, visits]) => (scheme.visitsPerQuarter[key] ?? 1) <= visits));
}

const yuanOf = (amount: Fen): Fraction => fraction(amount, 100n);

function moveAll(base: WhatIfBase, pool: Fen | null, move: Move<MovedNumber>): MovedRules {
	const { scheme, plan } = base;
	const grades = scheme.grades.map(({ key }) => key);
	const moved = {
		scheme: movedScheme(scheme, tellableVisits(base), move),
		plan: plan && movedPlan(plan, [...grades, 'none'], move)
	};
	if (pool === null || !plan) return { ...moved, pool: null };
	const yuan = yuanOf(pool);
	const next = move({ path: 'pool', value: yuan, form: 'yuan', most: whole(10n ** 13n), of: { in: 'pool' } });
	return { ...moved, pool: next === yuan ? pool : fen(multiply(next, whole(100)).n) };
}

/** Every number that may be moved, in the order of scheme and plan. */
export function leversOf(base: WhatIfBase, pool: Fen | null): AnyLever[] {
	const levers: AnyLever[] = [];
	moveAll(base, pool, (lever) => {
		levers.push(lever);
		return lever.value;
	});
	return levers;
}

/** The rules with a scenario's numbers, and what is wrong with them then. */
export function rulesOf(
	base: WhatIfBase,
	pool: Fen | null,
	scenario: Scenario
): { readonly rules: MovedRules; readonly faults: readonly Finding[] } {
	if (scenario === nothingMoved || scenario.size === 0)
		return { rules: { scheme: base.scheme, plan: base.plan, pool: base.plan && pool }, faults: [] };
	const rules = moveAll(base, pool, ({ path, value }) => scenario.get(path) ?? value);
	const faults = [...faultsOfMoved(rules.scheme), ...(rules.plan ? faultsOfMovedPlan(rules.plan) : [])];
	return { rules, faults };
}
