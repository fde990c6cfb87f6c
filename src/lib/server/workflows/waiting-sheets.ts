/**
 * The sheets of a waiting file: what stands in them, and what they were recognised as. All that the pages know of how
 * files are opened and recognised is here.
 */
import { statSync } from 'node:fs';
import { Problem } from '../../basis/problem.ts';
import { fingerprintOf } from '../../intake/mapping.ts';
import { ownNames, readMapping } from '../schemes/library.ts';
import { openFile } from '../workbooks/open-file.ts';
import type { CsvRecord } from '../workbooks/read-csv.ts';
import { type FileOptions, type RecognisedFiles, recogniseFiles } from './recognise-files.ts';
import { pathOf, type WaitingFile, type WaitingFiles } from './waiting-files.ts';

/** A sheet as it stands. */
export interface WaitingSheet {
	/** Null for a text file. */
	readonly sheet: string | null;
	readonly encoding: string | null;
	readonly date1904: boolean;
	/** The first of its filled rows, at most {@link mostRows}. */
	readonly rows: readonly CsvRecord[];
	/** Whether it has more rows than those. */
	readonly more: boolean;
}

export interface OpenedWaiting {
	readonly sheets: readonly WaitingSheet[];
	readonly hidden: readonly string[];
}

/** How far down a sheet its header may stand. */
export const headRows = 30;
/** So many rows are read to say what words a column holds; an import reads all. */
const mostRows = 20_000;
/** Files that are kept opened: a mapping that is being made asks for its file at every change. */
const mostOpened = 3;
const opened = new Map<string, OpenedWaiting>();

/**
 * Opens a waiting file.
 * @throws Problem of {@link openFile}
 */
export function openWaiting(path: string, encoding: string | null): OpenedWaiting {
	const state = statSync(path, { throwIfNoEntry: false });
	const key = `${path} ${state?.mtimeMs} ${state?.size} ${encoding}`;
	const known = opened.get(key);
	if (known) return known;
	const file = openFile(path, encoding);
	const sheets = file.sheets.map(({ sheet, encoding, date1904, rows }): WaitingSheet => {
		const first: CsvRecord[] = [];
		let more = false;
		for (const row of rows()) {
			more = first.length >= mostRows;
			if (more) break;
			first.push(row);
		}
		// Cells are cut out of the whole text and would hold on to it; copies do not.
		return { sheet, encoding, date1904, rows: structuredClone(first), more };
	});
	const result = { sheets, hidden: file.hidden };
	opened.set(key, result);
	for (const oldest of opened.keys()) {
		if (opened.size <= mostOpened) break;
		opened.delete(oldest);
	}
	return result;
}

/** The own mapping that was made for a header which this sheet has; null where there is none. */
function savedFor({ rows }: WaitingSheet, home: string): string | null {
	const headers = new Set(rows.slice(0, headRows).map(({ cells }) => fingerprintOf(cells)));
	return (
		ownNames('mappings', home).find((name) => {
			try {
				const { fingerprint } = readMapping(name, home);
				return fingerprint !== null && headers.has(fingerprint);
			} catch (problem) {
				// A mapping that cannot be read recognises nothing; who names it is told what is wrong with it.
				if (problem instanceof Problem) return false;
				throw problem;
			}
		}) ?? null
	);
}

/** The mapping by which a sheet is read: the one made for it, the one chosen for its file, one of its very header. */
const mappingFor = ({ sheets, mapping, kind }: WaitingFile, sheet: WaitingSheet, home: string): string | null =>
	mapping ??
	(kind === null ? (sheets.find((made) => made.sheet === sheet.sheet)?.mapping ?? savedFor(sheet, home)) : null);

/**
 * Recognises a waiting file by its headers, what the clerk has said of it, and the mappings that the home has.
 * @throws Problem of {@link recogniseFiles}
 */
export async function recogniseWaiting(
	home: string,
	waiting: Pick<WaitingFiles, 'id'>,
	file: WaitingFile
): Promise<RecognisedFiles> {
	const path = pathOf(home, waiting, file);
	const { sheets } = openWaiting(path, file.encoding);
	const named = { kind: file.kind, encoding: file.encoding };
	const mappings = sheets.map((sheet) => mappingFor(file, sheet, home));
	const recognised = async (options: FileOptions): Promise<RecognisedFiles> => recogniseFiles([path], options, home);
	if (mappings.every((mapping) => mapping === mappings[0]))
		return recognised({ ...named, mapping: mappings[0] ?? null });
	// Sheets of one workbook that need different mappings are recognised one by one.
	const parts: RecognisedFiles[] = [];
	for (const [i, { sheet }] of sheets.entries()) {
		try {
			parts.push(await recognised({ ...named, mapping: mappings[i] ?? null, sheet }));
		} catch (problem) {
			if (!(problem instanceof Problem) || (problem.code !== 'kind_unrecognised' && problem.code !== 'file_empty'))
				throw problem;
			parts.push({ sheets: [], skipped: [{ file: file.name, sheet: sheet ?? '', reason: 'unrecognised' }] });
		}
	}
	return joined(parts);
}

/** What several recognitions found, each sheet that was left alone once. */
export function joined(parts: readonly RecognisedFiles[]): RecognisedFiles {
	const skipped = parts.flatMap(({ skipped }) => skipped);
	const keys = skipped.map(({ file, sheet, reason }) => `${file}\u001f${sheet}\u001f${reason}`);
	return {
		sheets: parts.flatMap(({ sheets }) => sheets),
		skipped: skipped.filter((_, i) => keys.indexOf(keys[i] as string) === i)
	};
}
