/**
 * Writes export files as offices write them. The same content gives the same bytes on every machine, so that a file
 * can be known by its SHA-256.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CellObject, type ColInfo, utils, write, type WorkSheet } from '@e965/xlsx';
import { isoDay } from '../../basis/day.ts';
import type { Cell, ExportFile, ExportSheet } from '../../demo/export-files.ts';

/** Excel's serial of 1970-01-01 in the 1900 system. */
const serialOfDayZero = 25_569;
const dateFormat = 'yyyy-mm-dd';

export interface WrittenFile {
	readonly file: string;
	readonly sha256: string;
	/** Rows of all sheets, without title, header and 合计. */
	readonly rows: number;
}

/**
 * Writes a file into a folder that is there; a file of that name is replaced.
 * @throws RangeError for a CSV that does not have exactly one sheet, or a text that is too long for a cell
 */
export function writeExport(folder: string, { name, format, sheets }: ExportFile): WrittenFile {
	const bytes = format === 'csv' ? csvBytes(name, sheets) : xlsxBytes(sheets);
	writeFileSync(join(folder, name), bytes);
	return {
		file: name,
		sha256: createHash('sha256').update(bytes).digest('hex'),
		rows: sheets.reduce((sum, { rows }) => sum + rows.length, 0)
	};
}

/** The lines of a sheet as they stand in the file: title, headers, rows, 合计. */
function* linesOf({ title, headers, rows, totals }: ExportSheet): Generator<readonly Cell[]> {
	if (title !== null) yield [title];
	yield headers;
	yield* rows;
	if (totals) yield totals;
}

/** UTF-8 with BOM, because Excel takes a CSV without one for GBK; CRLF; days as 2025-03-05. */
function csvBytes(name: string, [sheet, ...others]: readonly ExportSheet[]): Buffer {
	if (!sheet || others.length > 0) throw new RangeError(`${name}: a CSV has one sheet`);
	let text = '\uFEFF';
	for (const line of linesOf(sheet)) text += `${line.map(csvCell).join(',')}\r\n`;
	return Buffer.from(text, 'utf8');
}

function csvCell(cell: Cell): string {
	if (cell === null) return '';
	if (typeof cell === 'number') return String(cell);
	if (typeof cell === 'object') return isoDay(cell.day);
	return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A workbook without dates of its own: SheetJS stamps none, and puts a fixed one on the parts of the archive. */
function xlsxBytes(sheets: readonly ExportSheet[]): Buffer {
	const book = utils.book_new();
	for (const sheet of sheets) utils.book_append_sheet(book, worksheet(sheet), sheet.name);
	return write(book, { type: 'buffer', bookType: 'xlsx', bookSST: true, compression: true }) as Buffer;
}

function worksheet(sheet: ExportSheet): WorkSheet {
	const data: CellObject[][] = [];
	for (const line of linesOf(sheet)) data.push(cellsOf(line));
	const last = { r: data.length - 1, c: sheet.headers.length - 1 };
	return {
		'!type': 'sheet',
		'!data': data,
		'!ref': utils.encode_range({ s: { r: 0, c: 0 }, e: last }),
		'!cols': widths(sheet),
		...(sheet.title === null ? {} : { '!merges': [{ s: { r: 0, c: 0 }, e: { r: 0, c: last.c } }] })
	};
}

/** Empty cells are left out, not written as blanks. */
function cellsOf(line: readonly Cell[]): CellObject[] {
	const cells: CellObject[] = [];
	for (const [column, cell] of line.entries()) {
		if (cell === null) continue;
		cells[column] =
			typeof cell === 'number'
				? { t: 'n', v: cell }
				: typeof cell === 'string'
					? { t: 's', v: cell }
					: { t: 'n', v: cell.day + serialOfDayZero, z: dateFormat };
	}
	return cells;
}

/** Columns wide enough for the first rows, as Chinese characters take two places; never wider than 48. */
function widths({ headers, rows }: ExportSheet): ColInfo[] {
	const head = [headers, ...rows.slice(0, 50)];
	return headers.map((_, column) => ({
		wch: Math.min(48, Math.max(...head.map((row) => placesOf(row[column] ?? null))) + 2)
	}));
}

/** The width of a cell in places: a Chinese character takes two. */
export const placesOf = (cell: Cell): number => {
	if (cell === null) return 0;
	if (typeof cell === 'object') return dateFormat.length;
	return Array.from(String(cell), (char) => (char > '\u2E80' ? 2 : 1)).reduce((sum, places) => sum + places, 0);
};
