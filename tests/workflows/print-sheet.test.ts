import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CFB, read, utils, type WorkBook, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { Problem } from '#lib/basis/problem.ts';
import { sheetNoteTexts } from '#lib/messages/sheet-note-text.ts';
import type { Scheme } from '#lib/scoring/scheme.ts';
import { onsiteBytes } from '#lib/server/workbooks/write-onsite.ts';
import { onsiteSheet } from '#lib/server/workflows/print-sheet.ts';
import { inFolder, kaoji } from '../support/kaoji.ts';
import {
	inMarking,
	luoxi,
	marker,
	type Marking,
	markingPeriod,
	markingScheme,
	menghe,
	sanjing,
	townshipFile
} from '../support/marking.ts';

const made = async ({ warehouse, scheme, deciding }: Marking, township: string | null = null): Promise<Buffer> =>
	onsiteBytes(await onsiteSheet(warehouse, { scheme, period: markingPeriod, township, now: deciding().now }, marker));

type Rows = (string | number | null)[][];
const rowsOf = (book: WorkBook, name: string): Rows =>
	utils.sheet_to_json<Rows[number]>(book.Sheets[name] ?? {}, { header: 1, defval: null });

/** Types into a row of a sheet, as an office does: what stands in the row tells which, a header which cell. */
function type(
	book: WorkBook,
	name: string,
	row: readonly string[],
	cells: Readonly<Record<string, string | number>>
): void {
	const rows = rowsOf(book, name);
	const header = rows.findIndex((line) => line.includes('指标'));
	const taken = Object.keys(cells)[0] ?? '';
	const r = rows.findIndex(
		(line, i) => i > header && row.every((text) => line.includes(text)) && !line[(rows[header] ?? []).indexOf(taken)]
	);
	if (r < 0) throw new Error(row.join(' '));
	for (const [title, v] of Object.entries(cells)) {
		const c = (rows[header] ?? []).indexOf(title);
		const sheet = book.Sheets[name];
		if (c < 0 || !sheet) throw new Error(title);
		sheet[utils.encode_cell({ r, c })] = { t: typeof v === 'number' ? 'n' : 's', v };
	}
}

/** The workbook as a file of the folder. */
function saved({ folder }: Marking, book: WorkBook): string {
	const path = join(folder, '现场考核表.xlsx');
	writeFileSync(path, write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer);
	return path;
}

function partOf(bytes: Buffer, path: string): string {
	const library = CFB as {
		read: (bytes: Buffer, options: object) => unknown;
		find: (archive: unknown, path: string) => { content: Uint8Array } | null;
	};
	return Buffer.from(library.find(library.read(bytes, { type: 'buffer' }), `/${path}`)?.content ?? []).toString('utf8');
}

describe('the on-site sheet', () => {
	it('has a line for each indicator that is marked and three for each that is deducted from, with what each is worth', () =>
		inMarking({}, async (marking) => {
			const book = read(await made(marking, menghe), { type: 'buffer' });
			expect(book.SheetNames).toEqual(['人工评分', '现场扣分']);
			const marks = rowsOf(book, '人工评分');
			expect(marks[0]?.[0]).toBe('卫生监督协管现场考核表');
			expect(marks[1]?.[0]).toBe('被考核单位：孟河镇　考核周期：2026 年一季度　考核细则：打分细则');
			const columns = ['所属乡镇', '考核周期', '指标', '考核内容', '标准分', '扣分标准', '得分', '依据', '评分人'];
			expect(marks[2]).toEqual(columns);
			expect(marks[3]).toEqual([
				'孟河镇',
				'2026Q1',
				'onsite',
				'现场考核',
				'10',
				'按现场情况评定，0 至 10 分',
				null,
				null,
				null
			]);
			expect(marks.slice(4).map(([first]) => first?.toString().slice(0, 9))).toEqual([
				'签字（检查人）：　',
				'签字（被考核单位）'
			]);
			const deductions = rowsOf(book, '现场扣分');
			expect(deductions.slice(3, 6).map((row) => [row[0], row[3], row[5]])).toEqual(
				[1, 2, 3].map((line) => [`现场-20260430080100-${line}`, 'discipline', '5'])
			);
		}));

	it('prints on A4, one page wide, a page for each township, its head on every page', () =>
		inMarking({}, async (marking) => {
			const bytes = await made(marking);
			const xml = partOf(bytes, 'xl/worksheets/sheet1.xml');
			expect(xml).toContain('<pageSetUpPr fitToPage="1"/>');
			expect(xml).toMatch(/<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"\/>/);
			// Head, one line, two to sign: a page ends after rows 6 and 9, and the last needs no end.
			expect([...xml.matchAll(/<brk id="(\d+)"/g)].map(([, row]) => row)).toEqual(['6', '9']);
			expect(partOf(bytes, 'xl/workbook.xml')).toContain('>&apos;人工评分&apos;!$1:$3<');
			// ECMA-376 has the parts of a sheet in one order; Excel refuses another.
			const order = [
				'sheetPr',
				'dimension',
				'cols',
				'sheetData',
				'mergeCells',
				'dataValidations',
				'printOptions',
				'pageMargins',
				'pageSetup',
				'headerFooter',
				'rowBreaks'
			];
			const places = order.map((part) => xml.search(new RegExp(`<${part}[ >/]`)));
			expect(places).toEqual([...places].sort((a, b) => a - b));
			expect(places.every((place) => place > 0)).toBe(true);
		}));

	it('lets a spreadsheet program refuse more points than there are', () =>
		inMarking({}, async (marking) => {
			const xml = partOf(await made(marking), 'xl/worksheets/sheet1.xml');
			const rules = [...xml.matchAll(/sqref="([^"]*)"><formula1>0<\/formula1><formula2>(\d+)</g)];
			// 三井街道 stands in row 4 with 8 points, the towns in 7 and 10 with 10.
			expect(rules.map(([, cells, most]) => [cells, most])).toEqual([
				['G4:G4', '8'],
				['G7:G7 G10:G10', '10']
			]);
		}));

	it('is imported as it is: what is filled in counts, what is blank is passed over and told', () =>
		inMarking({}, async (marking) => {
			const book = read(await made(marking), { type: 'buffer' });
			type(book, '人工评分', ['孟河镇', 'onsite'], { 得分: 9.5, 依据: '材料齐全', 评分人: '李四' });
			type(book, '人工评分', ['罗溪镇', 'onsite'], { 得分: 7, 评分人: '李四' });
			type(book, '现场扣分', ['孟河镇', 'discipline'], {
				扣分: 1.5,
				检查日期: '2026-04-02',
				扣分原因: '台账不全',
				检查人: '李四'
			});
			type(book, '现场扣分', ['孟河镇', 'discipline'], {
				扣分: 1,
				检查日期: '2026-04-02',
				扣分原因: '迟到',
				检查人: '李四'
			});
			const { files, problems } = await marking.take(saved(marking, book));
			expect(problems).toEqual([]);
			expect(files).toMatchObject([
				{ kind: 'mark', sheet: '人工评分', read: 2, added: 2, quarantined: 0 },
				{ kind: 'deduction', sheet: '现场扣分', read: 2, added: 2, quarantined: 0 }
			]);
			expect(files[0] && sheetNoteTexts(files[0], 'zh')).toContain('空着没填的行不计：第 4 行');
			expect(await marking.scoreOf(menghe, 'onsite')).toMatchObject({ awarded: '9.5000' });
			expect(await marking.scoreOf(luoxi, 'onsite')).toMatchObject({ awarded: '7.0000' });
			expect(await marking.scoreOf(sanjing, 'onsite')).toMatchObject({ state: 'missing' });
			// 5 less 1.5 and 1.
			expect(await marking.scoreOf(menghe, 'discipline')).toMatchObject({ awarded: '2.5000' });
		}));

	it('holds a line that has a reason and no points: somebody forgot them', () =>
		inMarking({}, async (marking) => {
			const book = read(await made(marking, menghe), { type: 'buffer' });
			type(book, '人工评分', ['孟河镇', 'onsite'], { 依据: '材料齐全', 评分人: '李四' });
			const { files, problems } = await marking.take(saved(marking, book));
			expect(files).toMatchObject([{ read: 1, quarantined: 1 }, { read: 0 }]);
			expect(problems).toMatchObject([{ code: 'missing_value', sample: [{ field: 'points', line: 4 }] }]);
		}));

	it('holds a line that was given more than it is worth, however it got into the file', () =>
		inMarking({}, async (marking) => {
			const book = read(await made(marking), { type: 'buffer' });
			type(book, '人工评分', ['三井街道', 'onsite'], { 得分: 8.5, 评分人: '李四' });
			type(book, '人工评分', ['孟河镇', 'onsite'], { 得分: 8.5, 评分人: '李四' });
			const found = { 检查日期: '2026-04-02', 扣分原因: '台账不全', 检查人: '李四' };
			type(book, '现场扣分', ['孟河镇', 'discipline'], { 扣分: 15, ...found });
			type(book, '现场扣分', ['罗溪镇', 'discipline'], { 扣分: 5, ...found });
			const { files, problems } = await marking.take(saved(marking, book));
			expect(files).toMatchObject([
				{ read: 2, added: 1, quarantined: 1 },
				{ read: 2, added: 1, quarantined: 1 }
			]);
			expect(problems).toMatchObject([
				{
					code: 'above_full_points',
					count: 2,
					sample: [
						{ sheet: '人工评分', line: 4, field: 'points', value: '8.5' },
						{ sheet: '现场扣分', field: 'minus', value: '15' }
					]
				}
			]);
			expect(await marking.scoreOf(sanjing, 'onsite')).toMatchObject({ state: 'missing' });
			expect(await marking.scoreOf(menghe, 'onsite')).toMatchObject({ awarded: '8.5000' });
			expect(await marking.scoreOf(luoxi, 'discipline')).toMatchObject({ awarded: '0.0000' });
		}));

	it('asks for the one who confirmed it where the scheme does, and takes nobody for a second person of themselves', () =>
		inMarking({ secondPerson: true }, async (marking) => {
			mkdirSync(join(marking.warehouse.home, 'schemes'), { recursive: true });
			writeFileSync(join(marking.warehouse.home, 'schemes', 'marking.yaml'), markingScheme(true));
			const book = read(await made(marking), { type: 'buffer' });
			expect(rowsOf(book, '人工评分')[2]).toContain('复核人');
			type(book, '人工评分', ['三井街道', 'onsite'], { 得分: 7, 评分人: '李四', 复核人: '李 四' });
			type(book, '人工评分', ['孟河镇', 'onsite'], { 得分: 8, 评分人: '李四' });
			type(book, '人工评分', ['罗溪镇', 'onsite'], { 得分: 9, 评分人: '李四', 复核人: '王五' });
			const { files, problems } = await marking.take(saved(marking, book));
			expect(files).toMatchObject([{ read: 3, added: 1, quarantined: 2 }, { read: 0 }]);
			expect(problems).toMatchObject([
				{ code: 'second_person_missing', count: 1, sample: [{ field: 'confirmed_by' }] },
				{ code: 'second_person_same', count: 1, sample: [{ field: 'confirmed_by', value: '李 四' }] }
			]);
			expect(await marking.scoreOf(menghe, 'onsite')).toMatchObject({ state: 'missing' });
			expect(await marking.scoreOf(luoxi, 'onsite')).toMatchObject({ awarded: '9.0000' });
		}));

	it('passes nothing over in a file of marks that is no printed form', () =>
		inMarking({}, async (marking) => {
			const path = join(marking.folder, '评分.csv');
			writeFileSync(path, '所属乡镇,考核周期,指标,得分,依据,评分人\n孟河镇,2026Q1,onsite,,,李四\n');
			const { files } = await marking.take(path);
			expect(files).toMatchObject([{ read: 1, quarantined: 1, passedOver: [] }]);
		}));

	it('is refused where nothing is marked on site, and for a township that there is not', () =>
		inMarking({}, async (marking) => {
			const codeOf = async (scheme: Scheme, township: string | null): Promise<string> => {
				const problem: unknown = await made({ ...marking, scheme }, township).catch((error: unknown) => error);
				return problem instanceof Problem ? problem.code : String(problem);
			};
			const { scheme } = marking;
			const counted = scheme.indicators.filter(({ measure }) => measure.name === 'figure');
			expect(await codeOf({ ...scheme, indicators: counted }, null)).toBe('onsite_nothing');
			expect(await codeOf(scheme, '999')).toBe('township_unknown');
		}));
});

describe('the command sheet', () => {
	it('writes the sheet of one township by its name', () =>
		inFolder(async (folder) => {
			const home = join(folder, 'home');
			const [townships, scheme, out] = ['乡镇.csv', 'marking.yaml', '表.xlsx'].map((name) => join(folder, name)) as [
				string,
				string,
				string
			];
			writeFileSync(townships, townshipFile);
			writeFileSync(scheme, markingScheme(false));
			await kaoji(home, 'import', townships, '--today', '2026-04-30');
			const options = ['--period', '2026Q1', '--scheme', scheme, '--out', out];
			const ran = await kaoji(home, 'sheet', ...options, '--township', '孟河', '--json');
			expect(ran.json()).toEqual({ period: '2026Q1', scheme: 'marking', out, townships: 1, rows: 4 });
			expect(rowsOf(read(readFileSync(out), { type: 'buffer' }), '人工评分')[3]?.[0]).toBe('孟河镇');
			expect((await kaoji(home, 'sheet', ...options, '--township', '无此镇')).code).toBe(1);
		}));
});
