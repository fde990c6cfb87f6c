/** The forms of files in which offices hand in one and the same table. */
import { type CellObject, utils, write, type WorkSheet } from '@e965/xlsx';
import fc from 'fast-check';
import iconv from 'iconv-lite';

/** A cell as it is written: text, or a day that a workbook keeps as a number. */
export type Written = string | null | { readonly serial: number; readonly text: string };

const books = ['xlsx', 'xlsb', 'biff8', 'ods', 'fods', 'xlml'] as const;
const encodings = [
	'utf8',
	'utf8-bom',
	'utf16le',
	'utf16be',
	'utf16le-bare',
	'utf16be-bare',
	'gb18030',
	'gbk',
	'big5'
] as const;

/** How a file is written. Old encodings lack characters, and BIFF 5 is written without Chinese. */
export type FileForm =
	| {
			readonly form: 'text';
			readonly encoding: (typeof encodings)[number];
			readonly delimiter: string;
			readonly lineEnd: string;
			readonly quotes: 'all' | 'needed' | 'backslash';
			readonly endsOpen: boolean;
	  }
	| {
			readonly form: 'book';
			readonly book: (typeof books)[number] | 'biff5';
			readonly nativeDays: boolean;
			readonly from1904: boolean;
	  }
	| { readonly form: 'html'; readonly encoding: 'utf8' | 'gbk'; readonly said: boolean };

export const anyForm: fc.Arbitrary<FileForm> = fc.oneof(
	{
		weight: 3,
		arbitrary: fc.record({
			form: fc.constant('text' as const),
			encoding: fc.constantFrom(...encodings),
			delimiter: fc.constantFrom(',', ';', '\t', '|'),
			lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
			quotes: fc.constantFrom('all' as const, 'needed' as const, 'backslash' as const),
			endsOpen: fc.boolean()
		})
	},
	{
		weight: 3,
		arbitrary: fc.record({
			form: fc.constant('book' as const),
			book: fc.constantFrom(...books, 'biff5' as const),
			nativeDays: fc.boolean(),
			from1904: fc.boolean()
		})
	},
	{
		weight: 1,
		arbitrary: fc.record({
			form: fc.constant('html' as const),
			encoding: fc.constantFrom('utf8' as const, 'gbk' as const),
			said: fc.boolean()
		})
	}
);

/** Whether a form can hold nothing but ASCII: Big5 has no simplified characters, and BIFF 5 is written without any. */
export const isAscii = (form: FileForm): boolean =>
	(form.form === 'text' && form.encoding === 'big5') || (form.form === 'book' && form.book === 'biff5');

const nameOf = (form: FileForm): string =>
	form.form === 'text'
		? 'table.csv'
		: form.form === 'html'
			? 'table.xls'
			: `table.${{ xlsx: 'xlsx', xlsb: 'xlsb', biff8: 'xls', biff5: 'xls', ods: 'ods', fods: 'xml', xlml: 'xml' }[form.book]}`;

/** The file of a table in a form. */
export function fileOf(table: readonly (readonly Written[])[], form: FileForm): { name: string; bytes: Buffer } {
	const bytes =
		form.form === 'text'
			? textBytes(table, form)
			: form.form === 'html'
				? htmlBytes(table, form)
				: bookBytes(table, form);
	return { name: nameOf(form), bytes };
}

const plain = (cell: Written): string => (cell === null ? '' : typeof cell === 'string' ? cell : cell.text);

function textBytes(table: readonly (readonly Written[])[], form: FileForm & { form: 'text' }): Buffer {
	const { delimiter, lineEnd, quotes } = form;
	const cellText = (cell: Written): string => {
		const text = plain(cell);
		if (quotes === 'backslash' && text.includes('"')) return `"${text.replaceAll('"', '\\"')}"`;
		if (quotes === 'all' || /["\r\n]/.test(text) || text.includes(delimiter)) return `"${text.replaceAll('"', '""')}"`;
		return text;
	};
	const text = table.map((row) => row.map(cellText).join(delimiter)).join(lineEnd) + (form.endsOpen ? '' : lineEnd);
	switch (form.encoding) {
		case 'utf8-bom':
			return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]);
		case 'utf16le':
			return Buffer.concat([Buffer.from([0xff, 0xfe]), iconv.encode(text, 'utf-16le')]);
		case 'utf16be':
			return Buffer.concat([Buffer.from([0xfe, 0xff]), iconv.encode(text, 'utf-16be')]);
		case 'utf16le-bare':
			return iconv.encode(text, 'utf-16le');
		case 'utf16be-bare':
			return iconv.encode(text, 'utf-16be');
		default:
			return iconv.encode(text, form.encoding);
	}
}

function bookBytes(
	table: readonly (readonly Written[])[],
	{ book, nativeDays, from1904 }: FileForm & { form: 'book' }
): Buffer {
	// Only the newer formats are written with their first day in 1904.
	const offset = from1904 && book === 'xlsx' ? 1_462 : 0;
	const data = table.map((row) =>
		row.map((cell): CellObject | undefined => {
			if (cell === null || cell === '') return undefined;
			if (typeof cell !== 'string' && nativeDays) return { t: 'n', v: cell.serial - offset, z: 'yyyy/mm/dd' };
			return { t: 's', v: plain(cell) };
		})
	);
	const width = Math.max(...table.map((row) => row.length));
	const sheet = {
		'!type': 'sheet',
		'!data': data,
		'!ref': utils.encode_range({ s: { r: 0, c: 0 }, e: { r: table.length - 1, c: width - 1 } })
	} as unknown as WorkSheet;
	const file = utils.book_new();
	utils.book_append_sheet(file, sheet, 'Sheet1');
	if (offset > 0) file.Workbook = { ...file.Workbook, WBProps: { date1904: true } };
	return write(file, { type: 'buffer', bookType: book, bookSST: book !== 'biff5' }) as Buffer;
}

function htmlBytes(table: readonly (readonly Written[])[], { encoding, said }: FileForm & { form: 'html' }): Buffer {
	const escaped = (cell: Written): string =>
		plain(cell).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
	const rows = table.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`);
	const meta = said
		? `<meta http-equiv="Content-Type" content="text/html; charset=${encoding === 'gbk' ? 'gb2312' : 'utf-8'}">`
		: '';
	return iconv.encode(
		`<html><head>${meta}</head><body><table border="1">${rows.join('\n')}</table></body></html>`,
		encoding
	);
}
