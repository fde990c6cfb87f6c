/** Files and commands that are refused: the home stays as it was. */
import iconv from 'iconv-lite';
import type { Cases, Refused, Step } from '../making/case.ts';
import { compound, excel5, zip } from '../making/containers.ts';
import { patrolHead, patrols, patrolSheet, textOf } from '../making/rows.ts';
import { workbook } from '../making/spreadsheets.ts';
import { ledger } from './recognition.ts';

const plain = textOf(patrolSheet('A', 6));
const book = workbook([{ name: '巡查', rows: patrolSheet('A', 6) }]);

/** A folder with one file that is refused. */
const refuse = (
	about: string,
	[file, content]: readonly [string, string | Uint8Array],
	refused: Refused['refused'],
	more: Pick<Refused, 'arguments'> & Pick<Step, 'home'> = {}
): Step => ({
	files: { [file]: content },
	...(more.home ? { home: more.home } : {}),
	expected: { about, ...(more.arguments ? { arguments: more.arguments } : {}), refused }
});

/** Japanese in Shift JIS reads as no Chinese that anybody writes. */
const japanese = iconv.encode(
	'巡回番号,しせつのなまえ,けっか\n1,ひまわりのおみせ,もんだいはありませんでした\n2,さくらのおみせ,なおしてください\n',
	'shift_jis'
);

const entities = `<?xml version="1.0"?>
<!DOCTYPE Workbook [<!ENTITY name "三井街道">]>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>&name;</Data></Cell></Row></Table></Worksheet></Workbook>
`;

const document = zip([
	{
		name: '[Content_Types].xml',
		bytes: Buffer.from(
			'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
		)
	},
	{
		name: 'word/document.xml',
		bytes: Buffer.from(
			'<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
		)
	}
]);

export const refusedFiles: Cases = {
	'60-file-that-is-not-there': {
		files: {},
		expected: {
			about: 'A path with no file',
			paths: ['没有.csv'],
			refused: { code: 'file_missing', file: '没有.csv' }
		}
	},
	'61-empty-file': refuse('A file of no byte', ['空.xlsx', ''], { code: 'file_empty', file: '空.xlsx' }),
	'62-nothing-but-white-space': refuse('Blank lines', ['空.csv', '\ufeff\r\n  \r\n\t\r\n'], {
		code: 'file_empty',
		file: '空.csv'
	}),
	'63-workbook-without-cells': refuse(
		'A new workbook',
		['新建 Microsoft Excel 工作表.xlsx', workbook([{ name: 'Sheet1', rows: [['']] }])],
		{ code: 'file_empty', file: '新建 Microsoft Excel 工作表.xlsx' }
	),
	'64-cut-workbook': refuse(
		'Two thirds of a workbook, as a memory stick leaves it that was pulled out',
		['巡查.xlsx', book.subarray(0, Math.floor((book.length * 2) / 3))],
		{ code: 'file_truncated', file: '巡查.xlsx' }
	),
	'65-cut-text': {
		// The last line stops within its township. The register before it is not taken either.
		files: {
			'1-本底.csv': textOf([
				['单位编号', '单位名称', '专业类别', '所属乡镇'],
				['A1', '新餐馆', '餐饮', '三井街道']
			]),
			'2-巡查.csv': plain.slice(0, plain.indexOf('A06') + 9)
		},
		expected: {
			about: 'A text that breaks off within its last row, beside a register that is whole',
			refused: { code: 'file_truncated', file: '2-巡查.csv', line: 7 }
		}
	},
	'66-cut-within-quotes': refuse(
		'A text that ends within quotes, which were opened on line 3',
		[
			'巡查.csv',
			`${patrolHead.join(',')},主要问题\nA1,S01,三井街道,食品安全,2025-03-01,"无"\nA2,S02,三井街道,食品安全,2025-03-02,"健康证\n`
		],
		{ code: 'file_truncated', file: '巡查.csv', line: 3 }
	),
	'67-cut-within-a-character': refuse(
		'A text in UTF-8 that ends with the first byte of a character',
		['巡查.csv', Buffer.from(plain).subarray(0, Buffer.from(plain).lastIndexOf('食品') + 1)],
		{ code: 'file_truncated', file: '巡查.csv' }
	),
	'68-damaged-archive': refuse(
		'An archive whose bytes are not those that were packed',
		['报送.zip', zip([{ name: '巡查.csv', bytes: Buffer.from(plain) }], { wrongChecksum: true })],
		{ code: 'file_damaged', file: '报送.zip' }
	),
	'69-bytes-named-xlsx': refuse(
		'A name of a workbook over bytes that are none',
		['巡查.xlsx', Buffer.from([0x13, 0x37, 0x00, 0x00, 0x01, 0x02, 0x00, 0x40, 0x00, 0x00])],
		{ code: 'file_damaged', file: '巡查.xlsx' }
	),
	'70-password': refuse(
		'A workbook with a password to open it',
		[
			'巡查.xlsx',
			compound({
				'/EncryptionInfo': Buffer.concat([Buffer.from([4, 0, 4, 0, 64, 0, 0, 0]), Buffer.from('<encryption/>')]),
				'/EncryptedPackage': Buffer.alloc(5_000, 0x5a)
			})
		],
		{ code: 'file_protected', file: '巡查.xlsx' }
	),
	'98-password-of-excel-95': refuse(
		'An .xls with a password to open it',
		['巡查.xls', excel5('巡查', patrolSheet('A', 2), true)],
		{ code: 'file_protected', file: '巡查.xls' }
	),
	'71-archive-with-a-password': refuse(
		'An archive with a password',
		['报送.zip', zip([{ name: '巡查.csv', bytes: Buffer.from(plain) }], { encrypted: true })],
		{ code: 'file_protected', file: '报送.zip' }
	),
	'72-entities': refuse(
		'A workbook of XML with entities of its own, which no office program writes',
		['巡查.xml', entities],
		{ code: 'file_swells', file: '巡查.xml' }
	),
	'73-empty-archive': refuse('An archive of nothing', ['报送.zip', zip([])], {
		code: 'archive_empty',
		file: '报送.zip'
	}),
	'74-archive-without-tables': refuse(
		'An archive of photographs',
		['报送.zip', zip([{ name: '现场.jpg', bytes: Buffer.from([0xff, 0xd8, 0xff, 0xe0]) }])],
		{ code: 'archive_empty', file: '报送.zip' }
	),
	'75-archive-in-an-archive': refuse(
		'The archives of the townships in one of the district',
		['全区.zip', zip([{ name: '三井.zip', bytes: zip([{ name: '巡查.csv', bytes: Buffer.from(plain) }]) }])],
		{ code: 'archive_in_archive', file: '全区.zip', name: '三井.zip' }
	),
	'76-archive-in-an-archive-by-another-name': refuse(
		'An archive that is called a workbook, within an archive',
		['全区.zip', zip([{ name: '三井.xlsx', bytes: zip([{ name: '巡查.csv', bytes: Buffer.from(plain) }]) }])],
		{ code: 'archive_in_archive', file: '全区.zip', name: '三井.xlsx' }
	),
	'77-pdf-named-xlsx': refuse(
		'A PDF that somebody has renamed',
		['巡查.xlsx', '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n'],
		{ code: 'format_unsupported', file: '巡查.xlsx' }
	),
	'78-word-document': refuse('A report in Word', ['总结.docx', document], {
		code: 'format_unsupported',
		file: '总结.docx'
	}),
	'79-encoding-that-is-none': refuse(
		'An encoding that nobody has heard of',
		['巡查.csv', plain],
		{ code: 'encoding_unknown', encoding: 'klingon', file: '巡查.csv' },
		{ arguments: ['--encoding', 'klingon'] }
	),
	'80-wrong-encoding': refuse(
		'A text in GBK that the clerk calls UTF-8',
		['巡查.csv', iconv.encode(plain, 'gbk')],
		{ code: 'encoding_wrong', encoding: 'utf-8', file: '巡查.csv' },
		{ arguments: ['--encoding', 'utf-8'] }
	),
	'81-unclear-encoding': refuse('A text in an encoding that is not tried', ['巡查.csv', japanese], {
		code: 'encoding_unclear',
		file: '巡查.csv'
	}),
	'82-kind-that-is-none': refuse(
		'A kind that there is not',
		['巡查.csv', plain],
		{ code: 'kind_unknown', kind: 'inspection' },
		{ arguments: ['--kind', 'inspection'] }
	),
	'83-no-known-kind': refuse(
		'A canteen’s menu',
		[
			'菜谱.csv',
			textOf([
				['菜名', '价格'],
				['红烧肉', '28']
			])
		],
		{
			code: 'kind_unrecognised',
			file: '菜谱.csv'
		}
	),
	'84-two-kinds-alike': refuse(
		'A header with the four columns of a patrol and the four of an activity',
		[
			'工作.csv',
			textOf([
				['序号', '所属乡镇', '类别', '日期', '检查日期'],
				['1', '三井街道', '培训', '2025-03-01', '']
			])
		],
		{ code: 'kind_ambiguous', kinds: 'patrol, activity', file: '工作.csv' }
	),
	'85-headers-missing': refuse(
		'What is said to be patrols, without their domain and day',
		['巡查.csv', textOf([['流水号', '单位编号', '所属乡镇'], ...patrols('A', 2).map((line) => line.slice(0, 3))])],
		{ code: 'kind_headers_missing', kind: 'patrol', headers: '专业类别、巡查日期', file: '巡查.csv' },
		{ arguments: ['--kind', 'patrol'] }
	),
	'86-sheet-that-is-not-there': refuse(
		'A sheet of another month',
		[
			'巡查.xlsx',
			workbook([
				{ name: '2月', rows: patrolSheet('A', 2) },
				{ name: '3月', rows: patrolSheet('A', 2) }
			])
		],
		{ code: 'sheet_unknown', sheet: '4月', known: '2月, 3月', file: '巡查.xlsx' },
		{ arguments: ['--sheet', '4月'] }
	),
	'87-mapping-that-is-none': refuse(
		'A mapping that nobody has saved',
		['台账.csv', plain],
		{ code: 'mapping_unknown', name: 'nowhere' },
		{ arguments: ['--mapping', 'nowhere'] }
	),
	'88-faulty-mapping': refuse(
		'A mapping of a field that patrols do not have, on its line 4',
		['台账.csv', plain],
		{ code: 'mapping_invalid', reason: 'colour', file: 'faulty.yaml', line: 4 },
		{
			arguments: ['--mapping', 'faulty'],
			home: { 'mappings/faulty.yaml': 'kind: patrol\ncolumns:\n  id: 流水号\n  colour: 颜色\n' }
		}
	),
	'89-mapping-for-another-file': refuse(
		'A mapping that is named for a file that has three of its columns',
		[
			'台账.csv',
			textOf([
				['受理号', '检查时间', '镇别', '备注'],
				['1', '1/3/2025', '甲', '']
			])
		],
		{
			code: 'mapping_headers_missing',
			mapping: 'ledger',
			headers: '地点与内容、结论、整改天数',
			file: '台账.csv'
		},
		{ arguments: ['--mapping', 'ledger'], home: { 'mappings/ledger.yaml': ledger } }
	),
	'90-two-mappings-for-one-header': refuse(
		'A header for which two mappings were made',
		[
			'台账.csv',
			textOf([
				['受理号', '镇别', '检查时间', '地点与内容', '结论', '整改天数'],
				['1', '甲', '1/3/2025', '老街面馆；证照', '无', '']
			])
		],
		{ code: 'mapping_ambiguous', mappings: 'ledger, ledger-2024', file: '台账.csv' },
		{
			home: {
				'mappings/ledger.yaml': ledger,
				'mappings/ledger-2024.yaml': ledger.replace('name: ledger', 'name: ledger-2024')
			}
		}
	)
};
