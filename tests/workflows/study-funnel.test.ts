import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, townshipCode } from '#lib/basis/codes.ts';
import { parsePeriod, type Period } from '#lib/basis/period.ts';
import { questionOf } from '#lib/reports/analyst.ts';
import { type House, openHouse } from '#lib/server/warehouse/house.ts';
import { rulesFor } from '#lib/server/workflows/see-periods.ts';
import { measuresWithSeries } from '#lib/server/workflows/show-trend.ts';
import { funnelRows, studyFunnel } from '#lib/server/workflows/study-funnel.ts';
import { write } from '../intake/files.ts';
import { kaoji, ownFolder } from '../support/kaoji.ts';

const bureau: Actor = { name: 'test', role: 'analyst', townships: 'all' };
const ofYi: Actor = { name: 'test', role: 'township', townships: [townshipCode('2')] };

/** Patrols of a township in February 2025, of which the first `found` find two problems each. */
const patrols = (township: string, count: number, found: number): string =>
	Array.from({ length: count }, (_, i) => `${township}${i},${township},食品安全,2025-02-12,${i < found ? 2 : 0}`).join(
		'\n'
	);

describe('a funnel of three townships', () => {
	const { path: home, remove } = ownFolder();
	let house: House;

	const funnelOf = (query: string, actor = bureau, period = '2025Q1') =>
		house.look((look) =>
			studyFunnel(
				look,
				rulesFor(home, null, 'zh'),
				questionOf(new URLSearchParams(query), measuresWithSeries()),
				parsePeriod(period) as Period,
				actor
			)
		);

	beforeAll(async () => {
		const files = write(home, {
			'township.csv': '行政区划代码,乡镇名称\n1,甲镇\n2,乙镇\n3,丙镇\n4,丁镇\n',
			'patrol.csv': `流水号,所属乡镇,专业类别,巡查日期,问题数\n${patrols('甲镇', 20, 0)}\n${patrols('乙镇', 25, 13)}\n${patrols('丙镇', 9, 9)}\n`
		});
		const ran = await kaoji(home, 'import', ...Object.values(files), '--today', '2025-05-06');
		expect([ran.code, ran.stderr.includes('kaoji:')]).toEqual([0, false]);
		house = await openHouse(home);
	});
	afterAll(async () => {
		await house.close();
		remove();
	});

	it('says who lies beyond what chance allows at the rate of all, 22 in 54', async () => {
		const funnel = await funnelOf('measure=problem_rate&by=quarter');
		expect(funnel?.kind).toBe('rate');
		expect(funnel?.mean).toBeCloseTo(22 / 54, 12);
		// None in 20 has a chance of (32/54)^20, 0.003 %; 9 in 9 of (22/54)^9, 0.03 %; 丁镇 has no patrol to be judged by.
		expect(funnel?.points.map(({ code, n, d, place }) => [code, n, d, place])).toEqual([
			['1', '0', '20', 'far_below'],
			['2', '13', '25', 'within'],
			['3', '9', '9', 'far_above']
		]);
	});

	it('holds the problems found against those expected of so many patrols', async () => {
		const funnel = await funnelOf('measure=problem_rate&split=severity&by=quarter');
		// 44 problems in 54 patrols: 16.3, 20.4 and 7.3 are expected. Of 18 expected a Poisson count is 8 at the most in
		// 0.7 %, between the 2.5 % and the 0.1 % of the upper limits of 7.3; none where 16.3 are expected is below either.
		expect(funnel?.points.map(({ n, d, place }) => [n, d, place])).toEqual([
			['0', '16.3', 'far_below'],
			['26', '20.4', 'within'],
			['18', '7.3', 'above']
		]);
		expect(funnel?.mean).toBe(1);
	});

	it('shows a township its own point, within limits that stand on all', async () => {
		const [all, own] = [
			await funnelOf('measure=problem_rate&by=quarter'),
			await funnelOf('measure=problem_rate', ofYi)
		];
		expect(own?.points).toEqual(all?.points.slice(1, 2));
		expect(own?.curves).toEqual(all?.curves);
	});

	it('is a table of a row for each township', async () => {
		const funnel = await funnelOf('measure=problem_rate&by=quarter');
		const rows = funnel ? funnelRows(funnel) : [];
		expect(rows).toHaveLength(4);
		expect(rows.every((row) => row.length === rows[0]?.length)).toBe(true);
		expect(rows[1]?.slice(0, 6)).toEqual(['1', '甲镇', '2025Q1', '0', '20', '0.000000']);
	});

	it('is not drawn of what is no share of rows, nor where nobody has a row', async () => {
		expect(await funnelOf('measure=workload&by=quarter')).toBeNull();
		expect(await funnelOf('measure=problem_rate&split=domain')).toBeNull();
		expect(await funnelOf('measure=problem_rate&by=quarter', bureau, '2024Q1')).toBeNull();
	});
});
