/** R2 xuancheng-2013, and R7 yuhua-2020 upon it; every figure is worked out beside it. */
import { describe, expect, it } from 'vitest';
import { bing, officeOver, jia, type Row, townships, yi } from './county.ts';

const form = (township: string, covers: string, submitted_on: string, returned = ''): Row => ({
	...{ township, form: 'monthly', covers, submitted_on, returned }
});

describe('R2, forms due by the 25th of which a late one earns half (xuancheng-2013)', () => {
	const { scores, why } = officeOver({
		township: townships(),
		submission: [
			form(jia, '2025-01', '2025-01-25'),
			form(jia, '2025-02', '2025-02-24', '是'),
			form(jia, '2025-02', '2025-03-01'),
			form(jia, '2025-03', '2025-03-20', '是'),
			form(yi, '2025-01', '2025-01-20'),
			form(yi, '2025-02', '2025-02-20', '是'),
			form(yi, '2025-02', '2025-02-25'),
			form(yi, '2025-03', '2025-03-25'),
			form(bing, '2025-01', '2025-02-10'),
			form(bing, '2025-02', '2025-04-05'),
			form(bing, '2025-03', '2025-04-06')
		]
	});

	it('counts a returned form as not submitted', async () => {
		const quarter = await scores('xuancheng-2013', '2025Q1');
		// 甲: January's on the 25th itself 1; February's was returned and came again on 1 March, ½; March's was returned and
		// never came again, 0. 100 × 1.5 / 3 = 50.
		expect(quarter[jia]).toMatchObject({ score: '50.0000', grade: 'fail', rank: 2 });
		// 乙: February's was returned and came again on the 25th, in time: 3 of 3.
		expect(quarter[yi]).toMatchObject({ score: '100.0000', rank: 1 });
		// 丙: two late, the second on 5 April, the last day; March's a day after it is as good as none. 100 × 1 / 3.
		expect(quarter[bing]).toMatchObject({ score: '33.3333', rank: 3 });
		expect(await why('xuancheng-2013', '2025Q1', jia, 'forms')).toEqual({
			words: '报表报送：100 分 ×（1 + 迟报或逾期 1 × 0.5）/3 ÷ 目标 100.00%，最多 100 分，得 50.0000 分',
			counted: 1,
			missed: 2
		});
	});
});

describe('R7, four tiers of fixed amounts (yuhua-2020)', () => {
	const { scores, pays } = officeOver({
		township: townships({ [jia]: 20_000, [bing]: 20_000 }),
		submission: [
			...['2025-01', '2025-02', '2025-03'].map((covers) => form(yi, covers, `${covers}-25`)),
			...[jia, bing].flatMap((township) => [
				form(township, '2025-01', '2025-01-25'),
				form(township, '2025-02', '2025-03-01')
			])
		]
	});

	it('sum to the pool and are shared to the fen', async () => {
		const quarter = await scores('xuancheng-2013', '2025Q1');
		// 甲 and 丙: one in time, one late, one missing: 1.5 of 3. 乙: all.
		expect([jia, yi, bing].map((code) => quarter[code]?.score)).toEqual(['50.0000', '100.0000', '50.0000']);
		// The first tier by 20000, 10000 and 20000 people: 5007960 × 2/5 = 2003184, × 1/5 = 1001592.
		// The others by score × people, 1000000 for each, that is in thirds: 667728 / 3 = 222576;
		// 1068364 / 3 = 356121.33⅓, a fen over, to 甲; 1602548 / 3 = 534182.66⅔, two fen over, to 甲 and 乙.
		expect(await pays('xuancheng-2013', 'yuhua-2020', '2025Q1', '8346600')).toEqual({
			due: {
				[jia]: '3116064.01', // 2003184 + 222576 + 356121.34 + 534182.67
				[yi]: '2114472.00', // 1001592 + 222576 + 356121.33 + 534182.67
				[bing]: '3116063.99' // 2003184 + 222576 + 356121.33 + 534182.66
			},
			// 500.796 + 66.7728 + 106.8364 + 160.2548 = 834.66 (万元).
			tranches: { first: '5007960.00', second: '667728.00', third: '1068364.00', fourth: '1602548.00' },
			carriedOver: '0.00'
		});
	});

	it('are for no other pool', async () => {
		await expect(pays('xuancheng-2013', 'yuhua-2020', '2025Q1', '8346600.01')).rejects.toMatchObject({
			code: 'pool_not_amounts'
		});
	});
});
