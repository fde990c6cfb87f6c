/** S4 xinbei-2025 and its plan, on a county of a few rows; every figure is worked out beside it. */
import { describe, expect, it } from 'vitest';
import { bing, officeOver, jia, type Row, townships, yi } from './county.ts';

const subject = (township: string, id: string, domain: string): Row => ({
	...{ id, name: `单位${id}`, domain, township, filed_on: '2024-01-05' }
});
const visit = (township: string, id: string, subject: string, domain: string, day: string): Row => ({
	...{ id, subject, township, domain, patrolled_on: day, reported_on: day, problems: 0 }
});
const coordinator = (township: string, id: string): Row => ({ ...{ id, township, role: 'coordinator' } });
const mark = (township: string, period: string, points: number): Row => ({
	...{ township, period, indicator: 'onsite', points, by: '考核组' }
});

const { scores, pays } = officeOver({
	township: townships({}, { [jia]: { min_staff: 3 } }),
	subject: [subject(jia, 'f', 'food_safety'), subject(jia, 'w', 'drinking_water'), subject(yi, 'y', 'food_safety')],
	patrol: [
		visit(jia, 'v1', 'f', 'food_safety', '2025-01-10'),
		visit(jia, 'v2', 'w', 'drinking_water', '2025-02-10'),
		visit(jia, 'v3', 'w', 'drinking_water', '2025-03-10'),
		...['02', '05', '08', '11'].map((month) => visit(yi, `y${month}`, 'y', 'food_safety', `2025-${month}-10`))
	],
	staff: [coordinator(jia, 'j1'), coordinator(jia, 'j2'), coordinator(yi, 'y1'), coordinator(yi, 'y2')],
	activity: [{ id: 't1', township: bing, type: 'training', held_on: '2025-02-20' }],
	mark: [mark(jia, '2025Q1', 8), ...['Q1', 'Q2', 'Q3', 'Q4'].map((quarter) => mark(yi, `2025${quarter}`, 10))],
	spot_check: [{ id: 's1', township: yi, checked_on: '2025-05-20', sampled: 10, genuine: 4 }]
});

describe('S4, quarters of which the mean with the work decides the money (xinbei-2025)', () => {
	it('scores a quarter', async () => {
		const quarter = await scores('xinbei-2025', '2025Q1');
		// 甲: filing 10; both premises visited 20; water asks for 3 visits and had 2, so 3 of 4 visits: 7.5; records 10; no
		// problem to put right, left out; none of 4 forms: 10 − 4 × 2.5 = 0; no clues 10; 2 of 3 coordinators: 3.3333; no
		// training 0; on site 8. Together 68.8333, × 100 / 90 = 76.4814.
		expect(quarter[jia]).toMatchObject({ score: '76.4814', grade: 'qualified', provisional: false });
		expect(quarter[jia]?.points).toEqual({
			filing: '10.0000',
			coverage: '20.0000',
			frequency: '7.5000',
			records: '10.0000',
			rectified: null,
			forms: '0.0000',
			clues: '10.0000',
			staffing: '3.3333',
			training: '0.0000',
			onsite: '8.0000',
			valuable_clues: '0.0000'
		});
		// 乙: 10 + 20 + 10 + 10 + 0 + 10 + 5 + 0 + 10 = 75 of 90.
		expect(quarter[yi]).toMatchObject({ score: '83.3333', grade: 'qualified' });
		// 丙 has no premises and no mark yet: clues 10 and training 5 of 10 + 10 + 5 + 5.
		expect(quarter[bing]).toMatchObject({ score: '50.0000', grade: 'fail', provisional: true });
	});

	it('fails a quarter with falsified records and leaves its score', async () => {
		// 乙: 6 of 10 sampled records were not genuine, and 5 are enough.
		expect((await scores('xinbei-2025', '2025Q2'))[yi]).toMatchObject({
			...{ score: '83.3333', grade: 'fail', vetoes: ['falsified'] }
		});
	});

	it('means the four quarters, and pays half by people and half by work × quality', async () => {
		const year = await scores('xinbei-2025', '2025');
		// 甲 after the first quarter: 10 + 0 + 0 + 0 + 10 + 3.3333 + 0 of 70, as there are no records and no mark: 33.3333.
		// (76.4814 + 3 × 33.3333) / 4 = 44.1203.
		expect(year[jia]).toMatchObject({ score: '44.1203', provisional: true });
		expect(year[yi]).toMatchObject({ score: '83.3333', grade: 'qualified', provisional: false });
		// 丙 after the first: 10 of 30; (50 + 3 × 33.3333) / 4 = 37.499975.
		expect(year[bing]).toMatchObject({ score: '37.5000' });
		// Half of 130636.00 by people, alike: 65318 / 3 = 21772.66 and two fen over, to the first two by code.
		// Half by points: 甲 3 patrols × 0.4412 = 1.3236, 乙 4 × 0.8333 = 3.3332, 丙 a training, 5 × 0.3750 = 1.875; together
		// 6.5318, so that 65318.00 gives 10000.00 for each point: 13236.00, 33332.00 and 18750.00.
		expect(await pays('xinbei-2025', 'xinbei', '2025', '130636')).toEqual({
			due: { [jia]: '35008.67', [yi]: '55104.67', [bing]: '40522.66' },
			tranches: { base: '65318.00', work: '65318.00' },
			carriedOver: '0.00'
		});
	});
});
