/** One and the same sheet in every format of workbook that an office program saves. */
import iconv from 'iconv-lite';
import { bookSheet, type Cases, sheet, taken } from '../making/case.ts';
import { excel5 } from '../making/containers.ts';
import { patrolHead, patrolSheet, textOf } from '../making/rows.ts';
import { day, type SheetCell, type SheetContent, workbook } from '../making/spreadsheets.ts';

/** A day as a number, a day as text, a count of problems; 2025-03-05 is 45721. */
const content = (shown: boolean): SheetContent => ({
	name: '巡查登记',
	rows: [
		['三井街道巡查登记表'],
		[...patrolHead, '问题数'],
		['W1', 'S01', '三井街道', '食品安全', shown ? day(45_721) : 45_721, 2],
		['W2', 'S02', '三井街道', '食品安全', '2025-03-06', 0],
		['合计', null, null, null, null, 2]
	]
});

const read = (file: string, about: string, encoding: string | null = null, name = '巡查登记') =>
	taken(
		about,
		[
			bookSheet(file, name, {
				encoding,
				headerRow: 2,
				read: 2,
				added: 2,
				passedOver: [{ line: 5, why: 'totals' }]
			})
		],
		{
			facts: [
				{
					sql: `SELECT id, patrolled_on, problems FROM patrol WHERE id LIKE 'W%' ORDER BY id`,
					rows: [
						{ id: 'W1', patrolled_on: '2025-03-05', problems: 2 },
						{ id: 'W2', patrolled_on: '2025-03-06', problems: 0 }
					]
				}
			]
		}
	);

const html = `<html xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta http-equiv="Content-Type" content="text/html; charset=GBK"></head>
<body><table border="1">
<tr><td colspan="6">三井街道巡查登记表</td></tr>
<tr>${[...patrolHead, '问题数'].map((name) => `<th>${name}</th>`).join('')}</tr>
<tr><td>W1</td><td>S01</td><td>三井街道</td><td>食品安全</td><td>2025-03-05</td><td>2</td></tr>
<tr><td>W2</td><td>S02</td><td>三井街道</td><td>食品安全</td><td>2025/3/6</td><td>0</td></tr>
<tr><td colspan="5">合计</td><td>2</td></tr>
</table></body></html>
`;

const spans = `<!DOCTYPE html><html><head><meta charset="utf-8"></head><body><table>
<tr><td colspan="7">巡查&amp;整改</td></tr>
<tr><th rowspan="2">所属乡镇</th><th rowspan="2">流水号</th><th rowspan="2">单位编号</th><th colspan="2">巡查</th><th colspan="2">整改</th></tr>
<tr><th>专业类别</th><th>巡查日期</th><th>期限</th><th>完成日期</th></tr>
<tr><td rowspan="2">三井街道</td><td style='mso-number-format:"\\@"'>0012</td><td>S01</td><td>食品安全</td><td>2025-03-05</td><td>2025-03-14</td><td>2025-03-10</td></tr>
<tr><td>0013</td><td>S02</td><td>食品安全</td><td>2025-03-05</td><td>2025-03-15</td><td>&nbsp;</td></tr>
<tr><td>孟河镇</td><td>0014</td><td>M01</td><td>公共场所</td><td>2025-03-06</td><td>&nbsp;</td><td>&nbsp;</td></tr>
</table></body></html>
`;

const excel5Rows = content(false).rows.map((row) =>
	row.map((cell: SheetCell) => (typeof cell === 'string' || typeof cell === 'number' ? cell : ''))
);

export const formats: Cases = {
	'11-xls-of-excel-97': {
		files: { '巡查.xls': workbook([content(true)], 'biff8') },
		expected: read('巡查.xls', 'An .xls of Excel 97 to 2003')
	},
	'12-xls-of-excel-5': {
		files: { '巡查.xls': excel5('巡查登记', excel5Rows) },
		expected: read('巡查.xls', 'An .xls of Excel 5 in Chinese, whose texts are in code page 936')
	},
	'13-xlsb': {
		files: { '巡查.xlsb': workbook([content(true)], 'xlsb') },
		expected: read('巡查.xlsb', 'A binary workbook')
	},
	'14-ods': {
		files: { '巡查.ods': workbook([content(true)], 'ods') },
		expected: read('巡查.ods', 'A workbook of LibreOffice')
	},
	'15-excel-2003-xml': {
		files: { '巡查.xml': workbook([content(true)], 'xlml') },
		expected: read('巡查.xml', 'An XML spreadsheet of Excel 2003', 'utf-8')
	},
	'16-html-table-named-xls': {
		files: { '导出.xls': iconv.encode(html, 'gbk') },
		expected: read('导出.xls', 'A table of HTML in GBK that a system calls .xls', 'gb18030', 'Sheet1')
	},
	'99-names-that-lie': {
		// A system writes its list with tabs and calls it .xls; somebody has given a workbook the name of a text.
		files: {
			'1.xls': iconv.encode(textOf(patrolSheet('T', 3), '\t', '\r\n'), 'gbk'),
			'2.csv': workbook([{ name: '巡查', rows: patrolSheet('U', 3) }])
		},
		expected: taken('A text that is called .xls, and a workbook that is called .csv', [
			sheet('1.xls', { encoding: 'gb18030', guessed: true, read: 3, added: 3 }),
			bookSheet('2.csv', '巡查', { read: 3, added: 3 })
		])
	},
	'100-html-with-spans': {
		// Lines: 1 title, 2 and 3 header, 4 to 6 rows. The premises of line 6 has no deadline, only a space that does not break.
		files: { '导出.xls': spans },
		expected: taken(
			'A table of HTML with a header over two lines, a township over two rows, and ids that begin with zeros',
			[bookSheet('导出.xls', 'Sheet1', { encoding: 'utf-8', headerRow: 3, read: 3, added: 3 })],
			{
				facts: [
					{
						sql: `SELECT id, township, rectify_by, rectified_on FROM patrol WHERE id LIKE '00%' ORDER BY id`,
						rows: [
							{ id: '0012', township: '320411100', rectify_by: '2025-03-14', rectified_on: '2025-03-10' },
							{ id: '0013', township: '320411100', rectify_by: '2025-03-15', rectified_on: null },
							{ id: '0014', township: '320411105', rectify_by: null, rectified_on: null }
						]
					}
				]
			}
		)
	},
	'17-flat-ods': {
		files: { '巡查.xml': workbook([content(true)], 'fods') },
		expected: read('巡查.xml', 'A workbook of LibreOffice as one flat XML', 'utf-8')
	}
};
