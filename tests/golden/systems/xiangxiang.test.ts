/** S5 xiangxiang-quarterly and its plan, on a county of a few rows; every figure is worked out beside it. */
import { describe, expect, it } from 'vitest';
import { bing, officeOver, jia, type Row, times, townships, yi } from './county.ts';

const visit = (township: string, subject: string, day: string): Row => ({
	...{ id: `${subject}-${day}`, subject, township, domain: 'food_safety', patrolled_on: day, reported_on: day }
});
const work = (township: string, type: string, held_on: string): Row => ({
	...{ id: `${type}-${held_on}`, township, type, held_on }
});
const form = (covers: string, submitted_on: string): Row => ({
	...{ township: jia, form: covers.includes('Q') ? 'quarterly' : 'monthly', covers, submitted_on }
});
const quarterForms = (quarter: number): Row[] => [
	...times(3, (i) => {
		const month = `2025-${String(quarter * 3 - 2 + i).padStart(2, '0')}`;
		return form(month, `${month}-19`);
	}),
	form(`2025Q${quarter}`, `2025-${String(quarter * 3).padStart(2, '0')}-30`)
];

const { scores, pays } = officeOver({
	township: townships({ [jia]: 20_000 }, { [bing]: { min_staff: 3 } }),
	subject: [
		{ id: 'a', name: '一店', domain: 'food_safety', township: jia },
		{ id: 'b', name: '二店', domain: 'food_safety', township: jia },
		{ id: 'c', name: '三店', domain: 'food_safety', township: yi }
	],
	patrol: [
		...[visit(jia, 'a', '2025-01-10'), visit(jia, 'b', '2025-03-31'), visit(jia, 'a', '2025-05-10')],
		...[visit(jia, 'a', '2025-11-10'), visit(jia, 'b', '2025-11-10')],
		...[visit(yi, 'c', '2025-02-10'), visit(yi, 'c', '2025-06-10'), visit(yi, 'c', '2025-12-10')]
	],
	submission: [
		form('2025-01', '2025-01-19'),
		form('2025-02', '2025-02-20'),
		form('2025Q1', '2025-03-31'),
		...quarterForms(2),
		...quarterForms(4)
	],
	activity: [
		...[work(jia, 'training', '2025-02-10'), work(jia, 'training', '2025-11-20')],
		...[work(jia, 'supervision', '2025-12-01'), work(jia, 'supervision', '2025-12-02')],
		work(yi, 'training', '2025-07-01')
	],
	staff: [
		...[jia, bing].flatMap((township) => times(2, (i) => ({ id: `s${i}`, township, role: 'coordinator' }))),
		{ id: 's0', township: yi, role: 'coordinator' }
	]
});

describe('S5, quarters with training and audit twice a year (xiangxiang-quarterly)', () => {
	it('asks for no training and no audit in the first quarter', async () => {
		const quarter = await scores('xiangxiang-quarterly', '2025Q1');
		// 甲: both premises visited 50; of 4 forms February's came on the 20th, −1, and March's never, −2.5: 6.5; nothing asked
		// for yet: 15 and 15; two coordinators 10. Together 96.5.
		expect(quarter[jia]?.points).toEqual({
			...{ coverage: '50.0000', forms: '6.5000', training: '15.0000', audit: '15.0000', staff: '10.0000' }
		});
		expect(quarter[jia]).toMatchObject({ score: '96.5000', rank: 1 });
		// 乙: 50; none of 4 forms, 10 − 4 × 2.5 = 0; 15; 15; one of two coordinators 5.
		expect(quarter[yi]).toMatchObject({ score: '85.0000', rank: 2 });
		// 丙 has no premises: 0 + 15 + 15 + 10 × 2/3, as its register asks for three: 36.6667 × 100 / 50.
		expect(quarter[bing]).toMatchObject({ score: '73.3334', rank: 3 });
		// The plan: 96.5 × 20000 = 1930000, 85 × 10000 = 850000, 73.3334 × 10000 = 733334: together 3513334, so that a pool of
		// 35133.34 gives a fen for each.
		expect(await pays('xiangxiang-quarterly', 'xiangxiang', '2025Q1', '35133.34')).toEqual({
			due: { [jia]: '19300.00', [yi]: '8500.00', [bing]: '7333.34' },
			tranches: { result: '35133.34' },
			carriedOver: '0.00'
		});
	});

	it('asks for one of each by the end of June, whenever it was', async () => {
		const quarter = await scores('xiangxiang-quarterly', '2025Q2');
		// 甲: one of two premises 25; all four forms 10; trained in February 15; no audit yet 0; 10. Together 60, which passes.
		expect(quarter[jia]).toMatchObject({ score: '60.0000', grade: 'qualified' });
		expect(quarter[jia]?.points).toMatchObject({ training: '15.0000', audit: '0.0000' });
		// 乙: 50 + 0 + 0 + 0 + 5.
		expect(quarter[yi]).toMatchObject({ score: '55.0000', grade: 'fail' });
	});

	it('asks for two of each by the end of December, and lets one that was late make up for it', async () => {
		const quarter = await scores('xiangxiang-quarterly', '2025Q4');
		// 甲: 50 + 10 + two trainings 15 + two audits, both in December 15 + 10.
		expect(quarter[jia]).toMatchObject({ score: '100.0000' });
		// 乙: 50 + 0 + one of two trainings 7.5 + 0 + 5.
		expect(quarter[yi]).toMatchObject({ score: '62.5000' });
		expect(quarter[yi]?.points).toMatchObject({ training: '7.5000', audit: '0.0000' });
	});
});
