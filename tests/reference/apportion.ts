/**
 * Sharing a whole number of fen by weights: largest remainder, with or without
 * a floor and a cap for each (section 5 of design/rules.md).
 */
import type { Fraction } from './exact.ts';
import { add, compare, divide, floor, fraction, larger, multiply, smaller, subtract, sum, ZERO } from './exact.ts';

/** One who shares: `floor` and `cap` in fen, multiples of the unit; no cap: null. */
export interface Claim {
	readonly key: string;
	readonly weight: Fraction;
	readonly floor?: bigint;
	readonly cap?: bigint | null;
}

/**
 * What each claim gets of `amount` fen, in steps of `unit` fen, by key. Fen
 * that make up less than a unit are given to nobody. Throws an Error whose
 * message is `negative_weight`, `no_weight` or `infeasible_bounds`.
 */
export function apportion(amount: bigint, claims: readonly Claim[], unit: bigint): Map<string, bigint> {
	if (amount < 0n || claims.some(({ weight }) => compare(weight, ZERO) < 0)) {
		throw new Error('negative_weight');
	}
	if (!claims.some(({ weight }) => compare(weight, ZERO) > 0)) throw new Error('no_weight');
	const shares = continuousShares(amount, claims);

	const given = new Map<string, bigint>();
	const open: { key: string; remainder: Fraction }[] = [];
	let left = amount / unit;
	for (const claim of claims) {
		const share = shares.get(claim.key) ?? ZERO;
		const units = floor(divide(share, fraction(unit)));
		given.set(claim.key, units * unit);
		left -= units;
		open.push({ key: claim.key, remainder: subtract(share, fraction(units * unit)) });
	}
	// A bound is a multiple of the unit, so who is at one has no remainder; and
	// there are always more positive remainders than units left.
	open
		.filter(({ remainder }) => compare(remainder, ZERO) > 0)
		.sort((a, b) => compare(b.remainder, a.remainder) || (a.key < b.key ? -1 : 1))
		.slice(0, Number(left))
		.forEach(({ key }) => given.set(key, (given.get(key) ?? 0n) + unit));
	return given;
}

/** x(λ) = clamp(λ·weight, floor, cap) for the λ at which they sum to the amount. */
function continuousShares(amount: bigint, claims: readonly Claim[]): Map<string, Fraction> {
	const at = (lambda: Fraction): Fraction[] =>
		claims.map((claim) => {
			const least = fraction(claim.floor ?? 0n);
			const wanted = multiply(lambda, claim.weight);
			if (compare(claim.weight, ZERO) === 0) return least;
			const capped = claim.cap == null ? wanted : smaller(wanted, fraction(claim.cap));
			return larger(least, capped);
		});
	const total = (lambda: Fraction): Fraction => sum(at(lambda));

	const goal = fraction(amount);
	const breaks = claims
		.filter(({ weight }) => compare(weight, ZERO) > 0)
		.flatMap(({ weight, floor: least = 0n, cap }) =>
			[least, ...(cap == null ? [] : [cap])].map((bound) => divide(fraction(bound), weight))
		)
		.sort(compare);
	if (compare(total(ZERO), goal) > 0) throw new Error('infeasible_bounds');
	// The sum rises with λ, in a straight line between two neighbouring breaks.
	let [from, lambda]: [Fraction, Fraction | null] = [ZERO, null];
	for (const to of breaks) {
		if (compare(total(to), goal) >= 0) {
			lambda = between(from, to, total(from), total(to), goal);
			break;
		}
		from = to;
	}
	if (!lambda) {
		const beyond = add(from, fraction(1n));
		if (compare(total(from), total(beyond)) === 0) throw new Error('infeasible_bounds');
		lambda = between(from, beyond, total(from), total(beyond), goal);
	}
	const shares = at(lambda);
	if (compare(sum(shares), goal) !== 0) throw new Error('the shares do not sum to the amount');
	return new Map(claims.map((claim, index) => [claim.key, shares[index] ?? ZERO]));
}

/** The point of the line through (from, low) and (to, high) that lies at `goal`. */
function between(from: Fraction, to: Fraction, low: Fraction, high: Fraction, goal: Fraction): Fraction {
	if (compare(low, high) === 0) return from;
	const portion = divide(subtract(goal, low), subtract(high, low));
	return add(from, multiply(portion, subtract(to, from)));
}
