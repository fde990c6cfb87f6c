import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, townshipCode } from '#lib/basis/codes.ts';
import { type Fraction, fromExact, sum, toExact, zero } from '#lib/basis/fraction.ts';
import { endOf, parsePeriod, type Period, periodAt } from '#lib/basis/period.ts';
import { measures } from '#lib/measures/catalogue/index.ts';
import { noParameters, tallyRequest } from '#lib/measures/request.ts';
import type { Scheme } from '#lib/scoring/scheme.ts';
import { loadScheme } from '#lib/server/schemes/load.ts';
import type { Engine } from '#lib/server/warehouse/engine.ts';
import { openWarehouse, type Warehouse } from '#lib/server/warehouse/open.ts';
import { settingsOf } from '#lib/server/workflows/score-period.ts';
import {
	measuresWithSeries,
	showTrend,
	type TrendOptions,
	type TrendReport
} from '#lib/server/workflows/show-trend.ts';
import { computeTallies, identify } from '#lib/server/workflows/tally-periods.ts';
import { townshipsOn } from '#lib/server/workflows/units.ts';
import { write } from '../intake/files.ts';
import { counting } from '../support/counting.ts';
import { full, kaoji, ownFolder } from '../support/kaoji.ts';
import { inRandomHome } from '../support/random-home.ts';

const bureau: Actor = { name: 'test', role: 'administrator', townships: 'all' };
const ofJia: Actor = { name: 'test', role: 'township', townships: [townshipCode('1')] };

const scheme = `id: small
full: 100
grades: [{ key: good, name: { zh: 好 }, at_least: 0 }]
indicators:
  - { key: coverage, points: 100, measure: { name: patrol_coverage }, rule: { kind: proportional, target: 1 }, empty: excluded }
`;

/** Each series as its name and, for every period, n and d. */
const drawn = ({ series }: TrendReport): unknown[] =>
	series.map(({ of, points }) => [of, ...points.map(({ period, n, d }) => `${period} ${n}/${d}`)]);

describe('a trend of two townships, one of which ends', () => {
	const { path: home, remove } = ownFolder();
	let warehouse: Warehouse;
	let small: Scheme;
	const trend = (
		options: Partial<TrendOptions>,
		actor = bureau,
		engine: Engine = warehouse.engine
	): Promise<TrendReport> =>
		showTrend(
			{ engine },
			{
				measure: 'problem_rate',
				by: 'quarter',
				township: null,
				domain: null,
				split: null,
				scheme: small,
				...options
			},
			actor
		);

	beforeAll(async () => {
		const files = write(home, {
			// From 2025 on 甲镇 needs four coordinators; 乙镇 is dissolved on 1 July.
			'township.csv':
				'行政区划代码,乡镇名称,应配协管员数,统计日期,撤销日期\n1,甲镇,2,2024-01-01,\n1,甲镇,4,2025-01-01,\n2,乙镇,3,2024-01-01,2025-07-01\n',
			'staff.csv':
				'编号,所属乡镇,岗位,到岗日期\nA,甲镇,协管员,2024-01-01\nB,甲镇,协管员,2024-01-01\nC,甲镇,协管员,2024-01-01\nD,乙镇,协管员,2024-01-01\n',
			'patrol.csv':
				'流水号,所属乡镇,专业类别,巡查日期,问题数\nP1,甲镇,食品安全,2024-11-05,1\nP2,甲镇,饮用水卫生,2025-02-05,0\nP3,乙镇,食品安全,2025-02-06,2\nP4,乙镇,食品安全,2025-05-07,0\nP5,甲镇,食品安全,2025-08-08,0\nP6,甲镇,食品安全,2025-09-28,3\n',
			'finding.csv':
				'编号,流水号,所属乡镇,问题类别,严重程度\nF1,P3,乙镇,卫生,一般\nF2,P6,甲镇,卫生,严重\nF3,P6,甲镇,标识,一般\n',
			'small.yaml': scheme
		});
		const data = [files['township.csv'], files['staff.csv'], files['patrol.csv'], files['finding.csv']];
		const ran = await kaoji(home, 'import', ...data, '--today', '2025-10-25');
		expect([ran.code, ran.stderr.includes('kaoji:')]).toEqual([0, false]);
		small = loadScheme(files['small.yaml'], home, 'zh');
		warehouse = await openWarehouse(home, { create: false });
	});
	afterAll(async () => {
		await warehouse.engine.close();
		remove();
	});

	it('is drawn over both, and for each by itself, empty while a township is not in force', async () => {
		expect(drawn(await trend({}))).toEqual([[null, '2024Q4 1/1', '2025Q1 1/2', '2025Q2 0/1', '2025Q3 1/2']]);
		const split = await trend({ split: 'township' });
		expect(drawn(split)).toEqual([
			['1', '2024Q4 1/1', '2025Q1 0/1', '2025Q2 0/0', '2025Q3 1/2'],
			['2', '2024Q4 0/0', '2025Q1 1/1', '2025Q2 0/1', '2025Q3 0/0']
		]);
		expect(split.series[1]?.points.map(({ value }) => value)).toEqual([null, 1, 0, null]);
		// 甲镇: values 1, 0, 0.5; moving ranges 1, 0.5, their mean 0.75. Mean 0.5 ± 2.66 × 0.75.
		expect(split.series[0]?.limits).toEqual({ mean: 0.5, lower: -1.495, upper: 2.495, trial: true });
	});

	it('asks each period of the units that it had: four coordinators are needed from 2025 on, and of 乙镇 none after June', async () => {
		// 2024Q4: 2 of 2 and 1 of 3. From 2025: 3 of 4 and 1 of 3. From July: 3 of 4 alone.
		expect(drawn(await trend({ measure: 'staffing' }))).toEqual([
			[null, '2024Q4 3/5', '2025Q1 4/7', '2025Q2 4/7', '2025Q3 3/4']
		]);
		// The same from what was kept.
		expect(drawn(await trend({ measure: 'staffing' }))).toEqual([
			[null, '2024Q4 3/5', '2025Q1 4/7', '2025Q2 4/7', '2025Q3 3/4']
		]);
	});

	it('by domain adds up to the whole', async () => {
		expect(drawn(await trend({ split: 'domain' }))).toEqual([
			['drinking_water', '2024Q4 0/0', '2025Q1 0/1', '2025Q2 0/0', '2025Q3 0/0'],
			['food_safety', '2024Q4 1/1', '2025Q1 1/1', '2025Q2 0/1', '2025Q3 1/2']
		]);
		expect(drawn(await trend({ domain: 'drinking_water', split: 'township' }))).toEqual([
			['1', '2024Q4 0/0', '2025Q1 0/1', '2025Q2 0/0', '2025Q3 0/0'],
			['2', '2024Q4 0/0', '2025Q1 0/0', '2025Q2 0/0', '2025Q3 0/0']
		]);
	});

	it('shows the user of a township only its own', async () => {
		expect(drawn(await trend({ split: 'township' }, ofJia)).map((one) => (one as unknown[])[0])).toEqual(['1']);
		expect(drawn(await trend({ split: 'severity' }, ofJia))).toEqual([
			['serious', '2024Q4 0/1', '2025Q1 0/1', '2025Q2 0/1', '2025Q3 1/1'],
			['minor', '2024Q4 0/1', '2025Q1 0/1', '2025Q2 0/1', '2025Q3 1/1']
		]);
		for (const split of [null, 'township', 'category'] as const)
			await expect(trend({ split, township: '2' }, ofJia)).rejects.toMatchObject({ code: 'township_unknown' });
	});

	it('reads what was kept in as many statements for twelve months as for four quarters', async () => {
		const statements = async (by: 'month' | 'quarter'): Promise<number> => {
			await trend({ by, split: 'domain', measure: 'record_timeliness' });
			const { engine, count } = counting(warehouse.engine);
			await trend({ by, split: 'domain', measure: 'record_timeliness' }, bureau, engine);
			return count();
		};
		expect(await statements('month')).toBe(await statements('quarter'));
	});

	it('can be drawn of every measure that a page offers, and of no other', async () => {
		const offered = measuresWithSeries();
		expect(offered.map(({ name }) => name)).not.toContain('mark');
		for (const { name, monthly, byDomain } of measures) {
			const own = offered.find((one) => one.name === name);
			const refusal = { code: 'measure_without_series' };
			if (!own) {
				await expect(trend({ measure: name })).rejects.toMatchObject(refusal);
				continue;
			}
			expect(own).toEqual({ name, monthly, byDomain });
			expect((await trend({ measure: name })).series).toHaveLength(1);
			const byMonth = trend({ measure: name, by: 'month' });
			if (monthly) expect((await byMonth).series).toHaveLength(1);
			else await expect(byMonth).rejects.toMatchObject(refusal);
			const ofOne = trend({ measure: name, domain: 'food_safety' });
			if (byDomain) expect((await ofOne).series).toHaveLength(1);
			else await expect(ofOne).rejects.toMatchObject({ code: 'measure_without_domains' });
		}
	});

	it('is drawn township by township at the command line too', async () => {
		await warehouse.engine.close();
		const args = ['--measure', 'problem_rate', '--by', 'quarter', '--split', 'township'];
		const ran = await kaoji(home, 'trend', ...args, '--scheme', `${home}/small.yaml`, '--json');
		expect(drawn(ran.json() as TrendReport).map((one) => (one as unknown[])[0])).toEqual(['1', '2']);
		warehouse = await openWarehouse(home, { create: false });
	});
});

/** A measure over one period, taken by itself: n and d of each township. */
async function byItself(
	engine: Engine,
	scheme: Scheme,
	measure: string,
	id: string,
	domain: string | null
): Promise<Map<string, { n: Fraction; d: Fraction }>> {
	const month = /^(\d{4})-(\d{2})$/.exec(id);
	const period: Period = month ? periodAt('month', Number(month[1]), Number(month[2])) : (parsePeriod(id) as Period);
	const parameters = { ...noParameters, domains: domain === null ? null : [domain] };
	const units = await townshipsOn(engine, endOf(period), id);
	const asked = identify(tallyRequest(measure, period, settingsOf(scheme), parameters));
	const [tallies] = await computeTallies(engine, [asked], units);
	return tallies ?? new Map<string, { n: Fraction; d: Fraction }>();
}

describe('series whose tallies are taken at once', () => {
	it.each(Array.from({ length: full ? 15 : 1 }, (_, seed) => seed))(
		'are those of each period taken by itself, in random county %i',
		async (seed) => {
			await inRandomHome(
				seed,
				(written) => written,
				async ({ warehouse, scheme: random }) => {
					for (const [place, { name, monthly, byDomain }] of measuresWithSeries().entries()) {
						const by = monthly && (seed + place) % 2 === 0 ? 'month' : 'quarter';
						const options = { measure: name, by, township: null, scheme: random } as const;
						const domain = byDomain && seed % 3 === 0 ? 'food_safety' : null;
						const parts = await showTrend(warehouse, { ...options, domain, split: 'township' }, bureau);
						// Once more, now from the tallies that were kept.
						expect(await showTrend(warehouse, { ...options, domain, split: 'township' }, bureau)).toEqual(parts);
						const [all] = (await showTrend(warehouse, { ...options, domain, split: null }, bureau)).series;
						for (const [i, { period, n, d }] of (all?.points ?? []).entries()) {
							const expected = await byItself(warehouse.engine, random, name, period, domain);
							for (const { of, points } of parts.series) {
								const own = expected.get(of ?? '') ?? { n: zero, d: zero };
								expect([of, points[i]?.n, points[i]?.d].map(String)).toEqual([of, toExact(own.n), toExact(own.d)]);
							}
							const added = (figure: 'n' | 'd'): string =>
								toExact(sum(parts.series.map(({ points }) => fromExact(String(points[i]?.[figure])))));
							expect([String(n), String(d)]).toEqual([added('n'), added('d')]);
						}
					}
				}
			);
		}
	);
});
