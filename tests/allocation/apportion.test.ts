import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apportion, ApportionError, type Claim } from '#lib/allocation/apportion.ts';
import { compare, fraction, type Fraction, multiply, subtract, sum, whole } from '#lib/basis/fraction.ts';
import { full, hasShared, shared } from '../support/kaoji.ts';

const cases = full ? 20_000 : 5_000;

interface KnownAnswers {
	readonly cases: readonly {
		readonly amount: number;
		readonly weights: readonly number[];
		readonly shares: readonly number[];
	}[];
	readonly errors: readonly { readonly amount: number; readonly weights: readonly number[]; readonly error: string }[];
	readonly exactSum: { readonly tiers: readonly number[]; readonly sum: number };
}

const claimsOf = (weights: readonly number[]): Claim[] =>
	weights.map((weight, i) => ({ key: String(i).padStart(4, '0'), weight: whole(weight) }));

describe.skipIf(!hasShared('vectors/apportion.json'))('known answers of apportioning', () => {
	const known = JSON.parse(readFileSync(join(shared, 'vectors/apportion.json'), 'utf8')) as KnownAnswers;

	it.each(known.cases)('shares $amount by $weights', ({ amount, weights, shares }) => {
		expect([...apportion(BigInt(amount), claimsOf(weights)).values()].map(Number)).toEqual(shares);
	});

	it.each(known.errors)('refuses $weights with $error', ({ amount, weights, error }) => {
		expect(() => apportion(BigInt(amount), claimsOf(weights))).toThrow(error);
	});

	it('sums four fixed tiers exactly', () => {
		const { tiers, sum: total } = known.exactSum;
		const shares = apportion(BigInt(total), claimsOf(tiers));
		expect([...shares.values()].map(Number)).toEqual(tiers);
	});
});

const weight = fc.oneof(
	fc.constant(whole(0)),
	fc.nat(1_000_000).map(whole),
	fc.tuple(fc.bigInt(0n, 10n ** 20n), fc.bigInt(1n, 10n ** 6n)).map(([n, d]) => fraction(n, d))
);
const unit = fc.constantFrom(1n, 100n, 10_000n);
const amount = fc.oneof(fc.bigInt(0n, 1000n), fc.bigInt(0n, 10n ** 18n));
const plain = fc.record({
	amount,
	unit,
	weights: fc.array(weight, { minLength: 1, maxLength: 12 }).filter((weights) => weights.some(({ n }) => n > 0n))
});

const named = (weights: readonly Fraction[]): Claim[] =>
	weights.map((one, i) => ({ key: `T${String(i).padStart(3, '0')}`, weight: one }));
const total = (shares: ReadonlyMap<string, bigint>): bigint => [...shares.values()].reduce((a, b) => a + b, 0n);

describe('apportioning', () => {
	it('gives whole units that sum to the amount, but for less than one unit', () => {
		fc.assert(
			fc.property(plain, ({ amount, unit, weights }) => {
				const shares = apportion(amount, named(weights), unit);
				expect(total(shares)).toBe(amount - (amount % unit));
				for (const share of shares.values()) expect(share % unit).toBe(0n);
			}),
			{ numRuns: cases }
		);
	});

	it('does not depend on the order of rows', () => {
		fc.assert(
			fc.property(plain, fc.nat(), ({ amount, unit, weights }, turn) => {
				const claims = named(weights);
				const turned = [...claims.slice(turn % claims.length), ...claims.slice(0, turn % claims.length)].reverse();
				expect(apportion(amount, turned, unit)).toEqual(apportion(amount, claims, unit));
			}),
			{ numRuns: cases }
		);
	});

	it('never gives a larger weight less, and stays within one unit of the exact share', () => {
		fc.assert(
			fc.property(plain, ({ amount, unit, weights }) => {
				const claims = named(weights);
				const shares = apportion(amount, claims, unit);
				const all = sum(weights);
				for (const a of claims) {
					const exact = multiply(whole(amount), fraction(a.weight.n * all.d, a.weight.d * all.n));
					const off = subtract(whole(shares.get(a.key) ?? 0n), exact);
					expect(compare({ n: off.n < 0n ? -off.n : off.n, d: off.d }, whole(unit))).toBe(-1);
					for (const b of claims)
						if (compare(a.weight, b.weight) > 0)
							expect((shares.get(a.key) ?? 0n) >= (shares.get(b.key) ?? 0n)).toBe(true);
				}
			}),
			{ numRuns: cases }
		);
	});

	const bounded = fc
		.record({
			unit,
			claims: fc.array(fc.record({ weight, low: fc.nat(50), room: fc.option(fc.nat(80)) }), {
				minLength: 1,
				maxLength: 8
			}),
			amount: fc.bigInt(0n, 600n),
			odd: fc.nat(99)
		})
		.map(({ unit, claims, amount, odd }) => ({
			unit,
			amount: amount * unit + BigInt(odd) * (unit / 100n),
			claims: claims.map(({ weight, low, room }, i): Claim => ({
				key: `T${i}`,
				weight,
				floor: BigInt(low) * unit,
				cap: room === null ? null : BigInt(low + room) * unit
			}))
		}))
		.filter(({ claims }) => claims.some(({ weight }) => weight.n > 0n));

	it('respects bounds, or says that they cannot be met, which a count of floors and caps confirms', () => {
		fc.assert(
			fc.property(bounded, ({ amount, unit, claims }) => {
				const floors = claims.reduce((a, { floor }) => a + (floor ?? 0n), 0n);
				const caps = claims.reduce<bigint | null>((a, { cap, weight, floor }) => {
					const most = weight.n === 0n ? (floor ?? 0n) : (cap ?? null);
					return a === null || most === null ? null : a + most;
				}, 0n);
				const feasible = floors <= amount && (caps === null || caps >= amount);
				if (!feasible) {
					expect(() => apportion(amount, claims, unit)).toThrow(new ApportionError('infeasible_bounds'));
					return;
				}
				const shares = apportion(amount, claims, unit);
				expect(total(shares) <= amount && amount - total(shares) < unit).toBe(true);
				for (const { key, floor, cap, weight } of claims) {
					const share = shares.get(key) ?? 0n;
					expect(share >= (floor ?? 0n)).toBe(true);
					if (cap != null) expect(share <= cap).toBe(true);
					if (weight.n === 0n) expect(share).toBe(floor ?? 0n);
				}
			}),
			{ numRuns: cases }
		);
	});

	it('names its errors', () => {
		expect(() => apportion(-1n, claimsOf([1]))).toThrow(new ApportionError('negative_amount'));
		expect(() => apportion(1n, [])).toThrow(new ApportionError('no_weight'));
		expect(() => apportion(1n, claimsOf([2, -1]))).toThrow(new ApportionError('negative_weight', '0001'));
	});
});
