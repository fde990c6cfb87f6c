/** Workbooks with several sheets, hidden ones, macros; archives of files. */
import { bookSheet, type Cases, sheet, taken } from '../making/case.ts';
import { compound, zip } from '../making/containers.ts';
import { patrolSheet, textOf } from '../making/rows.ts';
import { type SheetContent, workbook } from '../making/spreadsheets.ts';
import iconv from 'iconv-lite';

const patrolsOf = (name: string, prefix: string, state?: SheetContent['state']): SheetContent => ({
	name,
	rows: patrolSheet(prefix, 3),
	...(state ? { state } : {})
});

const three = { read: 3, added: 3 };
const macroProject = compound({ '/PROJECT': Buffer.from('ID="{00000000-0000-0000-0000-000000000000}"\r\n') });

export const workbooks: Cases = {
	'39-several-kinds': {
		// The patrols name two premises that stand on the register beside them; the sheet of words is none of any kind.
		files: {
			'季度材料.xlsx': workbook([
				{ name: '填表说明', rows: [['一、各乡镇于次月五日前报送'], ['二、日期写作2025-03-05']] },
				{
					name: '巡查',
					rows: [
						['流水号', '单位编号', '所属乡镇', '专业类别', '巡查日期'],
						['K1', 'N1', '孟河镇', '供水', '2025-03-01'],
						['K2', 'N2', '孟河镇', '托育', '2025-03-02']
					]
				},
				{
					name: '信息',
					rows: [
						['序号', '机构名称', '发现时间', '信息类别', '信息内容', '报告时间', '报告人'],
						[1, '孟河中心卫生院', '2025-03-04', '食源性疾病', '两人腹泻', '2025-03-04', '赵敏']
					]
				},
				{
					name: '本底',
					rows: [
						['单位编号', '单位名称', '专业类别', '所属乡镇', '村居'],
						['N1', '孟河水厂', '生活饮用水', '孟河镇', '小河村'],
						['N2', '小河托育园', '学校卫生', '孟河镇', '小河村']
					]
				},
				{
					name: '报表',
					rows: [
						['所属乡镇', '报表类型', '所属期', '报送日期', '是否退回'],
						['孟河镇', '月报', '2025年3月', '2025-03-18', '否'],
						['孟河镇', '季报', '2025年第一季度', '2025-03-31', null]
					]
				}
			])
		},
		expected: taken(
			'A workbook with a register, patrols, clues and forms, taken registers first, and a sheet of explanations',
			[
				bookSheet('季度材料.xlsx', '本底', { kind: 'subject', read: 2, added: 2 }),
				bookSheet('季度材料.xlsx', '巡查', { read: 2, added: 2 }),
				bookSheet('季度材料.xlsx', '信息', { kind: 'clue', read: 1, added: 1 }),
				bookSheet('季度材料.xlsx', '报表', { kind: 'submission', read: 2, added: 2 })
			],
			{ skipped: [{ file: '季度材料.xlsx', sheet: '填表说明', reason: 'unrecognised' }] }
		)
	},
	'40-hidden-sheets': {
		files: {
			'巡查.xlsx': workbook([
				patrolsOf('三月', 'H'),
				patrolsOf('旧数据', 'I', 'hidden'),
				patrolsOf('底稿', 'J', 'very hidden')
			])
		},
		expected: taken(
			'A hidden sheet, and one that only a macro can show: neither is read, and both are named',
			[bookSheet('巡查.xlsx', '三月', three)],
			{
				skipped: [
					{ file: '巡查.xlsx', sheet: '旧数据', reason: 'hidden' },
					{ file: '巡查.xlsx', sheet: '底稿', reason: 'hidden' }
				]
			}
		)
	},
	'41-one-sheet-of-two': {
		files: { '巡查.xlsx': workbook([patrolsOf('2月', 'A'), patrolsOf('3月', 'Y')]) },
		expected: taken('A sheet that was asked for, and not the other', [bookSheet('巡查.xlsx', '3月', three)], {
			arguments: ['--sheet', '3月']
		})
	},
	'42-macros': {
		files: { '巡查.xlsm': workbook([patrolsOf('巡查', 'V')], 'xlsm', { macros: macroProject }) },
		expected: taken('A workbook with macros, which are not run', [
			bookSheet('巡查.xlsm', '巡查', { ...three, macros: true })
		])
	},
	'43-archive-with-names-in-gbk': {
		files: {
			'报送.zip': zip(
				[
					{ name: '三月/三井街道巡查.csv', bytes: iconv.encode(textOf(patrolSheet('Z', 3)), 'gbk') },
					{ name: '三月/台账.xlsx', bytes: workbook([patrolsOf('巡查', 'A')]) },
					{ name: '三月/Thumbs.db', bytes: Buffer.from([1, 2, 3]) },
					{ name: '__MACOSX/三月/._台账.xlsx', bytes: Buffer.from([0, 5, 22, 7]) },
					{ name: '三月/照片.jpg', bytes: Buffer.from([0xff, 0xd8, 0xff, 0xe0]) }
				],
				{ gbkNames: true }
			)
		},
		expected: taken('An archive made by Windows in Chinese: a text, a workbook, and what is neither', [
			sheet('报送.zip/三月/三井街道巡查.csv', { ...three, encoding: 'gb18030', guessed: true }),
			bookSheet('报送.zip/三月/台账.xlsx', '巡查', three)
		])
	},
	'91-folder': {
		// By name: the older program's file comes first. What is hidden, or left by an open Excel, is no file of the office.
		files: {
			'报送/2月.XLS': workbook([patrolsOf('巡查', 'A')], 'biff8'),
			'报送/3月.ods': workbook([patrolsOf('巡查', 'Y')], 'ods'),
			'报送/4月.zip': zip([{ name: '巡查.csv', bytes: Buffer.from(textOf(patrolSheet('Z', 3))) }]),
			'报送/~$3月.xlsx': Buffer.from([5, 0x5a, 0x68]),
			'报送/.nextcloud.csv': 'a,b\n',
			'报送/说明.docx': Buffer.from('PK')
		},
		expected: taken('A folder with files of every program, and what is no file of tables', [
			bookSheet('2月.XLS', '巡查', three),
			bookSheet('3月.ods', '巡查', three),
			sheet('4月.zip/巡查.csv', three)
		])
	},
	'44-header-without-rows': {
		files: { '巡查.csv': textOf([['巡查登记表'], patrolSheet('A', 0)[0] ?? []]) },
		expected: taken('A form that nobody has filled in', [sheet('巡查.csv', { headerRow: 2, read: 0, added: 0 })])
	}
};
