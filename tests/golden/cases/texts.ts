/** Texts in the encodings and with the separators, quotes and line ends of other systems. */
import iconv from 'iconv-lite';
import { type Cases, problem, sheet, taken } from '../making/case.ts';
import { patrolHead, patrols, patrolSheet, textOf } from '../making/rows.ts';

const plain = textOf(patrolSheet('T', 4));
const windows = textOf(patrolSheet('T', 4), ',', '\r\n');
const four = { read: 4, added: 4 };

/** Traditional Chinese has no 饮 or 镇 in Big5, so that the headers are the English ones. */
const big5 = textOf([
	['id', 'subject', 'township', 'domain', 'patrolled_on', 'problem_text', 'inspector'],
	['T01', 'S01', '三井街道', 'food_safety', '2025-03-01', '從業人員沒有健康證明', '陳大文'],
	['T02', 'S02', '三井街道', 'food_safety', '2025-03-02', '消毒記錄不完整，限期整改', '陳大文'],
	['T03', 'S03', '三井街道', 'food_safety', '2025-03-03', '未發現問題', '林小明']
]);

const sentences = [
	['T01', 'S01', '三井街道', '食品安全', '2025-03-01', '健康证过期,消毒柜未用'],
	['T02', 'S02', '三井街道', '食品安全', '2025-03-02', '无'],
	['T03', 'S03', '三井街道', '食品安全', '2025-03-03', '冰箱生熟混放,未公示证照,垃圾桶无盖']
];
const withProblems = [...patrolHead, '主要问题'];
const quoted = (lines: readonly (readonly string[])[], quote: string): string =>
	lines.map((line) => `${line.map((cell) => `"${cell.replaceAll('"', `${quote}"`)}"`).join(',')}\n`).join('');
const spoken = [
	['T01', 'S01', '三井街道', '食品安全', '2025-03-01', '店主称"健康证在办"，未能出示'],
	['T02', 'S02', '三井街道', '食品安全', '2025-03-02', '无']
];
const spokenFact = [
	{
		sql: `SELECT problem_text FROM patrol WHERE id = 'T01'`,
		rows: [{ problem_text: '店主称"健康证在办"，未能出示' }]
	}
];

export const texts: Cases = {
	'18-utf-8': {
		files: { '巡查.csv': plain },
		expected: taken('A text in UTF-8 without a mark', [sheet('巡查.csv', four)])
	},
	'19-utf-8-with-bom': {
		files: { '巡查.csv': `\ufeff${windows}` },
		expected: taken('A text that Excel has saved as CSV UTF-8', [sheet('巡查.csv', { ...four, encoding: 'utf-8-bom' })])
	},
	'20-utf-16le-with-bom': {
		files: { '巡查.txt': iconv.encode(textOf(patrolSheet('T', 4), '\t', '\r\n'), 'utf-16le', { addBOM: true }) },
		expected: taken('What Excel calls Unicode text', [sheet('巡查.txt', { ...four, encoding: 'utf-16le' })])
	},
	'21-utf-16be-with-bom': {
		files: { '巡查.csv': iconv.encode(plain, 'utf-16be', { addBOM: true }) },
		expected: taken('UTF-16 with its larger byte first', [sheet('巡查.csv', { ...four, encoding: 'utf-16be' })])
	},
	'22-utf-16le': {
		files: { '巡查.csv': iconv.encode(plain, 'utf-16le') },
		expected: taken('UTF-16 without a mark, known by the zeros of its digits and commas', [
			sheet('巡查.csv', { ...four, encoding: 'utf-16le', guessed: true })
		])
	},
	'23-utf-16be': {
		files: { '巡查.csv': iconv.encode(plain, 'utf-16be') },
		expected: taken('The same with its larger byte first', [
			sheet('巡查.csv', { ...four, encoding: 'utf-16be', guessed: true })
		])
	},
	'24-gb18030': {
		// 㛃 is in GB18030 alone, with four bytes.
		files: {
			'巡查.csv': iconv.encode(
				textOf([[...patrolHead, '巡查人'], ...patrols('T', 4).map((line) => [...line, '王㛃'])], ',', '\r\n'),
				'gb18030'
			)
		},
		expected: taken(
			'A CSV of Excel in Chinese, with a rare character in a name',
			[sheet('巡查.csv', { ...four, encoding: 'gb18030', guessed: true })],
			{ facts: [{ sql: `SELECT DISTINCT inspector FROM patrol WHERE id LIKE 'T%'`, rows: [{ inspector: '王㛃' }] }] }
		)
	},
	'25-big5': {
		files: { '巡查.csv': iconv.encode(big5, 'big5') },
		expected: taken(
			'A text in Big5 with English headers',
			[sheet('巡查.csv', { read: 3, added: 3, encoding: 'big5', guessed: true })],
			{
				facts: [
					{
						sql: `SELECT id, problem_text, problems FROM patrol WHERE id LIKE 'T%' ORDER BY id`,
						rows: [
							{ id: 'T01', problem_text: '從業人員沒有健康證明', problems: 1 },
							{ id: 'T02', problem_text: '消毒記錄不完整，限期整改', problems: 1 },
							// The words for nothing are simplified ones: what is not known to say nothing is a problem (rules.md, 2).
							{ id: 'T03', problem_text: '未發現問題', problems: 1 }
						]
					}
				]
			}
		)
	},
	'26-named-encoding': {
		files: { '巡查.csv': iconv.encode(plain, 'gbk') },
		expected: taken(
			'An encoding that the clerk has named, which is then no guess',
			[sheet('巡查.csv', { ...four, encoding: 'gbk' })],
			{ arguments: ['--encoding', 'GBK'] }
		)
	},
	'27-semicolons': {
		files: { '巡查.csv': textOf([withProblems, ...sentences], ';') },
		expected: taken('Semicolons between cells, commas within them', [sheet('巡查.csv', { read: 3, added: 3 })])
	},
	'28-tabs': {
		files: { '巡查.txt': textOf([withProblems, ...sentences], '\t', '\r\n') },
		expected: taken('Tabs between cells', [sheet('巡查.txt', { read: 3, added: 3 })])
	},
	'29-bars': {
		files: { '巡查.csv': textOf([withProblems, ...sentences], '|') },
		expected: taken('Bars between cells', [sheet('巡查.csv', { read: 3, added: 3 })])
	},
	'30-sep-line': {
		// The header is on line 2, behind the word to Excel.
		files: { '巡查.csv': `sep=;\r\n${textOf([withProblems, ...sentences], ';', '\r\n')}` },
		expected: taken('A first line that tells Excel the separator', [
			sheet('巡查.csv', { headerRow: 2, read: 3, added: 3 })
		])
	},
	'31-carriage-returns': {
		files: { '巡查.csv': textOf(patrolSheet('T', 4), ',', '\r') },
		expected: taken('Lines that end as on an old Mac', [sheet('巡查.csv', four)])
	},
	'32-line-ends-in-quotes': {
		// The cell of T01 reaches over lines 2 to 4, so that T02 begins on line 5, and T03, whose day does not exist, on 6.
		files: {
			'巡查.csv': `${withProblems.join(',')}\r\nT01,S01,三井街道,食品安全,2025-03-01,"健康证过期\r\n\r\n消毒柜未用"\r\nT02,S02,三井街道,食品安全,2025-03-02,无\r\nT03,S03,三井街道,食品安全,2025-02-30,无\r\n`
		},
		expected: taken(
			'A cell of three lines, and a row after it that is named by its line of the file',
			[sheet('巡查.csv', { read: 3, added: 2, quarantined: 1 })],
			{ problems: [problem('bad_date', '巡查.csv', [6, 'patrolled_on', '2025-02-30'])] }
		)
	},
	'33-quotes-doubled': {
		files: { '巡查.csv': quoted([withProblems, ...spoken], '"') },
		expected: taken('Every cell in quotes, a quote within one doubled', [sheet('巡查.csv', { read: 2, added: 2 })], {
			facts: spokenFact
		})
	},
	'34-quotes-behind-backslashes': {
		files: { '巡查.csv': quoted([withProblems, ...spoken], '\\') },
		expected: taken(
			'Every cell in quotes, a quote within one behind a backslash, as databases write',
			[sheet('巡查.csv', { read: 2, added: 2 })],
			{ facts: spokenFact }
		)
	},
	'35-ragged-rows': {
		// Line 2 is short of a cell that need not be, 3 has empty cells too many, 4 and 5 filled ones, 6 lacks its date.
		files: {
			'巡查.csv': [
				withProblems.join(','),
				'T01,S01,三井街道,食品安全,2025-03-01',
				'T02,S02,三井街道,食品安全,2025-03-02,无,,,',
				'T03,S03,三井街道,食品安全,2025-03-03,健康证过期,消毒柜未用',
				'T04,S04,三井街道,食品安全,2025-03-04,无,,补录',
				'T05,S05,三井街道,食品安全',
				'T06,S06,三井街道,食品安全,2025-03-06,无',
				''
			].join('\n')
		},
		expected: taken(
			'Rows with fewer and with more cells than the header',
			[sheet('巡查.csv', { read: 6, added: 3, quarantined: 3 })],
			{
				problems: [
					problem('ragged_row', '巡查.csv', [4, null, null], [5, null, null]),
					problem('missing_value', '巡查.csv', [6, 'patrolled_on', null])
				]
			}
		)
	},
	'36-padded-with-nul': {
		files: {
			'巡查.csv': textOf([
				patrolHead,
				...patrols('T', 3).map(([id = '', ...rest]) => [id.padEnd(8, '\u0000'), ...rest])
			])
		},
		expected: taken('Ids that an old database has filled up with NUL', [sheet('巡查.csv', { read: 3, added: 3 })], {
			facts: [
				{
					sql: `SELECT id FROM patrol WHERE id LIKE 'T%' ORDER BY id`,
					rows: [{ id: 'T01' }, { id: 'T02' }, { id: 'T03' }]
				}
			]
		})
	},
	'37-headers-that-look-alike': {
		// White space within, full width, English in capitals: all are the headers of their fields (rules.md, 2).
		files: {
			'巡查.csv': textOf([
				['ＩＤ', '单位 编号', '所属　乡镇', ' 专业类别 ', 'Ｐａｔｒｏｌｌｅｄ＿ＯＮ'],
				...patrols('T', 4)
			])
		},
		expected: taken('Headers with white space, in full width and in capitals', [sheet('巡查.csv', four)])
	},
	'96-numbers-kept-as-text': {
		// Exports write ="0012" or put a tab behind a number, so that Excel leaves it alone. Neither is part of the cell.
		files: {
			'巡查.csv': [
				[...patrolHead, '备注'].join(','),
				'="0012",S01,三井街道,食品安全,="2025-03-01",="13812345601"',
				'"=""0013""",S02,三井街道,食品安全,2025-03-02,="13812345602"',
				'320411202503010014\t,S03\t,三井街道,食品安全,2025-03-03\t,13812345603\t',
				''
			].join('\r\n')
		},
		expected: taken(
			'Cells that a system has guarded against Excel',
			[sheet('巡查.csv', { read: 3, added: 3, leftOut: ['备注'] })],
			{
				facts: [
					{
						sql: `SELECT id, patrolled_on FROM patrol WHERE source_file = '巡查.csv' ORDER BY patrolled_on`,
						rows: [
							{ id: '0012', patrolled_on: '2025-03-01' },
							{ id: '0013', patrolled_on: '2025-03-02' },
							{ id: '320411202503010014', patrolled_on: '2025-03-03' }
						]
					}
				]
			}
		)
	},
	'97-subtotals': {
		// Lines 4 and 7 are subtotals, 8 is the total; 5 is a township of one patrol.
		files: {
			'巡查.csv': textOf([
				patrolHead,
				...patrols('T', 2),
				['小 计', '', '', '', '2'],
				['T03', 'M01', '孟河镇', '公共场所', '2025-03-01'],
				['', '', '', '', ''],
				['小计：', '', '', '', '1'],
				['本表合计', '', '', '', '3']
			])
		},
		expected: taken('Subtotals between the rows of townships', [
			sheet('巡查.csv', {
				read: 3,
				added: 3,
				passedOver: [
					{ line: 4, why: 'totals' },
					{ line: 7, why: 'totals' },
					{ line: 8, why: 'totals' }
				]
			})
		])
	},
	'38-totals-and-foot': {
		// Lines 2 to 5 are rows, 6 the header again, 7 blank, 8 a row, 9 the totals, 10 the foot.
		files: {
			'巡查.csv': `${textOf(patrolSheet('T', 4))}${textOf([patrolHead, [], ...patrols('U', 1), ['总计', '', '', '', '5'], ['制表人：张丽', '', '复核：李强', '', '']])}`
		},
		expected: taken('A text with its header again, totals and a foot', [
			sheet('巡查.csv', {
				read: 5,
				added: 5,
				passedOver: [
					{ line: 6, why: 'header' },
					{ line: 9, why: 'totals' },
					{ line: 10, why: 'note' }
				]
			})
		])
	}
};
