/** Puts the rows of a sheet that was read into the engine as `raw`: line and text cells, nothing interpreted. */
import type { PassedRow } from '../../intake/body.ts';
import type { Recognised } from '../../intake/recognise.ts';
import type { LandedRows } from '../workbooks/land-rows.ts';
import type { PlainRows, ReadSheet } from '../workbooks/read-request.ts';
import { countOf, type Engine } from './engine.ts';

/** What {@link land} found. */
export interface Landed {
	readonly rows: number;
	/** Lines whose filled cells reach beyond the header: no one can say what those cells are. */
	readonly ragged: readonly number[];
	readonly passedOver: readonly PassedRow[];
	/** Places of the columns that were left out because they are private. */
	readonly leftOut: readonly number[];
}

const columns = (width: number): string[] => Array.from({ length: width }, (_, i) => `c${i}`);

/** A sheet that is to land: as it was read, once that is done, and where the engine may begin before. */
interface Landing<Whole> {
	readonly recognised: Recognised;
	readonly whole: Promise<Whole>;
	readonly hope: Pick<PlainRows, 'path' | 'delimiter'> | null;
	/** Reads the file again row by row, where the engine does not see one row a line in a text that looks plain. */
	readonly readCarefully: () => Promise<LandedRows>;
}

/**
 * Makes `raw` from the rows below the header.
 * @param early whether the engine may begin while the file is still being looked at: not within a transaction, which a
 * statement that fails would end
 * @throws Problem of the reading, where it ends only now
 */
export async function land<Whole extends { readonly sheet: Pick<ReadSheet, 'landed'> }>(
	engine: Engine,
	{ recognised, whole, hope: hoped, readCarefully }: Landing<Whole>,
	early: boolean
): Promise<Whole & { readonly landed: Landed }> {
	const { headerLine, headers } = recognised;
	const width = headers.length;
	const hope = early ? hoped : null;
	// Both are waited for, also where one of them fails: what still runs would run into what comes next.
	const [read, begun] = await Promise.allSettled([whole, hope && readInPlace(engine, hope, headerLine, width)]);
	if (read.status === 'rejected') throw read.reason;
	const { landed } = read.value.sheet;
	// What was only hoped is of no account where the file turns out to be none that is read in place.
	if (begun.status === 'rejected' && landed?.way === 'plain') throw begun.reason;
	if (!landed) throw new Error('a sheet that was not read cannot land');
	if (landed.way === 'rows') return { ...read.value, landed: await landRows(engine, landed.rows, width) };
	if (!hope) await readInPlace(engine, landed.plain, headerLine, width);
	const inPlace = await rowsInPlace(engine, landed.plain, headerLine, width);
	return { ...read.value, landed: inPlace ?? (await landRows(engine, await readCarefully(), width)) };
}

/** Pieces in which the engine reads a text, in bytes: more of them than cores keep all cores at work to the end. */
const bufferSize = 16 * 1024 * 1024;

/** Lets the engine read a plain file. */
async function readInPlace(
	engine: Engine,
	{ path, delimiter }: Pick<PlainRows, 'path' | 'delimiter'>,
	headerLine: number,
	width: number
): Promise<void> {
	const types = columns(width).map((name) => `'${name}': 'VARCHAR'`);
	// A statement that fails would end the import's transaction, so a line that the engine cannot read is left out, and missed.
	await engine.run(
		`CREATE OR REPLACE TEMP TABLE landed AS SELECT * FROM read_csv($path, columns = {${types.join(', ')}}, header = false,
		skip = ${headerLine}, delim = '${delimiter}', quote = '', escape = '', auto_detect = false, null_padding = true, ignore_errors = true,
		buffer_size = ${bufferSize})`,
		{ path }
	);
}

/** The rows that the engine has read; null when it does not see one row a line, so that lines could be named wrongly. */
async function rowsInPlace(
	engine: Engine,
	{ rows, leftOut }: PlainRows,
	headerLine: number,
	width: number
): Promise<Landed | null> {
	// Rows of the running transaction have row ids of their own range, from its first one on.
	const [row] = await engine.rows(
		'SELECT count(*) AS n, coalesce(min(rowid), 0) AS first, coalesce(max(rowid) - min(rowid) + 1, 0) AS reach FROM landed'
	);
	if (countOf(row?.['n']) !== rows || countOf(row?.['reach']) !== rows) return null;
	const before = BigInt(String(row?.['first'])) - BigInt(headerLine + 1);
	const cells = columns(width).map((name, i) => (leftOut.includes(i) ? `CAST(NULL AS VARCHAR) AS ${name}` : name));
	await engine.run(
		`CREATE OR REPLACE TEMP VIEW raw AS SELECT CAST(rowid - ${before} AS BIGINT) AS line, ${cells.join(', ')}, CAST(NULL AS VARCHAR) AS surplus FROM landed`
	);
	return { rows, ragged: [], passedOver: [], leftOut };
}

async function landRows(engine: Engine, landed: LandedRows, width: number): Promise<Landed> {
	const { path, rows, ragged, passedOver, leftOut } = landed;
	const types = [`'line': 'BIGINT'`, ...[...columns(width), 'surplus'].map((name) => `'${name}': 'VARCHAR'`)];
	await engine.run(
		`CREATE OR REPLACE TEMP TABLE landed AS SELECT * FROM read_csv($path, columns = {${types.join(', ')}}, header = false,
		delim = ',', quote = '"', escape = '"', auto_detect = false, new_line = '\\n', max_line_size = 16777216)`,
		{ path }
	);
	const [row] = await engine.rows('SELECT count(*) AS n FROM landed');
	if (countOf(row?.['n']) !== rows) throw new Error(`landed ${String(row?.['n'])} of ${rows} rows`);
	await engine.run('CREATE OR REPLACE TEMP VIEW raw AS SELECT * FROM landed');
	return { rows, ragged, passedOver, leftOut };
}
