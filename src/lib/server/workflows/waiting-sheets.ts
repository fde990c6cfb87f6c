/**
 * The sheets of a waiting file: what stands in them, and what they were recognised as. All that the pages know of how
 * files are opened and recognised is here.
 */
import { statSync } from 'node:fs';
import { sheetKey } from '../workbooks/read-request.ts';
import type { ReadFile, ReadSheet } from '../workbooks/read-request.ts';
import { readApart } from '../workbooks/reader.ts';
import type { CsvRecord } from '../workbooks/read-csv.ts';
import { type FileOptions, type RecognisedFiles, recogniseFiles, requestOf, type Watch } from './recognise-files.ts';
import { pathOf, type WaitingFile, type WaitingFiles } from './waiting-files.ts';

/** A sheet as it stands. */
export interface WaitingSheet {
	/** Null for a text file; for a file of an archive its name stands before. */
	readonly sheet: string | null;
	readonly encoding: string | null;
	readonly date1904: boolean;
	/** The first of its filled rows, at most {@link mostRows}. */
	readonly rows: readonly CsvRecord[];
	/** Whether it has more rows than those. */
	readonly more: boolean;
}

/** So many rows are read to say what words a column holds; an import reads all. */
const mostRows = 20_000;
/** Files that are kept opened: a mapping that is being made asks for its file at every change. */
const mostOpened = 3;
const opened = new Map<string, readonly WaitingSheet[]>();

/** What was said of a waiting file, as a reading takes it. */
const optionsOf = ({ kind, mapping, encoding, sheets }: WaitingFile): FileOptions => ({
	kind,
	mapping,
	encoding,
	sheetMappings: Object.fromEntries(sheets.map((made) => [made.sheet ?? '', made.mapping]))
});

/** The sheets of the files that a waiting file is or holds, by the names under which pages speak of them. */
export const sheetsOf = (name: string, files: readonly ReadFile[]): { sheet: WaitingSheet; read: ReadSheet }[] =>
	files.flatMap(({ file, sheets }) =>
		sheets.map((read) => {
			const { encoding, date1904, head, more } = read;
			const key = sheetKey(name, file, read.sheet);
			return { read, sheet: { sheet: key === '' ? null : key, encoding, date1904, rows: head, more } };
		})
	);

/**
 * Opens a waiting file as it stands.
 * @throws Problem of {@link readApart}
 */
export async function openWaiting(
	path: string,
	{ name, encoding }: Pick<WaitingFile, 'name' | 'encoding'>
): Promise<readonly WaitingSheet[]> {
	const state = statSync(path, { throwIfNoEntry: false });
	const key = `${path} ${state?.mtimeMs} ${state?.size} ${encoding}`;
	const known = opened.get(key);
	if (known) return known;
	const files = await readApart({
		path,
		encoding,
		kind: null,
		sheet: null,
		mapping: null,
		sheetMappings: {},
		mappings: [],
		into: null,
		inPlace: false,
		headRows: mostRows
	});
	// Cells are cut out of the whole text and would hold on to it; copies do not.
	const sheets = structuredClone(sheetsOf(name, files).map(({ sheet }) => sheet));
	opened.set(key, sheets);
	for (const oldest of opened.keys()) {
		if (opened.size <= mostOpened) break;
		opened.delete(oldest);
	}
	return sheets;
}

/**
 * Looks at a waiting file: its rows, and what each sheet is recognised as by its header, by what the clerk has said of
 * it, and by the mappings that there are.
 * @throws Problem of {@link readApart}; of a mapping that cannot be read
 */
export const lookAtWaiting = (
	home: string,
	waiting: Pick<WaitingFiles, 'id'>,
	file: WaitingFile
): Promise<readonly ReadFile[]> =>
	readApart({
		...requestOf(optionsOf(file), home),
		path: pathOf(home, waiting, file),
		into: null,
		inPlace: false,
		headRows: mostRows
	});

/**
 * Recognises waiting files, to be imported; their rows land in a folder that has to stay until they are.
 * @throws Problem of {@link recogniseFiles}
 */
export async function recogniseWaiting(
	home: string,
	waiting: WaitingFiles,
	folder: string,
	watch: Watch = {}
): Promise<RecognisedFiles> {
	const sheets: RecognisedFiles['sheets'][number][] = [];
	const skipped: RecognisedFiles['skipped'][number][] = [];
	for (const [i, file] of waiting.files.entries()) {
		const path = pathOf(home, waiting, file);
		const found = await recogniseFiles([path], optionsOf(file), home, folder, { ...watch, first: i });
		sheets.push(...found.sheets);
		skipped.push(...found.skipped);
	}
	return { sheets, skipped };
}
