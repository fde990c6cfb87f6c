/** S3 enforcement-audit and S6 quantified, on counties of a few rows; every figure is worked out beside it. */
import { describe, expect, it } from 'vitest';
import { bing, officeOver, jia, type Row, townships, yi } from './county.ts';

describe('S3, audits in half-years (enforcement-audit)', () => {
	const audit = (township: string, id: string, held_on: string): Row => ({
		...{ id, township, type: 'supervision', held_on }
	});
	const sample = (township: string, id: string, checked_on: string, sampled: number, genuine: number): Row => ({
		...{ id, township, checked_on, sampled, genuine }
	});
	const loss = (township: string, id: string, period: string, on: string, minus: number): Row => ({
		...{ id, township, period, indicator: 'sheet', item: '文书', on, minus, reason: '缺项', by: '稽查科' }
	});
	const { scores } = officeOver({
		township: townships(),
		activity: [
			audit(jia, 'a1', '2025-03-10'),
			audit(bing, 'a2', '2025-06-30'),
			audit(jia, 'a3', '2025-09-01'),
			audit(yi, 'a4', '2025-09-01')
		],
		spot_check: [
			sample(jia, 's1', '2025-02-01', 20, 18),
			sample(jia, 's2', '2025-05-01', 10, 9),
			sample(yi, 's3', '2025-05-01', 10, 10),
			sample(jia, 's4', '2025-10-01', 10, 5),
			sample(yi, 's5', '2025-10-01', 10, 10)
		],
		deduction: [
			loss(jia, 'd1', '2025H1', '2025-06-01', 3.5),
			loss(jia, 'd2', '2025H1', '2025-06-02', 1.5),
			loss(bing, 'd3', '2025H1', '2025-06-01', 30),
			loss(bing, 'd4', '2025H1', '2025-06-02', 30),
			loss(jia, 'd5', '2025H2', '2025-12-01', 10)
		]
	});

	it('adds audits, what proved genuine, and the sheet', async () => {
		const half = await scores('enforcement-audit', '2025H1');
		// 甲: one audit 20; 18 + 9 of 20 + 10 genuine, 30 × 27/30 = 27; the sheet 50 − 3.5 − 1.5 = 45. Together 92.
		expect(half[jia]).toMatchObject({ score: '92.0000', rank: 1 });
		expect(half[jia]?.points).toEqual({ audits: '20.0000', genuine: '27.0000', sheet: '45.0000' });
		// 乙: no audit 0; 30 × 10/10; nothing taken off: 0 + 30 + 50.
		expect(half[yi]).toMatchObject({ score: '80.0000', rank: 2 });
		// 丙: an audit on the last day 20; nothing sampled: left out for now; 50 less 60 is 0. 20 × 100 / 70 = 28.5714.
		expect(half[bing]).toMatchObject({ score: '28.5714', grade: 'fail', provisional: true });
		expect(half[bing]?.points).toEqual({ audits: '20.0000', genuine: null, sheet: '0.0000' });
	});

	it('gives the year-end assessment the mean of the two halves', async () => {
		const year = await scores('enforcement-audit', '2025');
		// 甲 in the second half: 20 + 30 × 5/10 + (50 − 10) = 75; (92 + 75) / 2 = 83.5.
		expect(year[jia]).toMatchObject({ score: '83.5000', rank: 2, provisional: false });
		// 乙: 20 + 30 + 50 = 100; (80 + 100) / 2 = 90.
		expect(year[yi]).toMatchObject({ score: '90.0000', rank: 1 });
		// 丙: no audit, nothing sampled, nothing taken off: 50 × 100 / 70 = 71.4286; (28.5714 + 71.4286) / 2 = 50.
		expect(year[bing]).toMatchObject({ score: '50.0000', grade: 'fail', provisional: true });
	});
});

describe('S6, quantified assessment (quantified)', () => {
	const figure = (township: string, key: string, n: number, d: number): Row => ({
		...{ township, period: '2025Q1', key, n, d, source: '审批系统' }
	});
	const complaint = (township: string, id: string, due_on: string, closed_on: string): Row => ({
		...{ id, township, received_on: '2025-01-10', due_on, closed_on }
	});

	const { scores } = officeOver({
		township: townships(),
		figure: [
			figure(jia, 'permit_days', 100, 200),
			figure(jia, 'permit_on_time', 10, 10),
			figure(jia, 'hazard_declaration', 8, 10),
			figure(jia, 'grading_notices', 5, 5),
			figure(yi, 'permit_days', 150, 200),
			figure(yi, 'permit_on_time', 9, 10),
			figure(yi, 'hazard_declaration', 1, 1),
			figure(yi, 'grading_notices', 1, 4),
			figure(bing, 'permit_days', 220, 200),
			figure(bing, 'permit_on_time', 0, 2),
			figure(bing, 'hazard_declaration', 0, 0)
		],
		complaint: [
			complaint(jia, 'c1', '2025-02-01', '2025-02-01'),
			complaint(jia, 'c2', '2025-03-01', '2025-03-02'),
			complaint(jia, 'c3', '2025-04-01', ''),
			complaint(bing, 'c4', '2025-03-31', '')
		]
	});

	it('takes permits, declarations and notices from figures, and complaints from their register', async () => {
		const quarter = await scores('quantified', '2025Q1');
		// 甲: half of the days allowed is full 20; all permits in time 20; of two complaints due in the quarter one was
		// closed on its day and one a day late, 10; 20 × 8/10 = 16; 20. Together 86.
		expect(quarter[jia]?.points).toEqual({
			permit_days: '20.0000',
			permits_on_time: '20.0000',
			complaints: '10.0000',
			declarations: '16.0000',
			notices: '20.0000'
		});
		expect(quarter[jia]).toMatchObject({ score: '86.0000', rank: 1 });
		// 乙: three quarters of the days lie half-way between 0.5 and 1: 10; 20 × 9/10 = 18; no complaint; 20; 20 × 1/4 = 5.
		// 53 × 100 / 80 = 66.25.
		expect(quarter[yi]).toMatchObject({ score: '66.2500', rank: 2, provisional: false });
		expect(quarter[yi]?.points).toMatchObject({ permit_days: '10.0000', complaints: null });
		// 丙: more days than allowed 0; none in time 0; its complaint open 0; no employer to declare, left out; notices not
		// handed in, left out for now. 0 × 100 / 60.
		expect(quarter[bing]).toMatchObject({ score: '0.0000', grade: 'fail', provisional: true });
		expect(quarter[bing]?.points).toMatchObject({ permit_days: '0.0000', declarations: null, notices: null });
	});
});
