/**
 * Apportioning by largest remainder, with bounds (rules.md, 5). Pure whole numbers and fractions: the shares sum to
 * the amount, do not depend on the order of rows, and a larger weight never gets less.
 */
import {
	add,
	compare,
	divide,
	type Fraction,
	floor,
	inWholes,
	isZero,
	multiply,
	subtract,
	sum,
	whole,
	zero
} from '../basis/fraction.ts';

/** One who takes part: a key that settles ties (ascending), a weight, and perhaps bounds in the smallest unit of money. */
export interface Claim {
	readonly key: string;
	readonly weight: Fraction;
	readonly floor?: bigint;
	readonly cap?: bigint | null;
}

export type ApportionProblem = 'no_weight' | 'negative_weight' | 'negative_amount' | 'infeasible_bounds';

/** An apportionment that cannot be made; `key` names the claim at fault where there is one. */
export class ApportionError extends Error {
	readonly code: ApportionProblem;
	readonly key: string | null;

	constructor(code: ApportionProblem, key: string | null = null) {
		super(code);
		this.name = 'ApportionError';
		this.code = code;
		this.key = key;
	}
}

const floorOf = (claim: Claim): Fraction => whole(claim.floor ?? 0n);
const capOf = (claim: Claim): Fraction | null => (claim.cap == null ? null : whole(claim.cap));

/** clamp(λ·w, floor, cap). */
function clamped(claim: Claim, lambda: Fraction): Fraction {
	const share = multiply(lambda, claim.weight);
	const low = floorOf(claim);
	const high = capOf(claim);
	if (isZero(claim.weight) || compare(share, low) < 0) return low;
	return high && compare(share, high) > 0 ? high : share;
}

/**
 * The λ at which Σ clamp(λ·w) = amount. The sum is piecewise linear and rising in λ, so the breaks at which a claim
 * reaches a bound are searched, and the line between two of them is solved exactly.
 */
function solve(claims: readonly Claim[], amount: Fraction): Fraction {
	const at = (lambda: Fraction): Fraction => sum(claims.map((claim) => clamped(claim, lambda)));
	const weighty = claims.filter(({ weight }) => !isZero(weight));
	const breaks = weighty
		.flatMap((claim) => {
			const cap = capOf(claim);
			return cap
				? [divide(floorOf(claim), claim.weight), divide(cap, claim.weight)]
				: [divide(floorOf(claim), claim.weight)];
		})
		.sort(compare);
	if (compare(at(zero), amount) > 0) throw new ApportionError('infeasible_bounds');
	let [low, high] = [0, breaks.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (compare(at(breaks[middle] as Fraction), amount) <= 0) low = middle + 1;
		else high = middle;
	}
	const start = low === 0 ? zero : (breaks[low - 1] as Fraction);
	const reached = at(start);
	if (compare(reached, amount) === 0) return start;
	// Beyond `start` only the claims that are between their bounds move.
	const moving = weighty.filter((claim) => {
		const cap = capOf(claim);
		return (
			compare(multiply(start, claim.weight), floorOf(claim)) >= 0 &&
			(!cap || compare(multiply(start, claim.weight), cap) < 0)
		);
	});
	const slope = sum(moving.map(({ weight }) => weight));
	if (isZero(slope)) throw new ApportionError('infeasible_bounds');
	return add(start, divide(subtract(amount, reached), slope));
}

/**
 * Shares `amount` among claims in whole `unit`s. Less than one unit may be left over, which the caller carries over.
 * @param amount in the smallest unit of money, at least 0
 * @param unit the smallest step, at least 1; bounds are multiples of it
 * @throws ApportionError `no_weight`, `negative_weight`, `negative_amount`, `infeasible_bounds`
 */
export function apportion(amount: bigint, claims: readonly Claim[], unit = 1n): Map<string, bigint> {
	if (amount < 0n) throw new ApportionError('negative_amount');
	const negative = claims.find(({ weight }) => weight.n < 0n);
	if (negative) throw new ApportionError('negative_weight', negative.key);
	const total = sum(claims.map(({ weight }) => weight));
	if (isZero(total)) throw new ApportionError('no_weight');
	const bounded = claims.some(({ floor: low, cap }) => (low ?? 0n) > 0n || cap != null);
	const sorted = [...claims].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
	if (!bounded) return byWeightAlone(amount, sorted, unit);
	const pool = whole(amount);
	checkBounds(claims, pool);
	const lambda = solve(claims, pool);
	const shares = new Map<string, bigint>();
	const open: { key: string; rest: Fraction }[] = [];
	let given = 0n;
	for (const claim of sorted) {
		const share = clamped(claim, lambda);
		const units = floor(divide(share, whole(unit)));
		shares.set(claim.key, units * unit);
		given += units * unit;
		const cap = capOf(claim);
		const atBound =
			isZero(claim.weight) || compare(share, floorOf(claim)) <= 0 || (cap !== null && compare(share, cap) >= 0);
		if (!atBound) open.push({ key: claim.key, rest: subtract(share, whole(units * unit)) });
	}
	// A stable sort keeps equal remainders in the order of their keys.
	open.sort((a, b) => compare(b.rest, a.rest));
	const left = (amount - given) / unit;
	for (const { key } of open.slice(0, Number(left))) shares.set(key, (shares.get(key) ?? 0n) + unit);
	return shares;
}

/** Apportions where no bound can be reached: with whole weights, shares and remainders are whole numbers too. */
function byWeightAlone(amount: bigint, sorted: readonly Claim[], unit: bigint): Map<string, bigint> {
	const { wholes } = inWholes(sorted.map(({ weight }) => weight));
	let total = 0n;
	for (const weight of wholes) total += weight;
	const step = total * unit;
	const shares = new Map<string, bigint>();
	let given = 0n;
	const rests = sorted.map(({ key }, index) => {
		const weighed = amount * (wholes[index] ?? 0n);
		const share = (weighed / step) * unit;
		shares.set(key, share);
		given += share;
		return { key, rest: weighed % step };
	});
	// A stable sort keeps equal remainders in the order of their keys.
	rests.sort((a, b) => (a.rest > b.rest ? -1 : a.rest < b.rest ? 1 : 0));
	const left = (amount - given) / unit;
	for (const { key } of rests.slice(0, Number(left))) shares.set(key, (shares.get(key) ?? 0n) + unit);
	return shares;
}

function checkBounds(claims: readonly Claim[], amount: Fraction): void {
	if (compare(sum(claims.map(floorOf)), amount) > 0) throw new ApportionError('infeasible_bounds');
	const caps = claims.map((claim) => (isZero(claim.weight) ? floorOf(claim) : capOf(claim)));
	if (caps.every((cap) => cap !== null) && compare(sum(caps as Fraction[]), amount) < 0)
		throw new ApportionError('infeasible_bounds');
}
