/** R5 work-points with its cliff and without; every figure is worked out beside it. */
import { describe, expect, it } from 'vitest';
import { bing, officeOver, jia, type Row, times, townships, yi } from './county.ts';

const patrols = (township: string, count: number): Row[] =>
	times(count, (i) => ({
		...{ id: `p${i}`, township, domain: 'illegal_practice', patrolled_on: '2025-03-05', reported_on: '2025-03-06' },
		...{ inspector: '王', problems: i === 0 ? 1 : 0, disposal: i === 0 ? '责令整改' : '' },
		...(i === 0 ? { rectify_by: '2025-04-05', rectified_on: '2025-04-01' } : {})
	}));
const trainings = (township: string, count: number): Row[] =>
	times(count, (i) => ({ id: `t${i}`, township, type: 'training', held_on: '2025-05-05' }));
const leads = (township: string, count: number): Row[] =>
	times(count, (i) => ({
		...{ id: `k${i}`, township, found_on: '2025-06-05', reported_on: '2025-06-05', category: '非法行医' }
	}));
const mark = (township: string, points: number): Row => ({
	...{ township, period: '2025', indicator: 'onsite', points, by: '考核组' }
});

// 甲 and 乙 did the same work (what 乙 trained beyond the baseline counts for nothing) and stand on two sides of the threshold.
const { scores, pays, why } = officeOver({
	township: townships(),
	patrol: [...patrols(jia, 40), ...patrols(yi, 40), ...patrols(bing, 20)],
	activity: [...trainings(jia, 4), ...trainings(yi, 6)],
	clue: [...leads(jia, 6), ...leads(yi, 6), ...leads(bing, 3)],
	mark: [mark(jia, 15), mark(yi, 14.99), mark(bing, 25)]
});

describe('R5, work points corrected by quality (work-points)', () => {
	it('keeps the points of work out of the score of quality', async () => {
		const year = await scores('work-points', '2025');
		// Quality: records 40, the one problem put right 30, and the mark: 85, 84.99 and 95.
		expect([jia, yi, bing].map((code) => year[code]?.score)).toEqual(['85.0000', '84.9900', '95.0000']);
		// Work: 50 × 40/40, 20 × 4/4, 30 × 6/6; 6 trainings of 4 are no more than 20; 丙: 50 × 20/40, 0, 30 × 3/6.
		const work = { patrols: '50.0000', training: '20.0000', leads: '30.0000' };
		expect(year[jia]?.points).toMatchObject(work);
		expect(year[yi]?.points).toMatchObject(work);
		expect(year[bing]?.points).toMatchObject({ patrols: '25.0000', training: '0.0000', leads: '15.0000' });
	});

	it('explains a work item by its rows, as it does an indicator', async () => {
		// 丙: 3 leads of 6, 30 × 3/6 = 15.
		expect(await why('work-points', '2025', bing, 'leads')).toEqual({
			words: '线索工分：30 分 × 3/6（50.00%）÷ 目标 100.00%，最多 30 分，得 15.0000 分',
			counted: 3,
			missed: 0
		});
	});

	it('pays by no work items where the scheme has none', async () => {
		await expect(pays('xuancheng-2013', 'work-points-cliff', '2025Q1', '100000')).rejects.toMatchObject({
			code: 'missing_points',
			facts: { indicator: 'patrols', plan: 'work-points-cliff' }
		});
	});

	it('pays 6732.80 yuan less for a hundredth of a point at the threshold, and 4.86 yuan less without one', async () => {
		// With the threshold the coefficients are 1 for 0.85, 0.8499, and 1 for 0.95.
		// Patrols, 50000: 50, 50 × 0.8499 = 42.495 and 25, of 117.495: 21277.50, 18083.75, 10638.75.
		// Training, 20000: 20, 16.998 and 0, of 36.998: 10811.40, 9188.60, 0.
		// Leads, 30000: 30, 25.497 and 15, of 70.497: 12766.50, 10850.25, 6383.25.
		const cliff = await pays('work-points', 'work-points-cliff', '2025', '100000');
		expect(cliff.tranches).toEqual({ patrols: '50000.00', training: '20000.00', leads: '30000.00' });
		expect(cliff.due).toEqual({ [jia]: '44855.40', [yi]: '38122.60', [bing]: '17022.00' });
		// 44855.40 − 38122.60 = 6732.80.
		// Without it they are 0.85, 0.8499 and 0.95.
		// Patrols: 42.5, 42.495 and 23.75, of 108.745: 19541.13, 19538.83, 10920.04.
		// Training: 17, 16.998 and 0, of 33.998: 10000.59, 9999.41, 0.
		// Leads: 25.5, 25.497 and 14.25, of 65.247: 11724.677, 11723.298, 6552.025; the two fen left over go to 甲 and 乙.
		const smooth = await pays('work-points', 'work-points-smooth', '2025', '100000');
		expect(smooth.due).toEqual({ [jia]: '41266.40', [yi]: '41261.54', [bing]: '17472.06' });
		// 41266.40 − 41261.54 = 4.86.
	});
});
