import { describe, expect, it } from 'vitest';
import { allocate, type PaidUnit } from '#lib/allocation/allocate.ts';
import type { Plan, Tranche } from '#lib/allocation/plan.ts';
import { fen } from '#lib/basis/fen.ts';
import { decimal, whole, zero } from '#lib/basis/fraction.ts';

/** Three townships of 500, 300 and 200 people: an excellent, a basic and a failing one. */
const units: readonly PaidUnit[] = [
	{ code: '1', name: '甲镇', population: 500n, score: whole(95), grade: 'excellent', workload: zero, awarded: {} },
	{ code: '2', name: '乙镇', population: 300n, score: whole(70), grade: 'basic', workload: zero, awarded: {} },
	{ code: '3', name: '丙镇', population: 200n, score: whole(50), grade: 'fail', workload: zero, awarded: {} }
];

const tranche = (key: string, share: string, more: Partial<Tranche> = {}): Tranche => ({
	key,
	name: { zh: key },
	share: decimal(share),
	amount: null,
	weight: ['population'],
	keep: {},
	withheldTo: null,
	only: null,
	bounds: null,
	...more
});

const keep = { basic: decimal('0.8'), fail: decimal('0.5') };
const planOf = (tranches: readonly Tranche[], unit = 1n): Plan => ({
	id: 'by-hand',
	unitOf: 'township',
	of: null,
	version: '1',
	name: { zh: '手算' },
	unit,
	tranches,
	gradeFactors: {},
	points: { threshold: null, decimals: null },
	tables: {}
});

const thousandYuan = fen(100_000n);

describe('what a grade does not keep', () => {
	it('is said for each township and tranche, and shared again where the plan says so', () => {
		const plan = planOf([
			tranche('base', '0.7'),
			tranche('performance', '0.29', { keep, withheldTo: 'reward' }),
			tranche('reward', '0.01', { only: ['excellent'] })
		]);
		const { payments, tranches, carriedOver } = allocate(plan, units, thousandYuan, whole(100));
		// 290.00 by people: 145.00, 87.00, 58.00. 乙 keeps 80 %, 69.60; 丙 keeps half, 29.00.
		expect(payments.map(({ withheld }) => withheld)).toEqual([
			{ base: 0n, performance: 0n, reward: 0n },
			{ base: 0n, performance: 1740n },
			{ base: 0n, performance: 2900n }
		]);
		expect(payments.map(({ byTranche }) => byTranche['performance'])).toEqual([14_500n, 6960n, 2900n]);
		// The reward is 10.00 of its own and 46.40 withheld, all for 甲.
		expect(tranches.at(-1)).toEqual({ key: 'reward', amount: 5640n });
		expect(payments.map(({ due }) => due)).toEqual([55_140n, 27_960n, 16_900n]);
		expect(carriedOver).toBe(0n);
	});

	it('includes what is lost to the smallest step', () => {
		const plan = planOf([tranche('all', '1', { keep: { basic: decimal('0.75'), fail: zero } })], 10_000n);
		const { payments, carriedOver } = allocate(plan, units, thousandYuan, whole(100));
		// 300 yuan × 0.75 = 225, in steps of 100 yuan 200; nothing is left of the 200 of the failing one.
		expect(payments.map(({ due, withheld }) => [due, withheld['all']])).toEqual([
			[50_000n, 0n],
			[20_000n, 10_000n],
			[0n, 20_000n]
		]);
		expect(carriedOver).toBe(30_000n);
	});
});
