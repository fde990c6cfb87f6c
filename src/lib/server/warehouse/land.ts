/** Lands the rows of a sheet in the engine as `raw`: line and text cells, nothing interpreted. */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { isTotalsRow, normaliseHeader } from '../../intake/headers.ts';
import { holdColumnIn } from '../../intake/holds.ts';
import type { OpenedSheet, PlainText } from '../workbooks/open-file.ts';
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
	if (sheet.plain && isPlainBelow(sheet.plain, headerLine, headers)) {
		const landed = await landInPlace(warehouse, sheet.plain, headerLine, headers.length);
		if (landed) return landed;
	}
	return landRows(warehouse, sheet.rows(), headerLine, headers);
}

const totalsWords = ['合计', '总计', '小计', '总数', '共计', 'total', 'Total', 'TOTAL'];

/**
 * Whether a UTF-8 file below its header is so plain that the engine may read it in place: one line a row, no quotes,
 * no blank lines, no totals, no repeated header. Anything unusual goes the careful way.
 */
function isPlainBelow(
	{ bytes, delimiter }: PlainText,
	headerLine: number,
	headers: readonly (string | null)[]
): boolean {
	let from = 0;
	for (let line = 0; line < headerLine; line++) {
		const end = bytes.indexOf(10, from);
		if (end < 0) return false;
		from = end + 1;
	}
	const body = bytes.subarray(from);
	const lastLine = body.subarray(body.lastIndexOf(10, -2) + 1).toString('utf8');
	return (
		bytes.length > 1_000_000 &&
		body.at(-1) === 10 &&
		lastLine.split(delimiter).length === headers.length &&
		!bytes.includes('"') &&
		!body.includes('\n\n') &&
		!body.includes('\r\n\r\n') &&
		!body.includes(`\n${delimiter}`) &&
		!body.includes(headers.map((header) => header ?? '').join(delimiter)) &&
		!totalsWords.some((word) => body.includes(word))
	);
}

function countLines(bytes: Buffer): number {
	let lines = 0;
	for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) lines++;
	return lines;
}

/** Lets the engine read a plain file; null when it does not see one row a line, so that lines could be named wrongly. */
async function landInPlace(
	{ engine }: Warehouse,
	{ path, bytes, delimiter }: PlainText,
	headerLine: number,
	width: number
): Promise<Landed | null> {
	const types = columns(width).map((name) => `'${name}': 'VARCHAR'`);
	try {
		await engine.run(
			`CREATE OR REPLACE TEMP TABLE landed AS SELECT * FROM read_csv($path, columns = {${types.join(', ')}}, header = false,
			skip = ${headerLine}, delim = '${delimiter}', quote = '', escape = '', auto_detect = false, null_padding = true)`,
			{ path }
		);
	} catch {
		return null;
	}
	const [row] = await engine.rows('SELECT count(*) AS n FROM landed');
	const rows = countOf(row?.['n']);
	if (rows !== countLines(bytes) - headerLine) return null;
	// Rows of the running transaction have row ids of their own range, from its first one on.
	const [first] = await engine.rows('SELECT coalesce(min(rowid), 0) AS first FROM landed');
	const before = BigInt(String(first?.['first'])) - BigInt(headerLine + 1);
	await engine.run(
		`CREATE OR REPLACE TEMP VIEW raw AS SELECT CAST(rowid - ${before} AS BIGINT) AS line, * FROM landed`
	);
	return { rows, ragged: [] };
}

/** Our own CSV of held rows puts an apostrophe before what Excel would take for a formula; it is no part of the cell. */
const withoutGuard = (cell: string | null | undefined): string | null => cell?.replace(/^'(?=[=+\-@\t\r])/, '') ?? null;

const csvCell = (cell: string | null | undefined): string => (cell == null ? '' : `"${cell.replaceAll('"', '""')}"`);

async function landRows(
	{ engine, staging }: Warehouse,
	records: Iterable<CsvRecord>,
	headerLine: number,
	headers: readonly (string | null)[]
): Promise<Landed> {
	const width = headers.length;
	const path = join(staging, 'landing.csv');
	const header = headers.map((cell) => normaliseHeader(cell ?? '')).join('\u001f');
	const out = createWriteStream(path);
	const guarded = holdColumnIn(headers) >= 0;
	const ragged: number[] = [];
	let rows = 0;
	let chunk = '';
	for (const { line, cells } of records) {
		if (line <= headerLine || isTotalsRow(cells)) continue;
		if (Array.from({ length: width }, (_, i) => normaliseHeader(cells[i] ?? '')).join('\u001f') === header) continue;
		rows++;
		if (cells.slice(width).some((cell) => cell !== null && cell.trim() !== '')) ragged.push(line);
		chunk += String(line);
		for (let i = 0; i < width; i++) chunk += `,${csvCell(guarded ? withoutGuard(cells[i]) : cells[i])}`;
		chunk += '\n';
		if (chunk.length > 1_000_000) {
			if (!out.write(chunk)) await once(out, 'drain');
			chunk = '';
		}
	}
	out.end(chunk);
	await once(out, 'finish');
	const types = [`'line': 'BIGINT'`, ...columns(width).map((name) => `'${name}': 'VARCHAR'`)];
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
