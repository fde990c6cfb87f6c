/**
 * The whole reading of one file: opened, recognised sheet by sheet, and landed where an engine can take it. It touches no
 * home, and gives nothing but plain data, so that it can run in a thread of its own.
 */
import { Problem } from '../../basis/problem.ts';
import type { Recognised } from '../../intake/recognise.ts';
import { hopeOf, readPlain } from './hope.ts';
import { landRows } from './land-rows.ts';
import { openFile, type OpenedSheet } from './open-file.ts';
import {
	headerDepth,
	type ReadFile,
	type ReadingProgress,
	type ReadRequest,
	type ReadSheet,
	recogniseHead
} from './read-request.ts';

/**
 * Reads a file, or each file of an archive.
 * @param tell how far it has come, now and then
 * @throws Problem of {@link openFile}
 */
export async function readFile(request: ReadRequest, tell: (progress: ReadingProgress) => void): Promise<ReadFile[]> {
	const hope = hopeOf(request);
	const plain = hope && readPlain(request, hope);
	if (plain) return [plain];
	let landings = 0;
	const files: ReadFile[] = [];
	for (const opened of await openFile(request.path, request.encoding)) {
		const sheets = opened.sheets
			.filter(({ sheet }) => request.sheet === null || sheet === null || sheet === request.sheet)
			.map((sheet) =>
				readSheet(
					sheet,
					{ ...request, into: request.into && `${request.into}-${landings++}.csv` },
					opened.file,
					(rows, share) => tell({ file: opened.file, sheet: sheet.sheet, rows, share })
				)
			);
		const sheetNames = opened.sheets.flatMap(({ sheet }) => sheet ?? []);
		files.push({ ...opened, sheets, sheetNames });
	}
	return files;
}

function readSheet(
	opened: OpenedSheet,
	request: ReadRequest,
	file: string,
	tell: (rows: number, share: number) => void
): ReadSheet {
	const { sheet, encoding, guessed, date1904 } = opened;
	const head: { line: number; cells: readonly (string | null)[] }[] = [];
	let more = false;
	for (const row of request.headRows > headerDepth ? opened.rows() : opened.head()) {
		more = head.length >= request.headRows;
		if (more) break;
		head.push(row);
	}
	const about = { sheet, encoding, guessed, date1904, head, more };
	try {
		const recognised = recogniseHead(head.slice(0, headerDepth), request, { file, sheet });
		const landed = recognised && request.into !== null ? land(opened, recognised, request.into, tell) : null;
		return { ...about, recognised, problem: null, landed };
	} catch (error) {
		if (error instanceof Problem && about.head.length > 0 && /^(?:kind|mapping)_/.test(error.code))
			return { ...about, recognised: null, problem: error, landed: null };
		throw error;
	}
}

function land(
	opened: OpenedSheet,
	recognised: Recognised,
	path: string,
	tell: (rows: number, share: number) => void
): ReadSheet['landed'] {
	let lines: number | null = null;
	const told = (rows: number, line: number): void =>
		tell(rows, Math.min(1, line / Math.max(1, (lines ??= opened.lines()))));
	return { way: 'rows', rows: landRows(opened.rows(), recognised, path, told) };
}
