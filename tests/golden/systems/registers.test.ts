/** S1 nanmou-2012 and S2 three-rates, on counties of a few rows; every figure is worked out beside it. */
import { describe, expect, it } from 'vitest';
import { bing, officeOver, jia, type Row, townships, yi } from './county.ts';

describe('S1, a year that ends on 15 December (nanmou-2012)', () => {
	const subject = (township: string, id: string, domain: string, filed_on: string, more: Row = {}): Row => ({
		id,
		name: `单位${id}`,
		domain,
		township,
		filed_on,
		closed_on: '',
		...more
	});
	const coordinator = (township: string, id: string, started_on: string, left_on = ''): Row => ({
		...{ id, township, role: 'coordinator', started_on, left_on }
	});
	const { scores } = officeOver({
		township: townships({}, { [bing]: { min_staff: 3 } }),
		subject: [
			subject(jia, 'f1', 'food_safety', '2012-03-01'),
			subject(jia, 'f2', 'food_safety', '2012-12-15'),
			subject(jia, 'p1', 'public_places', '2012-12-16'),
			subject(jia, 'o1', 'occupational_health', '2012-05-01'),
			subject(jia, 'w1', 'drinking_water', '2012-05-01'),
			subject(jia, 's1', 'school_health', '2012-05-01'),
			subject(jia, 'm1', 'medical_institutions', ''),
			...['food_safety', 'drinking_water', 'school_health', 'medical_institutions'].map((domain, i) =>
				subject(yi, `y${i}`, domain, '2011-02-01')
			),
			subject(bing, 'c1', 'food_safety', '2011-02-01', { closed_on: '2012-12-15' }),
			subject(bing, 'c2', 'drinking_water', '2011-02-01')
		],
		staff: [
			coordinator(jia, 'j1', '2010-01-01'),
			coordinator(jia, 'j2', '2012-12-15'),
			coordinator(yi, 'y1', '2010-01-01'),
			coordinator(yi, 'y2', '2010-01-01', '2012-12-15'),
			coordinator(bing, 'b1', '2010-01-01'),
			coordinator(bing, 'b2', '2010-01-01')
		]
	});

	it('judges the registers and the staff of each township on 15 December', async () => {
		const year = await scores('nanmou-2012', '2012');
		// 甲: of 3 premises of food and public places 2 had a file by 15 December, the third a day later: 16 × 2/3 = 10.6667.
		// Its one medical institution has none: 0. Two coordinators, one from that very day on: 20.
		// 10.6667 + 16 + 16 + 16 + 0 + 20 = 78.6667 of 100.
		expect(year[jia]).toMatchObject({ score: '78.6667', grade: 'qualified', rank: 3, provisional: false });
		expect(year[jia]?.points).toEqual({
			food_and_public_places: '10.6667',
			occupational: '16.0000',
			water: '16.0000',
			schools: '16.0000',
			medical: '0.0000',
			staff: '20.0000'
		});
		// 乙 has no workplaces, which leaves their 16 points out, and one of two coordinators, as the other left that day: 10.
		// (4 × 16 + 10) × 100 / 84 = 7400 / 84 = 88.0952.
		expect(year[yi]).toMatchObject({ score: '88.0952', rank: 1 });
		expect(year[yi]?.points).toMatchObject({ occupational: null, staff: '10.0000' });
		// 丙: its only food premises closed that day, so water alone: 16. Its register asks for 3 people: 20 × 2/3 = 13.3333.
		// (16 + 13.3333) × 100 / 36 = 81.4814.
		expect(year[bing]).toMatchObject({ score: '81.4814', rank: 2 });
	});

	it('takes a file of 16 December for the next year', async () => {
		// 甲 in 2013: the third premises has its file: 16 + 16 + 16 + 16 + 0 + 20 = 84.
		expect((await scores('nanmou-2012', '2013'))[jia]).toMatchObject({ score: '84.0000' });
	});
});

describe('S2, three rates of which each has to reach 100 % (three-rates)', () => {
	const subject = (township: string, id: string, filed_on = '2024-01-05'): Row => ({
		...{ id, name: `单位${id}`, domain: 'food_safety', township, filed_on }
	});
	const visit = (township: string, id: string, subject: string, patrolled_on: string, reported_on: string): Row => ({
		...{ id, subject, township, domain: 'food_safety', patrolled_on, reported_on, problems: 0 }
	});
	const clue = (township: string, id: string, found_on: string, reported_on: string): Row => ({
		...{ id, township, found_on, category: '群众举报', reported_on }
	});

	const { scores } = officeOver({
		township: townships(),
		subject: [
			...[subject(jia, 'a'), subject(jia, 'b'), subject(jia, 'c'), subject(jia, 'd', '')],
			...[subject(yi, 'e'), subject(bing, 'f')]
		],
		patrol: [
			visit(jia, 'v1', 'a', '2025-04-10', '2025-04-11'),
			visit(jia, 'v2', 'b', '2025-06-01', '2025-07-05'),
			visit(jia, 'v3', 'c', '2025-07-01', '2025-07-01'),
			visit(yi, 'v4', 'e', '2025-05-01', '2025-05-02'),
			visit(bing, 'v5', 'f', '2025-05-01', '')
		],
		clue: [
			clue(jia, 'k1', '2025-05-20', '2025-07-05'),
			clue(jia, 'k2', '2025-05-20', '2025-07-06'),
			clue(bing, 'k3', '2025-05-20', '2025-05-21')
		]
	});

	it('is met only where all three are', async () => {
		const quarter = await scores('three-rates', '2025Q2');
		// 甲: 3 of 4 have a file: 75. 2 of 4 were visited from April to June, one more on 1 July: 50. Both patrols of the
		// quarter were reported by the cut-off, 5 July, one of them on that day: 50 × 2/2. One of two clues: 50 × 1/2 = 25.
		expect(quarter[jia]?.points).toEqual({
			...{ files: '75.0000', coverage: '50.0000', records: '50.0000', reports: '25.0000' }
		});
		// 75 + 50 + 50 + 25 = 200 of 300.
		expect(quarter[jia]).toMatchObject({ score: '200.0000', grade: 'unmet', rank: 3 });
		// 乙: all there is, 100 + 100 + 50; nobody reported anything: 250 × 300 / 250 = 300.
		expect(quarter[yi]).toMatchObject({ score: '300.0000', grade: 'met', rank: 1 });
		// 丙: its patrol was never reported: 100 + 100 + 0 + 50 = 250.
		expect(quarter[bing]).toMatchObject({ score: '250.0000', grade: 'unmet', rank: 2 });
	});
});
