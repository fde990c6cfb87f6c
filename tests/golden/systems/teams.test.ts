/** S9 team-halfyear and S10 district-quarterly with their plans; every figure is worked out beside it. */
import { describe, expect, it } from 'vitest';
import { bing, officeOver, jia, type Row, times, townships, yi } from './county.ts';

const figure = (township: string, period: string, n: number): Row => ({
	...{ township, period, key: 'satisfaction', n, d: 100, source: '满意度调查' }
});
const mark = (township: string, period: string, indicator: string, points: number): Row => ({
	...{ township, period, indicator, points, by: '考核组' }
});

describe('S9, teams of which the outstanding get more (team-halfyear)', () => {
	/** So many patrols, of which the first ones have complete records: an inspector and a day of report. */
	const patrols = (township: string, count: number, complete: number): Row[] =>
		times(count, (i) => ({
			...{ id: `p${i}`, township, domain: 'illegal_practice', patrolled_on: '2025-03-05' },
			...{ inspector: i < complete ? '王' : '', reported_on: '2025-03-06' }
		}));

	const { scores, pays } = officeOver({
		township: townships(),
		patrol: [...patrols(jia, 104, 104), ...patrols(yi, 80, 72), ...patrols(bing, 40, 30)],
		figure: [figure(jia, '2025H1', 95), figure(yi, '2025H1', 90), figure(bing, '2025H1', 80)],
		mark: [jia, yi, bing].map((code, i) => mark(code, '2025H1', 'half_year', 24 - 3 * i - (i === 2 ? 3 : 0)))
	});

	it('combines counts, quality, satisfaction and the half-year result, and pays by grade', async () => {
		const half = await scores('team-halfyear', '2025H1');
		// 甲: 104 × 0.25 would be 26: 25; all complete 25; 25 × 0.95 = 23.75; 24. Together 97.75.
		expect(half[jia]?.points).toEqual({
			...{ counts: '25.0000', quality: '25.0000', satisfaction: '23.7500', half_year: '24.0000' }
		});
		expect(half[jia]).toMatchObject({ score: '97.7500', grade: 'outstanding' });
		// 乙: 80 × 0.25 = 20; 25 × 72/80 = 22.5; 25 × 0.9 = 22.5; 21. Together 86.
		expect(half[yi]).toMatchObject({ score: '86.0000', grade: 'strong' });
		// 丙: 40 × 0.25 = 10; 25 × 30/40 = 18.75; 25 × 0.8 = 20; 15. Together 63.75.
		expect(half[bing]).toMatchObject({ score: '63.7500', grade: 'ordinary' });
		// 1.2 + 1.1 + 1 = 3.3, so that 33000 yuan are 10000 for an ordinary team.
		expect((await pays('team-halfyear', 'team', '2025H1', '33000')).due).toEqual({
			...{ [jia]: '12000.00', [yi]: '11000.00', [bing]: '10000.00' }
		});
	});
});

describe('S10, a quarter whose subsidy hangs on work and result (district-quarterly)', () => {
	const institution = (township: string, id: string, visits_per_year: number | '' = ''): Row => ({
		...{ id, name: `诊所${id}`, domain: 'medical_institutions', township, visits_per_year }
	});
	const check = (township: string, id: string, subject: string): Row => ({
		...{ id, subject, township, domain: 'medical_institutions', patrolled_on: '2025-08-05', reported_on: '2025-08-05' }
	});
	const complaint = (township: string, id: string, closed_on: string): Row => ({
		...{ id, township, received_on: '2025-07-10', due_on: '2025-08-10', closed_on }
	});
	const loss = (township: string, id: string, minus: number): Row => ({
		...{ id, township, period: '2025Q3', indicator: 'bad_practice', on: '2025-09-01', minus, by: '监督所' }
	});
	const period = '2025Q3';

	const { scores, pays } = officeOver({
		township: townships(),
		mark: [
			...[mark(jia, period, 'public_health', 27), mark(jia, period, 'medical_service', 18)],
			...[mark(yi, period, 'public_health', 24), mark(yi, period, 'medical_service', 16)],
			mark(bing, period, 'public_health', 30)
		],
		figure: [figure(jia, period, 90), figure(yi, period, 80), figure(bing, period, 100)],
		subject: [...times(4, (i) => institution(jia, `j${i}`)), ...[institution(yi, 'y0', 2), institution(bing, 'b0')]],
		patrol: [
			...[check(jia, 'c1', 'j0'), check(jia, 'c2', 'j0'), check(jia, 'c3', 'j1'), check(jia, 'c4', 'j2')],
			...[check(yi, 'c1', 'y0'), check(yi, 'c2', 'y0'), check(bing, 'c1', 'b0')]
		],
		complaint: [
			complaint(jia, 'k1', '2025-08-01'),
			complaint(jia, 'k2', '2025-08-10'),
			complaint(bing, 'k3', '2025-08-11')
		],
		deduction: [loss(jia, 'd1', 2), loss(jia, 'd2', 1.5), loss(yi, 'd3', 12)],
		activity: [{ id: 't1', township: bing, type: 'training', held_on: '2025-07-20' }]
	});

	it('scores health, service, satisfaction, checks, complaints and bad practice, and pays by work × result', async () => {
		const quarter = await scores('district-quarterly', period);
		// 甲: 27 + 18 + 9; three of four institutions, one of them twice, 15; both complaints in time 10; 10 − 2 − 1.5 = 6.5.
		expect(quarter[jia]?.points).toEqual({
			public_health: '27.0000',
			medical_service: '18.0000',
			satisfaction: '9.0000',
			institutions: '15.0000',
			complaints: '10.0000',
			bad_practice: '6.5000'
		});
		expect(quarter[jia]).toMatchObject({ score: '85.5000', rank: 2 });
		// 乙: 24 + 16 + 8; its institution needs two checks a year, none of them in the third quarter: left out; no complaint;
		// 12 points for bad practice take all 10. 48 × 100 / 70 = 68.5714.
		expect(quarter[yi]).toMatchObject({ score: '68.5714', rank: 3, provisional: false });
		expect(quarter[yi]?.points).toMatchObject({ institutions: null, complaints: null, bad_practice: '0.0000' });
		// 丙: 30; medical service not marked yet; 10; 20; a day late 0; 10. 70 × 100 / 80 = 87.5.
		expect(quarter[bing]).toMatchObject({ score: '87.5000', rank: 1, provisional: true });
		// Work: 甲 4 checks × 0.855 = 3.42; 乙 2 × 0.685714 = 1.371428; 丙 a check and a training, 6 × 0.875 = 5.25. Together
		// 10.041428, so that 1004142.80 are 100000 for each.
		expect(await pays('district-quarterly', 'double-link', period, '1004142.80')).toEqual({
			due: { [jia]: '342000.00', [yi]: '137142.80', [bing]: '525000.00' },
			tranches: { subsidy: '1004142.80' },
			carriedOver: '0.00'
		});
	});
});
