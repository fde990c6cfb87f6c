/** The third tier of S5: clinics scored within their township, and its money shared among them. Worked out by hand. */
import { describe, expect, it } from 'vitest';
import { bing, jia, officeOver, type Row, townships, yi } from './county.ts';

const subject = (id: string, clinic: string, more: Row = {}): Row => ({
	...{ id, name: `${id}店`, domain: 'food_safety', township: jia, clinic, ...more }
});
const visit = (subject: string, clinic: string, day: string, more: Row = {}): Row => ({
	...{ id: `${subject}-${day}`, subject, township: jia, clinic, domain: 'food_safety', patrolled_on: day },
	...{ reported_on: day, ...more }
});
const mark = (township: string, clinic: string, points: number): Row => ({
	...{ township, clinic, period: '2025Q1', indicator: 'township_mark', points, by: '甲镇卫生院' }
});

const county = {
	township: townships({ [jia]: 30_000, [yi]: 10_000 }),
	clinic: [
		{ code: 'V1', name: '东村卫生室', township: jia },
		{ code: 'V2', name: '西村卫生室', township: jia },
		{ code: 'V3', name: '旧村卫生室', township: jia, ended_on: '2025-02-28' },
		// The same code as in 甲镇, and another clinic.
		{ code: 'V1', name: '南村卫生室', township: yi }
	],
	subject: [
		...[subject('a', 'V1'), subject('b', 'V1'), subject('c', '西村卫生室')],
		subject('d', '', { township: yi })
	],
	patrol: [
		// 东村: one of two premises; the record of the second visit comes on the seventh day.
		...[visit('a', 'V1', '2025-01-10'), visit('a', '东村卫生室', '2025-02-10', { reported_on: '2025-02-17' })],
		// 西村: its one premises, twice; a visit that names no clinic is its township's alone.
		...[visit('c', 'V2', '2025-03-01'), visit('c', 'V2', '2025-03-31')],
		visit('b', '', '2025-03-03')
	],
	clue: [
		{ id: 'k1', township: jia, clinic: 'V1', found_on: '2025-02-01', category: '食品安全', reported_on: '2025-02-03' },
		{ id: 'k2', township: jia, clinic: 'V1', found_on: '2025-02-05', category: '食品安全', reported_on: '2025-02-05' }
	],
	mark: [
		...[mark(jia, 'V1', 18), mark(jia, 'V2', 12), mark(yi, 'V1', 20)],
		...[
			{ ...mark(jia, '', 5), indicator: 'onsite' },
			{ ...mark(jia, 'V1', 9), indicator: 'onsite' }
		]
	]
};

describe('S5, the third tier (xiangxiang-clinics)', () => {
	const { scores, pays, paysClinics, sheet, whyPaid } = officeOver(county);

	it('scores a clinic by the rows that carry it, by code or by name, and ranks it within its township', async () => {
		const clinics = await scores('xiangxiang-clinics', '2025Q1');
		expect(Object.keys(clinics).sort()).toEqual([`${jia}-V1`, `${jia}-V2`, `${yi}-V1`]);
		// 东村: one of two premises 25; one of two records in time 10; two clues of which one came on the second day, −1: 9;
		// 18. Together 62.
		expect(clinics[`${jia}-V1`]).toMatchObject({
			...{ score: '62.0000', rank: 2, grade: 'qualified', provisional: false },
			points: { coverage: '25.0000', records: '10.0000', clues: '9.0000', township_mark: '18.0000' }
		});
		// 西村: 50 + 20; no clue came up 10; 12.
		expect(clinics[`${jia}-V2`]).toMatchObject({ score: '92.0000', rank: 1 });
		// 南村 in 乙镇 has no premises and no patrol, which leaves 10 of 10 and 20 of 20.
		expect(clinics[`${yi}-V1`]).toMatchObject({ score: '100.0000', rank: 1 });
	});

	it('does not count what was marked for a clinic as its township’s', async () => {
		const sheet = await scores('xinbei-2025', '2025Q1');
		expect([sheet[jia]?.points['onsite'], sheet[yi]?.points['onsite']]).toEqual(['5.0000', null]);
	});

	it('shares what each township gets among its clinics, by work × quality, and carries over the rest', async () => {
		const pool = '40000.00';
		const dues = await pays('xiangxiang-quarterly', 'xiangxiang', '2025Q1', pool);
		// 东村: (2 patrols + 2 clues × 2) × 0.62 = 3.72; 西村: 2 × 0.92 = 1.84; together 5.56. 南村 did nothing: what 乙镇 gets
		// is carried over, as is what 丙街道 gets, which has no clinic.
		const fen = (yuan: string | undefined): bigint => BigInt((yuan ?? '').replace('.', ''));
		const own = fen(dues.due[jia]);
		const [east, west] = [own * 372n, own * 184n];
		const left = own - east / 556n - west / 556n;
		const toEast = left === 1n && east % 556n >= west % 556n ? 1n : 0n;
		const clinics = await paysClinics('xiangxiang-clinics', 'xiangxiang-within', '2025Q1', pool);
		expect(fen(clinics.due[`${jia}-V1`])).toBe(east / 556n + toEast);
		expect(fen(clinics.due[`${jia}-V2`])).toBe(west / 556n + left - toEast);
		expect(clinics.due[`${yi}-V1`]).toBe('0.00');
		expect(fen(dues.due[bing])).toBeGreaterThan(0n);
		expect(fen(clinics.carriedOver)).toBe(fen(pool) - own);
	});

	it('shows the sheet of the clinics with their townships, balanced to the fen, and why each gets its amount', async () => {
		const asked = ['xiangxiang-clinics', 'xiangxiang-within', '2025Q1', '40000.00'] as const;
		const dues = await pays('xiangxiang-quarterly', 'xiangxiang', '2025Q1', '40000.00');
		const paid = await paysClinics(...asked);
		const { rows, reconciliation } = await sheet(...asked);
		expect(rows.map(({ code, township, name, due }) => [code, township, name, due])).toEqual([
			[`${jia}-V1`, '甲镇', '东村卫生室', paid.due[`${jia}-V1`]],
			[`${jia}-V2`, '甲镇', '西村卫生室', paid.due[`${jia}-V2`]],
			[`${yi}-V1`, '乙镇', '南村卫生室', '0.00']
		]);
		// 丙街道 has no clinic; what 乙镇 gets was there to share, and nobody had done anything for it.
		expect(reconciliation).toMatchObject({ balanced: true, unshared: dues.due[bing], carriedOver: paid.carriedOver });
		expect(reconciliation.accounts).toMatchObject([{ key: 'work', left: dues.due[yi] }]);
		const { reasons, within } = await whyPaid(...asked, `${jia}-V1`);
		expect(within).toEqual({ township: '甲镇', amount: dues.due[jia], clinics: 2 });
		// 3.72 of 5.56.
		expect(reasons.tranches).toMatchObject([{ amount: dues.due[jia], own: { percent: '66.91' } }]);
	});
});
