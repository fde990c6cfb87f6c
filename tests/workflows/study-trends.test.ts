import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, townshipCode } from '#lib/basis/codes.ts';
import { parsePeriod } from '#lib/basis/period.ts';
import { questionOf, trendRows } from '#lib/reports/analyst.ts';
import { type House, openHouse } from '#lib/server/warehouse/house.ts';
import { rulesFor } from '#lib/server/workflows/see-periods.ts';
import { measuresWithSeries } from '#lib/server/workflows/show-trend.ts';
import { findTownships, seriesName, studyTrends, trendChoices, trendSeen } from '#lib/server/workflows/study-trends.ts';
import { write } from '../intake/files.ts';
import { kaoji, ownFolder } from '../support/kaoji.ts';

const bureau: Actor = { name: 'test', role: 'analyst', townships: 'all' };
const ofJia: Actor = { name: 'test', role: 'township', townships: [townshipCode('1')] };

const asked = (query: string) => questionOf(new URLSearchParams(query), measuresWithSeries());

describe('the trends of two townships', () => {
	const { path: home, remove } = ownFolder();
	let house: House;

	const study = (query: string, actor = bureau, at: string | null = null) =>
		house.look(async (look) =>
			studyTrends(
				look,
				rulesFor(home, null, 'zh'),
				asked(query),
				await trendChoices(look, actor),
				at === null ? null : parsePeriod(at),
				actor
			)
		);

	const seen = (query: string, actor = bureau) =>
		house.look(async (look) => {
			const choices = await trendChoices(look, actor);
			const question = asked(query);
			const report = await trendSeen(look, rulesFor(home, null, 'zh'), question, choices, actor);
			return { report, name: seriesName(question.split, choices) };
		});

	beforeAll(async () => {
		const files = write(home, {
			'township.csv':
				'行政区划代码,乡镇名称,统计日期,撤销日期\n1,甲镇,2024-01-01,\n2,<b>乙镇</b>,2024-01-01,2025-07-01\n',
			'patrol.csv':
				'流水号,所属乡镇,专业类别,巡查日期,问题数\nP1,甲镇,食品安全,2024-11-05,1\nP2,甲镇,饮用水卫生,2025-02-05,0\nP3,<b>乙镇</b>,食品安全,2025-02-06,2\nP4,<b>乙镇</b>,食品安全,2025-05-07,0\nP5,甲镇,食品安全,2025-08-08,0\nP6,甲镇,食品安全,2025-09-28,3\n',
			'finding.csv':
				'编号,流水号,所属乡镇,问题类别,严重程度\nF1,P3,<b>乙镇</b>,卫生,一般\nF2,P6,甲镇,卫生,严重\nF3,P6,甲镇,标识,\n'
		});
		const ran = await kaoji(home, 'import', ...Object.values(files), '--today', '2025-10-25');
		expect([ran.code, ran.stderr.includes('kaoji:')]).toEqual([0, false]);
		house = await openHouse(home);
	});
	afterAll(async () => {
		await house.close();
		remove();
	});

	it('stand in the whole, and in each township by quarter on one scale', async () => {
		const { whole, standing, parts, unit } = await study('by=quarter');
		expect(unit).toBe('percent');
		expect(whole?.points.map(({ period, text }) => `${period} ${text}`)).toEqual([
			'2024Q4 100.0%',
			'2025Q1 50.0%',
			'2025Q2 0.0%',
			'2025Q3 50.0%'
		]);
		expect(standing).toMatchObject({ period: '2025Q3', value: '50.0%' });
		expect(whole?.limits?.trial).toBe(true);
		expect(parts.series.map(({ name, latest }) => [name?.zh, latest?.period, latest?.value])).toEqual([
			['甲镇', '2025Q3', '50.0%'],
			['<b>乙镇</b>', '2025Q2', '0.0%']
		]);
		expect(parts.scale).toEqual({ low: 0, high: 1 });
	});

	it('speak of the period that is asked about', async () => {
		expect((await study('by=month', bureau, '2025Q1')).standing).toMatchObject({ period: '2025-02', value: '50.0%' });
		expect((await study('by=quarter', bureau, '2024')).standing?.period).toBe('2024Q4');
	});

	it('are counted by severity and category of what was found, the most first', async () => {
		const severity = await study('split=severity&by=quarter');
		expect(severity.whole).toBeNull();
		expect(severity.parts.series.map(({ name }) => name?.zh ?? null)).toEqual(
			expect.arrayContaining([null, '一般', '严重'])
		);
		const category = await study('split=category&by=quarter&measure=patrol_completion');
		expect(category.parts.series.map(({ name }) => name?.zh)).toEqual(['卫生', '标识']);
		expect(category.parts.comparison).toMatchObject({ period: '2025Q3', total: '2' });
	});

	it('of domains stand in the order of their list', async () => {
		const { parts } = await study('split=domain&by=quarter');
		expect(parts.series.map(({ of }) => of)).toEqual(['food_safety', 'drinking_water']);
	});

	it.each(['by=quarter', 'by=month&domain=food_safety', 'split=township&by=quarter', 'split=domain', 'split=category'])(
		'are downloaded as the same points in both forms: %s',
		async (query) => {
			const { report, name } = await seen(query);
			const [head, ...rows] = trendRows(report.series, (of) => (of === null ? '' : (name(of)?.zh ?? '')));
			expect(head).toEqual(['series', 'name', 'period', 'n', 'd', 'value', 'signals', 'running']);
			const points = report.series.flatMap(({ of, points }) =>
				points.map(({ period, n, d, value, signals, running }) => [
					of ?? '',
					of === null ? '' : (name(of)?.zh ?? ''),
					period,
					String(n),
					String(d),
					value === null ? '' : String(value),
					signals.join(' '),
					String(running)
				])
			);
			expect(rows).toEqual(points);
			expect(rows.length).toBeGreaterThan(0);
		}
	);

	it('show a township nobody else', async () => {
		const { parts } = await study('by=quarter', ofJia);
		expect(parts.series.map(({ of }) => of)).toEqual(['1']);
		await expect(study('township=2', ofJia)).rejects.toThrow('township_unknown');
		await expect(study('township=2&split=category', ofJia)).rejects.toThrow('township_unknown');
		expect((await study('split=category', ofJia)).parts.comparison).toMatchObject({ total: '2' });
		expect(await house.look((look) => trendChoices(look, ofJia))).toMatchObject({ townships: [{ code: '1' }] });
	});

	it('are refused for a township or a domain that is not there', async () => {
		await expect(study('township=9')).rejects.toThrow('township_unknown');
		await expect(study('domain=astronomy')).rejects.toThrow('unknown_choice');
	});

	it('are found by code, by name, or by a part of it', () => {
		const townships = [
			{ code: '320411105', name: '孟河镇' },
			{ code: '320411106', name: '孟河镇西' },
			{ code: '999', name: '罗溪镇' }
		];
		const codes = (text: string): string[] => findTownships(townships, text).map(({ code }) => code);
		expect(codes('孟河镇')).toEqual(['320411105']);
		expect(codes('孟')).toEqual(['320411105', '320411106']);
		expect(codes('3204')).toEqual(['320411105', '320411106']);
		expect(codes('999')).toEqual(['999']);
		expect(codes('无')).toEqual([]);
	});
});
