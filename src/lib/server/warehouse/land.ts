/** Lands the rows of a sheet in the engine as `raw`: line and text cells without the white space around them, nothing interpreted. */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { isTotalsRow, normaliseHeader, repeatsHeader, totalsBeginnings } from '../../intake/headers.ts';
import { holdColumnIn, surplusHeader } from '../../intake/holds.ts';
import type { OpenedSheet, PlainText } from '../workbooks/open-file.ts';
import { plainBelow } from '../workbooks/plain-text.ts';
import type { CsvRecord } from '../workbooks/read-csv.ts';
import { countOf } from './engine.ts';
import type { Warehouse } from './open.ts';

/** What {@link land} found. */
export interface Landed {
	readonly rows: number;
	/** Lines whose filled cells reach beyond the header: no one can say what those cells are. */
	readonly ragged: readonly number[];
}

const columns = (width: number): string[] => Array.from({ length: width }, (_, i) => `c${i}`);

/**
 * Makes `raw` from the rows below the header. Rows of totals and repeated headers state no fact and are left out.
 * @param headers the header cells, by column
 */
export async function land(
	warehouse: Warehouse,
	sheet: OpenedSheet,
	headerLine: number,
	headers: readonly (string | null)[]
): Promise<Landed> {
	const { plain } = sheet;
	if (plain && plain.bytes.length > worthReadingInPlace) {
		const first = headers[0] ?? '';
		const isFact = (cell: string): boolean => !isTotalsRow([cell]) && normaliseHeader(cell) !== normaliseHeader(first);
		const beginnings = totalsBeginnings + first.slice(0, 1).toLowerCase() + first.slice(0, 1).toUpperCase();
		const body = plainBelow(plain.bytes, headerLine, plain.delimiter, headers.length, isFact, beginnings);
		const landed = body ? await landInPlace(warehouse, plain, headerLine, headers.length, body.rows) : null;
		if (landed) return landed;
	}
	return landRows(warehouse, sheet.rows(), headerLine, headers);
}

/** Below this size the careful way is as fast. */
const worthReadingInPlace = 1_000_000;

/** Lets the engine read a plain file; null when it does not see one row a line, so that lines could be named wrongly. */
async function landInPlace(
	{ engine }: Warehouse,
	{ path, delimiter }: PlainText,
	headerLine: number,
	width: number,
	rows: number
): Promise<Landed | null> {
	const types = columns(width).map((name) => `'${name}': 'VARCHAR'`);
	// A statement that fails would end the import's transaction, so a line that the engine cannot read is left out, and missed.
	await engine.run(
		`CREATE OR REPLACE TEMP TABLE landed AS SELECT * FROM read_csv($path, columns = {${types.join(', ')}}, header = false,
		skip = ${headerLine}, delim = '${delimiter}', quote = '', escape = '', auto_detect = false, null_padding = true, ignore_errors = true)`,
		{ path }
	);
	// Rows of the running transaction have row ids of their own range, from its first one on.
	const [row] = await engine.rows('SELECT count(*) AS n, coalesce(min(rowid), 0) AS first FROM landed');
	if (countOf(row?.['n']) !== rows) return null;
	const before = BigInt(String(row?.['first'])) - BigInt(headerLine + 1);
	await engine.run(
		`CREATE OR REPLACE TEMP VIEW raw AS SELECT CAST(rowid - ${before} AS BIGINT) AS line, *, CAST(NULL AS VARCHAR) AS surplus FROM landed`
	);
	return { rows, ragged: [] };
}

/** Our own CSV of held rows puts an apostrophe before what Excel would take for a formula; it is no part of the cell. */
const withoutGuard = (cell: string | null | undefined): string | null => cell?.replace(/^'(?=[=+\-@\t\r])/, '') ?? null;

/** White space around a cell never matters, so it does not land. */
function csvCell(cell: string | null | undefined): string {
	const text = cell?.trim() ?? '';
	return text === '' ? '' : `"${text.replaceAll('"', '""')}"`;
}

async function landRows(
	{ engine, staging }: Warehouse,
	records: Iterable<CsvRecord>,
	headerLine: number,
	headers: readonly (string | null)[]
): Promise<Landed> {
	const width = headers.length;
	const path = join(staging, 'landing.csv');
	const out = createWriteStream(path);
	const guarded = holdColumnIn(headers) >= 0;
	const surplusColumn = headers.findIndex((cell) => cell !== null && normaliseHeader(cell) === surplusHeader);
	const ragged: number[] = [];
	let rows = 0;
	let chunk = '';
	for (const { line, cells } of records) {
		if (line <= headerLine || isTotalsRow(cells) || repeatsHeader(cells, headers)) continue;
		rows++;
		const surplus = [...cells.slice(width), surplusColumn < 0 ? null : cells[surplusColumn]].filter(
			(cell) => cell != null && cell.trim() !== ''
		);
		if (surplus.length > 0) ragged.push(line);
		chunk += String(line);
		for (let i = 0; i < width; i++) chunk += `,${csvCell(guarded ? withoutGuard(cells[i]) : cells[i])}`;
		chunk += `,${csvCell(surplus.join(' | '))}\n`;
		if (chunk.length > 1_000_000) {
			if (!out.write(chunk)) await once(out, 'drain');
			chunk = '';
		}
	}
	out.end(chunk);
	await once(out, 'finish');
	const types = [`'line': 'BIGINT'`, ...[...columns(width), 'surplus'].map((name) => `'${name}': 'VARCHAR'`)];
	await engine.run(
		`CREATE OR REPLACE TEMP TABLE landed AS SELECT * FROM read_csv($path, columns = {${types.join(', ')}}, header = false,
		delim = ',', quote = '"', escape = '"', auto_detect = false, max_line_size = 16777216)`,
		{ path }
	);
	const [row] = await engine.rows('SELECT count(*) AS n FROM landed');
	if (countOf(row?.['n']) !== rows) throw new Error(`landed ${String(row?.['n'])} of ${rows} rows`);
	await engine.run('CREATE OR REPLACE TEMP VIEW raw AS SELECT * FROM landed');
	return { rows, ragged };
}
