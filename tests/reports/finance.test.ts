import { describe, expect, it } from 'vitest';
import { fen } from '#lib/basis/fen.ts';
import { decimal } from '#lib/basis/fraction.ts';
import {
	parsePool,
	paymentOrder,
	paymentRows,
	planDifference,
	type PlannedTranche,
	type SharedPool,
	sortedPayments,
	totalsOf
} from '#lib/reports/finance.ts';
import { reconcile } from '#lib/reports/reconciliation.ts';
import { figure } from '#lib/reports/weighed-pool.ts';

describe('a pool as people write it', () => {
	it.each([
		['834660.00', 83_466_000n],
		['834660', 83_466_000n],
		['834,660', 83_466_000n],
		['834,660.5 元', 83_466_050n],
		['83.466 万元', 83_466_000n],
		['834.66万', 834_660_000n],
		['834.660001 万元', 834_660_001n],
		['1.10000000万', 1_100_000n],
		['８３４，６６０．００元', 83_466_000n],
		['￥1,000', 100_000n],
		[' 0 ', 0n],
		['834660 yuan', 83_466_000n],
		['10000000000000', 10n ** 15n]
	])('reads %s', (text, amount) => {
		expect(parsePool(text)).toBe(amount);
	});

	it.each([
		'',
		'很多',
		'-1',
		'1,00',
		'1.234',
		'1.0000001 万元',
		'1e6',
		'0x10',
		'12 百',
		'1.2.3',
		'.5',
		'10000000000000.01',
		'9'.repeat(400),
		'<b>1</b>',
		'NaN'
	])('refuses %j', (text) => {
		expect(parsePool(text)).toBeNull();
	});
});

const tranches: readonly PlannedTranche[] = [
	{ key: 'base', name: { zh: '基本' }, share: decimal('0.7'), withheldTo: null },
	{ key: 'performance', name: { zh: '绩效' }, share: decimal('0.29'), withheldTo: 'reward' },
	{ key: 'reward', name: { zh: '奖励' }, share: decimal('0.01'), withheldTo: null }
];

/** 1,000.00 yuan as worked out by hand in tests/allocation/withheld.test.ts. */
const shared: SharedPool = {
	pool: fen(100_000n),
	tranches: [
		{ key: 'base', amount: fen(70_000n) },
		{ key: 'performance', amount: fen(29_000n) },
		{ key: 'reward', amount: fen(5640n) }
	],
	payments: [
		{
			code: '1',
			name: '甲镇',
			due: fen(55_140n),
			byTranche: { base: fen(35_000n), performance: fen(14_500n), reward: fen(5640n) },
			withheld: { base: fen(0n), performance: fen(0n), reward: fen(0n) }
		},
		{
			code: '2',
			name: '乙镇',
			due: fen(27_960n),
			byTranche: { base: fen(21_000n), performance: fen(6960n) },
			withheld: { base: fen(0n), performance: fen(1740n) }
		},
		{
			code: '3',
			name: '丙镇',
			due: fen(16_900n),
			byTranche: { base: fen(14_000n), performance: fen(2900n) },
			withheld: { base: fen(0n), performance: fen(2900n) }
		}
	],
	carriedOver: fen(0n)
};

describe('the reconciliation', () => {
	it('accounts for every fen of each tranche', () => {
		const { accounts, ...sums } = reconcile(shared, tranches);
		expect(sums).toEqual({
			paid: '1000.00',
			unshared: '0.00',
			carriedOver: '0.00',
			pool: '1000.00',
			difference: '0.00',
			balanced: true
		});
		expect(accounts.map(({ own, received, paid, withheld, left }) => [own, received, paid, withheld, left])).toEqual([
			['700.00', '0.00', '700.00', '0.00', '0.00'],
			['290.00', '0.00', '243.60', '46.40', '0.00'],
			['10.00', '46.40', '56.40', '0.00', '0.00']
		]);
		expect(accounts.map(({ share, withheldTo }) => [share, withheldTo?.zh])).toEqual([
			['70', undefined],
			['29', '奖励'],
			['1', undefined]
		]);
	});

	it('finds a fen that is paid to nobody', () => {
		const [first, ...others] = shared.payments;
		const short = { ...shared, payments: [...(first ? [{ ...first, due: fen(55_139n) }] : []), ...others] };
		expect(reconcile(short, tranches)).toMatchObject({ balanced: false, difference: '0.01', paid: '999.99' });
	});

	it('finds a tranche that gives more than it has', () => {
		const poor = { ...shared, tranches: [{ key: 'base', amount: fen(69_999n) }, ...shared.tranches.slice(1)] };
		expect(reconcile(poor, tranches)).toMatchObject({ balanced: false });
	});

	it('finds a sum carried over that the payments do not leave', () => {
		expect(reconcile({ ...shared, carriedOver: fen(1n) }, tranches).balanced).toBe(false);
	});

	it('carries over what is withheld into no tranche and what nobody could be given', () => {
		const plain = tranches.map((tranche) => ({ ...tranche, withheldTo: null }));
		const amounts = [shared.tranches[0], shared.tranches[1], { key: 'reward', amount: fen(1000n) }];
		const payments = shared.payments.map((payment) => {
			const { reward = fen(0n), ...byTranche } = payment.byTranche;
			return { ...payment, due: fen(payment.due - reward), byTranche };
		});
		const carried = reconcile(
			{
				...shared,
				tranches: amounts.flatMap((one) => one ?? []),
				payments,
				carriedOver: fen(5640n)
			},
			plain
		);
		expect(carried).toMatchObject({ balanced: true, paid: '943.60', carriedOver: '56.40' });
		expect(carried.accounts.at(-1)?.left).toBe('10.00');
	});
});

describe('the payment sheet', () => {
	const results = new Map([
		['1', { township: null, score: '95.0000', grade: 'excellent', provisional: false }],
		['2', { township: null, score: null, grade: 'none', provisional: true }],
		['3', { township: null, score: '50.0000', grade: 'fail', provisional: false }]
	]);
	const other: SharedPool = {
		...shared,
		payments: shared.payments.map((payment, i) => ({
			...payment,
			due: fen([50_000n, 27_960n, 22_040n][i] ?? 0n)
		}))
	};
	const rows = paymentRows(shared, tranches, results, new Map([['3', fen(20_000n)]]), other);

	it('shows what has to be given back as a negative settlement, and sums it', () => {
		expect(rows.map(({ settlement }) => settlement)).toEqual(['551.40', '279.60', '-31.00']);
		expect(totalsOf(rows, tranches)).toEqual({
			amounts: ['700.00', '243.60', '56.40'],
			withheld: '46.40',
			due: '1000.00',
			advanced: '200.00',
			settlement: '800.00',
			payable: '831.00',
			recoverable: '31.00',
			difference: '0.00'
		});
	});

	it('tells a tranche of no part from one of nothing', () => {
		expect(rows.map(({ amounts }) => amounts.at(-1))).toEqual(['56.40', null, null]);
	});

	it('says how another plan differs', () => {
		expect(rows.map(({ difference }) => difference)).toEqual(['51.40', '0.00', '-51.40']);
		expect(planDifference(rows)).toEqual({
			more: 1,
			less: 1,
			same: 1,
			most: { name: '甲镇', difference: '51.40' }
		});
	});

	it('is ordered by amount, score or code; lines without a score come last', () => {
		const codes = (sort: string | null): string =>
			sortedPayments(rows, paymentOrder(sort))
				.map(({ code }) => code)
				.join('');
		expect(['-due', 'due', 'score', '-score', '-code', null, 'nonsense'].map(codes)).toEqual([
			'123',
			'321',
			'312',
			'132',
			'321',
			'123',
			'123'
		]);
	});
});

describe('a number of a weight', () => {
	it.each([
		['83920', '83920', true],
		['2355.1804', '2355.1804', true],
		['0.5', '0.5', true],
		['0.00001', '0', false],
		['100.00004', '100', false]
	])('%s is shown as %s', (value, text, exact) => {
		expect(figure(decimal(value))).toEqual({ text, exact });
	});
});
