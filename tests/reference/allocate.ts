/**
 * A pool shared among the townships by a plan: section 5 of design/rules.md.
 */
import { apportion } from './apportion.ts';
import type { Fraction } from './exact.ts';
import { compare, divide, exact, floor, fraction, multiply, ONE, roundHalfUp, sum, ZERO } from './exact.ts';
import { townshipOn } from './frame.ts';
import { windowOf } from './calendar.ts';
import type { County } from './rows.ts';
import type { Num, Plan, Scheme, Tranche } from './scheme.ts';
import { scores } from './score.ts';
import { tally } from './tallies.ts';

/** Who is paid: the results of a period that weights can name. */
export interface AllocationUnit {
	readonly code: string;
	readonly kind: string | null;
	readonly population: bigint | null;
	/** Four decimals; null where there is no score. */
	readonly score: string | null;
	readonly grade: string;
	readonly workload: Fraction;
}

export interface Allocation {
	/** A tranche's amount is its own share and what was withheld to it. */
	tranches: { key: string; amountFen: bigint }[];
	/** By code ascending; a tranche a township is not eligible for is not in `byTranche`. */
	townships: { code: string; dueFen: bigint; byTranche: Record<string, bigint> }[];
	carriedOverFen: bigint;
}

/**
 * Shares `poolFen` by the plan; `full` is the scheme's full score. Throws an
 * Error whose message is `shares_not_one`, `missing_weight`, `negative_weight`
 * or `infeasible_bounds`.
 */
export function allocate(plan: Plan, units: readonly AllocationUnit[], poolFen: bigint, full: Num): Allocation {
	if (compare(sum(plan.tranches.map(({ share }) => exact(share))), ONE) !== 0) {
		throw new Error('shares_not_one');
	}
	const unit = BigInt(plan.unit ?? 1);
	const amounts = trancheAmounts(plan, poolFen);
	const townships = [...units]
		.sort((a, b) => (a.code < b.code ? -1 : 1))
		.map(({ code }) => ({ code, dueFen: 0n, byTranche: {} as Record<string, bigint> }));
	let carriedOverFen = 0n;

	for (const tranche of plan.tranches) {
		const amount = amounts.get(tranche.key) ?? 0n;
		const eligible = units.filter(({ grade }) => !tranche.only || tranche.only.includes(grade));
		const given = share(plan, tranche, eligible, amount, unit, full);
		let [paid, withheld] = [0n, 0n];
		for (const { code, grade } of eligible) {
			const whole = given.get(code) ?? 0n;
			const kept = keptOf(tranche, grade, whole, unit);
			const row = townships.find((each) => each.code === code);
			if (!row) continue;
			row.byTranche[tranche.key] = kept;
			row.dueFen += kept;
			paid += kept;
			withheld += whole - kept;
		}
		if (tranche.withheld_to === undefined) carriedOverFen += withheld;
		else amounts.set(tranche.withheld_to, (amounts.get(tranche.withheld_to) ?? 0n) + withheld);
		carriedOverFen += amount - paid - withheld;
	}
	return {
		tranches: plan.tranches.map(({ key }) => ({ key, amountFen: amounts.get(key) ?? 0n })),
		townships,
		carriedOverFen
	};
}

/** pool × share in whole fen, by largest remainder, ties to the earlier tranche. */
function trancheAmounts(plan: Plan, poolFen: bigint): Map<string, bigint> {
	const position = (index: number) => String(index).padStart(4, '0');
	const fen = apportion(
		poolFen,
		plan.tranches.map(({ share: weight }, index) => ({
			key: position(index),
			weight: exact(weight)
		})),
		1n
	);
	return new Map(plan.tranches.map(({ key }, index) => [key, fen.get(position(index)) ?? 0n]));
}

/** What each eligible unit gets before `keep`; nothing where all weights are zero. */
function share(
	plan: Plan,
	tranche: Tranche,
	eligible: readonly AllocationUnit[],
	amount: bigint,
	unit: bigint,
	full: Num
): Map<string, bigint> {
	const claims = eligible.map((each) => ({
		key: each.code,
		weight: tranche.weight.map((name) => factor(plan, name, each, full)).reduce(multiply, ONE),
		floor: fenOf(tranche.bounds?.floor) ?? 0n,
		cap: fenOf(tranche.bounds?.cap)
	}));
	if (claims.every(({ weight }) => compare(weight, ZERO) === 0)) return new Map();
	return apportion(amount, claims, unit);
}

/** Yuan as whole fen; null and absent alike mean no bound. */
function fenOf(yuan: Num | null | undefined): bigint | null {
	if (yuan == null) return null;
	const fen = multiply(exact(yuan), fraction(100n));
	if (fen.d !== 1n) throw new Error('a bound of less than a fen');
	return fen.n;
}

/** One named factor of a weight. A unit without a score has 0 for it. */
function factor(plan: Plan, name: string, unit: AllocationUnit, full: Num): Fraction {
	switch (name) {
		case 'equal':
			return ONE;
		case 'score':
			return unit.score === null ? ZERO : exact(unit.score);
		case 'population':
			if (unit.population === null) throw new Error('missing_weight');
			return fraction(unit.population);
		case 'workload':
			return unit.workload;
		case 'grade':
			return exact(plan.grade_factors?.[unit.grade] ?? 0);
		case 'points':
			return multiply(unit.workload, quality(plan, unit.score, full));
		default: {
			const own = plan.tables?.[name]?.[unit.code];
			if (own === undefined) throw new Error('missing_weight');
			return exact(own);
		}
	}
}

/**
 * score / full, rounded half-up where the plan gives `decimals` (the edge
 * vectors give none and round nothing), and then 1 at or above the threshold.
 */
function quality(plan: Plan, score: string | null, full: Num): Fraction {
	if (score === null) return ZERO;
	const { threshold, decimals } = plan.points ?? {};
	const ratio = divide(exact(score), exact(full));
	const quotient = decimals === undefined ? ratio : roundHalfUp(ratio, decimals);
	return threshold !== undefined && compare(quotient, exact(threshold)) >= 0 ? ONE : quotient;
}

/** A share × the grade's factor, floored to the unit; all of it for a grade not named. */
function keptOf(tranche: Tranche, grade: string, whole: bigint, unit: bigint): bigint {
	const kept = tranche.keep?.[grade];
	if (kept === undefined) return whole;
	return floor(divide(multiply(fraction(whole), exact(kept)), fraction(unit))) * unit;
}

/** The units of a period as a plan needs them, from the reference's own scores. */
export function allocationUnits(county: County, scheme: Scheme, period: string): AllocationUnit[] {
	const { end } = windowOf(period, scheme.annual?.year_starts);
	return scores(county, scheme, period).map(({ code, score, grade }) => {
		const township = townshipOn(county, code, end);
		const population = township?.population ?? null;
		return {
			code,
			kind: township?.kind ?? null,
			population: population === null ? null : BigInt(population),
			score,
			grade,
			workload: tally(county, scheme, { name: 'workload' }, 'workload', ZERO, code, period).n
		};
	});
}
