/**
 * The whole reading of one file: opened, recognised sheet by sheet, and landed where an engine can take it. It touches no
 * home, and gives nothing but plain data, so that it can run in a thread of its own.
 */
import { basename } from 'node:path';
import { bodyReader, opensNoFact, wordBeginnings } from '../../intake/body.ts';
import type { HeadRows } from '../../intake/header-rows.ts';
import { normaliseHeader } from '../../intake/headers.ts';
import { kindNamed } from '../../intake/kinds/index.ts';
import { type Mapping, neededHeaders } from '../../intake/mapping.ts';
import { privateColumns } from '../../intake/private-columns.ts';
import { mappingFor, type Recognised, recognise, recogniseByMapping } from '../../intake/recognise.ts';
import { Problem, type Where } from '../../basis/problem.ts';
import { type LandedRows, landRows, privacySample } from './land-rows.ts';
import { type OpenedFile, openFile, type OpenedSheet, type PlainText } from './open-file.ts';
import { plainBelow } from './plain-text.ts';

export interface ReadRequest {
	readonly path: string;
	/** What the user named; null where it is to be found out. */
	readonly encoding: string | null;
	readonly kind: string | null;
	readonly sheet: string | null;
	readonly mapping: Mapping | null;
	/** Mappings that were chosen for single sheets, by their {@link sheetKey}. */
	readonly sheetMappings: Readonly<Record<string, Mapping>>;
	/** Saved mappings, found by the header that they were made for. */
	readonly mappings: readonly Mapping[];
	/** The beginning of the paths of landed files; null to look and land nothing. */
	readonly into: string | null;
	/** Whether a plain text may be left for the engine to read in place. */
	readonly inPlace: boolean;
	/** How many rows of each sheet are given back as they stand. */
	readonly headRows: number;
}

/** A plain text below its header, one row a line. */
export interface PlainRows {
	readonly path: string;
	readonly delimiter: string;
	readonly rows: number;
	readonly leftOut: readonly number[];
}

/** How far the reading of a file has come: the share is of its sheet. */
export interface ReadingProgress {
	readonly file: string;
	readonly sheet: string | null;
	readonly rows: number;
	readonly share: number;
}

export interface ReadSheet {
	readonly sheet: string | null;
	readonly encoding: string | null;
	readonly guessed: boolean;
	readonly date1904: boolean;
	/** The first rows as they stand. */
	readonly head: HeadRows;
	/** Whether there are more than those. */
	readonly more: boolean;
	readonly recognised: Recognised | null;
	/** Why it could not be recognised, where there is more to say than that. */
	readonly problem: Problem | null;
	readonly landed:
		{ readonly way: 'rows'; readonly rows: LandedRows } | { readonly way: 'plain'; readonly plain: PlainRows } | null;
}

export interface ReadFile extends Omit<OpenedFile, 'sheets'> {
	readonly path: string;
	/** The visible sheets; of a name that was asked for, only that. */
	readonly sheets: readonly ReadSheet[];
	/** The names of all visible sheets. */
	readonly sheetNames: readonly string[];
}

/** How far down a sheet its header may stand. */
export const headerDepth = 30;

/** The name of a sheet within what was handed in: empty for a text; for a file of an archive its name stands before. */
export function sheetKey(handedIn: string, file: string, sheet: string | null): string {
	const member = file === handedIn ? null : file.slice(handedIn.length + 1);
	return [member, sheet].filter((part) => part !== null).join(' · ');
}

/**
 * Reads a file, or each file of an archive.
 * @param tell how far it has come, now and then
 * @throws Problem of {@link openFile}
 */
export async function readFile(request: ReadRequest, tell: (progress: ReadingProgress) => void): Promise<ReadFile[]> {
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
		files.push({ ...opened, path: request.path, sheets, sheetNames });
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
		const landed =
			recognised && request.into !== null ? land(opened, recognised, request.into, request.inPlace, tell) : null;
		return { ...about, recognised, problem: null, landed };
	} catch (error) {
		if (error instanceof Problem && about.head.length > 0 && /^(?:kind|mapping)_/.test(error.code))
			return { ...about, recognised: null, problem: error, landed: null };
		throw error;
	}
}

function recogniseHead(head: HeadRows, request: ReadRequest, where: Where): Recognised | null {
	const { file = '', sheet = null } = where;
	const chosen = request.mapping ?? request.sheetMappings[sheetKey(basename(request.path), file, sheet)] ?? null;
	const mapping = chosen ?? (request.kind === null ? mappingFor(head, request.mappings, where) : null);
	if (!mapping) return recognise(head, request.kind === null ? null : (kindNamed(request.kind) ?? null), where);
	const kind = kindNamed(mapping.kind);
	if (!kind) throw new Problem('kind_unknown', { kind: mapping.kind, known: '' }, where);
	return recogniseByMapping(head, mapping, kind, where);
}

/** Below this size the careful way is as fast. */
const worthReadingInPlace = 1_000_000;

function land(
	opened: OpenedSheet,
	recognised: Recognised,
	path: string,
	inPlace: boolean,
	tell: (rows: number, share: number) => void
): ReadSheet['landed'] {
	const plain =
		inPlace && opened.plain && opened.plain.bytes.length > worthReadingInPlace
			? plainRows(opened.plain, opened, recognised)
			: null;
	if (plain) return { way: 'plain', plain };
	let lines: number | null = null;
	const told = (rows: number, line: number): void =>
		tell(rows, Math.min(1, line / Math.max(1, (lines ??= opened.lines()))));
	return { way: 'rows', rows: landRows(opened.rows(), recognised, path, told) };
}

/** What the engine needs to read a text in place; null where something unusual is in it. */
function plainRows(
	{ path, bytes, delimiter }: PlainText,
	opened: OpenedSheet,
	{ headers, headerLine, headerCells, mapping }: Recognised
): PlainRows | null {
	const openings = new Set(headerCells.flatMap((cells) => normaliseHeader(cells.find((cell) => cell?.trim()) ?? '')));
	const isFact = (cell: string): boolean => !opensNoFact(cell) && !openings.has(normaliseHeader(cell));
	const beginnings = [...openings].map((opening) => opening.slice(0, 1));
	const letters = wordBeginnings + beginnings.join('') + beginnings.join('').toUpperCase();
	const body = plainBelow(bytes, headerLine, delimiter, headers.length, isFact, letters);
	if (!body) return null;
	const whyPassed = bodyReader(headerCells);
	const first: (readonly (string | null)[])[] = [];
	for (const { line, cells } of opened.head()) {
		if (line > headerLine && whyPassed(cells) === null && first.push(cells) >= privacySample) break;
	}
	return { path, delimiter, rows: body.rows, leftOut: privateColumns(headers, first, neededHeaders(mapping)) };
}
