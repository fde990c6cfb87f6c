/** 测算: what a scenario moves. Exact figures; words and rounding come later. */
import { type Fen, fen } from '../basis/fen.ts';
import { compare, type Fraction, one, subtract } from '../basis/fraction.ts';
import { bandReached } from '../scoring/rules.ts';
import type { Rule, Scheme } from '../scoring/scheme.ts';
import type { UnitScore } from '../scoring/score.ts';
import type { WhatIfBase } from './base.ts';
import type { Standing, WhatIfResult } from './run.ts';

/** A unit before and after. */
export interface ComparedUnit {
	readonly code: string;
	readonly name: string;
	readonly before: Standing;
	readonly after: Standing;
	/** Null where either has no score. */
	readonly scoreChange: Fraction | null;
	/** Places gained; negative: lost. */
	readonly rankChange: number;
	/** Null where there is no money. */
	readonly due: { readonly before: Fen; readonly after: Fen; readonly change: Fen } | null;
}

/** A line that a unit is on the other side of now. */
export type Cliff = { readonly code: string; readonly name: string; readonly better: boolean } & (
	| { readonly kind: 'grade'; readonly before: string; readonly after: string; readonly score: Fraction | null }
	| {
			readonly kind: 'band';
			readonly period: string;
			readonly indicator: string;
			/** The points of the band, 0 below the lowest. */
			readonly before: Fraction;
			readonly after: Fraction;
	  }
	| { readonly kind: 'keep'; readonly tranche: string; readonly before: Fraction; readonly after: Fraction }
	| { readonly kind: 'part'; readonly tranche: string }
);

export interface Compared {
	/** In the order of the ranks after; units without a rank last. */
	readonly units: readonly ComparedUnit[];
	readonly cliffs: readonly Cliff[];
	/** Sums of all units, and what is carried over; null where there is no money. */
	readonly money: {
		readonly pool: Sides;
		readonly due: Sides;
		readonly carriedOver: Sides;
		/** Σ of what units get more: as much is taken from others where the pool stays. */
		readonly shifted: Fen;
	} | null;
}

export interface Sides {
	readonly before: Fen;
	readonly after: Fen;
	readonly change: Fen;
}

const sides = (before: bigint, after: bigint): Sides => ({
	before: fen(before),
	after: fen(after),
	change: fen(after - before)
});

/** Compares two runs over one base. */
export function compareRuns(base: WhatIfBase, before: WhatIfResult, after: WhatIfResult): Compared {
	const was = new Map(before.standings.map((standing) => [standing.code, standing]));
	const paidBefore = new Map(before.allocation?.payments.map(({ code, due }) => [code, due]));
	const paidAfter = new Map(after.allocation?.payments.map(({ code, due }) => [code, due]));
	const money = before.allocation !== null && after.allocation !== null;
	const units = after.standings.flatMap((standing): ComparedUnit[] => {
		const { code, name } = standing;
		const earlier = was.get(code);
		if (!earlier) return [];
		const scored = earlier.score !== null && standing.score !== null;
		return [
			{
				code,
				name,
				before: earlier,
				after: standing,
				scoreChange: scored ? subtract(standing.score ?? one, earlier.score ?? one) : null,
				rankChange: earlier.rank === null || standing.rank === null ? 0 : earlier.rank - standing.rank,
				due: money ? sides(paidBefore.get(code) ?? 0n, paidAfter.get(code) ?? 0n) : null
			}
		];
	});
	const place = ({ after: { rank } }: ComparedUnit): number => rank ?? Infinity;
	units.sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)) || (a.code < b.code ? -1 : 1));
	return { units, cliffs: cliffsOf(base, before, after, units), money: moneyOf(before, after, units) };
}

function moneyOf(before: WhatIfResult, after: WhatIfResult, units: readonly ComparedUnit[]): Compared['money'] {
	const [was, is] = [before.allocation, after.allocation];
	if (!was || !is) return null;
	let [paid, pays, shifted] = [0n, 0n, 0n];
	for (const { due } of units) {
		if (!due) continue;
		paid += due.before;
		pays += due.after;
		if (due.change > 0n) shifted += due.change;
	}
	return {
		pool: sides(was.pool, is.pool),
		due: sides(paid, pays),
		carriedOver: sides(was.carriedOver, is.carriedOver),
		shifted: fen(shifted)
	};
}

function cliffsOf(
	base: WhatIfBase,
	before: WhatIfResult,
	after: WhatIfResult,
	units: readonly ComparedUnit[]
): Cliff[] {
	const cliffs: Cliff[] = [];
	const { scheme } = after.rules;
	const placeOf = gradePlaces(scheme);
	for (const { code, name, before: was, after: is } of units) {
		if (was.grade === is.grade) continue;
		const better = placeOf(is.grade) < placeOf(was.grade);
		cliffs.push({ kind: 'grade', code, name, better, before: was.grade, after: is.grade, score: is.score });
		if (after.allocation) cliffs.push(...cliffsOfMoney(before, after, { code, name }, was.grade, is.grade));
	}
	for (const [index, window] of base.windows.entries()) {
		const [was, is] = [before.windows[index], after.windows[index]];
		if (window && was && is) cliffs.push(...bandsCrossed(window.id, before.rules.scheme, scheme, was, is));
	}
	return cliffs;
}

/** The places of grades, best first; no grade stands below all. */
const gradePlaces = ({ grades }: Scheme): ((grade: string) => number) => {
	const places = new Map(grades.map(({ key }, place) => [key, place]));
	return (grade) => places.get(grade) ?? grades.length;
};

/** What another grade does to a unit's part in the tranches. What the scenario itself moves for a grade is no cliff. */
function cliffsOfMoney(
	before: WhatIfResult,
	after: WhatIfResult,
	unit: { readonly code: string; readonly name: string },
	was: string,
	is: string
): Cliff[] {
	const earlier = new Map(before.rules.plan?.tranches.map((tranche) => [tranche.key, tranche]));
	return (after.rules.plan?.tranches ?? []).flatMap(({ key: tranche, only, keep }): Cliff[] => {
		const takesPart = only?.includes(is) ?? true;
		if (takesPart !== (only?.includes(was) ?? true)) return [{ kind: 'part', ...unit, tranche, better: takesPart }];
		if (!takesPart) return [];
		const [kept, keeps] = [earlier.get(tranche)?.keep[was] ?? one, keep[is] ?? one];
		const apart = compare(keeps, kept);
		return apart === 0 || compare(keep[was] ?? one, keeps) === 0
			? []
			: [{ kind: 'keep', ...unit, tranche, before: kept, after: keeps, better: apart > 0 }];
	});
}

function bandsCrossed(
	period: string,
	schemeBefore: Scheme,
	schemeAfter: Scheme,
	before: readonly UnitScore[],
	after: readonly UnitScore[]
): Cliff[] {
	const banded = schemeAfter.indicators.flatMap(({ key, rule }, index) => {
		const was = schemeBefore.indicators[index]?.rule;
		return rule.kind === 'banded' && was?.kind === 'banded' ? [{ key, index, was, is: rule }] : [];
	});
	if (banded.length === 0) return [];
	const earlier = new Map(before.map((unit) => [unit.code, unit]));
	return after.flatMap((unit) =>
		banded.flatMap(({ key, index, was, is }): Cliff[] => {
			const [a, b] = [earlier.get(unit.code)?.indicators[index], unit.indicators[index]];
			if (a?.tally.state !== 'ok' || b?.tally.state !== 'ok') return [];
			const [from, to] = [bandReached(was, a.tally), bandReached(is, b.tally)];
			if (from === to) return [];
			const [low, high] = [bandPoints(was, from), bandPoints(is, to)];
			const better = compare(is.bands[to]?.atLeast ?? floor, is.bands[from]?.atLeast ?? floor) > 0;
			const { code, name } = unit;
			return [{ kind: 'band', code, name, period, indicator: key, before: low, after: high, better }];
		})
	);
}

type Banded = Extract<Rule, { kind: 'banded' }>;
const nothing: Fraction = { n: 0n, d: 1n };
/** Below every band. */
const floor: Fraction = { n: -1n, d: 1n };
const bandPoints = ({ bands }: Banded, band: number): Fraction => bands[band]?.points ?? nothing;
