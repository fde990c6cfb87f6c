/** S7 yingjiang-quarterly and its plan, on a county of a few rows; every figure is worked out beside it. */
import { describe, expect, it } from 'vitest';
import { bing, officeOver, jia, type Row, times, townships, yi } from './county.ts';

const figure = (township: string, key: string, n: number, d: number): Row => ({
	...{ township, period: '2025Q1', key, n, d, source: '疾控中心' }
});
const subject = (township: string, id: string, domain: string, grade = ''): Row => ({
	...{ id, name: `单位${id}`, domain, township, grade }
});
const patrol = (township: string, id: string, domain: string, subject = ''): Row => ({
	...{ id, township, subject, domain, patrolled_on: '2025-02-10', reported_on: '2025-02-10' }
});
const work = (township: string, id: string, type: string): Row => ({
	...{ id, township, type, held_on: '2025-03-01' }
});
const clue = (township: string, id: string, reported_on: string): Row => ({
	...{ id, township, found_on: '2025-03-01', category: '非法行医', reported_on }
});

const { scores, pays } = officeOver({
	township: townships({}, { [jia]: { kind: '镇' }, [yi]: { kind: '镇' }, [bing]: { kind: '街道' } }),
	figure: [
		...[figure(jia, 'awareness', 72, 100), figure(jia, 'water_monitoring', 6, 10)],
		...[figure(yi, 'awareness', 80, 100), figure(yi, 'water_monitoring', 8, 10)],
		...[figure(bing, 'awareness', 90, 100), figure(bing, 'water_monitoring', 8, 10)],
		...[figure(jia, 'unannounced_checks', 3, 3), figure(yi, 'unannounced_checks', 1, 2)],
		figure(bing, 'unannounced_checks', 0, 1)
	],
	subject: [
		...[subject(jia, 'w1', 'drinking_water'), subject(jia, 'w2', 'drinking_water')],
		...times(5, (i) => subject(jia, `f${i}`, 'food_safety', i === 0 ? '' : 'A')),
		subject(yi, 'y1', 'food_safety', 'B'),
		subject(bing, 'b1', 'drinking_water')
	],
	patrol: [
		patrol(jia, 'j0', 'drinking_water', 'w1'),
		...times(9, (i) => patrol(jia, `j${i + 1}`, 'illegal_practice')),
		...times(3, (i) => patrol(yi, `y${i}`, 'illegal_practice')),
		patrol(bing, 'b0', 'drinking_water', 'b1')
	],
	clue: [clue(jia, 'k1', '2025-03-02'), clue(yi, 'k2', '')],
	activity: [work(jia, 't1', 'training'), work(bing, 'p1', 'publicity'), work(bing, 'q1', 'water_test')]
});

describe('S7, ranks by rates and money by work points (yingjiang-quarterly)', () => {
	it('asks all of urban areas and 80 % of towns, and ranks them every quarter', async () => {
		const quarter = await scores('yingjiang-quarterly', '2025Q1');
		// 甲, a town: 20 × 0.72 / 0.8 = 18; 20 × 0.6 / 0.8 = 15; one of two supplies 10; 4 of 5 graded, 20 × 0.8 / 0.95 = 16.8421;
		// 20. Together 79.8421.
		expect(quarter[jia]?.points).toEqual({
			awareness: '18.0000',
			water_monitoring: '15.0000',
			central_supply: '10.0000',
			catering_graded: '16.8421',
			unannounced: '20.0000'
		});
		expect(quarter[jia]).toMatchObject({ score: '79.8421', rank: 2 });
		// 乙, a town: 80 % and 8 of 10 are enough, 20 + 20; no central supply; 20; one of two checks 10: 70 × 100 / 80 = 87.5.
		expect(quarter[yi]).toMatchObject({ score: '87.5000', rank: 1 });
		// 丙, a subdistrict: 90 % is no more than 20; 8 of 10 where all are due, 16; 20; no catering; 0: 56 × 100 / 80 = 70.
		expect(quarter[bing]).toMatchObject({ score: '70.0000', rank: 3 });
		expect(quarter[bing]?.points).toMatchObject({ awareness: '20.0000', water_monitoring: '16.0000' });
	});

	it('pays by work points alone, whatever the rank', async () => {
		// 甲: 10 patrols, a clue that was reported 2, a training 5: 17. 乙: 3 patrols; its clue was never reported. 丙: a patrol,
		// publicity 3, a water test 2: 6. Together 26, so that 2600 yuan are 100 for each point.
		expect((await pays('yingjiang-quarterly', 'yingjiang', '2025Q1', '2600')).due).toEqual({
			...{ [jia]: '1700.00', [yi]: '300.00', [bing]: '600.00' }
		});
	});
});
