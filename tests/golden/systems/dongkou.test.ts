/** S8 dongkou-halfyear and its plan, on a county of a few rows; every figure is worked out beside it. */
import { describe, expect, it } from 'vitest';
import { bing, officeOver, jia, type Row, townships, yi } from './county.ts';

const halves = ['2024H1', '2024H2', '2025H1', '2025H2'];
/** A day in the first and one in the second quarter of a half. */
const days: Readonly<Record<string, readonly [string, string]>> = {
	'2024H1': ['2024-02-10', '2024-05-10'],
	'2024H2': ['2024-08-10', '2024-11-10'],
	'2025H1': ['2025-02-10', '2025-05-10'],
	'2025H2': ['2025-08-10', '2025-11-10']
};
const visit = (township: string, day: string, reported_on: string): Row => ({
	...{ id: `${township}-${day}`, subject: `s${township}`, township, domain: 'food_safety' },
	...{ patrolled_on: day, reported_on }
});
const mark = (township: string, period: string, points: number): Row => ({
	...{ township, period, indicator: 'onsite', points, by: '考核组' }
});
const marksOfYi: Readonly<Record<string, number>> = { '2024H1': 0, '2024H2': 0, '2025H1': 5, '2025H2': 15 };

const { scores, pays } = officeOver({
	township: townships({ [jia]: 20_000 }),
	subject: [jia, yi, bing].map((township) => ({
		...{ id: `s${township}`, name: '供水站', domain: 'food_safety', township },
		filed_on: township === bing ? '' : '2020-01-01'
	})),
	// 甲 and 乙 visit their premises in every quarter, 乙 without ever reporting it; 丙 only once a half-year.
	patrol: halves.flatMap((half) => {
		const [first, second] = days[half] ?? ['', ''];
		const all = [first, second];
		return [
			...all.map((day) => visit(jia, day, day)),
			...all.map((day) => visit(yi, day, '')),
			visit(bing, first, first)
		];
	}),
	mark: halves.flatMap((half) => [mark(jia, half, 20), mark(yi, half, marksOfYi[half] ?? 0), mark(bing, half, 10)]),
	submission: ['01', '02', '03', '04', '05', '06'].map((month) => ({
		...{ township: jia, form: 'monthly', covers: `2025-${month}` },
		submitted_on: `2025-${month}-${month < '05' ? '19' : '20'}`
	}))
});

describe('S8, half-years, grades and two failing years (dongkou-halfyear)', () => {
	it('grades on the boundary itself', async () => {
		const first = await scores('dongkou-halfyear', '2025H1');
		// 甲: 20 + both visits 40 + 10 + of 8 forms two late and two missing, 10 − 2 × 0.5 − 2 × 1.25 = 6.5 + 20 = 96.5.
		expect(first[jia]).toMatchObject({ score: '96.5000', grade: 'excellent' });
		expect(first[jia]?.points).toMatchObject({ patrols: '40.0000', forms: '6.5000' });
		// 乙: 20 + 40 + no record 0 + no form, 10 − 8 × 1.25 = 0, + 5 = 65, which is basic.
		expect(first[yi]).toMatchObject({ score: '65.0000', grade: 'basic' });
		// 丙: no file 0 + one of two visits 20 + 10 + 0 + 10 = 40.
		expect(first[bing]).toMatchObject({ score: '40.0000', grade: 'fail' });
		const second = await scores('dongkou-halfyear', '2025H2');
		// 甲 without any form: 20 + 40 + 10 + 0 + 20 = 90, which is excellent. 乙 with a mark of 15: 75, which is qualified.
		expect(second[jia]).toMatchObject({ score: '90.0000', grade: 'excellent' });
		expect(second[yi]).toMatchObject({ score: '75.0000', grade: 'qualified' });
	});

	it('flags who failed in two years running, and nobody else', async () => {
		const before = await scores('dongkou-halfyear', '2024');
		// 乙 in 2024: 20 + 40 + 0 + 0 + 0 = 60 in both halves: fail. 丙: 40. Nothing is known of 2023, so no flag.
		expect(before[yi]).toMatchObject({ score: '60.0000', grade: 'fail', flags: [] });
		expect(before[bing]).toMatchObject({ score: '40.0000', grade: 'fail', flags: [] });
		const year = await scores('dongkou-halfyear', '2025');
		// 甲 (96.5 + 90) / 2; 乙 (65 + 75) / 2, basic after a failing year; 丙 40 again.
		expect(year[jia]).toMatchObject({ score: '93.2500', grade: 'excellent', flags: [] });
		expect(year[yi]).toMatchObject({ score: '70.0000', grade: 'basic', flags: [] });
		expect(year[bing]).toMatchObject({ score: '40.0000', grade: 'fail', flags: ['two_failing_years'] });
	});

	it('pays 70 % whatever the score, and what basic and fail lose to the reward fund', async () => {
		// Of 1000000: 693000 by 20000, 10000 and 10000 people: 346500, 173250, 173250.
		// 297000 likewise: 148500, 74250, 74250; 乙 (basic) loses 20 %, 14850; 丙 (fail) loses 50 %, 37125.
		// The reward fund, 10000 + 14850 + 37125 = 61975, goes to the better two grades, that is to 甲.
		expect(await pays('dongkou-halfyear', 'dongkou', '2025', '1000000')).toEqual({
			due: {
				[jia]: '556975.00', // 346500 + 148500 + 61975
				[yi]: '232650.00', // 173250 + 59400
				[bing]: '210375.00' // 173250 + 37125
			},
			tranches: { advance: '693000.00', performance: '297000.00', reward: '61975.00' },
			carriedOver: '0.00'
		});
	});
});
