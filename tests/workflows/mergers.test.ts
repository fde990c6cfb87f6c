import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/basis/codes.ts';
import { predecessorsOf } from '#lib/intake/mergers.ts';
import type { HeldRow } from '#lib/server/workflows/list-quarantine.ts';
import type { TrendReport } from '#lib/server/workflows/show-trend.ts';
import { predecessors } from '#lib/server/workflows/mergers.ts';
import { write } from '../intake/files.ts';
import { lookInto } from '../support/home-state.ts';
import { inFolder, kaoji, ownFolder } from '../support/kaoji.ts';

const day = ['--today', '2026-04-30'];

describe('what went into a township', () => {
	const register = (...steps: readonly (readonly [string, string | null])[]): Parameters<typeof predecessorsOf>[1] =>
		steps.map(([code, into]) => ({ code, name: `${code}镇`, into }));

	it('is found through others, by code or name', () => {
		const known = register(['1', null], ['2', '1'], ['3', '2镇'], ['4', null], ['5', '4']);
		expect(predecessorsOf('1', known)).toEqual(['2', '3']);
		expect(predecessorsOf('2', known)).toEqual(['3']);
		expect(predecessorsOf('3', known)).toEqual([]);
	});

	it('comes to an end where a register goes round', () => {
		expect(predecessorsOf('1', register(['1', '3'], ['2', '1'], ['3', '2']))).toEqual(['2', '3']);
	});
});

describe('a trend over a merger', () => {
	const { path: home, remove } = ownFolder();
	const trend = async (...args: string[]): Promise<TrendReport> =>
		(
			await kaoji(home, 'trend', '--measure', 'problem_rate', '--by', 'quarter', ...args, '--json')
		).json() as TrendReport;
	const figures = ({ series }: TrendReport): string[] =>
		(series[0]?.points ?? []).map(({ period, n, d }) => `${period} ${n}/${d}`);

	beforeAll(async () => {
		const files = write(home, {
			// 丙镇 goes into 乙镇 in April 2025, 乙镇 into 甲镇 in July.
			'township.csv':
				'行政区划代码,乡镇名称,并入,撤销日期\n1,甲镇,,\n2,乙镇,1,2025-07-01\n3,丙镇,乙镇,2025-04-01\n4,丁镇,,\n',
			'patrol.csv':
				'流水号,所属乡镇,专业类别,巡查日期,问题数\nA1,甲镇,餐饮,2025-02-05,1\nB1,乙镇,餐饮,2025-02-06,0\nC1,丙镇,餐饮,2025-02-07,0\n' +
				'A2,甲镇,餐饮,2025-05-05,0\nB2,乙镇,餐饮,2025-05-06,1\nA3,甲镇,餐饮,2025-09-28,1\nD1,丁镇,餐饮,2025-02-08,1\n'
		});
		const ran = await kaoji(home, 'import', ...Object.values(files), ...day);
		expect([ran.code, ran.stderr.includes('kaoji:')]).toEqual([0, false]);
	});
	afterAll(remove);

	it('has the rows of all that went in, and says so', async () => {
		const report = await trend('--township', '1');
		expect(report.includes).toEqual(['2', '3']);
		expect(figures(report)).toEqual(['2025Q1 1/3', '2025Q2 1/2', '2025Q3 1/1']);
		const told = await kaoji(home, 'trend', '--measure', 'problem_rate', '--by', 'quarter', '--township', '1');
		expect(told.stdout).toContain('含并入前的 2、3');
	});

	it('of a township that has ended is drawn as far as it was', async () => {
		const report = await trend('--township', '2');
		expect(report.includes).toEqual(['3']);
		expect(figures(report)).toEqual(['2025Q1 0/2', '2025Q2 1/1', '2025Q3 0/0']);
	});

	it('is as it was for others, and for all together', async () => {
		expect((await trend('--township', '4')).includes).toEqual([]);
		const all = await trend();
		expect(all.includes).toEqual([]);
		expect(figures(all)).toEqual(['2025Q1 2/4', '2025Q2 1/2', '2025Q3 1/1']);
	});

	it('shows who sees the new township alone nothing of the old ones', () =>
		lookInto(home, async (engine) => {
			const own: Actor = { name: 'own', role: 'township', townships: ['1' as never] };
			expect(await predecessors(engine, '1', own)).toEqual([]);
		}));

	it('leaves every tally as it is without the mergers', () =>
		inFolder(async (plain) => {
			const patrols = readFileSync(join(home, 'patrol.csv'), 'utf8');
			const files = write(plain, {
				'township.csv': '行政区划代码,乡镇名称,撤销日期\n1,甲镇,\n2,乙镇,2025-07-01\n3,丙镇,2025-04-01\n4,丁镇,\n',
				'patrol.csv': patrols
			});
			await kaoji(plain, 'import', ...Object.values(files), ...day);
			for (const period of ['2025Q1', '2025Q2', '2025Q3']) {
				const asked = ['tally', '--period', period, '--json'];
				const own = (await kaoji(home, ...asked)).json();
				expect(own).toEqual((await kaoji(plain, ...asked)).json());
			}
		}));
});

describe('a row of the township register', () => {
	const held = async (home: string): Promise<unknown> =>
		((await kaoji(home, 'quarantine', '--json')).json() as HeldRow[]).map(({ line, problems }) => [
			line,
			...problems.map(({ field, code }) => `${field} ${code}`)
		]);

	it('is held where it went into a township that is not there, until that comes', () =>
		inFolder(async (home) => {
			const { first, second } = write(home, {
				first: '行政区划代码,乡镇名称,并入,撤销日期\n1,甲镇,9,2025-07-01\n2,乙镇,,\n',
				second: '行政区划代码,乡镇名称\n9,新镇\n'
			});
			await kaoji(home, 'import', first, '--kind', 'township', ...day);
			expect(await held(home)).toEqual([[2, 'merged_into unknown_township']]);
			await kaoji(home, 'import', second, '--kind', 'township', ...day);
			expect(await held(home)).toEqual([]);
		}));

	it('is held where the mergers go round, in one file or over several', () =>
		inFolder(async (home) => {
			const { round, one, other } = write(home, {
				round: '行政区划代码,乡镇名称,并入\n1,甲镇,2\n2,乙镇,丙镇\n3,丙镇,1\n4,丁镇,1\n5,戊镇,5\n6,己镇,\n',
				one: '行政区划代码,乡镇名称,并入\n7,庚镇,6\n',
				other: '行政区划代码,乡镇名称,并入\n6,己镇,7\n'
			});
			await kaoji(home, 'import', round, '--kind', 'township', ...day);
			expect(await held(home)).toEqual([2, 3, 4, 6].map((line) => [line, 'merged_into merger_circle']));
			await kaoji(home, 'import', one, '--kind', 'township', ...day);
			await kaoji(home, 'import', other, '--kind', 'township', ...day);
			expect(await held(home)).toContainEqual([2, 'merged_into merger_circle']);
			expect(((await held(home)) as unknown[]).length).toBe(5);
		}));
});
