/** Rows that are held, each for one reason that can be named. */
import { type Cases, problem, sheet, taken } from '../making/case.ts';
import { patrolHead, textOf } from '../making/rows.ts';

/** A patrol of 三井街道 on a day. */
const onDay = (id: string, date: string): string[] => [id, 'S01', '三井街道', '食品安全', date];

/** A scheme of the home that asks for a second person, for one indicator and from 2025 on. */
const askingScheme = `id: asking
version: 1
second_person: true
periods: { from: 2025Q1 }
indicators:
  - key: onsite
    points: 100
    measure: { name: mark }
    rule: { kind: mark }
grades: [{ key: any, at_least: 0 }]
`;

export const heldRows: Cases = {
	'102-marks-that-cannot-be': {
		home: { 'schemes/asking.yaml': askingScheme },
		// The scheme asks for a second person for onsite in 2025 only. A row is checked against its own 标准分.
		files: {
			'1-评分.csv': textOf([
				['所属乡镇', '考核周期', '指标', '标准分', '得分', '评分人', '复核人'],
				['三井街道', '2025Q1', 'onsite', '10', '8', '李四', ''],
				['孟河镇', '2025Q1', 'onsite', '10', '8', 'Li Si', 'ＬＩ ＳＩ'],
				['三井街道', '2025Q2', 'onsite', '10', '8', '李四', '李 四'],
				['孟河镇', '2025Q2', 'onsite', '10', '8', '李四', '王五'],
				['三井街道', '2024Q4', 'onsite', '10', '10', '李四', ''],
				['孟河镇', '2024Q4', 'onsite', '10', '10.5', '李四', '王五'],
				['三井街道', '2025Q1', '组织管理', '', '80', '李四', '']
			]),
			'2-扣分.csv': textOf([
				['编号', '所属乡镇', '考核周期', '指标', '标准分', '检查日期', '扣分', '检查人'],
				['K1', '三井街道', '2025Q1', '纪律', '5', '2025-03-01', '5', '李四'],
				['K2', '三井街道', '2025Q1', '纪律', '5', '2025-03-01', '50', '李四']
			])
		},
		expected: taken(
			'Marks above what they are worth, and marks that nobody else has confirmed where the scheme asks for it',
			[
				sheet('1-评分.csv', { kind: 'mark', read: 7, added: 3, quarantined: 4 }),
				sheet('2-扣分.csv', { kind: 'deduction', read: 2, added: 1, quarantined: 1 })
			],
			{
				problems: [
					{
						code: 'above_full_points',
						count: 2,
						sample: [
							...problem('above_full_points', '1-评分.csv', [7, 'points', '10.5']).sample,
							...problem('above_full_points', '2-扣分.csv', [3, 'minus', '50']).sample
						]
					},
					problem('second_person_same', '1-评分.csv', [3, 'confirmed_by', 'ＬＩ ＳＩ'], [4, 'confirmed_by', '李 四']),
					problem('second_person_missing', '1-评分.csv', [2, 'confirmed_by', null])
				]
			}
		)
	},
	'50-days-that-cannot-be': {
		// The day of import is 2026-04-30. A deadline may lie ahead; an opening reaches back to 1900.
		files: {
			'1-本底.csv': textOf([
				['单位编号', '单位名称', '专业类别', '所属乡镇', '开业日期', '注销日期'],
				['Y1', '老茶馆', '餐饮', '三井街道', '1900-01-01', '2027-12-31'],
				['Y2', '更老的茶馆', '餐饮', '三井街道', '1899-12-31', '']
			]),
			'2-巡查.csv': textOf([
				[...patrolHead, '整改期限'],
				[...onDay('Y01', '2026-04-30'), '2026-12-31'],
				[...onDay('Y02', '2026-05-01'), ''],
				[...onDay('Y03', '1999-12-31'), ''],
				[...onDay('Y04', '2000-01-01'), ''],
				[...onDay('Y05', '2025-02-29'), ''],
				[...onDay('Y06', '上周二'), ''],
				[...onDay('Y07', '2025'), ''],
				[...onDay('Y08', '3/4/2025'), ''],
				[...onDay('Y09', '25/3/2025'), '']
			])
		},
		expected: taken(
			'Days that do not exist, lie too early or ahead, or whose month nobody can tell',
			[
				sheet('1-本底.csv', { kind: 'subject', read: 2, added: 1, quarantined: 1 }),
				sheet('2-巡查.csv', { read: 9, added: 2, quarantined: 7 })
			],
			{
				problems: [
					problem(
						'bad_date',
						'2-巡查.csv',
						[6, 'patrolled_on', '2025-02-29'],
						[7, 'patrolled_on', '上周二'],
						[8, 'patrolled_on', '2025']
					),
					problem('ambiguous_date', '2-巡查.csv', [9, 'patrolled_on', '3/4/2025'], [10, 'patrolled_on', '25/3/2025']),
					{
						code: 'date_too_early',
						count: 2,
						sample: [
							...problem('date_too_early', '1-本底.csv', [3, 'opened_on', '1899-12-31']).sample,
							...problem('date_too_early', '2-巡查.csv', [4, 'patrolled_on', '1999-12-31']).sample
						]
					},
					problem('date_in_future', '2-巡查.csv', [3, 'patrolled_on', '2026-05-01'])
				]
			}
		)
	},
	'51-cells-that-cannot-be': {
		// A count is whole, money has two decimals, a mark is for a quarter, half or year, a form for a month or quarter.
		files: {
			'1-巡查.csv': textOf([
				[...patrolHead, '问题数'],
				[...onDay('O1', '2025-03-01'), '三'],
				[...onDay('O2', '2025-03-02'), '1.5'],
				[...onDay('O3', '2025-03-03'), '1,200']
			]).replace('1,200', '"1,200"'),
			'2-信息.csv': textOf([
				['编号', '所属乡镇', '发现日期', '信息类别', '是否紧急', '是否有价值'],
				['O1', '三井街道', '2025-03-01', '饮用水', '可能', '√'],
				['O2', '三井街道', '2025-03-01', '饮用水', '是', '']
			]),
			'3-报表.csv': textOf([
				['所属乡镇', '报表类型', '所属期', '报送日期'],
				['三井街道', '周报', '2025-03', '2025-03-18'],
				['三井街道', '月报', '春天', '2025-03-18'],
				['三井街道', '月报', '2025-13', '2025-03-18'],
				['三井街道', '季报', '2025年1季度', '2025-03-18']
			]),
			'4-评分.csv': textOf([
				['所属乡镇', '考核周期', '指标', '得分', '评分人'],
				['三井街道', '2025-03', '组织管理', '8', '钱伟'],
				['三井街道', '2025Q1', '组织管理', '良好', '钱伟'],
				['孟河镇', '2025上半年', '组织管理', '8.5', '钱伟']
			]),
			'5-拨付.csv': textOf([
				['凭证号', '拨付日期', '所属乡镇', '方案', '金额', '性质'],
				['O1', '2025-03-01', '三井街道', '2025', '1000.123', '预拨'],
				['O2', '2025-03-01', '三井街道', '2025', '￥1000.12元', '预拨']
			])
		},
		expected: taken(
			'Cells that are no number, no choice, no period, neither yes nor no',
			[
				sheet('1-巡查.csv', { read: 3, added: 1, quarantined: 2 }),
				sheet('2-信息.csv', { kind: 'clue', read: 2, added: 1, quarantined: 1 }),
				sheet('3-报表.csv', { kind: 'submission', read: 4, added: 1, quarantined: 3 }),
				sheet('4-评分.csv', { kind: 'mark', read: 3, added: 1, quarantined: 2 }),
				sheet('5-拨付.csv', { kind: 'disbursement', read: 2, added: 1, quarantined: 1 })
			],
			{
				problems: [
					{
						code: 'bad_number',
						count: 4,
						sample: [
							...problem('bad_number', '1-巡查.csv', [2, 'problems', '三'], [3, 'problems', '1.5']).sample,
							...problem('bad_number', '4-评分.csv', [3, 'points', '良好']).sample,
							...problem('bad_number', '5-拨付.csv', [2, 'amount', '1000.123']).sample
						]
					},
					{
						code: 'bad_period',
						count: 3,
						sample: [
							...problem('bad_period', '3-报表.csv', [3, 'covers', '春天'], [4, 'covers', '2025-13']).sample,
							...problem('bad_period', '4-评分.csv', [2, 'period', '2025-03']).sample
						]
					},
					problem('bad_boolean', '2-信息.csv', [2, 'urgent', '可能']),
					problem('unknown_choice', '3-报表.csv', [2, 'form', '周报'])
				]
			}
		)
	},
	'52-references-to-nothing': {
		// B01 and B02 are patrols of 三井街道; both townships have an X01. A finding without township takes its patrol's.
		files: {
			'1-巡查.csv': textOf([
				patrolHead,
				['G01', 'S99', '三井街道', '食品安全', '2025-03-01'],
				['G02', 'M01', '三井街道', '食品安全', '2025-03-01'],
				['G03', 'S01', '三井街道', '保健品', '2025-03-01'],
				['G04', '', '三井街道', '非法行医', '2025-03-01']
			]),
			'2-问题.csv': textOf([
				['编号', '流水号', '所属乡镇', '问题描述', '严重程度'],
				['G1', 'B01', '三井街道', '无证', '严重'],
				['G2', 'X01', '', '无证', '一般'],
				['G3', 'B99', '三井街道', '无证', '一般'],
				['G4', 'B02', '', '无证', 'minor'],
				['G5', 'X01', '孟河镇', '无证', '']
			])
		},
		expected: taken(
			'Premises and patrols that are not there, or in two townships; a domain that nobody has added',
			[
				sheet('1-巡查.csv', { read: 4, added: 1, quarantined: 3 }),
				sheet('2-问题.csv', { kind: 'finding', read: 5, added: 3, quarantined: 2 })
			],
			{
				problems: [
					problem('unknown_subject', '1-巡查.csv', [2, 'subject', 'S99'], [3, 'subject', 'M01']),
					problem('ambiguous_patrol', '2-问题.csv', [3, 'patrol', 'X01']),
					problem('unknown_domain', '1-巡查.csv', [4, 'domain', '保健品']),
					problem('unknown_patrol', '2-问题.csv', [4, 'patrol', 'B99'])
				],
				facts: [
					{
						sql: `SELECT id, township, severity FROM finding ORDER BY id`,
						rows: [
							{ id: 'G1', township: '320411100', severity: 'serious' },
							{ id: 'G4', township: '320411100', severity: 'minor' },
							{ id: 'G5', township: '320411105', severity: null }
						]
					}
				]
			}
		)
	},
	'53-missing-values': {
		// Line 4 lacks two, and is one row held. Line 5 holds nothing but white space and is no row.
		files: {
			'巡查.csv': textOf([
				patrolHead,
				['', 'S01', '三井街道', '食品安全', '2025-03-01'],
				['I2', 'S01', '', '食品安全', '2025-03-01'],
				['I3', 'S01', '三井街道', '　', ''],
				[' ', '　', '', '', ''],
				['I5', '', '三井街道', '食品安全', '2025-03-01']
			])
		},
		expected: taken(
			'Rows without an id, a township, a domain or a day; premises are not asked for',
			[sheet('巡查.csv', { read: 4, added: 1, quarantined: 3 })],
			{
				problems: [
					problem(
						'missing_value',
						'巡查.csv',
						[2, 'id', null],
						[3, 'township', null],
						[4, 'domain', null],
						[4, 'patrolled_on', null]
					)
				]
			}
		)
	},
	'mergers-in-a-circle': {
		// 三井街道 into 新桥街道 and 新桥街道 into 三井街道; 新桥镇 into 孟河镇 is a merger like any.
		files: {
			'乡镇.csv': textOf([
				['行政区划代码', '乡镇名称', '统计日期', '并入', '撤销日期'],
				['320411100', '三井街道', '2026-01-01', '320411101', '2026-01-01'],
				['320411101', '新桥街道', '2026-01-01', '320411100', '2026-01-01'],
				['320411106', '新桥镇', '2026-01-01', '320411105', '2026-01-01']
			])
		},
		expected: taken(
			'Two townships that are each said to have gone into the other, and one that went into a third',
			[sheet('乡镇.csv', { kind: 'township', read: 3, added: 1, quarantined: 2 })],
			{
				problems: [
					problem('merger_circle', '乡镇.csv', [2, 'merged_into', '320411101'], [3, 'merged_into', '320411100'])
				]
			}
		)
	},
	'54-rows-that-contradict': {
		// J1 stands twice with two days; J2 twice alike; J3 in two townships, which is two patrols.
		files: {
			'1-本底.csv': textOf([
				['统一社会信用代码', '单位名称', '专业类别', '所属乡镇'],
				['91320411MA1W2B3C4D', '三井酒店', '公共场所', '三井街道'],
				['91320411MA1W2B3C4D', '三井酒店泳池', '公共场所', '三井街道'],
				['91320411MA1W2B3C4E', '三井影院', '公共场所', '三井街道']
			]),
			'2-巡查.csv': textOf([
				patrolHead,
				['J1', 'S01', '三井街道', '食品安全', '2025-03-01'],
				['J2', 'S02', '三井街道', '食品安全', '2025-03-02'],
				['J1', 'S01', '三井街道', '食品安全', '2025-03-11'],
				['J2', 'S02', '三井街道', '食品安全', '2025-03-02'],
				['J3', 'S03', '三井街道', '食品安全', '2025-03-03'],
				['J3', 'M03', '孟河镇', '公共场所', '2025-03-03']
			])
		},
		expected: taken(
			'One id with two contents in one file: a premises and its pool under one credit code, a patrol of two days',
			[
				sheet('1-本底.csv', { kind: 'subject', read: 3, added: 1, quarantined: 2 }),
				sheet('2-巡查.csv', { read: 6, added: 3, unchanged: 1, quarantined: 2 })
			],
			{
				problems: [
					{
						code: 'conflicting_rows',
						count: 4,
						sample: [
							...problem('conflicting_rows', '1-本底.csv', [2, null, null], [3, null, null]).sample,
							...problem('conflicting_rows', '2-巡查.csv', [2, null, null], [4, null, null]).sample
						]
					}
				]
			}
		)
	}
};
