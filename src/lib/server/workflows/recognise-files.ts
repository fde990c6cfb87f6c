/** Opens and recognises export files, without touching a home: a wrong file leaves it as it was. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Problem } from '../../basis/problem.ts';
import { notesSheet } from '../../intake/headers.ts';
import type { Kind } from '../../intake/kinds/declare.ts';
import { kindNamed, kinds } from '../../intake/kinds/index.ts';
import type { Progress } from '../../intake/progress.ts';
import type { Recognised } from '../../intake/recognise.ts';
import { readMapping, shelfNames } from '../schemes/library.ts';
import type { LandedRows } from '../workbooks/land-rows.ts';
import {
	headerDepth,
	type ReadFile,
	type ReadingProgress,
	type ReadRequest,
	type ReadSheet
} from '../workbooks/read-request.ts';
import { type Hope, hopeOf } from '../workbooks/hope.ts';
import { readApart, type ReadingOptions } from '../workbooks/reader.ts';
import { sizeOf } from '../workbooks/sniff.ts';

/** What the user said of the files. */
export interface FileOptions {
	readonly kind?: string | null;
	readonly mapping?: string | null;
	/** The mappings that single sheets are read by, by the sheet's key within its file. */
	readonly sheetMappings?: Readonly<Record<string, string>>;
	readonly sheet?: string | null;
	readonly encoding?: string | null;
}

/** How a reading is watched and stopped. */
export interface Watch {
	/** Aborted with the Problem `import_cancelled`. */
	readonly signal?: AbortSignal | undefined;
	readonly progress?: ((progress: Progress) => void) | undefined;
	/** A number apart from all others that land in the same folder. */
	readonly first?: number;
}

/** A sheet that was left alone: hidden, of no known kind in a workbook that has others, or the notes of a template. */
export interface SkippedSheet {
	readonly file: string;
	readonly sheet: string;
	readonly reason: 'hidden' | 'unrecognised';
}

/** What there is to import, registers first. */
export interface RecognisedFiles {
	readonly sheets: readonly RecognisedSheet[];
	readonly skipped: readonly SkippedSheet[];
}

/** A sheet of a file that was read to its end. */
export interface WholeSheet {
	readonly opened: ReadFile;
	readonly sheet: ReadSheet;
}

export interface RecognisedSheet {
	readonly file: string;
	readonly sheet: string | null;
	readonly recognised: Recognised;
	/** How many rows it has, or about how many while it is still being read. */
	readonly rows: number;
	/** The sheet as it was read; may come after the sheet was recognised, and may then be refused. */
	readonly whole: Promise<WholeSheet>;
	/** Where an engine may begin to read while the whole is not there yet. */
	readonly hope: Hope | null;
	/** Lands the rows again one by one, where the engine cannot read the file in place. */
	readonly readCarefully: () => Promise<LandedRows>;
}

/** Folders in which files of a reading stand begin with this, and the number of the process that reads. */
const readingFolder = /^reading-(\d+)-/;

/**
 * Runs a reading with a folder for what it lands: in the home where there is one, else where the system keeps such things.
 * The folder is gone afterwards, whatever happens; what a killed process left goes when the next one reads.
 */
export async function withReadingFolder<T>(home: string, work: (folder: string) => Promise<T>): Promise<T> {
	const base = existsSync(home) ? home : tmpdir();
	for (const name of readdirSync(base)) {
		const process = readingFolder.exec(name)?.[1];
		if (process !== undefined && !isAlive(Number(process))) rmSync(join(base, name), { recursive: true, force: true });
	}
	const folder = mkdtempSync(join(base, `reading-${process.pid}-`));
	try {
		return await work(folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

/** What a reading asks of each file. */
export function requestOf(options: FileOptions, home: string): Omit<ReadRequest, 'path' | 'into'> {
	const { kind = null, mapping = null, sheet = null, encoding = null, sheetMappings = {} } = options;
	if (kind !== null && kindNamed(kind) === undefined)
		throw new Problem('kind_unknown', { kind, known: kinds.map(({ name }) => name).join(', ') });
	const named = mapping ? readMapping(mapping, home) : null;
	const ofSheets = Object.entries(sheetMappings).map(([key, name]) => [key, readMapping(name, home)] as const);
	const told = named ?? ofSheets.find(([, made]) => made.encoding !== null)?.[1];
	return {
		kind,
		sheet,
		encoding: encoding ?? told?.encoding ?? null,
		mapping: named,
		sheetMappings: Object.fromEntries(ofSheets),
		mappings: named || kind ? [] : shelfNames('mappings', home).map((name) => readMapping(name, home)),
		inPlace: true,
		headRows: headerDepth
	};
}

/**
 * Opens and recognises files; their rows land in a folder that has to stay until they are imported.
 * @throws Problem of the file: `file_*`, `archive_*`, `kind_*`, `sheet_unknown`, `mapping_*`, `encoding_*`
 */
export async function recogniseFiles(
	paths: readonly string[],
	options: FileOptions,
	home: string,
	folder: string,
	{ signal, progress, first = 0 }: Watch = {}
): Promise<RecognisedFiles> {
	const request = requestOf(options, home);
	const sheets: RecognisedSheet[] = [];
	const skipped: SkippedSheet[] = [];
	const sizes = paths.map(sizeOf);
	const inAll = sizes.reduce((sum, size) => sum + size, 0);
	/** Bytes of the files before, and rows that they had. */
	let [before, read] = [0, 0];
	for (const [i, path] of paths.entries()) {
		const asked = { ...request, path, into: join(folder, `landed-${first + i}`) };
		const tell = ({ file, sheet, rows, share }: ReadingProgress): void =>
			progress?.({
				stage: 'reading',
				file,
				sheet,
				done: i,
				of: paths.length,
				rows: read + rows,
				share: (before + share * (sizes[i] ?? 0)) / Math.max(1, inAll)
			});
		tell({ file: basename(path), sheet: null, rows: 0, share: 0 });
		// A home that is only made by this import must not be made for a file that is refused in the end.
		const hope = existsSync(home) ? hopeOf(asked) : null;
		if (hope) {
			sheets.push(hoped(hope, asked, { signal, tell }));
			before += sizes[i] ?? 0;
			continue;
		}
		const files = await readApart(asked, { signal, tell });
		refuseUnread(files, options.sheet ?? null);
		for (const [j, opened] of files.entries()) {
			skipped.push(...opened.hidden.map((sheet) => ({ file: opened.file, sheet, reason: 'hidden' as const })));
			for (const [k, sheet] of opened.sheets.entries()) {
				const { recognised } = sheet;
				read += rowsOf(sheet);
				if (recognised)
					sheets.push({
						file: opened.file,
						sheet: sheet.sheet,
						recognised,
						rows: rowsOf(sheet),
						whole: Promise.resolve({ opened, sheet }),
						hope: null,
						readCarefully: async () => landedIn(await readApart({ ...asked, inPlace: false }, { signal }), j, k)
					});
				else if (sheet.sheet !== notesSheet && (sheet.sheet !== null || files.length > 1))
					skipped.push({ file: opened.file, sheet: sheet.sheet ?? '', reason: 'unrecognised' });
			}
		}
		before += sizes[i] ?? 0;
	}
	const order = (kind: Kind): number => kinds.indexOf(kind);
	sheets.sort((a, b) => order(a.recognised.kind) - order(b.recognised.kind));
	return { sheets, skipped };
}

/** A large text that is read to its end while an engine already reads it in place. */
function hoped(hope: Hope, asked: ReadRequest, how: ReadingOptions): RecognisedSheet {
	const whole = readApart(asked, how).then(([opened]): WholeSheet => {
		const sheet = opened?.sheets[0];
		if (!opened || !sheet?.recognised) throw new Error('a file changed while it was read');
		return { opened, sheet };
	});
	// Whoever takes the sheet hears of what is wrong with it; where nobody comes so far, it is of no account.
	whole.catch(() => undefined);
	const { recognised, rows } = hope;
	const readCarefully = async (): Promise<LandedRows> =>
		landedIn(await readApart({ ...asked, inPlace: false }, how), 0, 0);
	return { file: basename(asked.path), sheet: null, recognised, rows, whole, hope, readCarefully };
}

/** The rows of a sheet that landed. */
const rowsOf = ({ landed }: Pick<ReadSheet, 'landed'>): number =>
	landed === null ? 0 : landed.way === 'rows' ? landed.rows.rows : landed.plain.rows;

function landedIn(files: readonly ReadFile[], file: number, sheet: number): LandedRows {
	const landed = files[file]?.sheets[sheet]?.landed;
	if (landed?.way !== 'rows') throw new Error('a file changed while it was read');
	return landed.rows;
}

/**
 * Refuses a file of which nothing is understood, or something in two ways. The files of an archive stand together: one
 * that is of no known kind is left alone where others are understood.
 */
export function refuseUnread(files: readonly ReadFile[], wanted: string | null): void {
	for (const { file, sheets, sheetNames } of files) {
		if (sheets.length === 0 && wanted !== null)
			throw new Problem(
				'sheet_unknown',
				{ sheet: wanted, known: sheetNames.filter((name) => name !== notesSheet).join(', ') },
				{ file }
			);
		const ambiguous = sheets.find(({ problem }) => problem?.code.endsWith('_ambiguous'));
		if (ambiguous?.problem) throw ambiguous.problem;
	}
	if (files.some(({ sheets }) => sheets.some(({ recognised }) => recognised))) return;
	const sheets = files.flatMap((one) => one.sheets);
	const file = files[0]?.file ?? '';
	if (sheets.every(({ head }) => head.length === 0)) throw new Problem('file_empty', {}, { file });
	const told = sheets.find(({ problem }) => problem);
	throw told?.problem ?? new Problem('kind_unrecognised', {}, { file, sheet: sheets[0]?.sheet ?? null });
}
