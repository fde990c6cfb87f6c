import { describe, expect, it } from 'vitest';
import { allocate, factorOf, type PaidUnit, qualityCoefficient } from '#lib/allocation/allocate.ts';
import type { Plan, Tranche } from '#lib/allocation/plan.ts';
import { fen } from '#lib/basis/fen.ts';
import { decimal, whole } from '#lib/basis/fraction.ts';
import { type PaymentReasons, reasonsOf } from '#lib/reports/payment-reasons.ts';

const unit = (code: string, population: number, score: string, workload: number): PaidUnit => ({
	code,
	name: `${code}镇`,
	population: BigInt(population),
	score: decimal(score),
	grade: 'qualified',
	workload: whole(workload),
	awarded: {}
});
const units = [unit('1', 100, '90', 10), unit('2', 300, '80', 20), unit('3', 600, '85', 60)];

const tranche = (more: Partial<Tranche>): Tranche => ({
	key: 'all',
	name: { zh: '全部' },
	share: whole(1),
	amount: null,
	weight: ['population'],
	keep: {},
	withheldTo: null,
	only: null,
	bounds: null,
	...more
});

const full = whole(100);

/** The reasons of each township's part of 1,000.00 yuan. */
function reasons(tranches: readonly Tranche[], step = 1n, paid: readonly PaidUnit[] = units): PaymentReasons[] {
	const plan: Plan = {
		id: 'by-hand',
		unitOf: 'township',
		of: null,
		version: '1',
		name: { zh: '手算' },
		unit: step,
		tranches,
		gradeFactors: {},
		points: { threshold: null, decimals: 4 },
		tables: { hills: { '1': whole(2), '2': whole(4) } }
	};
	const facts = {
		shared: allocate(plan, paid, fen(100_000n), full),
		tranches,
		step,
		units: paid,
		factorOf: (name: string, one: PaidUnit) => factorOf(name, one, plan, full),
		coefficientOf: ({ score }: PaidUnit) => qualityCoefficient(plan.points, score, full)
	};
	return paid.flatMap(({ code }) => reasonsOf(facts, code) ?? []);
}

const wayOf = (all: readonly PaymentReasons[]): unknown[] =>
	all.map(({ tranches: [only] }) => [only?.own?.by, only?.own?.before]);

describe('why a township gets what it gets', () => {
	it('is its part of all weights, exactly or rounded to the smallest step', () => {
		expect(wayOf(reasons([tranche({})]))).toEqual([
			['exact', '100.00'],
			['exact', '300.00'],
			['exact', '600.00']
		]);
		// 80 + 90 + 85 points are 255 in all: 352.94…, 313.72…, 333.33….
		expect(wayOf(reasons([tranche({ weight: ['score'] })], 100n))).toEqual([
			['rounded', '353.00'],
			['rounded', '314.00'],
			['rounded', '333.00']
		]);
	});

	it('is the floor or the cap where the weight would go beyond, and the others share the rest', () => {
		const bounds = { floor: fen(15_000n), cap: fen(50_000n) };
		expect(wayOf(reasons([tranche({ bounds })]))).toEqual([
			['floor', '150.00'],
			['shifted', '350.00'],
			['cap', '500.00']
		]);
	});

	it('is nothing where all weights are zero', () => {
		expect(wayOf(reasons([tranche({ weight: ['grade'] })]))).toEqual(Array(3).fill(['none', '0.00']));
	});

	it('is set beside the mean of all townships', () => {
		const [first] = reasons([tranche({ weight: ['points'] })]);
		// 10 × 0.90 = 9 of 9 + 16 + 51 = 76: 118.42 of 1,000.00; the mean is 333.33.
		expect(first).toMatchObject({ due: '118.42', mean: '333.33', apart: '214.91', side: -1 });
		expect(first?.beside).toEqual([
			{ name: 'points', own: '9', mean: '25.3333', percent: '35.5', side: -1, weighs: true },
			{ name: 'workload', own: '10', mean: '30', percent: '33.3', side: -1, weighs: false },
			{ name: 'score', own: '90.00', mean: '85.00', percent: '105.9', side: 1, weighs: false },
			{ name: 'per_head', own: '1.18', mean: '1.00', percent: '118.4', side: 1, weighs: false }
		]);
		expect(first?.tranches[0]?.own?.factors[0]).toEqual({
			name: 'points',
			value: { text: '9', exact: true },
			corrected: { workload: { text: '10', exact: true }, coefficient: { text: '0.9', exact: true } }
		});
	});

	it('compares a factor of the plan’s own only among those whom it weighs', () => {
		const graded = units.map((one, i) => (i < 2 ? one : { ...one, grade: 'fail' }));
		const hills = tranche({ key: 'hills', share: decimal('0.5'), weight: ['hills'], only: ['qualified'] });
		const [one, , last] = reasons([tranche({ share: decimal('0.5') }), hills], 1n, graded);
		expect(one?.beside.find(({ name }) => name === 'hills')).toMatchObject({ own: '2', mean: '3', side: -1 });
		expect(last?.beside.some(({ name }) => name === 'hills')).toBe(false);
		expect(last?.tranches[1]?.own).toBeNull();
	});
});
