/** What comes again: corrections, flags, files that would rewrite too much, held rows that are set free. */
import { type Cases, problem, sheet, taken } from '../making/case.ts';
import { patrolHead, patrols, textOf } from '../making/rows.ts';

const countedHead = [...patrolHead, '问题数'];

/** A hundred patrols, of which those from one place to another have found two problems. */
const hundred = (...found: readonly [from: number, to: number][]): string =>
	textOf([
		countedHead,
		...Array.from({ length: 100 }, (_, i) => {
			const n = i + 1;
			const [, subject = '', township = '', domain = '', date = ''] = patrols('', 20)[i % 20] ?? [];
			const problems = found.some(([from, to]) => n >= from && n <= to) ? '2' : '0';
			return [`R${String(n).padStart(3, '0')}`, subject, township, domain, date, problems];
		})
	]);

const flagged = textOf([
	[...countedHead, '修改标志'],
	['B01', 'S01', '三井街道', '食品安全', '2025-02-01', '3', '2'],
	['B02', 'S02', '三井街道', '食品安全', '2025-02-02', '0', '3'],
	['K01', 'S01', '三井街道', '食品安全', '2025-03-01', '0', '1'],
	['K02', 'S02', '三井街道', '食品安全', '2025-03-02', '0', '2'],
	['K03', 'S03', '三井街道', '食品安全', '2025-03-03', '0', '3'],
	['B03', 'S03', '三井街道', '食品安全', '2025-02-03', '0', '9'],
	['B04', 'S04', '三井街道', '食品安全', '2025-02-04', '0', '2'],
	['K04', 'S04', '三井街道', '食品安全', '2025-03-04', '0', ''],
	['K04', 'S04', '三井街道', '食品安全', '2025-03-04', '1', '2'],
	['K05', 'S05', '三井街道', '食品安全', '2025-03-05', '0', '1'],
	['K05', 'S05', '三井街道', '食品安全', '2025-03-05', '0', '3']
]);
const flaggedProblems = [
	problem('nothing_to_revise', '巡查.csv', [5, null, null], [6, null, null]),
	problem('bad_flag', '巡查.csv', [7, 'revision', '9'])
];
const heldNow = (n: number): { sql: string; rows: Record<string, unknown>[] } => ({
	sql: `SELECT count(*) AS n FROM quarantine WHERE status = 'held'`,
	rows: [{ n }]
});

const everyLine = Array.from({ length: 100 }, (_, i): [number, null, null] => [i + 2, null, null]);

export const revisions: Cases = {
	'55-ten-corrections-then-eleven': [
		{
			files: { '巡查.csv': hundred() },
			expected: taken('A hundred patrols', [sheet('巡查.csv', { read: 100, added: 100 })])
		},
		{
			files: { '巡查.csv': hundred([1, 10]) },
			expected: taken('Ten of them corrected, a tenth, which is not too much', [
				sheet('巡查.csv', { read: 100, added: 0, revised: 10, unchanged: 90 })
			])
		},
		{
			files: { '巡查.csv': hundred([1, 21]) },
			expected: taken(
				'Eleven more, which is: the file is held whole',
				[sheet('巡查.csv', { read: 100, added: 0, quarantined: 100 })],
				{
					problems: [problem('suspicious_revision', '巡查.csv', ...everyLine)],
					facts: [heldNow(100), { sql: `SELECT sum(problems) AS n FROM patrol WHERE id LIKE 'R%'`, rows: [{ n: 20 }] }]
				}
			)
		},
		{
			files: { '巡查.csv': hundred([1, 21]) },
			expected: taken(
				'The same file, confirmed',
				[sheet('巡查.csv', { read: 100, added: 0, revised: 11, unchanged: 89 })],
				{
					arguments: ['--confirm-revisions'],
					facts: [heldNow(0), { sql: `SELECT sum(problems) AS n FROM patrol WHERE id LIKE 'R%'`, rows: [{ n: 42 }] }]
				}
			)
		}
	],
	'56-a-day-that-moved': {
		// B01 to B06 of the home, of which B03 has moved from 3 to 13 February.
		files: {
			'巡查.csv': textOf([
				countedHead,
				...patrols('B', 6, '2025-02').map(([id = '', ...rest]) => [
					id,
					...(id === 'B03' ? [...rest.slice(0, 3), '2025-02-13'] : rest),
					'0'
				])
			])
		},
		expected: taken(
			'One patrol of six that would move to another day: the file is held whole',
			[sheet('巡查.csv', { read: 6, added: 0, quarantined: 6 })],
			{ problems: [problem('suspicious_revision', '巡查.csv', ...everyLine.slice(0, 6))] }
		)
	},
	'57-flags': [
		{
			// Line by line: replaces B01, withdraws B02, adds K01; K02 and K03 are not there; 9 is no flag; B04 is told
			// again; K04 is added and replaced, K05 added and withdrawn.
			files: { '巡查.csv': flagged },
			expected: taken(
				'Rows that say that they add, replace or withdraw',
				[sheet('巡查.csv', { read: 11, added: 3, revised: 2, withdrawn: 2, unchanged: 1, quarantined: 3 })],
				{
					problems: flaggedProblems,
					facts: [
						{
							sql: `SELECT id, problems FROM patrol WHERE id IN ('B01', 'B02', 'K01', 'K04', 'K05') ORDER BY id`,
							rows: [
								{ id: 'B01', problems: 3 },
								{ id: 'K01', problems: 0 },
								{ id: 'K04', problems: 1 }
							]
						}
					]
				}
			)
		},
		{
			files: { '巡查.csv': flagged },
			expected: taken(
				'The same file again tells nothing new, and what was held of it is held once',
				[sheet('巡查.csv', { read: 11, added: 0, unchanged: 8, quarantined: 3 })],
				{ problems: flaggedProblems, facts: [heldNow(3)] }
			)
		}
	],
	'58-corrected-rows': [
		{
			files: {
				'巡查.csv': textOf([
					patrolHead,
					['M01', 'S01', '三井街道', '食品安全', '2025-02-27'],
					['M02', 'S02', '三井街道', '食品安全', '2025-02-30'],
					['M03', 'S03', '三井街道', '食品安全', '昨天']
				])
			},
			expected: taken('Two days that are none', [sheet('巡查.csv', { read: 3, added: 1, quarantined: 2 })], {
				problems: [problem('bad_date', '巡查.csv', [3, 'patrolled_on', '2025-02-30'], [4, 'patrolled_on', '昨天'])]
			})
		},
		{
			files: {
				'暂存.csv': `\ufeff${textOf(
					[
						['暂存编号', '来源文件', '来源工作表', '来源行号', '问题', ...patrolHead],
						['1', '巡查.csv', '', '3', '不是日期', 'M02', 'S02', '三井街道', '食品安全', '2025-02-28'],
						['2', '巡查.csv', '', '4', '不是日期', 'M03', 'S03', '三井街道', '食品安全', '2025-02-31']
					],
					',',
					'\r\n'
				)}`
			},
			expected: taken(
				'The file of held rows, in which one is mended and one is still wrong',
				[sheet('暂存.csv', { encoding: 'utf-8-bom', read: 2, added: 1, quarantined: 1 })],
				{
					problems: [problem('bad_date', '暂存.csv', [3, 'patrolled_on', '2025-02-31'])],
					facts: [heldNow(1)]
				}
			)
		},
		{
			files: {
				'暂存.csv': `\ufeff${textOf([
					['暂存编号', ...patrolHead],
					['99', 'M03', 'S03', '三井街道', '食品安全', '2025-02-28']
				])}`
			},
			expected: {
				about: 'A file of held rows that names one which there has never been',
				refused: { code: 'hold_unknown', hold: '99' }
			}
		}
	],
	'59-late-registers': [
		{
			files: {
				'巡查.csv': textOf([
					patrolHead,
					['N1', 'L01', '三井街道', '食品安全', '2025-03-01'],
					['N2', '', '罗溪镇', '食品安全', '2025-03-02'],
					['N3', '', '三井街道', '养老机构', '2025-03-03']
				])
			},
			expected: taken(
				'Patrols of premises, of a township and of a domain that come later',
				[sheet('巡查.csv', { read: 3, added: 0, quarantined: 3 })],
				{
					problems: [
						problem('unknown_domain', '巡查.csv', [4, 'domain', '养老机构']),
						problem('unknown_subject', '巡查.csv', [2, 'subject', 'L01']),
						problem('unknown_township', '巡查.csv', [3, 'township', '罗溪镇'])
					]
				}
			)
		},
		{
			files: {
				'本底.csv': textOf([
					['单位编号', '单位名称', '专业类别', '所属乡镇'],
					['L01', '迟报餐馆', '餐饮', '三井街道']
				])
			},
			expected: taken(
				'The register of premises sets its patrol free',
				[sheet('本底.csv', { kind: 'subject', read: 1, added: 1, released: 1 })],
				{ facts: [heldNow(2)] }
			)
		},
		{
			files: {
				'名册.csv': textOf([
					['区划代码', '名称'],
					['320411110', '罗溪镇']
				])
			},
			home: { 'domains.yaml': '- { key: elder_care, zh: 养老机构, en: Elder care, aliases: [] }\n' },
			expected: taken(
				'The register of townships sets free the patrol of its township and, as the domain is known now, the last one',
				[sheet('名册.csv', { kind: 'township', read: 1, added: 1, released: 2 })],
				{ facts: [heldNow(0)] }
			)
		}
	]
};
