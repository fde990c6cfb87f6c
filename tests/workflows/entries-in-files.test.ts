/** Marks, deductions and figures that come in by a file: the points that they may have, and the second person. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImportReport } from '#lib/server/workflows/import-files.ts';
import { csvText } from '#lib/server/workbooks/write-csv.ts';
import { enterMarks } from '#lib/server/workflows/enter-marks.ts';
import { inFolder, kaoji } from '../support/kaoji.ts';
import { inMarking, luoxi, marker, type Marking, markingPeriod, markingScheme, menghe } from '../support/marking.ts';

const head = ['所属乡镇', '考核周期', '指标', '标准分', '得分', '评分人', '复核人', '修改标志'];
let files = 0;
/** Imports rows of a kind as a file of their own. */
function take(
	{ folder, take: taken }: Marking,
	rows: readonly (readonly string[])[],
	header = head
): Promise<ImportReport> {
	const path = join(folder, `评分-${++files}.csv`);
	writeFileSync(path, csvText([[...header], ...rows.map((row) => [...row])]));
	return taken(path);
}
const became = ({ files: [file], problems }: ImportReport): unknown => [
	{ added: file?.added, revised: file?.revised, withdrawn: file?.withdrawn, unchanged: file?.unchanged },
	problems.map(({ code, sample }) => [code, sample.map(({ line, field }) => [line, field])])
];
const none = { added: 0, revised: 0, withdrawn: 0, unchanged: 0 };

/** Puts the scheme into the home: from then on it asks for a second person. */
function ask({ warehouse: { home } }: Marking, name = 'marking.yaml'): void {
	mkdirSync(join(home, 'schemes'), { recursive: true });
	writeFileSync(join(home, 'schemes', name), markingScheme(true));
}

describe('the points of a row', () => {
	it('do not keep a wrong mark from being taken back as it came in', () =>
		inMarking({}, async (marking) => {
			const wrong = ['孟河镇', '2026Q1', 'onsite', '', '80', '李四', '', ''];
			expect(became(await take(marking, [wrong]))).toEqual([{ ...none, added: 1 }, []]);
			const back = ['孟河镇', '2026Q1', 'onsite', '10', '80', '李四', '', '3'];
			expect(became(await take(marking, [back]))).toEqual([{ ...none, withdrawn: 1 }, []]);
			expect(await marking.scoreOf(menghe, 'onsite')).toMatchObject({ state: 'missing' });
		}));

	it('are not bounded by what is no number', () =>
		inMarking({}, async (marking) => {
			const row = ['孟河镇', '2026Q1', 'onsite', '见附件', '8', '李四', '', ''];
			expect(became(await take(marking, [row]))).toEqual([{ ...none, added: 1 }, []]);
		}));

	it('are missed again in the file of held rows: it is no form that was printed before anybody wrote in it', () =>
		inFolder(async (folder) => {
			const home = join(folder, 'home');
			const path = join(folder, '评分.csv');
			writeFileSync(join(folder, '乡镇.csv'), '行政区划代码,乡镇名称\n320411105,孟河镇\n');
			writeFileSync(path, '所属乡镇,考核周期,指标,得分,评分人\n孟河镇,2026Q1,onsite,,李四\n');
			await kaoji(home, 'import', join(folder, '乡镇.csv'), path, '--today', '2026-04-30');
			const held = join(folder, '暂存.csv');
			writeFileSync(held, (await kaoji(home, 'quarantine', '--kind', 'mark', '--format', 'csv')).stdout);
			const again = (await kaoji(home, 'import', held, '--today', '2026-04-30', '--json')).json() as ImportReport;
			expect(again.files).toMatchObject([{ kind: 'mark', read: 1, quarantined: 1, passedOver: [] }]);
		}));
});

describe('the second person of a row', () => {
	it('is not asked for again where nothing changes', () =>
		inMarking({ secondPerson: true }, async (marking) => {
			const old = ['孟河镇', '2026Q1', 'onsite', '10', '8', '李四', '', ''];
			await take(marking, [old]);
			ask(marking);
			const more = ['罗溪镇', '2026Q1', 'onsite', '10', '7', '李四', '', ''];
			expect(became(await take(marking, [old, more]))).toEqual([
				{ ...none, unchanged: 1 },
				[['second_person_missing', [[3, 'confirmed_by']]]]
			]);
			const other = ['孟河镇', '2026Q1', 'onsite', '10', '9', '李四', '', ''];
			expect(became(await take(marking, [other]))).toEqual([none, [['second_person_missing', [[2, 'confirmed_by']]]]]);
		}));

	it('is asked for where a row is taken back', () =>
		inMarking({ secondPerson: true }, async (marking) => {
			ask(marking);
			await take(marking, [['孟河镇', '2026Q1', 'onsite', '10', '8', '李四', '王五', '']]);
			const back = (second: string): string[] => ['孟河镇', '2026Q1', 'onsite', '10', '8', '李四', second, '3'];
			expect(became(await take(marking, [back('')]))).toEqual([
				none,
				[['second_person_missing', [[2, 'confirmed_by']]]]
			]);
			expect(became(await take(marking, [back('王五')]))).toEqual([{ ...none, withdrawn: 1 }, []]);
		}));

	it('confirms a figure of which it is said who entered it', () =>
		inMarking({ secondPerson: true }, async (marking) => {
			ask(marking);
			const header = ['所属乡镇', '考核周期', '指标名称', '分子', '分母', '填报人', '复核人'];
			const figure = (by: string, second: string): string[] => [
				'孟河镇',
				'2026Q1',
				'awareness_rate',
				'8',
				'10',
				by,
				second
			];
			expect(became(await take(marking, [figure('', '王五')], header))).toEqual([
				none,
				[['missing_value', [[2, 'by']]]]
			]);
			expect(became(await take(marking, [figure('王五', '王五')], header))).toEqual([
				none,
				[['second_person_same', [[2, 'confirmed_by']]]]
			]);
			expect(became(await take(marking, [figure('李四', '王五')], header))).toEqual([{ ...none, added: 1 }, []]);
		}));

	it('is found by its header where a mapping was saved before anybody asked', () =>
		inMarking({ secondPerson: true }, async (marking) => {
			ask(marking);
			const { home } = marking.warehouse;
			mkdirSync(join(home, 'mappings'), { recursive: true });
			const headers = ['乡', '期', '项', '分', '谁评的', '复核人'];
			writeFileSync(
				join(home, 'mappings', '旧表.yaml'),
				`kind: mark\nheaders: [${headers.join(', ')}]\ncolumns: { township: 乡, period: 期, indicator: 项, points: 分, by: 谁评的 }\n`
			);
			const rows = [
				['孟河镇', '2026Q1', 'onsite', '8', '李四', '王五'],
				['罗溪镇', '2026Q1', 'onsite', '8', '李四', '']
			];
			expect(became(await take(marking, rows, headers))).toEqual([
				{ ...none, added: 1 },
				[['second_person_missing', [[3, 'confirmed_by']]]]
			]);
		}));

	it('cannot be avoided by a version of the scheme that nobody published', () =>
		inMarking({ secondPerson: true }, async (marking) => {
			ask(marking);
			writeFileSync(
				join(marking.warehouse.home, 'schemes', 'marking@2.yaml'),
				markingScheme(false).replace('version: 1', 'version: 2')
			);
			const row = ['孟河镇', '2026Q1', 'onsite', '10', '8', '李四', '', ''];
			await expect(take(marking, [row])).rejects.toMatchObject({ code: 'version_unrecorded' });
			expect(await marking.scoreOf(menghe, 'onsite')).toMatchObject({ state: 'missing' });
		}));

	it('is waited for on the page, too, where another scheme of the home asks for one', () =>
		inMarking({ secondPerson: false }, async (marking) => {
			const { warehouse, scheme, deciding } = marking;
			ask(marking);
			const typed = [{ kind: 'mark', key: 'onsite', township: luoxi, cells: { points: '8' }, evidence: null }] as const;
			const entered = await enterMarks(
				warehouse,
				{ scheme, period: markingPeriod, typed, by: '李四', ...deciding() },
				marker
			);
			expect(entered).toEqual({ batch: null, rows: 1 });
			expect(await marking.scoreOf(luoxi, 'onsite')).toMatchObject({ state: 'missing' });
		}));
});
