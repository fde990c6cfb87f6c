/** Shares a pool by a plan (rules.md, 5): always Σ paid + carried over = pool, to the fen. */
import { type Fen, fen, formatYuan } from '../basis/fen.ts';
import {
	compare,
	divide,
	floor,
	type Fraction,
	multiply,
	one,
	roundHalfUp,
	sum,
	whole,
	zero
} from '../basis/fraction.ts';
import { Problem } from '../basis/problem.ts';
import { apportion, ApportionError, type Claim } from './apportion.ts';
import { awardedFactor, type Plan, type Tranche } from './plan.ts';

/** A unit as allocation sees it: the results of a period that weights can name. */
export interface PaidUnit {
	readonly code: string;
	readonly name: string;
	readonly population: bigint | null;
	readonly score: Fraction | null;
	readonly grade: string;
	readonly workload: Fraction;
	/** Points by indicator of the scheme, for weights that name one; null where it was excluded. */
	readonly awarded: Readonly<Record<string, Fraction | null>>;
}

export interface Payment {
	readonly code: string;
	readonly name: string;
	readonly due: Fen;
	/** By tranche; a tranche for which the unit is not eligible is not there. */
	readonly byTranche: Readonly<Record<string, Fen>>;
	/** What `keep` took of its share, by the same tranches: share = byTranche + withheld. */
	readonly withheld: Readonly<Record<string, Fen>>;
	readonly weights: Readonly<Record<string, Fraction>>;
}

export interface Allocation {
	readonly pool: Fen;
	/** What each tranche had to share: its own share and what was withheld to it. */
	readonly tranches: readonly { readonly key: string; readonly amount: Fen }[];
	readonly payments: readonly Payment[];
	readonly carriedOver: Fen;
}

/** The own amounts of tranches: pool × share by largest remainder, ties to the earlier tranche. */
function trancheAmounts(plan: Plan, pool: Fen): Map<string, bigint> {
	const places = new Map(plan.tranches.map(({ key }, index) => [String(index).padStart(6, '0'), key]));
	const claims = plan.tranches.map(({ share }, index): Claim => ({
		key: String(index).padStart(6, '0'),
		weight: share
	}));
	return new Map([...apportion(pool, claims)].map(([place, amount]) => [places.get(place) ?? place, amount]));
}

/** The quality coefficient: score / full, rounded where the plan says so, and 1 from its threshold on. */
export function qualityCoefficient(
	{ threshold, decimals }: Plan['points'],
	score: Fraction | null,
	full: Fraction
): Fraction {
	if (score === null) return zero;
	const exact = divide(score, full);
	const rounded = decimals === null ? exact : roundHalfUp(exact, decimals);
	return threshold !== null && compare(rounded, threshold) >= 0 ? one : rounded;
}

/**
 * The value of a factor that a weight names, for a unit.
 * @throws Problem `missing_weight`, `missing_points`
 */
export function factorOf(name: string, unit: PaidUnit, plan: Plan, full: Fraction): Fraction {
	switch (name) {
		case 'score':
			return unit.score ?? zero;
		case 'population':
			if (unit.population === null) throw new Problem('missing_weight', { code: unit.code, factor: name });
			return whole(unit.population);
		case 'workload':
			return unit.workload;
		case 'equal':
			return one;
		case 'grade':
			return plan.gradeFactors[unit.grade] ?? zero;
		case 'points':
			return multiply(unit.workload, qualityCoefficient(plan.points, unit.score, full));
		case 'coefficient':
			return qualityCoefficient(plan.points, unit.score, full);
		default: {
			const indicator = awardedFactor.exec(name)?.[1];
			if (indicator !== undefined) {
				const points = unit.awarded[indicator];
				if (points == null) throw new Problem('missing_points', { code: unit.code, indicator, plan: plan.id });
				return points;
			}
			const value = plan.tables[name]?.[unit.code];
			if (value === undefined) throw new Problem('missing_weight', { code: unit.code, factor: name });
			return value;
		}
	}
}

interface TrancheResult {
	readonly shares: ReadonlyMap<string, bigint>;
	readonly weights: ReadonlyMap<string, Fraction>;
}

function shareTranche(
	plan: Plan,
	tranche: Tranche,
	amount: bigint,
	units: readonly PaidUnit[],
	full: Fraction
): TrancheResult {
	const weights = new Map(
		units.map((unit) => [
			unit.code,
			tranche.weight.map((name) => factorOf(name, unit, plan, full)).reduce(multiply, one)
		])
	);
	const nobody = units.length === 0 || sum(weights.values()).n === 0n;
	const negative = [...weights].find(([, weight]) => weight.n < 0n);
	if (negative) throw new Problem('negative_weight', { code: negative[0] });
	if (nobody) return { shares: new Map(units.map(({ code }) => [code, 0n])), weights };
	const claims = units.map(({ code }): Claim => ({
		key: code,
		weight: weights.get(code) ?? zero,
		...(tranche.bounds ? { floor: tranche.bounds.floor, cap: tranche.bounds.cap } : {})
	}));
	try {
		return { shares: apportion(amount, claims, plan.unit), weights };
	} catch (error) {
		if (error instanceof ApportionError)
			throw new Problem(error.code, { tranche: tranche.key, code: error.key ?? '', amount: amount.toString() });
		throw error;
	}
}

/**
 * Shares a pool among units.
 * @param full the scheme's full score, for the quality coefficient
 * @throws Problem `missing_weight`, `missing_points`, `negative_weight`, `negative_amount`, `infeasible_bounds`; `pool_not_amounts` where
 *   the plan's amounts are fixed and the pool is another
 */
export function allocate(plan: Plan, units: readonly PaidUnit[], pool: Fen, full: Fraction): Allocation {
	if (pool < 0n) throw new Problem('negative_amount', { amount: pool.toString() });
	const fixed = plan.tranches.flatMap(({ amount }) => amount ?? []);
	const expected = fixed.reduce((a: bigint, b) => a + b, 0n);
	if (fixed.length > 0 && expected !== pool)
		throw new Problem('pool_not_amounts', {
			plan: plan.id,
			pool: formatYuan(pool),
			amounts: formatYuan(fen(expected))
		});
	const sorted = [...units].sort((a, b) => (a.code < b.code ? -1 : 1));
	const amounts = trancheAmounts(plan, pool);
	const paid = new Map(sorted.map(({ code }) => [code, nothingYet()]));
	let total = 0n;
	for (const tranche of plan.tranches) {
		const eligible = sorted.filter(({ grade }) => !tranche.only || tranche.only.includes(grade));
		const { shares, weights } = shareTranche(plan, tranche, amounts.get(tranche.key) ?? 0n, eligible, full);
		for (const { code, grade } of eligible) {
			const share = shares.get(code) ?? 0n;
			const kept = keptOf(share, tranche.keep[grade], plan.unit);
			const row = paid.get(code);
			if (!row) continue;
			row.byTranche[tranche.key] = fen(kept);
			row.withheld[tranche.key] = fen(share - kept);
			row.weights[tranche.key] = weights.get(code) ?? zero;
			total += kept;
			if (tranche.withheldTo !== null)
				amounts.set(tranche.withheldTo, (amounts.get(tranche.withheldTo) ?? 0n) + share - kept);
		}
	}
	return {
		pool,
		tranches: plan.tranches.map(({ key }) => ({ key, amount: fen(amounts.get(key) ?? 0n) })),
		payments: sorted.map(({ code, name }) => {
			const row = paid.get(code) ?? nothingYet();
			return { code, name, ...row, due: fen(Object.values(row.byTranche).reduce((a: bigint, b) => a + b, 0n)) };
		}),
		carriedOver: fen(pool - total)
	};
}

/** The figures of a payment by tranche, filled as the tranches run. */
interface Filling {
	readonly byTranche: Record<string, Fen>;
	readonly withheld: Record<string, Fen>;
	readonly weights: Record<string, Fraction>;
}

const nothingYet = (): Filling => ({ byTranche: {}, withheld: {}, weights: {} });

/** What a unit keeps of its share: × factor, floored to `unit`; all of it where its grade is not named. */
const keptOf = (share: bigint, keep: Fraction | undefined, unit: bigint): bigint =>
	keep === undefined ? share : (floor(multiply(whole(share), keep)) / unit) * unit;
