/** R1 quality-sheet-2013, on a county of three townships; every figure is worked out beside it. */
import { describe, expect, it } from 'vitest';
import { bing, officeOver, jia, type Row, times, townships, yi } from './county.ts';

const months = times(12, (i) => ({ month: String(i + 1).padStart(2, '0') })).map(({ month }) => String(month));
const visit = (township: string, id: string, subject: string, day: string, reported = true): Row => ({
	...{ id, subject, township, domain: 'food_safety', patrolled_on: day, reported_on: reported ? day : '' }
});
/** So many rounds on unlicensed practice in a month, each reported. */
const rounds = (township: string, month: string, count: number): Row[] =>
	times(count, (i) => ({
		...{ id: `r${month}-${i}`, township, domain: 'illegal_practice' },
		...{ patrolled_on: `2025-${month}-08`, reported_on: `2025-${month}-08` }
	}));
const tests = (township: string, month: string, count: number): Row[] =>
	times(count, (i) => ({ id: `w${month}-${i}`, township, type: 'water_test', held_on: `2025-${month}-12` }));
const supervisions = (township: string, count: number): Row[] =>
	times(count, (i) => ({ id: `s${i}`, township, type: 'supervision', held_on: '2025-06-01' }));
const report = (township: string, month: string, day: string): Row => ({
	...{ township, form: 'monthly', covers: `2025-${month}`, submitted_on: `2025-${month}-${day}` }
});
const lead = (township: string, id: string, more: Row = {}): Row => ({
	...{ id, township, found_on: '2025-07-01', reported_on: '2025-07-01', category: '非法行医' },
	...{ urgent: '', valuable: '', concealed: '', ...more }
});
const mark = (township: string, indicator: string, points: number): Row => ({
	...{ township, period: '2025', indicator, points, by: '考评组' }
});
const marks = (township: string, [organisation, training, publicity, others]: readonly number[]): Row[] =>
	Object.entries({ organisation, training, publicity, others }).map(([key, points]) =>
		mark(township, key, points ?? 0)
	);

const { scores } = officeOver({
	township: townships(),
	subject: [
		...times(5, (i) => ({
			...{ id: `s${i}`, name: `饭店${i}`, domain: 'food_safety', township: jia, filed_on: i < 4 ? '2024-05-01' : '' }
		})),
		...[yi, bing].map((township) => ({
			...{ id: 's0', name: '饭店', domain: 'food_safety', township, filed_on: '2024-05-01' }
		}))
	],
	patrol: [
		// 甲: the first premises five times, three more four times, the last three times; three of these records are missing.
		...[5, 4, 4, 4, 3].flatMap((count, subject) =>
			times(count, (i) => visit(jia, `v${subject}-${i}`, `s${subject}`, `2025-0${i + 1}-05`, subject > 0 || i > 2))
		),
		// Two rounds a month, but four in January and none in December.
		...months.flatMap((month) => rounds(jia, month, month === '01' ? 4 : month === '12' ? 0 : 2)),
		...times(4, (i) => visit(yi, `v${i}`, 's0', `2025-0${i + 1}-05`)),
		...months.flatMap((month) => rounds(yi, month, 2))
	],
	activity: [
		...supervisions(jia, 3),
		...supervisions(yi, 4),
		// Five tests a month, but three in February and ten in March.
		...months.flatMap((month) => tests(jia, month, month === '02' ? 3 : month === '03' ? 10 : 5)),
		...months.flatMap((month) => tests(yi, month, 5))
	],
	submission: [
		// November's comes a day late and December's never.
		...months.filter((month) => month !== '12').map((month) => report(jia, month, month === '11' ? '20' : '19')),
		...months.map((month) => report(yi, month, '19'))
	],
	clue: [
		...times(7, (i) => lead(jia, `k${i}`, { valuable: i < 2 ? '是' : '' })),
		lead(jia, 'k7', { urgent: '是', reported_on: '2025-07-02' }),
		lead(jia, 'k8', { urgent: '是' }),
		lead(jia, 'k9', { found_on: '2024-07-01', reported_on: '2024-07-01', concealed: '是' }),
		...times(20, (i) => lead(yi, `k${i}`, { valuable: i < 12 ? '是' : '' }))
	],
	mark: [...marks(jia, [6.5, 5, 7, 4]), ...marks(yi, [7, 5, 8, 4]), ...marks(bing, [0, 0, 0, 0])]
});

describe('R1, the sheet of 2013 with its deductions and bonuses (quality-sheet-2013)', () => {
	it('takes off what the sheet takes off, item by item', async () => {
		const { [jia]: got } = await scores('quality-sheet-2013', '2025');
		expect(got?.points).toEqual({
			organisation: '6.5000',
			training: '5.0000',
			supervision: '3.0000', // 3 of 4: −1
			publicity: '7.0000',
			filing: '13.6000', // 17 × 4/5
			patrols: '9.0000', // 19 of 20 visits, the fifth of one premises counts for none: 5 % short, two whole 2 %: −2 × 0.5
			records: '4.7000', // 3 missing: −3 × 0.1
			unlicensed_practice: '11.0000', // January's four are two, December's none: 22 of 24, −2 × 0.5
			water_tests: '4.6000', // February's three are two short, which March's ten do not make up for: −2 × 0.2
			monthly_reports: '4.5000', // one late −0.5, one missing −1
			urgent_reports: '3.0000', // one of two urgent ones a day late: −2
			leads: '12.0000', // 9 of 6
			others: '4.0000',
			extra_leads: '0.6000', // 3 beyond 6, × 0.2
			valuable_leads: '1.0000' // 2 × 0.5
		});
		// 6.5 + 5 + 3 + 7 + 13.6 + 9 + 4.7 + 11 + 4.6 + 4.5 + 3 + 12 + 4 = 87.9, and 1.6 of bonuses.
		expect(got).toMatchObject({ score: '89.5000', grade: 'qualified', rank: 2 });
	});

	it('gives no more than 7 of the 10 bonus points that its heading claims', async () => {
		const { [yi]: got } = await scores('quality-sheet-2013', '2025');
		// 14 leads beyond 6 would be 2.8, of which 2 count; 12 valuable ones would be 6, of which 5 count. 100 + 7.
		expect(got?.points).toMatchObject({ extra_leads: '2.0000', valuable_leads: '5.0000' });
		expect(got).toMatchObject({ score: '107.0000', rank: 1 });
	});

	it('takes nothing off urgent reports where nothing happened, and no more than there is elsewhere', async () => {
		const { [bing]: got } = await scores('quality-sheet-2013', '2025');
		expect(got?.points).toMatchObject({
			supervision: '0.0000', // 4 short: −4
			filing: '17.0000',
			patrols: '0.0000', // 100 % short, fifty times 2 %, which would be 25: at most 10
			records: null, // no patrol, no record to be missing: left out
			unlicensed_practice: '0.0000', // 24 short: −12
			water_tests: '0.0000', // 60 short would be 12: all 5
			monthly_reports: '0.0000', // 12 missing would be 12: all 6
			urgent_reports: '5.0000', // nothing happened
			leads: '0.0000' // 6 short: −12
		});
		// (17 + 5) × 100 / 95 = 23.1579.
		expect(got).toMatchObject({ score: '23.1579', grade: 'fail', rank: 3 });
	});

	it('takes all five points for one that was concealed', async () => {
		expect((await scores('quality-sheet-2013', '2024'))[jia]?.points).toMatchObject({ urgent_reports: '0.0000' });
	});
});
