/** 巡查登记表 as offices fill it in: titles, headers over several lines, merged cells, totals, signatures. */
import { bookSheet, type Cases, taken } from '../making/case.ts';
import { patrols } from '../making/rows.ts';
import { type SheetCell, workbook } from '../making/spreadsheets.ts';

const two = (n: number): string => String(n).padStart(2, '0');

const formHead: SheetCell[][] = [
	['序号', '单位编号', '单位名称', '所属乡镇', '巡查情况', null, null, '整改', null, '巡查人'],
	[null, null, null, null, '专业类别', '巡查日期', '发现的主要问题', '期限', '完成日期', null]
];
/** The merged cells of such a header, of which the first line is given. */
const formMerges = (line: number): string[] => [
	...['A', 'B', 'C', 'D', 'J'].map((column) => `${column}${line}:${column}${line + 1}`),
	`E${line}:G${line}`,
	`H${line}:I${line}`
];
const formRow = (n: number, date: string, problems: string, ...mended: [string, string]): SheetCell[] => [
	n,
	`S${two(n)}`,
	`第${n}餐饮店`,
	'三井街道',
	'食品安全',
	date,
	problems,
	...mended.map((cell) => (cell === '' ? null : cell)),
	'王建国'
];

export const forms: Cases = {
	'01-form-two-line-header': {
		// Lines: 1 title, 2 office, 3 and 4 header, 5 and 6 rows, 7 blank, 8 row, 9 and 10 the header of the next page,
		// 11 row, 12 blank, 13 totals, 14 and 15 the foot. The premises of lines 6 and 11 have a problem.
		files: {
			'巡查登记表.xlsx': workbook([
				{
					name: '三月',
					merges: ['A1:J1', 'A2:J2', ...formMerges(3), ...formMerges(9), 'A14:E14', 'F14:J14', 'A15:J15'],
					rows: [
						['卫生监督协管巡查登记表'],
						['机构名称：三井社区卫生服务中心　　　　2025年3月'],
						...formHead,
						formRow(1, '2025-03-03', '无', '', ''),
						formRow(2, '2025-03-04', '从业人员无健康证', '2025-03-14', '2025-03-10'),
						[],
						formRow(3, '2025-03-05', '未发现问题', '', ''),
						...formHead,
						formRow(4, '2025-03-06', '消毒记录不全', '2025-03-20', ''),
						[],
						['合计', null, null, null, null, null, '2', null, null, null],
						['填表人：张丽', null, null, null, null, '审核人：李强'],
						['备注：本表由协管员填写，一式两份']
					]
				}
			])
		},
		expected: taken(
			'The form of the national norm with a header over two lines, the header again on its second page, totals and a foot',
			[
				bookSheet('巡查登记表.xlsx', '三月', {
					headerRow: 4,
					read: 4,
					added: 4,
					passedOver: [
						{ line: 9, why: 'header' },
						{ line: 10, why: 'header' },
						{ line: 13, why: 'totals' },
						{ line: 14, why: 'note' },
						{ line: 15, why: 'note' }
					]
				})
			],
			{
				facts: [
					{
						sql: `SELECT subject, problems, rectify_by, rectified_on FROM patrol WHERE source_file = '巡查登记表.xlsx' ORDER BY subject`,
						rows: [
							{ subject: 'S01', problems: 0, rectify_by: null, rectified_on: null },
							{ subject: 'S02', problems: 1, rectify_by: '2025-03-14', rectified_on: '2025-03-10' },
							{ subject: 'S03', problems: 0, rectify_by: null, rectified_on: null },
							{ subject: 'S04', problems: 1, rectify_by: '2025-03-20', rectified_on: null }
						]
					}
				]
			}
		)
	},
	'02-three-line-header': {
		files: {
			'巡查台账.xlsx': workbook([
				{
					name: 'Sheet1',
					merges: ['A1:G1', 'A2:A4', 'B2:B4', 'C2:C4', 'D2:G2', 'D3:D4', 'E3:E4', 'F3:G3'],
					rows: [
						['2025年第一季度巡查台账'],
						['流水号', '单位编号', '所属乡镇', '巡查情况', null, null, null],
						[null, null, null, '专业类别', '巡查日期', '整改', null],
						[null, null, null, null, null, '期限', '完成日期'],
						['F01', 'S01', '三井街道', '食品安全', '2025-03-01', '2025-03-15', '2025-03-12'],
						['F02', 'S02', '三井街道', '食品安全', '2025-03-02', null, null],
						['F03', 'M01', '孟河镇', '公共场所', '2025-03-03', '2025-03-31', null]
					]
				}
			])
		},
		expected: taken(
			'A header over three lines, in which a deadline stands under two groups',
			[bookSheet('巡查台账.xlsx', 'Sheet1', { headerRow: 4, read: 3, added: 3 })],
			{
				facts: [
					{
						sql: `SELECT id, rectify_by FROM patrol WHERE id LIKE 'F%' ORDER BY id`,
						rows: [
							{ id: 'F01', rectify_by: '2025-03-15' },
							{ id: 'F02', rectify_by: null },
							{ id: 'F03', rectify_by: '2025-03-31' }
						]
					}
				]
			}
		)
	},
	'03-township-merged-over-rows': {
		// 孟河镇 stands once, merged over ten rows; 三井街道 over the two after them.
		files: {
			'汇总.xlsx': workbook([
				{
					name: '汇总',
					merges: ['A2:A11', 'A12:A13'],
					rows: [
						['所属乡镇', '流水号', '单位编号', '专业类别', '巡查日期'],
						...Array.from({ length: 10 }, (_, i): SheetCell[] => [
							i === 0 ? '孟河镇' : null,
							`H${two(i + 1)}`,
							`M${two(i + 1)}`,
							'公共场所',
							`2025-03-${two(i + 1)}`
						]),
						['三井街道', 'H11', 'S01', '食品安全', '2025-03-11'],
						[null, 'H12', 'S02', '食品安全', '2025-03-12']
					]
				}
			])
		},
		expected: taken(
			'A township that stands once beside its ten patrols, in a cell merged over them',
			[bookSheet('汇总.xlsx', '汇总', { read: 12, added: 12 })],
			{
				facts: [
					{
						sql: `SELECT township, count(*) AS n FROM patrol WHERE id LIKE 'H%' GROUP BY township ORDER BY township`,
						rows: [
							{ township: '320411100', n: 2 },
							{ township: '320411105', n: 10 }
						]
					}
				]
			}
		)
	},
	'10-numbered-by-line': {
		// 序号 with bare numbers is no id: both sheets begin with 1, and six patrols are six.
		files: Object.fromEntries(
			(['2025-02', '2025-03'] as const).map((month, i) => [
				`${i + 2}月.xlsx`,
				workbook([
					{
						name: '巡查',
						rows: [
							['序号', '单位编号', '所属乡镇', '专业类别', '巡查日期', '巡查人'],
							...patrols('', 3, month).map((line, n): SheetCell[] => [n + 1, ...line.slice(1), '周敏'])
						]
					}
				])
			])
		),
		expected: taken('Two months whose rows are both numbered from 1', [
			bookSheet('2月.xlsx', '巡查', { read: 3, added: 3 }),
			bookSheet('3月.xlsx', '巡查', { read: 3, added: 3 })
		])
	}
};
