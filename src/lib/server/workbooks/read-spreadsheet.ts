/** Workbooks through SheetJS: cells as the text that an official would see, dates as calendar days. */
import { read, SSF, type CellObject, type Range, type WorkBook } from '@e965/xlsx';
import { addDays, dayNumber, isoDay } from '../../basis/day.ts';
import { Problem, type Where } from '../../basis/problem.ts';
import type { CsvRecord } from './read-csv.ts';

export interface Sheet {
	readonly name: string;
	readonly date1904: boolean;
	readonly rows: () => Generator<CsvRecord>;
}

/** The day number of serial 0 of the 1900 system, for serials after its February that never was. */
const serialZero = -25_569;

/** The text of a cell; null when it is empty. Numbers have Excel's own 15 digits, so that 0.1 + 0.2 reads 0.3. */
function cellText(cell: CellObject | undefined, date1904: boolean): string | null {
	if (!cell || cell.v === undefined || cell.t === 'z') return null;
	if (cell.t === 'e') return cell.w ?? '#ERROR';
	if (cell.t === 'b') return cell.v ? 'true' : 'false';
	if (cell.t !== 'n') return String(cell.v);
	const value = cell.v as number;
	if (typeof cell.z === 'string' && SSF.is_date(cell.z) && value >= 61 && value < 2_958_466)
		return isoDay(addDays(dayNumber(serialZero), Math.floor(value) + (date1904 ? 1_462 : 0)));
	return Number.isInteger(value) ? value.toString() : String(Number(value.toPrecision(15)));
}

/**
 * Gives the value of a cell that is merged over several rows to each of them: a township that stands once beside its
 * ten patrols, a header that reaches over two lines. Cells merged sideways keep to their first column.
 */
function fillDown(data: (CellObject | undefined)[][], merges: readonly Range[]): void {
	for (const { s: from, e: to } of merges) {
		const cell = data[from.r]?.[from.c];
		if (!cell) continue;
		for (let row = from.r + 1; row <= to.r && row < data.length; row++) (data[row] ??= [])[from.c] ??= cell;
	}
}

/**
 * The visible sheets of a workbook, in its order; hidden ones are never read silently.
 * @throws Problem `file_unreadable` for bytes that are no workbook, or only the beginning of one
 */
export function readSpreadsheet(bytes: Buffer, where: Where): { sheets: Sheet[]; hidden: string[] } {
	let book: WorkBook;
	try {
		book = read(bytes, { type: 'buffer', dense: true, cellNF: true, cellText: false, cellHTML: false });
	} catch (error) {
		throw new Problem('file_unreadable', { reason: error instanceof Error ? error.message : String(error) }, where);
	}
	const date1904 = book.Workbook?.WBProps?.date1904 === true;
	const states = book.Workbook?.Sheets ?? [];
	const hidden = book.SheetNames.filter((_, i) => (states[i]?.Hidden ?? 0) !== 0);
	const sheets = book.SheetNames.filter((name) => !hidden.includes(name)).map((name) => ({
		name,
		date1904,
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
	return { sheets, hidden };
}
