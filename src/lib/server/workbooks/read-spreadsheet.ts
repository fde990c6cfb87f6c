/** Workbooks through SheetJS: cells as the text that an official would see, dates as calendar days. */
import { read, set_cptable, SSF, type CellObject, type Range, type WorkBook } from '@e965/xlsx';
import { addDays, dayNumber, isoDay } from '../../basis/day.ts';
import { Problem, type Where } from '../../basis/problem.ts';
import type { CsvRecord } from './read-csv.ts';

export interface Sheet {
	readonly name: string;
	readonly date1904: boolean;
	readonly rows: () => Generator<CsvRecord>;
	readonly lines: number;
}

/** A workbook as it was read. */
export interface ReadBook {
	/** The visible sheets, in their order. */
	readonly sheets: readonly Sheet[];
	/** Names of hidden sheets; they are never read silently. */
	readonly hidden: readonly string[];
	/** Whether there are macros in it. They are not run. */
	readonly macros: boolean;
}

/** The day number of serial 0 of the 1900 system, for serials after its February that never was. */
const serialZero = -25_569;

/** Excel keeps fifteen digits: a longer number in a cell has lost its last ones, and shows them as 3.2E+17. */
const mostDigits = 1e15;

/** What stands in a cell whose formula failed, by the code that a workbook keeps ([MS-XLS] 2.5.10). */
const errorWords = new Map([
	[0x00, '#NULL!'],
	[0x07, '#DIV/0!'],
	[0x0f, '#VALUE!'],
	[0x17, '#REF!'],
	[0x1d, '#NAME?'],
	[0x24, '#NUM!'],
	[0x2a, '#N/A']
]);

/** A number format of nothing but zeros, which shows 12 as 00012: a workbook and its CSV have the same ids. */
const paddingFormat = /^00+$/;

/** The text of a cell; null when it is empty. Numbers have Excel's own 15 digits, so that 0.1 + 0.2 reads 0.3. */
function cellText(cell: CellObject | undefined, date1904: boolean): string | null {
	if (!cell || cell.v === undefined || cell.v === null || cell.t === 'z') return null;
	if (cell.t === 'e') return errorWords.get(Number(cell.v)) ?? '#ERROR';
	if (cell.t === 'b') return cell.v ? 'true' : 'false';
	if (cell.t !== 'n') return String(cell.v);
	const value = cell.v as number;
	if (typeof cell.z === 'string' && SSF.is_date(cell.z) && value >= 61 && value < 2_958_466)
		return isoDay(addDays(dayNumber(serialZero), Math.floor(value) + (date1904 ? 1_462 : 0)));
	if (Math.abs(value) >= mostDigits) return value.toExponential(14).replace(/\.?0*e/, 'E');
	if (!Number.isInteger(value)) return String(Number(value.toPrecision(15)));
	const padding = value >= 0 && typeof cell.z === 'string' && paddingFormat.test(cell.z) ? cell.z.length : 0;
	return value.toString().padStart(padding, '0');
}

/**
 * Gives the value of a cell that is merged over several rows to each of them: a township that stands once beside its
 * ten patrols, a header that reaches over two lines. Cells merged sideways keep to their first column.
 */
function fillDown(data: (CellObject | undefined)[][], merges: readonly Range[]): void {
	for (const { s: from, e: to } of merges) {
		const cell = data[from.r]?.[from.c];
		if (!cell) continue;
		for (let row = from.r + 1; row <= to.r && row < data.length; row++) {
			const cells = (data[row] ??= []);
			// A merged cell may stand as an empty one of its own in the file.
			if (cells[from.c]?.v === undefined) cells[from.c] = cell;
		}
	}
}

let codePages: Promise<void> | null = null;

/** The tables of Excel 5 and before, whose text is in the code page of its country; only loaded for such files. */
const withCodePages = (): Promise<void> => (codePages ??= import('@e965/xlsx/dist/cpexcel.full.mjs').then(set_cptable));

/**
 * Reads a workbook.
 * @param content the bytes of an xlsx, xlsb, ods or xls; the decoded text of Excel's XML or of an HTML table
 * @throws Problem `file_damaged` for what is no workbook, or only the beginning of one; `file_protected`;
 * `format_unsupported` for a document of Office that is no workbook
 */
export async function readSpreadsheet(content: Buffer | string, where: Where): Promise<ReadBook> {
	if (typeof content !== 'string') await withCodePages();
	let book: WorkBook;
	try {
		book = read(content, {
			type: typeof content === 'string' ? 'string' : 'buffer',
			dense: true,
			cellNF: true,
			cellText: false,
			cellHTML: false,
			bookVBA: true,
			// Of markup: a cell that says 001 says so, and is not the number one.
			raw: typeof content === 'string'
		});
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		if (/password|encrypt/i.test(reason)) throw new Problem('file_protected', {}, where);
		if (/find Workbook|Unsupported|is not a spreadsheet/i.test(reason))
			throw new Problem('format_unsupported', {}, where);
		throw new Problem('file_damaged', {}, where);
	}
	const date1904 = book.Workbook?.WBProps?.date1904 === true;
	const states = book.Workbook?.Sheets ?? [];
	const hidden = book.SheetNames.filter((_, i) => (states[i]?.Hidden ?? 0) !== 0);
	const sheets = book.SheetNames.filter((name) => !hidden.includes(name)).map((name) => ({
		name,
		date1904,
		lines: book.Sheets[name]?.['!data']?.length ?? 0,
		rows: function* () {
			const data = (book.Sheets[name]?.['!data'] ?? []) as (CellObject | undefined)[][];
			fillDown(data, book.Sheets[name]?.['!merges'] ?? []);
			for (const [index, row] of data.entries()) {
				if (!row) continue;
				const cells = Array.from(row, (cell) => cellText(cell, date1904));
				if (cells.some((cell) => cell !== null && cell.trim() !== '')) yield { line: index + 1, cells };
			}
		}
	}));
	return { sheets, hidden, macros: (book as { vbaraw?: unknown }).vbaraw !== undefined };
}
