/**
 * Opens a file that an office handed in and offers its sheets in one shape, whatever the format: the head to recognise
 * them by, and a landing: a text file that the engine reads by itself, row by row with its line.
 */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Problem, type Where } from '../../basis/problem.ts';
import { decode } from './decode.ts';
import { type CsvRecord, delimiterOf, readCsv } from './read-csv.ts';
import { readSpreadsheet } from './read-spreadsheet.ts';

export interface OpenedSheet {
	/** The name of the sheet; null for a text file. */
	readonly sheet: string | null;
	readonly encoding: string | null;
	readonly date1904: boolean;
	/** All records with something in them. */
	readonly rows: () => Generator<CsvRecord>;
	/** The first of them, to recognise the sheet by; what comes after a few dozen may be cut off. */
	readonly head: () => Generator<CsvRecord>;
	/** For a text file whose bytes are UTF-8: what an engine needs to read it in place, if it is plain. */
	readonly plain: PlainText | null;
}

/** A text file that may be read in place where nothing unusual is in it. */
export interface PlainText {
	readonly path: string;
	readonly bytes: Buffer;
	readonly delimiter: string;
}

export interface OpenedFile {
	readonly path: string;
	/** The name that traces show. */
	readonly file: string;
	readonly sha256: string;
	readonly sheets: readonly OpenedSheet[];
	/** Sheets that were not read because they are hidden. */
	readonly hidden: readonly string[];
}

/**
 * Opens a file.
 * @param encoding the encoding that the user named, for a text file
 * @throws Problem `file_missing`, `file_empty`, `file_unreadable`, `file_truncated`, `format_unsupported`, `encoding_*`
 */
export function openFile(path: string, encoding: string | null): OpenedFile {
	const file = basename(path);
	const where: Where = { file };
	let bytes: Buffer;
	try {
		if (!statSync(path).isFile()) throw new Problem('file_missing', { path }, where);
		bytes = readFileSync(path);
	} catch (error) {
		if (error instanceof Problem) throw error;
		const code = (error as NodeJS.ErrnoException).code;
		if (code === 'ENOENT' || code === 'ENOTDIR') throw new Problem('file_missing', { path }, where);
		throw new Problem('file_unreadable', { reason: code ?? String(error) }, where);
	}
	if (bytes.length === 0) throw new Problem('file_empty', {}, where);
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) {
		const { sheets, hidden } = readSpreadsheet(bytes, where);
		return {
			path,
			file,
			sha256,
			hidden,
			sheets: sheets.map(({ name, date1904, rows }) => ({
				sheet: name,
				encoding: null,
				date1904,
				rows,
				head: rows,
				plain: null
			}))
		};
	}
	if (startsWith(bytes, [0x50, 0x4b]) || /\.xlsx$/i.test(file))
		throw new Problem('file_unreadable', { reason: 'not a workbook' }, where);
	if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0]) || startsWith(bytes, [0x25, 0x50, 0x44, 0x46]))
		throw new Problem('format_unsupported', {}, where);
	return openText(path, file, sha256, bytes, encoding, where);
}

/** How much of a text a sheet is recognised by; the rest is decoded only where it must be. */
const headSize = 65_536;

function openText(
	path: string,
	file: string,
	sha256: string,
	bytes: Buffer,
	encoding: string | null,
	where: Where
): OpenedFile {
	const { text, encoding: found } = decode(bytes, encoding, where);
	const head = text(headSize);
	if (head.trim() === '' && text().trim() === '') throw new Problem('file_empty', {}, where);
	if (head.includes('\u0000')) throw new Problem('format_unsupported', {}, where);
	const delimiter = delimiterOf(head);
	const utf8 = found === 'utf-8' || found === 'utf-8-bom';
	const whole = bytes.length <= headSize;
	const rows = (): Generator<CsvRecord> => refuseCutRecord(readCsv(text(), delimiter, where), text(), where);
	return {
		path,
		file,
		sha256,
		hidden: [],
		sheets: [
			{
				sheet: null,
				encoding: found,
				date1904: false,
				rows,
				head: whole ? rows : () => readCsv(head, delimiter, where),
				plain: utf8 ? { path, bytes, delimiter } : null
			}
		]
	};
}

const startsWith = (bytes: Buffer, magic: readonly number[]): boolean => magic.every((byte, i) => bytes[i] === byte);

/**
 * Passes records on, and refuses a file whose last record stops short without a line end where no other record is
 * short: a copy that broke off would else lose its last cells without a word.
 */
function* refuseCutRecord(records: Iterable<CsvRecord>, text: string, where: Where): Generator<CsvRecord> {
	const endsOpen = !/[\r\n]$/.test(text);
	let last: CsvRecord | null = null;
	let width = 0;
	let alwaysFull = true;
	for (const record of records) {
		if (last) {
			if (last.cells.length < width && width > 1 && last.line > 1) alwaysFull = false;
			width = Math.max(width, last.cells.length);
			yield last;
		}
		last = record;
	}
	if (!last) return;
	if (endsOpen && alwaysFull && last.cells.length < width)
		throw new Problem('file_truncated', {}, { ...where, line: last.line });
	yield last;
}
