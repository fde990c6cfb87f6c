/** Sheets that are read by a mapping or a named kind, columns that are private, townships in the words of a bureau. */
import { bookSheet, type Cases, problem, sheet, taken } from '../making/case.ts';
import { patrolHead, textOf } from '../making/rows.ts';
import { workbook } from '../making/spreadsheets.ts';

/** A ledger of another system. Of 3/4/2025 the 3 is the day. */
export const ledger = `name: ledger
kind: patrol
headers: [受理号, 镇别, 检查时间, 地点与内容, 结论, 整改天数]
date_order: dmy
columns:
  id: 受理号
  township: { header: 镇别, lookup: { 甲: 三井街道, 乙: 孟河镇 } }
  domain: { constant: food_safety }
  patrolled_on: 检查时间
  subject_name: { header: 地点与内容, split: { at: ；, take: first } }
  content: { header: 地点与内容, split: { at: ；, take: rest } }
  problem_text: 结论
  rectify_by: { date: 检查时间, plus_days: 整改天数 }
`;

/** A list of visits that knows the township only by its premises. */
const visits = `name: visits
kind: patrol
columns:
  id: 单号
  subject: 户号
  township: { of: subject }
  domain: { constant: medical_institutions }
  patrolled_on: 日子
`;

/** The form of the national norm, which has neither the township nor the domain in its columns. */
const nationalForm = `name: national-form
kind: patrol
headers: [序号, 巡查地点与内容, 发现的主要问题, 巡查日期, 巡查人, 备注]
line_numbers: true
columns:
  subject_name: { header: 巡查地点与内容, split: { at: ：, take: first } }
  content: { header: 巡查地点与内容, split: { at: ：, take: rest } }
  township: { constant: 三井街道 }
  domain: { constant: food_safety }
  problem_text: 发现的主要问题
  patrolled_on: 巡查日期
  inspector: 巡查人
`;

export const recognition: Cases = {
	'94-form-of-the-norm-by-a-mapping': {
		// Lines: 1 title, 2 office, 3 header, 4 to 6 rows, 7 foot. Without its mapping nothing says the township.
		home: { 'mappings/national-form.yaml': nationalForm },
		files: {
			'协管巡查.xlsx': workbook([
				{
					name: 'Sheet1',
					merges: ['A1:F1', 'A2:F2', 'A7:F7'],
					rows: [
						['卫生监督协管巡查登记表'],
						['机构名称：三井社区卫生服务中心　　　　2025年度'],
						['序号', '巡查地点与内容', '发现的主要问题', '巡查日期', '巡查人', '备注'],
						[1, '老街面馆：健康证、消毒', '无', '2025年3月3日', '王建国', null],
						[2, '河滨饭店：冷菜间', '二次更衣缺失', '2025年3月4日', '王建国', '已告知'],
						[3, '老街面馆', '无', '2025年3月5日', '王建国', null],
						['注：本表由协管员填写']
					]
				}
			])
		},
		expected: taken(
			'The form as the norm prints it, whose township and domain its mapping says',
			[
				bookSheet('协管巡查.xlsx', 'Sheet1', {
					headerRow: 3,
					read: 3,
					added: 3,
					passedOver: [{ line: 7, why: 'note' }]
				})
			],
			{
				// A mapping that says the township itself has to be named.
				arguments: ['--mapping', 'national-form'],
				facts: [
					{
						sql: `SELECT township, subject_name, content, problems, patrolled_on FROM patrol WHERE source_file = '协管巡查.xlsx' ORDER BY patrolled_on`,
						rows: [
							{
								township: '320411100',
								subject_name: '老街面馆',
								content: '健康证、消毒',
								problems: 0,
								patrolled_on: '2025-03-03'
							},
							{
								township: '320411100',
								subject_name: '河滨饭店',
								content: '冷菜间',
								problems: 1,
								patrolled_on: '2025-03-04'
							},
							{
								township: '320411100',
								subject_name: '老街面馆',
								content: null,
								problems: 0,
								patrolled_on: '2025-03-05'
							}
						]
					}
				]
			}
		)
	},
	'95-form-of-the-norm-without-one': {
		files: {
			'协管巡查.csv': textOf([
				['卫生监督协管巡查登记表'],
				['序号', '巡查地点与内容', '发现的主要问题', '巡查日期', '巡查人', '备注'],
				['1', '老街面馆', '无', '2025-03-03', '王建国', '']
			])
		},
		expected: {
			about: 'The same form without a mapping: nobody can say which township it is of',
			refused: { code: 'kind_unrecognised', file: '协管巡查.csv' }
		}
	},
	'45-mapping-by-its-header': {
		// Line 4: the town 丙 is not in the lookup. Line 5: no number of days. Line 3 has no days, so no deadline.
		home: { 'mappings/ledger.yaml': ledger },
		files: {
			'台账.csv': textOf([
				['检查时间', '整改天数', '受理号', '结论', '地点与内容', '镇别'],
				['3/4/2025', '10', 'L1', '证照过期', '老街面馆；证照、消毒', '甲'],
				['13/4/2025', '', 'L2', '无', '河滨旅馆', '乙'],
				['4/4/2025', '5', 'L3', '无', '新街面馆；证照', '丙'],
				['5/4/2025', '十天', 'L4', '无', '新街面馆；证照', '甲']
			])
		},
		expected: taken(
			'A ledger whose columns stand in another order than when its mapping was made',
			[sheet('台账.csv', { read: 4, added: 2, quarantined: 2 })],
			{
				problems: [
					problem('bad_number', '台账.csv', [5, 'rectify_by', '5/4/2025 + 十天']),
					problem('unknown_township', '台账.csv', [4, 'township', '丙'])
				],
				facts: [
					{
						sql: `SELECT id, township, domain, patrolled_on, subject_name, content, problems, rectify_by FROM patrol WHERE id LIKE 'L%' ORDER BY id`,
						rows: [
							{
								id: 'L1',
								township: '320411100',
								domain: 'food_safety',
								patrolled_on: '2025-04-03',
								subject_name: '老街面馆',
								content: '证照、消毒',
								problems: 1,
								rectify_by: '2025-04-13'
							},
							{
								id: 'L2',
								township: '320411105',
								domain: 'food_safety',
								patrolled_on: '2025-04-13',
								subject_name: '河滨旅馆',
								content: null,
								problems: 0,
								rectify_by: null
							}
						]
					}
				]
			}
		)
	},
	'46-township-of-the-subject': {
		// S01 is of 三井街道, M01 of 孟河镇; both townships have a D01; nobody has Z99.
		home: { 'mappings/visits.yaml': visits },
		files: {
			'走访.csv': textOf([
				['单号', '户号', '日子'],
				['V1', 'S01', '2025-03-01'],
				['V2', 'M01', '2025-03-02'],
				['V3', 'D01', '2025-03-03'],
				['V4', 'Z99', '2025-03-04']
			])
		},
		expected: taken(
			'Visits whose township is that of their premises, by a mapping that is named',
			[sheet('走访.csv', { read: 4, added: 2, quarantined: 2 })],
			{
				arguments: ['--mapping', 'visits'],
				problems: [
					problem('ambiguous_subject', '走访.csv', [4, 'subject', 'D01']),
					problem('unknown_subject', '走访.csv', [5, 'subject', 'Z99'])
				],
				facts: [
					{
						sql: `SELECT id, township FROM patrol WHERE id LIKE 'V%' ORDER BY id`,
						rows: [
							{ id: 'V1', township: '320411100' },
							{ id: 'V2', township: '320411105' }
						]
					}
				]
			}
		)
	},
	'47-kind-that-is-named': {
		// The header fits patrols as well, by 检查日期, and is refused where neither is named (case 84).
		files: {
			'工作.csv': textOf([
				['序号', '所属乡镇', '类别', '日期', '检查日期'],
				['1', '三井街道', '培训', '2025-03-01', ''],
				['2', '孟河镇', '宣传', '2025-03-02', '2025-03-03']
			])
		},
		expected: taken(
			'A header that fits two kinds, of which one is named',
			[sheet('工作.csv', { kind: 'activity', read: 2, added: 2 })],
			{ arguments: ['--kind', 'activity'] }
		)
	},
	'48-private-columns': {
		// Two by their headers, two by what stands in them. The telephone number in the column of townships is read, as
		// that column must be, and quoted with stars.
		files: {
			'巡查.csv': textOf([
				[...patrolHead, '负责人信息', '身份证号', '联系人电话', '备注'],
				...[
					['Q1', 'S01', '三井街道', '320411198001010019', '13812345601'],
					['Q2', 'S02', '三井街道', '320411197512310027', '13812345602'],
					['Q3', 'S03', '三井街道', '320411199010101048', '0519-85123456'],
					['Q4', '', '13812345678', '320411199010101048', '13812345604']
				].map(([id = '', subject = '', township = '', card = '', phone = '']) => [
					...[id, subject, township, '食品安全', '2025-03-01'],
					...[card, '在册', phone, phone]
				])
			])
		},
		expected: taken(
			'Identity cards and telephones, known by their header or by their cells, are left out',
			[
				sheet('巡查.csv', {
					read: 4,
					added: 3,
					quarantined: 1,
					leftOut: ['负责人信息', '身份证号', '联系人电话', '备注']
				})
			],
			{ problems: [problem('unknown_township', '巡查.csv', [5, 'township', '138****5678'])] }
		)
	},
	'49-township-spellings': {
		// Two townships are called 新桥: only the words 街道 and 镇 and the names of their offices tell them apart.
		files: {
			'巡查.csv': textOf([
				patrolHead,
				...[
					['N01', 'S01', '320411100'],
					['N02', 'S02', '三井街道'],
					['N03', 'S03', '三井街道办事处'],
					['N04', 'S04', '三井社区卫生服务中心'],
					['N05', 'S05', '三井'],
					['N06', 'M01', '孟河镇人民政府'],
					['N07', 'M02', '孟河中心卫生院'],
					['N08', 'M03', '孟 河'],
					['N09', '', '新桥镇卫生院'],
					['N10', '', '新桥街道'],
					['N11', '', '新桥'],
					['N12', '', '新桥卫生院'],
					['N13', '', '火星镇']
				].map(([id = '', subject = '', township = '']) => [id, subject, township, '食品安全', '2025-03-01'])
			])
		},
		expected: taken(
			'Townships by code, name, office, institution and short name; a name that two have, and one that none has',
			[sheet('巡查.csv', { read: 13, added: 10, quarantined: 3 })],
			{
				problems: [
					problem('ambiguous_township', '巡查.csv', [12, 'township', '新桥'], [13, 'township', '新桥卫生院']),
					problem('unknown_township', '巡查.csv', [14, 'township', '火星镇'])
				],
				facts: [
					{
						sql: `SELECT township, count(*) AS n FROM patrol WHERE id LIKE 'N%' GROUP BY township ORDER BY township`,
						rows: [
							{ township: '320411100', n: 5 },
							{ township: '320411101', n: 1 },
							{ township: '320411105', n: 3 },
							{ township: '320411106', n: 1 }
						]
					}
				]
			}
		)
	}
};
