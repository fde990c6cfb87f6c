/** Days and ids as people type them and as Excel keeps them. */
import { bookSheet, type Cases, problem, sheet, taken } from '../making/case.ts';
import { patrolHead, textOf } from '../making/rows.ts';
import { day, type SheetCell, workbook } from '../making/spreadsheets.ts';

export const daysAndIds: Cases = {
	'04-dates-as-text': {
		files: {
			'巡查.xlsx': workbook([
				{
					name: '巡查',
					rows: [
						[...patrolHead],
						...[
							'2025-3-5',
							'2025/03/05',
							'2025.3.5',
							'20250305',
							'2025年3月5日',
							'2025-03-05 14:30:00',
							'2025/3/5 上午 9:30:00',
							'2025年3月5日 下午2时30分'
						].map((date, i): SheetCell[] => [`D${i + 1}`, `S0${i + 1}`, '三井街道', '食品安全', date])
					]
				}
			])
		},
		expected: taken(
			'One day in the forms in which people type it, with and without a time',
			[bookSheet('巡查.xlsx', '巡查', { read: 8, added: 8 })],
			{
				facts: [
					{
						sql: `SELECT DISTINCT patrolled_on FROM patrol WHERE id LIKE 'D%'`,
						rows: [{ patrolled_on: '2025-03-05' }]
					}
				]
			}
		)
	},
	'05-dates-as-serials': {
		// 1970-01-01 is 25569 and 2025-03-05 is 20152 days later: 45721.
		files: {
			'巡查.xlsx': workbook([
				{
					name: '巡查',
					rows: [
						[...patrolHead],
						['D1', 'S01', '三井街道', '食品安全', 45_721],
						['D2', 'S02', '三井街道', '食品安全', day(45_721)],
						['D3', 'S03', '三井街道', '食品安全', day(45_721, 'm/d/yy')],
						['D4', 'S04', '三井街道', '食品安全', day(45_721.604_166_67, 'yyyy/m/d h:mm')],
						['D5', 'S05', '三井街道', '食品安全', day(45_721.999_9, 'yyyy"年"m"月"d"日"')]
					]
				}
			])
		},
		expected: taken(
			'One day as the serial that Excel keeps: bare, shown as a day in four ways, with a time',
			[bookSheet('巡查.xlsx', '巡查', { read: 5, added: 5 })],
			{
				facts: [
					{
						sql: `SELECT DISTINCT patrolled_on FROM patrol WHERE id LIKE 'D%'`,
						rows: [{ patrolled_on: '2025-03-05' }]
					}
				]
			}
		)
	},
	'06-year-1904': {
		// The same day is 1,462 less where a workbook counts from 1904: 44259.
		files: {
			'巡查.xlsx': workbook(
				[
					{
						name: '巡查',
						rows: [
							[...patrolHead],
							['D1', 'S01', '三井街道', '食品安全', 44_259],
							['D2', 'S02', '三井街道', '食品安全', day(44_259)],
							['D3', 'S03', '三井街道', '食品安全', '2025-03-05']
						]
					}
				],
				'xlsx',
				{ date1904: true }
			)
		},
		expected: taken(
			'A workbook of an old Mac, whose serials count from 1904',
			[bookSheet('巡查.xlsx', '巡查', { read: 3, added: 3 })],
			{
				facts: [
					{
						sql: `SELECT DISTINCT patrolled_on FROM patrol WHERE id LIKE 'D%'`,
						rows: [{ patrolled_on: '2025-03-05' }]
					}
				]
			}
		)
	},
	'07-ids-as-numbers': {
		// Under 流水号 a bare number is an id. 320411000001234 has fifteen digits, all of which Excel keeps.
		files: {
			'巡查.xlsx': workbook([
				{
					name: '巡查',
					rows: [
						[...patrolHead],
						[20_250_301, 'S01', '三井街道', '食品安全', day(45_721)],
						[20_250_302, 'S02', '三井街道', '食品安全', day(45_721)],
						[320_411_000_001_234, 'S03', 320_411_100, '食品安全', day(45_721)]
					]
				}
			])
		},
		expected: taken(
			'Ids and a township code that Excel holds as numbers',
			[bookSheet('巡查.xlsx', '巡查', { read: 3, added: 3 })],
			{
				facts: [
					{
						sql: `SELECT id FROM patrol WHERE source_file = '巡查.xlsx' ORDER BY id`,
						rows: [{ id: '20250301' }, { id: '20250302' }, { id: '320411000001234' }]
					}
				]
			}
		)
	},
	'08-digits-lost-in-a-workbook': {
		// Two credit codes were typed as numbers: beyond fifteen digits Excel has put zeros.
		files: {
			'本底.xlsx': workbook([
				{
					name: '本底',
					rows: [
						['统一社会信用代码', '单位名称', '专业类别', '所属乡镇'],
						['91320411MA1W2B3C4D', '三井酒店', '公共场所', '三井街道'],
						[913_204_117_000_000_000, '三井浴室', '公共场所', '三井街道'],
						[913_204_112_345_678_000, '三井影院', '公共场所', '三井街道'],
						['913204117000000001', '三井书店', '公共场所', '三井街道']
					]
				}
			])
		},
		expected: taken(
			'Credit codes of eighteen digits of which Excel has kept fifteen',
			[bookSheet('本底.xlsx', '本底', { kind: 'subject', read: 4, added: 2, quarantined: 2 })],
			{
				problems: [
					problem(
						'digits_lost',
						{ file: '本底.xlsx', sheet: '本底' },
						[3, 'id', '9.13204117E+17'],
						[4, 'id', '9.13204112345678E+17']
					)
				]
			}
		)
	},
	'09-digits-lost-in-a-text': {
		files: {
			'巡查.csv': textOf(
				[
					patrolHead,
					['3.20411E+17', 'S01', '三井街道', '食品安全', '2025-03-01'],
					['E2', '9.13204E+17', '三井街道', '食品安全', '2025-03-02'],
					['E3', 'S03', '三井街道', '食品安全', '2025-03-03'],
					['E+4', 'S04', '三井街道', '食品安全', '2025-03-04'],
					['3.204111980010124e+17', 'S05', '三井街道', '食品安全', '2025-03-05'],
					['3.2041119800101E17', 'S06', '三井街道', '食品安全', '2025-03-06'],
					['1E17', 'S07', '三井街道', '食品安全', '2025-03-07']
				],
				',',
				'\r\n'
			)
		},
		// The premises of line 3 is on no register either, by what is left of its number. E+4 and 1E17 may be ids.
		expected: taken(
			'Ids that Excel and other programs have taken for measurements before they saved the text',
			[sheet('巡查.csv', { read: 7, added: 3, quarantined: 4 })],
			{
				problems: [
					problem(
						'digits_lost',
						'巡查.csv',
						[2, 'id', '3.20411E+17'],
						[3, 'subject', '9.13204E+17'],
						[6, 'id', '3.204111980010124e+17'],
						[7, 'id', '3.2041119800101E17']
					),
					problem('unknown_subject', '巡查.csv', [3, 'subject', '9.13204E+17'])
				]
			}
		)
	}
};
