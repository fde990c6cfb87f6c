/** 测算: scores, ranks, grades and money under moved rules, by the very functions that give the official ones. */
import { allocate, type Allocation } from '../allocation/allocate.ts';
import type { Fraction } from '../basis/fraction.ts';
import { type Tally, notApplicable } from '../measures/declare.ts';
import { withPoints, withVisits } from '../measures/whatif.ts';
import { annualScores, periodWeights } from '../scoring/annual.ts';
import type { Scheme } from '../scoring/scheme.ts';
import { awardedOf, type ScoredBefore, scoreUnits, type TallyOf, type UnitScore } from '../scoring/score.ts';
import { placesIn, usesOf } from '../scoring/uses.ts';
import type { MovedRules, ScoredWindow, WhatIfBase } from './base.ts';

/** A unit's result of the period. */
export type Standing = Pick<
	UnitScore,
	'code' | 'name' | 'kind' | 'score' | 'grade' | 'rank' | 'ranked' | 'provisional'
>;

export interface WhatIfResult {
	readonly rules: MovedRules;
	readonly standings: readonly Standing[];
	/** The scores of each window, by its place. */
	readonly windows: readonly (readonly UnitScore[] | null)[];
	/** Null where there is no plan or no pool. */
	readonly allocation: Allocation | null;
}

/** What earlier runs over the same base found, by window; it makes the next one quick and changes no result. */
export type RunBefore = Map<ScoredWindow, ScoredBefore>;

type AnyUse = ReturnType<typeof usesOf>[number];

/** The tallies of a use under moved rules; the kept ones where the move does not touch them. */
function talliesUnder(
	before: Scheme,
	after: Scheme,
	[was, is]: readonly [AnyUse, AnyUse],
	window: ScoredWindow,
	index: number
): readonly Tally[] {
	const kept = window.tallies[index] ?? [];
	const { name, domains } = was.measure;
	if (name === 'patrol_completion' && before.visitsPerQuarter !== after.visitsPerQuarter) {
		const quarters = window.quarters[index] ?? 1;
		return kept.map((tally) => withVisits(tally, before.visitsPerQuarter, after.visitsPerQuarter, domains, quarters));
	}
	if ((name === 'mark' || name === 'deductions') && was !== is && 'points' in is) {
		const { points } = is;
		return kept.map((tally, place) => withPoints(name, tally, points, window.units[place]?.kind ?? null));
	}
	return kept;
}

function scoreWindow(before: Scheme, after: Scheme, window: ScoredWindow, known: RunBefore): UnitScore[] {
	const uses = usesOf(after);
	const tallies = usesOf(before).map((was, index) =>
		talliesUnder(before, after, [was, uses[index] ?? was], window, index)
	);
	const placeOf = placesIn(after);
	const places = new Map(window.units.map(({ code }, place) => [code, place]));
	// Scoring asks unit by unit, so the place is looked up once for each.
	let asked = { code: '', place: -1 };
	const tallyOf: TallyOf = (use, code) => {
		if (asked.code !== code) asked = { code, place: places.get(code) ?? -1 };
		return tallies[placeOf(use)]?.[asked.place] ?? notApplicable;
	};
	const own = known.get(window) ?? new Map();
	known.set(window, own);
	return scoreUnits(after, window.units, tallyOf, own);
}

/**
 * Scores and pays under moved rules.
 * @param known kept by the caller from one run over the same base to the next
 * @throws Problem of the plan's weights and bounds, as allocation does
 */
export function runWhatIf(base: WhatIfBase, rules: MovedRules, known: RunBefore = new Map()): WhatIfResult {
	const { scheme, plan, pool } = rules;
	const windows = base.windows.map((window) => window && scoreWindow(base.scheme, scheme, window, known));
	const standings: readonly Standing[] =
		base.parts === null
			? (windows[0] ?? [])
			: annualScores(
					scheme,
					base.units.map(({ code, township, name, kind }) => ({ code, township, name, kind })),
					windows.map((scores) => scores && new Map(scores.map((score) => [score.code, score]))),
					periodWeights(scheme, base.parts)
				);
	const weighed = new Map(base.units.map((unit) => [unit.code, unit]));
	// A year made of its periods has no points of its own.
	const own = new Map(base.parts === null ? windows[0]?.map((score) => [score.code, awardedOf(score)]) : []);
	const paid = standings.flatMap(({ code, name, score, grade }) => {
		const unit = weighed.get(code);
		if (!unit) return [];
		const { population, workload } = unit;
		return [{ code, name, score, grade, population, workload, awarded: own.get(code) ?? {} }];
	});
	const full: Fraction = scheme.full;
	return { rules, standings, windows, allocation: plan && pool !== null ? allocate(plan, paid, pool, full) : null };
}
