/** Lands the rows of a sheet as a text that an engine reads by itself: line and cells, nothing interpreted. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { bodyReader, type PassedRow } from '../../intake/body.ts';
import { normaliseHeader } from '../../intake/headers.ts';
import { holdColumnIn, surplusHeader } from '../../intake/holds.ts';
import { neededHeaders } from '../../intake/mapping.ts';
import { unfilledIn } from '../../intake/printed-forms.ts';
import { privateColumns } from '../../intake/private-columns.ts';
import type { Recognised } from '../../intake/recognise.ts';
import type { CsvRecord } from './read-csv.ts';

/** Rows that stand in a file of the engine's form: line, a cell for each column of the header, what stood beyond. */
export interface LandedRows {
	readonly path: string;
	readonly rows: number;
	/** Lines whose filled cells reach beyond the header: no one can say what those cells are. */
	readonly ragged: readonly number[];
	/** Rows below the header that state no fact. */
	readonly passedOver: readonly PassedRow[];
	/** Places of the columns that were left out because they are private. */
	readonly leftOut: readonly number[];
}

/** Rows that are looked at to tell which columns are private. */
export const privacySample = 200;

/** Our own CSV of held rows puts an apostrophe before what Excel would take for a formula; it is no part of the cell. */
const withoutGuard = (cell: string | null | undefined): string | null => cell?.replace(/^'(?=[=+\-@\t\r])/, '') ?? null;

/** White space around a cell never matters, nor does a NUL by which some system pads it, so they do not land. */
function csvCell(cell: string | null | undefined): string {
	if (cell == null) return '';
	const text = (cell.includes('\u0000') ? cell.replaceAll('\u0000', '') : cell).trim();
	return text === '' ? '' : `"${text.includes('"') ? text.replaceAll('"', '""') : text}"`;
}

const chunkSize = 1_000_000;

/**
 * Writes the rows below the header into a file.
 * @param tell how many rows have been written so far, now and then, and the line that it has come to
 */
export function landRows(
	records: Iterable<CsvRecord>,
	recognised: Recognised,
	path: string,
	tell: (rows: number, line: number) => void
): LandedRows {
	const { headers, headerLine, headerCells, mapping } = recognised;
	const width = headers.length;
	const isUnfilled = unfilledIn(recognised);
	const whyPassed = bodyReader(headerCells);
	const guarded = holdColumnIn(headers) >= 0;
	const surplusColumn = headers.findIndex((cell) => cell !== null && normaliseHeader(cell) === surplusHeader);
	const ragged: number[] = [];
	const passedOver: PassedRow[] = [];
	const first: CsvRecord[] = [];
	let leftOut: ReadonlySet<number> | null = null;
	let rows = 0;
	let chunk = '';
	const file = openSync(path, 'w', 0o600);
	const write = (): void => {
		// A text may be written in parts.
		const bytes = Buffer.from(chunk);
		for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
		chunk = '';
	};
	const put = ({ line, cells }: CsvRecord): void => {
		const surplus = [...cells.slice(width), surplusColumn < 0 ? null : cells[surplusColumn]].filter(
			(cell) => cell != null && cell.trim() !== ''
		);
		if (surplus.length > 0) ragged.push(line);
		chunk += String(line);
		for (let i = 0; i < width; i++)
			chunk += leftOut?.has(i) ? ',' : `,${csvCell(guarded ? withoutGuard(cells[i]) : cells[i])}`;
		chunk += `,${csvCell(surplus.join(' | '))}\n`;
		if (++rows % 20_000 === 0) tell(rows, line);
		if (chunk.length > chunkSize) write();
	};
	const putFirst = (): void => {
		leftOut = new Set(
			privateColumns(
				headers,
				first.map(({ cells }) => cells),
				neededHeaders(mapping)
			)
		);
		for (const record of first) put(record);
	};
	try {
		for (const record of records) {
			if (record.line <= headerLine) continue;
			const why = whyPassed(record.cells) ?? (isUnfilled?.(record.cells) ? 'unfilled' : null);
			if (why !== null) passedOver.push({ line: record.line, why });
			else if (leftOut !== null) put(record);
			else if (first.push(record) >= privacySample) putFirst();
		}
		if (leftOut === null) putFirst();
		write();
	} finally {
		closeSync(file);
	}
	return { path, rows, ragged, passedOver, leftOut: [...(leftOut ?? [])] };
}
