/** Workbooks with several sheets, hidden ones, macros; archives of files. */
import { bookSheet, type Cases, problem, sheet, taken } from '../making/case.ts';
import { compound, zip } from '../making/containers.ts';
import { patrolSheet, textOf } from '../making/rows.ts';
import { day, padded, type SheetContent, workbook } from '../making/spreadsheets.ts';
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
	'92-every-other-kind': {
		// B05 is a patrol of 三井街道. One row each, in the columns of rules.md, 2.
		files: {
			'考核材料.xlsx': workbook([
				{
					name: '拨付',
					rows: [
						['凭证号', '拨付日期', '所属乡镇', '方案', '批次', '金额', '性质'],
						['2025-017', day(45_721), '孟河镇', 'county-2025', '第一批', 12_345.6, '预拨']
					]
				},
				{
					name: '填报',
					rows: [
						['所属乡镇', '考核周期', '指标名称', '分子', '分母', '数据来源', '填报人'],
						['孟河镇', '2025Q1', '群众知晓率', 96.5, 100, '电话调查', '吴芳']
					]
				},
				{
					name: '扣分',
					rows: [
						['编号', '所属乡镇', '考核周期', '指标', '扣分项目', '检查日期', '扣分', '扣分原因', '检查人'],
						['K-1', '孟河镇', '2025年第一季度', '档案管理', '台账', day(45_721), 0.5, '缺两份', '吴芳']
					]
				},
				{
					name: '评分',
					rows: [
						['所属乡镇', '考核周期', '指标', '得分', '评分人', '依据'],
						['孟河镇', '2025Q1', '组织管理', 9.5, '吴芳', '现场查看']
					]
				},
				{
					name: '抽查',
					rows: [
						['编号', '所属乡镇', '抽查日期', '抽查数', '真实数'],
						['C-1', '孟河镇', day(45_721), 10, 9]
					]
				},
				{
					name: '投诉',
					rows: [
						['受理编号', '所属乡镇', '受理日期', '办结期限', '办结日期'],
						['T-1', '孟河镇', day(45_721), day(45_736), null]
					]
				},
				{
					name: '工作',
					rows: [
						['编号', '所属乡镇', '类别', '开展日期', '人数'],
						['G-1', '孟河镇', '宣传', day(45_721), 120]
					]
				},
				{
					name: '问题',
					rows: [
						['编号', '巡查编号', '问题类别', '问题描述', '严重程度', '整改期限'],
						['W-1', 'B05', '证照', '许可证过期', '严重', day(45_736)]
					]
				},
				{
					name: '人员',
					rows: [
						['编号', '所属乡镇', '岗位', '持证日期', '到岗日期', '离岗日期'],
						['R-1', '孟河镇', '协管员', day(45_292), day(45_292), null]
					]
				},
				{
					name: '卫生室',
					rows: [
						['机构编码', '村卫生室', '所属乡镇', '村居'],
						['JS-01', '小河村卫生室', '孟河镇', '小河村']
					]
				}
			])
		},
		expected: taken(
			'All kinds of fact that other cases do not have, in one workbook whose sheets stand in the wrong order',
			(
				[
					['卫生室', 'clinic'],
					['人员', 'staff'],
					['问题', 'finding'],
					['工作', 'activity'],
					['投诉', 'complaint'],
					['抽查', 'spot_check'],
					['评分', 'mark'],
					['扣分', 'deduction'],
					['填报', 'figure'],
					['拨付', 'disbursement']
				] as const
			).map(([name, kind]) => bookSheet('考核材料.xlsx', name, { kind, read: 1, added: 1 })),
			{
				facts: [
					{ sql: `SELECT n, d FROM figure`, rows: [{ n: 96.5, d: 100 }] },
					{ sql: `SELECT township, severity FROM finding`, rows: [{ township: '320411100', severity: 'serious' }] },
					{
						sql: `SELECT received_on, due_on, closed_on FROM complaint`,
						rows: [{ received_on: '2025-03-05', due_on: '2025-03-20', closed_on: null }]
					}
				]
			}
		)
	},
	'93-cells-that-are-no-text': {
		// A formula counts as what it last gave; one that gave an error is no number. 00012 is what the office sees.
		files: {
			'台账.xlsx': workbook([
				{
					name: '信息',
					rows: [
						['编号', '所属乡镇', '发现日期', '信息类别', '是否紧急'],
						[padded(12, '00000'), '三井街道', day(45_721), '饮用水', true],
						[padded(13, '00000'), '三井街道', day(45_721), '饮用水', false]
					]
				},
				{
					name: '巡查',
					rows: [
						[...(patrolSheet('', 0)[0] ?? []), '问题数'],
						[
							'E1',
							'S01',
							'三井街道',
							'食品安全',
							{ formula: 'DATE(2025,3,5)', gave: 45_721 },
							{ formula: '1+1', gave: 2 }
						],
						['E2', 'S02', '三井街道', '食品安全', day(45_721), { formula: 'VLOOKUP(1,A:A,9)', gave: '#N/A' }]
					]
				}
			])
		},
		expected: taken(
			'Formulas, an error, yes and no as Excel has them, and numbers that show with leading zeros',
			[
				bookSheet('台账.xlsx', '巡查', { read: 2, added: 1, quarantined: 1 }),
				bookSheet('台账.xlsx', '信息', { kind: 'clue', read: 2, added: 2 })
			],
			{
				problems: [problem('bad_number', { file: '台账.xlsx', sheet: '巡查' }, [3, 'problems', '#N/A'])],
				facts: [
					{
						sql: `SELECT patrolled_on, problems FROM patrol WHERE id = 'E1'`,
						rows: [{ patrolled_on: '2025-03-05', problems: 2 }]
					},
					{
						sql: `SELECT id, urgent FROM clue ORDER BY id`,
						rows: [
							{ id: '00012', urgent: true },
							{ id: '00013', urgent: false }
						]
					}
				]
			}
		)
	},
	'44-header-without-rows': {
		files: { '巡查.csv': textOf([['巡查登记表'], patrolSheet('A', 0)[0] ?? []]) },
		expected: taken('A form that nobody has filled in', [sheet('巡查.csv', { headerRow: 2, read: 0, added: 0 })])
	}
};
