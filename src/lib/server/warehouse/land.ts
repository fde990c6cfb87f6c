/** Puts the rows of a sheet that was read into the engine as `raw`: line and text cells, nothing interpreted. */
import type { PassedRow } from '../../intake/body.ts';
import type { LandedRows } from '../workbooks/land-rows.ts';
import type { PlainRows, ReadSheet } from '../workbooks/read-file.ts';
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

/**
 * Makes `raw` from the rows below the header.
 * @param width the columns of the header
 * @param readCarefully reads the file again row by row, where the engine does not see one row a line in a text that
 * looks plain
 */
export async function land(
	engine: Engine,
	{ landed, recognised }: Pick<ReadSheet, 'landed' | 'recognised'>,
	readCarefully: () => Promise<LandedRows>
): Promise<Landed> {
	if (!landed || !recognised) throw new Error('a sheet that was not read cannot land');
	const width = recognised.headers.length;
	if (landed.way === 'rows') return landRows(engine, landed.rows, width);
	const inPlace = await landInPlace(engine, landed.plain, recognised.headerLine, width);
	return inPlace ?? landRows(engine, await readCarefully(), width);
}

/** Lets the engine read a plain file; null when it does not see one row a line, so that lines could be named wrongly. */
async function landInPlace(
	engine: Engine,
	{ path, delimiter, rows, leftOut }: PlainRows,
	headerLine: number,
	width: number
): Promise<Landed | null> {
	const types = columns(width).map((name) => `'${name}': 'VARCHAR'`);
	const cells = columns(width).map((name, i) => (leftOut.includes(i) ? `CAST(NULL AS VARCHAR) AS ${name}` : name));
	// A statement that fails would end the import's transaction, so a line that the engine cannot read is left out, and missed.
	await engine.run(
		`CREATE OR REPLACE TEMP TABLE landed AS SELECT ${cells.join(', ')} FROM read_csv($path, columns = {${types.join(', ')}}, header = false,
		skip = ${headerLine}, delim = '${delimiter}', quote = '', escape = '', auto_detect = false, null_padding = true, ignore_errors = true)`,
		{ path }
	);
	// Rows of the running transaction have row ids of their own range, from its first one on.
	const [row] = await engine.rows(
		'SELECT count(*) AS n, coalesce(min(rowid), 0) AS first, coalesce(max(rowid) - min(rowid) + 1, 0) AS reach FROM landed'
	);
	if (countOf(row?.['n']) !== rows || countOf(row?.['reach']) !== rows) return null;
	const before = BigInt(String(row?.['first'])) - BigInt(headerLine + 1);
	await engine.run(
		`CREATE OR REPLACE TEMP VIEW raw AS SELECT CAST(rowid - ${before} AS BIGINT) AS line, *, CAST(NULL AS VARCHAR) AS surplus FROM landed`
	);
	return { rows, ragged: [], passedOver: [], leftOut };
}

async function landRows(engine: Engine, landed: LandedRows, width: number): Promise<Landed> {
	const { path, rows, ragged, passedOver, leftOut } = landed;
	const types = [`'line': 'BIGINT'`, ...[...columns(width), 'surplus'].map((name) => `'${name}': 'VARCHAR'`)];
	await engine.run(
		`CREATE OR REPLACE TEMP TABLE landed AS SELECT * FROM read_csv($path, columns = {${types.join(', ')}}, header = false,
		delim = ',', quote = '"', escape = '"', auto_detect = false, max_line_size = 16777216)`,
		{ path }
	);
	const [row] = await engine.rows('SELECT count(*) AS n FROM landed');
	if (countOf(row?.['n']) !== rows) throw new Error(`landed ${String(row?.['n'])} of ${rows} rows`);
	await engine.run('CREATE OR REPLACE TEMP VIEW raw AS SELECT * FROM landed');
	return { rows, ragged, passedOver, leftOut };
}
