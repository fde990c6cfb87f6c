import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { FileReport, ImportReport } from '#lib/server/workflows/import-files.ts';
import type { HeldRow } from '#lib/server/workflows/list-quarantine.ts';
import { patrolCsv, subjectCsv, townshipCsv, write } from '../intake/files.ts';
import { inFolder, kaoji, type Ran } from '../support/kaoji.ts';

const today = ['--today', '2026-04-30', '--json'];

/** Runs an import and gives its exit code and report. */
async function bring(home: string, ...args: string[]): Promise<ImportReport & { code: number }> {
	const ran = await kaoji(home, 'import', ...args, ...today);
	if (ran.stdout === '') throw new Error(ran.stderr);
	const report = ran.json() as ImportReport;
	for (const file of report.files)
		expect(file.read).toBe(file.added + file.revised + file.withdrawn + file.unchanged + file.quarantined);
	return { ...report, code: ran.code };
}

const counts = ({ read, added, revised, withdrawn, unchanged, quarantined, released }: FileReport): number[] => [
	read,
	added,
	revised,
	withdrawn,
	unchanged,
	quarantined,
	released
];

async function query(home: string, sql: string): Promise<Record<string, unknown>[]> {
	return (await kaoji(home, 'query', sql, '--json')).json() as Record<string, unknown>[];
}

describe('an import', () => {
	it('takes the rest of a file and holds a broken row with file, line, field and reason', () =>
		inFolder(async (folder) => {
			const broken = patrolCsv(20).replace('2025-02-07,0', '2025-02-30,0');
			const files = write(folder, { 'township.csv': townshipCsv, 'subject.csv': subjectCsv(20), 'patrol.csv': broken });
			const { code, files: reports, problems } = await bring(folder, ...Object.values(files));
			expect(code).toBe(3);
			expect(counts(reports[2] as FileReport)).toEqual([20, 19, 0, 0, 0, 1, 0]);
			expect(problems).toMatchObject([
				{
					code: 'bad_date',
					count: 1,
					sample: [{ file: 'patrol.csv', line: 8, field: 'patrolled_on', value: '2025-02-30' }]
				}
			]);
			expect(problems[0]?.sample[0]?.message).toContain('2025-02-30');
			const held = (await kaoji(folder, 'quarantine', '--json')).json() as HeldRow[];
			expect(held).toMatchObject([
				{ file: 'patrol.csv', line: 8, row: { 流水号: 'P2025-02-7', 巡查日期: '2025-02-30' } }
			]);
		}));

	it('takes a corrected file of held rows, which settles the holds', () =>
		inFolder(async (folder) => {
			const broken = patrolCsv(20).replace('2025-02-07,0', '2025-02-30,0');
			const files = write(folder, { 'township.csv': townshipCsv, 'subject.csv': subjectCsv(20), 'patrol.csv': broken });
			await bring(folder, ...Object.values(files));
			const { bytes } = await kaoji(folder, 'quarantine', '--format', 'csv');
			const corrected = write(folder, {
				'corrected.csv': bytes.toString('utf8').replaceAll('2025-02-30', '2025-02-27')
			});
			const { code, files: reports } = await bring(folder, corrected['corrected.csv']);
			expect([code, ...counts(reports[0] as FileReport)]).toEqual([0, 1, 1, 0, 0, 0, 0, 0]);
			expect((await kaoji(folder, 'quarantine', '--json')).json()).toEqual([]);
			expect(await query(folder, `SELECT patrolled_on FROM patrol WHERE id = 'P2025-02-7'`)).toEqual([
				{ patrolled_on: '2025-02-27' }
			]);
		}));

	it('settles a hold when the corrected file itself comes again', () =>
		inFolder(async (folder) => {
			const broken = patrolCsv(20).replace('2025-02-07,0', '2025-02-30,0');
			const files = write(folder, { 'township.csv': townshipCsv, 'subject.csv': subjectCsv(20), 'patrol.csv': broken });
			await bring(folder, ...Object.values(files));
			writeFileSync(files['patrol.csv'], patrolCsv(20));
			const { files: reports } = await bring(folder, files['patrol.csv']);
			expect(counts(reports[0] as FileReport)).toEqual([20, 1, 0, 0, 19, 0, 0]);
			expect((await kaoji(folder, 'quarantine', '--json')).json()).toEqual([]);
		}));

	it('holds patrols that come before their register, and the register releases them', () =>
		inFolder(async (folder) => {
			const files = write(folder, {
				'township.csv': townshipCsv,
				'subject.csv': subjectCsv(30),
				'patrol.csv': patrolCsv(30)
			});
			await bring(folder, files['township.csv']);
			const first = await bring(folder, files['patrol.csv']);
			expect([first.code, ...counts(first.files[0] as FileReport)]).toEqual([3, 30, 0, 0, 0, 0, 30, 0]);
			expect(first.problems[0]?.code).toBe('unknown_subject');
			const second = await bring(folder, files['subject.csv']);
			expect([second.code, ...counts(second.files[0] as FileReport)]).toEqual([0, 30, 30, 0, 0, 0, 0, 30]);
			expect(
				await query(folder, 'SELECT count(*) AS n, min(source_file) AS file, max(source_line) AS line FROM patrol')
			).toEqual([{ n: 30, file: 'patrol.csv', line: 31 }]);
			expect((await kaoji(folder, 'quarantine', '--json')).json()).toEqual([]);
		}));

	it('releases patrols of an unknown township when the township register comes, also where the subjects come with it', () =>
		inFolder(async (folder) => {
			const files = write(folder, {
				'township.csv': townshipCsv,
				'subject.csv': subjectCsv(3),
				'patrol.csv': patrolCsv(3)
			});
			await bring(folder, files['patrol.csv']);
			const { files: reports } = await bring(folder, files['subject.csv'], files['township.csv']);
			expect(reports.map(({ kind, released }) => [kind, released])).toEqual([
				['township', 3],
				['subject', 0]
			]);
			expect(await query(folder, 'SELECT count(*) AS n FROM patrol')).toEqual([{ n: 3 }]);
		}));

	it('lets a released row override nothing that was read after it', () =>
		inFolder(async (folder) => {
			const files = write(folder, {
				'township.csv': townshipCsv,
				'early.csv': '流水号,单位编号,所属乡镇,专业类别,巡查日期,问题数\nP1,S9,三井街道,餐饮,2025-02-01,5\n',
				'later.csv': '流水号,单位编号,所属乡镇,专业类别,巡查日期,问题数\nP1,,三井街道,餐饮,2025-02-01,2\n',
				'subject.csv': subjectCsv(9)
			});
			await bring(folder, files['township.csv']);
			await bring(folder, files['early.csv']);
			await bring(folder, files['later.csv']);
			await bring(folder, files['subject.csv']);
			expect(await query(folder, 'SELECT problems, source_file FROM patrol')).toEqual([
				{ problems: 2, source_file: 'later.csv' }
			]);
		}));

	it('counts the patrols of two months that are both numbered 1 to 80 under 序号 as 160', () =>
		inFolder(async (folder) => {
			const sheet = (month: string): string =>
				`序号,单位编号,所属乡镇,专业类别,巡查日期,巡查人\n${Array.from({ length: 80 }, (_, i) => `${i + 1},S${(i % 20) + 1},三井街道,食品安全,${month}-${String((i % 28) + 1).padStart(2, '0')},甲`).join('\n')}\n`;
			const files = write(folder, {
				'township.csv': townshipCsv,
				'subject.csv': subjectCsv(20),
				'february.csv': sheet('2025-02'),
				'march.csv': sheet('2025-03')
			});
			const { files: reports } = await bring(folder, ...Object.values(files));
			expect(reports.slice(2).map(({ added }) => added)).toEqual([80, 80]);
			expect(await query(folder, 'SELECT count(*) AS n FROM patrol')).toEqual([{ n: 160 }]);
			const again = await bring(folder, files['march.csv']);
			expect(counts(again.files[0] as FileReport)).toEqual([80, 0, 0, 0, 80, 0, 0]);
		}));

	it('counts equal rows without an id of their own as often as they stand in the file', () =>
		inFolder(async (folder) => {
			const twice = '序号,所属乡镇,专业类别,巡查日期\n1,三井街道,非法行医,2025-02-01\n2,三井街道,非法行医,2025-02-01\n';
			const files = write(folder, { 'township.csv': townshipCsv, 'patrol.csv': twice });
			const { files: reports } = await bring(folder, ...Object.values(files));
			expect(reports[1]?.added).toBe(2);
			expect((await bring(folder, files['patrol.csv'])).files[0]?.unchanged).toBe(2);
		}));

	it('holds a file whole that would rewrite a fifth of what is there, until it is confirmed', () =>
		inFolder(async (folder) => {
			const files = write(folder, {
				'township.csv': townshipCsv,
				'subject.csv': subjectCsv(50),
				'patrol.csv': patrolCsv(50)
			});
			await bring(folder, ...Object.values(files));
			const lines = patrolCsv(50).split('\n');
			writeFileSync(
				files['patrol.csv'],
				lines.map((line, i) => (i > 0 && i <= 10 ? line.replace(/,0$/, ',3') : line)).join('\n')
			);
			const held = await bring(folder, files['patrol.csv']);
			expect([held.code, ...counts(held.files[0] as FileReport)]).toEqual([3, 50, 0, 0, 0, 0, 50, 0]);
			expect(held.problems).toMatchObject([{ code: 'suspicious_revision', count: 50 }]);
			expect(await query(folder, 'SELECT sum(problems) AS n FROM patrol')).toEqual([{ n: 0 }]);
			const confirmed = await bring(folder, files['patrol.csv'], '--confirm-revisions');
			expect([confirmed.code, ...counts(confirmed.files[0] as FileReport)]).toEqual([0, 50, 0, 10, 0, 40, 0, 0]);
			expect(await query(folder, 'SELECT sum(problems) AS n FROM patrol')).toEqual([{ n: 30 }]);
			expect((await kaoji(folder, 'quarantine', '--json')).json()).toEqual([]);
		}));

	it('revises five rows of fifty without a question, but not one date', () =>
		inFolder(async (folder) => {
			const files = write(folder, {
				'township.csv': townshipCsv,
				'subject.csv': subjectCsv(50),
				'patrol.csv': patrolCsv(50)
			});
			await bring(folder, ...Object.values(files));
			const lines = patrolCsv(50).split('\n');
			writeFileSync(
				files['patrol.csv'],
				lines.map((line, i) => (i > 0 && i <= 5 ? line.replace(/,0$/, ',3') : line)).join('\n')
			);
			expect(counts((await bring(folder, files['patrol.csv'])).files[0] as FileReport)).toEqual([
				50, 0, 5, 0, 45, 0, 0
			]);
			writeFileSync(files['patrol.csv'], patrolCsv(50).replace('2025-02-09,0', '2025-02-10,0'));
			expect((await bring(folder, files['patrol.csv'])).problems[0]?.code).toBe('suspicious_revision');
		}));

	it('obeys the revision flag: adds, replaces, withdraws, and holds what has nothing to act on', () =>
		inFolder(async (folder) => {
			const head = '流水号,所属乡镇,专业类别,巡查日期,问题数,修改标志\n';
			const files = write(folder, {
				'township.csv': townshipCsv,
				'patrol.csv': `${head}P1,三井街道,餐饮,2025-02-01,1,1\nP2,三井街道,餐饮,2025-02-02,1,\nP1,三井街道,餐饮,2025-02-03,2,2\nP2,三井街道,餐饮,2025-02-02,1,3\nP3,三井街道,餐饮,2025-02-02,1,3\nP4,三井街道,餐饮,2025-02-02,1,2\n`
			});
			const { files: reports, problems } = await bring(folder, ...Object.values(files));
			expect(counts(reports[1] as FileReport)).toEqual([6, 2, 1, 1, 0, 2, 0]);
			expect(problems).toMatchObject([{ code: 'nothing_to_revise', count: 2 }]);
			const current = [{ id: 'P1', patrolled_on: '2025-02-03', problems: 2 }];
			expect(await query(folder, 'SELECT id, patrolled_on, problems FROM patrol')).toEqual(current);
			const again = await bring(folder, files['patrol.csv']);
			expect(counts(again.files[0] as FileReport)).toEqual([6, 0, 0, 0, 4, 2, 0]);
			expect(await query(folder, 'SELECT id, patrolled_on, problems FROM patrol')).toEqual(current);
		}));

	it('holds both rows of one key with different content, and takes equal ones once', () =>
		inFolder(async (folder) => {
			const files = write(folder, {
				'township.csv': townshipCsv,
				'subject.csv':
					'统一社会信用代码,单位名称,专业类别,所属乡镇\n91A,甲店,餐饮,三井街道\n91A,乙店,餐饮,三井街道\n91B,丙店,餐饮,三井街道\n91B,丙店,餐饮,三井街道\n'
			});
			const { files: reports, problems } = await bring(folder, ...Object.values(files));
			expect(counts(reports[1] as FileReport)).toEqual([4, 1, 0, 0, 1, 2, 0]);
			expect(problems).toMatchObject([{ code: 'conflicting_rows', count: 2 }]);
		}));

	it('understands GB18030, titles, totals and blank rows, and names the right lines', () =>
		inFolder(async (folder) => {
			const text = `2025年2月巡查登记表\n\n流水号, 巡查 日期 ,所属乡镇,专业类别,问题数\nP1,2025年2月3日,孟河卫生院,生活饮用水,1\n\nP2,20250204,三井街道办事处,供水,x\n合计,,,,2\n`;
			const files = write(folder, { 'township.csv': townshipCsv, 'patrol.csv': iconv.encode(text, 'gb18030') });
			const { files: reports, problems } = await bring(folder, ...Object.values(files));
			expect(reports[1]).toMatchObject({ encoding: 'gb18030', headerRow: 3, read: 2, added: 1, quarantined: 1 });
			expect(problems).toMatchObject([{ code: 'bad_number', sample: [{ line: 6, value: 'x' }] }]);
			expect(await query(folder, 'SELECT township, domain, patrolled_on, source_line FROM patrol')).toEqual([
				{ township: '320411105', domain: 'drinking_water', patrolled_on: '2025-02-03', source_line: 4 }
			]);
		}));

	it('names every problem of a row', () =>
		inFolder(async (folder) => {
			const files = write(folder, {
				'township.csv': townshipCsv,
				'patrol.csv': '流水号,所属乡镇,专业类别,巡查日期,问题数\nP1,某某镇,算命,2031-01-01,-1\n,,,,3\n'
			});
			await bring(folder, ...Object.values(files));
			const held = (await kaoji(folder, 'quarantine', '--json')).json() as HeldRow[];
			expect(held.map(({ problems }) => problems.map(({ code }) => code).sort())).toEqual([
				['bad_number', 'date_in_future', 'unknown_domain', 'unknown_township'],
				['missing_value', 'missing_value', 'missing_value', 'missing_value']
			]);
		}));

	it('tells in a dry run what the real one will do, and keeps nothing', () =>
		inFolder(async (folder) => {
			const files = write(folder, {
				'township.csv': townshipCsv,
				'subject.csv': subjectCsv(5),
				'patrol.csv': patrolCsv(6)
			});
			const trial = await bring(folder, ...Object.values(files), '--dry-run');
			expect(await query(folder, 'SELECT count(*) AS n FROM patrol')).toEqual([{ n: 0 }]);
			const real = await bring(folder, ...Object.values(files));
			expect(trial.files).toEqual(real.files);
			expect(trial.problems).toEqual(real.problems);
		}));

	it('leaves a correction alone when the file that it corrected comes again', () =>
		inFolder(async (folder) => {
			const head = '流水号,所属乡镇,专业类别,巡查日期,问题数,修改标志\n';
			const rows = Array.from(
				{ length: 12 },
				(_, i) => `A${i + 1},三井街道,餐饮,2025-01-${String(i + 1).padStart(2, '0')},0,1`
			);
			const files = write(folder, {
				'township.csv': townshipCsv,
				'january.csv': `${head}${rows.join('\n')}\n`,
				'correction.csv': `${head}A1,三井街道,餐饮,2025-01-20,4,2\n`
			});
			await bring(folder, ...Object.values(files));
			const again = await bring(folder, files['january.csv'], files['correction.csv']);
			expect(again.files.map(({ unchanged }) => unchanged)).toEqual([12, 1]);
			expect(await query(folder, `SELECT problems, patrolled_on FROM patrol WHERE id = 'A1'`)).toEqual([
				{ problems: 4, patrolled_on: '2025-01-20' }
			]);
		}));

	it('keeps a row held whose township is unknown when another township brings the same id', () =>
		inFolder(async (folder) => {
			const head = '流水号,所属乡镇,专业类别,巡查日期\n';
			const files = write(folder, {
				'township.csv': townshipCsv,
				'a.csv': `${head}P0,三井街道,餐饮,2025-01-01\nP1,丙镇,餐饮,2025-01-02\n`,
				'b.csv': `${head}P1,三井街道,餐饮,2025-01-03\n`,
				'more.csv': '行政区划代码,乡镇名称\n320411109,丙镇\n'
			});
			await bring(folder, files['township.csv'], files['a.csv']);
			await bring(folder, files['b.csv']);
			expect((await bring(folder, files['more.csv'])).files[0]?.released).toBe(1);
			expect(await query(folder, `SELECT township FROM patrol WHERE id = 'P1' ORDER BY township`)).toEqual([
				{ township: '320411100' },
				{ township: '320411109' }
			]);
		}));

	it('takes findings whose patrol the same import sets free', () =>
		inFolder(async (folder) => {
			const files = write(folder, {
				'township.csv': townshipCsv,
				'patrol.csv': '流水号,单位编号,所属乡镇,专业类别,巡查日期\nP1,S1,三井街道,餐饮,2025-01-02\n',
				'subject.csv': subjectCsv(1),
				'finding.csv': '编号,流水号,所属乡镇,严重程度\nF1,P1,三井街道,严重\n'
			});
			await bring(folder, files['township.csv'], files['patrol.csv']);
			const { code, files: reports } = await bring(folder, files['subject.csv'], files['finding.csv']);
			expect([code, reports.map(({ added, released }) => [added, released])]).toEqual([
				0,
				[
					[1, 1],
					[1, 0]
				]
			]);
		}));

	it('holds a row with cells beyond the header, shows them, and holds it again until they are dealt with', () =>
		inFolder(async (folder) => {
			const files = write(folder, {
				'township.csv': townshipCsv,
				'patrol.csv': '流水号,所属乡镇,专业类别,巡查日期\nP1,三井街道,餐饮,2025-01-02,LOST\n'
			});
			expect((await bring(folder, ...Object.values(files))).problems[0]?.code).toBe('ragged_row');
			const { bytes } = await kaoji(folder, 'quarantine', '--format', 'csv');
			expect(bytes.toString('utf8')).toContain('LOST');
			const same = write(folder, { 'same.csv': bytes });
			expect((await bring(folder, same['same.csv'])).files[0]).toMatchObject({ added: 0, quarantined: 1 });
			const second = await kaoji(folder, 'quarantine', '--format', 'csv');
			const mended = write(folder, { 'mended.csv': second.bytes.toString('utf8').replace('LOST', '') });
			expect((await bring(folder, mended['mended.csv'])).files[0]).toMatchObject({ added: 1, quarantined: 0 });
		}));

	it('takes a large plain file with one long row as it takes a small one', () =>
		inFolder(async (folder) => {
			const rows = Array.from(
				{ length: 40_000 },
				(_, i) => `P${i},三井街道,食品安全,2025-01-02${i === 20_000 ? ',x' : ''}`
			);
			const files = write(folder, {
				'township.csv': townshipCsv,
				'patrol.csv': `流水号,所属乡镇,专业类别,巡查日期\n${rows.join('\n')}\n`
			});
			const { files: reports, problems } = await bring(folder, ...Object.values(files));
			expect(counts(reports[1] as FileReport)).toEqual([40_000, 39_999, 0, 0, 0, 1, 0]);
			expect(problems).toMatchObject([{ code: 'ragged_row', sample: [{ line: 20_002 }] }]);
			writeFileSync(files['patrol.csv'], readFileSync(files['patrol.csv'], 'utf8').replace(',x\n', '\n'));
			expect(counts((await bring(folder, files['patrol.csv'])).files[0] as FileReport)).toEqual([
				40_000, 1, 0, 0, 39_999, 0, 0
			]);
			expect(await query(folder, `SELECT source_line FROM patrol WHERE id = 'P39999'`)).toEqual([
				{ source_line: 40_001 }
			]);
		}));

	it.each([
		['CRLF, and a last line that ends in LF', (lines: string[]) => `${lines.join('\r\n')}\n`],
		['an LF header over CRLF rows', ([head = '', ...rows]: string[]) => `${head}\n${rows.join('\r\n')}\r\n`],
		['LF, and one CR alone', (lines: string[]) => `${lines.slice(0, -1).join('\n')}\r${lines.at(-1) ?? ''}\n`],
		['LF first, then CRLF', (lines: string[]) => lines.map((line, i) => line + (i < 30_000 ? '\n' : '\r\n')).join('')],
		[
			'quotes only at the end',
			(lines: string[]) => `${lines.join('\n').replace(/三井街道(?=[^三]*$)/, '"三井街道"')}\n`
		]
	])('takes a large text with line ends of its own: %s', (_, written) =>
		inFolder(async (folder) => {
			const rows = Array.from({ length: 40_000 }, (_, i) => `P${i},三井街道,食品安全,2025-01-02`);
			const files = write(folder, {
				'township.csv': townshipCsv,
				'patrol.csv': written(['流水号,所属乡镇,专业类别,巡查日期', ...rows])
			});
			await bring(folder, files['township.csv']);
			const { files: reports } = await bring(folder, files['patrol.csv']);
			expect(counts(reports[0] as FileReport)).toEqual([40_000, 40_000, 0, 0, 0, 0, 0]);
			expect(await query(folder, `SELECT count(DISTINCT id) AS n, max(source_line) AS last FROM patrol`)).toEqual([
				{ n: 40_000, last: 40_001 }
			]);
		})
	);

	it('gives a cell that is merged over rows to each of them, and reads a header over two lines', () =>
		inFolder(async (folder) => {
			const { utils, write: bytesOf } = await import('@e965/xlsx');
			const sheet = utils.aoa_to_sheet([
				['巡查登记表', null, null, null],
				['流水号', '所属乡镇', '巡查情况', null],
				[null, null, '专业类别', '巡查日期'],
				['P1', '三井街道', '餐饮', '2025-01-02'],
				['P2', null, '餐饮', '2025-01-03'],
				['合计', null, null, '2']
			]);
			sheet['!merges'] = ['A1:D1', 'A2:A3', 'B2:B3', 'C2:D2', 'B4:B5'].map(utils.decode_range);
			const book = utils.book_new();
			utils.book_append_sheet(book, sheet, '登记');
			const files = write(folder, {
				'township.csv': townshipCsv,
				'patrol.xlsx': bytesOf(book, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array
			});
			const { files: reports } = await bring(folder, ...Object.values(files));
			expect(reports[1]).toMatchObject({ headerRow: 3, sheet: '登记', read: 2, added: 2 });
			expect(await query(folder, 'SELECT DISTINCT township FROM patrol')).toEqual([{ township: '320411100' }]);
		}));

	it('revises a row that the same call has added', () =>
		inFolder(async (folder) => {
			const head = '流水号,所属乡镇,专业类别,巡查日期,问题数\n';
			const files = write(folder, {
				'township.csv': townshipCsv,
				'a.csv': `${head}P1,三井街道,餐饮,2025-02-01,1\n`,
				'b.csv': `${head}P1,三井街道,餐饮,2025-02-01,4\n`
			});
			const { files: reports } = await bring(folder, ...Object.values(files));
			expect(reports.slice(1).map(({ added, revised }) => [added, revised])).toEqual([
				[1, 0],
				[0, 1]
			]);
			expect(await query(folder, 'SELECT problems, source_file FROM patrol')).toEqual([
				{ problems: 4, source_file: 'b.csv' }
			]);
		}));
});

describe('a file that cannot be taken', () => {
	const wrong: Record<string, string | Uint8Array> = {
		'empty.csv': '',
		'blank.csv': '\n \n',
		'open-quote.csv': '流水号,所属乡镇,专业类别,巡查日期\nP1,三井街道,餐饮,"2025-02-01\n',
		'cut.csv': '流水号,所属乡镇,专业类别,巡查日期\nP1,三井街道,餐饮,2025-02-01\nP2,三井街',
		'recipes.csv': '菜名,做法\n红烧肉,慢火\n',
		'not-a-workbook.xlsx': 'PK but not a workbook',
		'cut-workbook.xlsx': Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(500, 7)]),
		'picture.csv': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0xff, 0xfe])
	};
	it.each([...Object.keys(wrong), 'missing.csv'])(
		'%s gives one clear line and exit code 1, and leaves the home as before',
		(name) =>
			inFolder(async (folder) => {
				const files = write(folder, { 'township.csv': townshipCsv });
				await bring(folder, files['township.csv']);
				const before = readFileSync(join(folder, 'kaoji.duckdb'));
				const content = wrong[name];
				if (content !== undefined) write(folder, { [name]: content });
				const good = write(folder, { 'subject.csv': subjectCsv(3) });
				const ran: Ran = await kaoji(folder, 'import', good['subject.csv'], join(folder, name), ...today);
				expect(ran.code).toBe(1);
				expect(ran.stdout).toBe('');
				expect(ran.stderr.split('\n').filter((line) => line !== '' && !/^第 \d 步/.test(line))).toHaveLength(1);
				expect(ran.stderr).toContain(name);
				expect(readFileSync(join(folder, 'kaoji.duckdb')).equals(before)).toBe(true);
			})
	);

	it('does not make a home for a file that is not there', () =>
		inFolder(async (folder) => {
			const ran = await kaoji(join(folder, 'home'), 'import', join(folder, 'no.csv'), ...today);
			expect(ran.code).toBe(1);
			expect(existsSync(join(folder, 'home'))).toBe(false);
			expect(readdirSync(folder)).toEqual([]);
		}));
});
