/** One and the same sheet in every format of workbook that an office program saves. */
import iconv from 'iconv-lite';
import { bookSheet, type Cases, taken } from '../making/case.ts';
import { excel5 } from '../making/containers.ts';
import { patrolHead } from '../making/rows.ts';
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

const read = (file: string, about: string, encoding: string | null = null, sheet = '巡查登记') =>
	taken(
		about,
		[
			bookSheet(file, sheet, {
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
	'17-flat-ods': {
		files: { '巡查.xml': workbook([content(true)], 'fods') },
		expected: read('巡查.xml', 'A workbook of LibreOffice as one flat XML', 'utf-8')
	}
};
