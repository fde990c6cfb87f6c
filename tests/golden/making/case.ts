/**
 * What a golden folder of the intake says: the files of an import, and what becomes of them. The figures in
 * tests/golden/cases are worked out by hand from the rows that stand beside them and from rules.md, 2; none is copied
 * from what the product answered.
 */
import type { FileReport } from '#lib/server/workflows/import-files.ts';

/** What becomes of one sheet; its digest and what it was recognised by are not worked out by hand. */
export type ExpectedSheet = Omit<FileReport, 'sha256' | 'recognised'>;

export interface ExpectedProblem {
	readonly code: string;
	readonly count: number;
	/** The first five, in the order of their rows. */
	readonly sample: readonly {
		readonly file: string;
		readonly sheet: string | null;
		readonly line: number;
		readonly field: string | null;
		readonly value: string | null;
	}[];
}

interface Asked {
	readonly about: string;
	/** What stands in the command line beside the files. */
	readonly arguments?: readonly string[];
	/** The files that are named, where they are not all files of the folder in the order of their names. */
	readonly paths?: readonly string[];
}

/** An import that is done. */
export interface Taken extends Asked {
	readonly files: readonly ExpectedSheet[];
	readonly problems: readonly ExpectedProblem[];
	readonly skipped: readonly { readonly file: string; readonly sheet: string; readonly reason: string }[];
	/** What a query tells afterwards, where the figures alone would not show a wrong reading. */
	readonly facts?: readonly { readonly sql: string; readonly rows: readonly Record<string, unknown>[] }[];
}

/** An import that is refused and leaves the home as it was: the code, the facts of its message, the place. */
export interface Refused extends Asked {
	readonly refused: { readonly code: string } & Readonly<Record<string, string | number | null>>;
}

export type Expected = Taken | Refused;

/** One import: its files, and files that are put into the home before (mappings). */
export interface Step {
	readonly files: Readonly<Record<string, string | Uint8Array>>;
	readonly home?: Readonly<Record<string, string>>;
	readonly expected: Expected;
}

/** Cases by the name of their folder; several steps act on one home, one after the other. */
export type Cases = Readonly<Record<string, Step | readonly Step[]>>;

/** A sheet of patrols in a text of UTF-8, of which nothing is to be said but what is given. */
export const sheet = (
	file: string,
	given: Partial<ExpectedSheet> & Pick<ExpectedSheet, 'read' | 'added'>
): ExpectedSheet => ({
	file,
	sheet: null,
	kind: 'patrol',
	encoding: 'utf-8',
	headerRow: 1,
	revised: 0,
	withdrawn: 0,
	unchanged: 0,
	quarantined: 0,
	released: 0,
	passedOver: [],
	leftOut: [],
	guessed: false,
	macros: false,
	...given
});

/** The same for a sheet of a workbook, which has no encoding. */
export const bookSheet = (
	file: string,
	name: string,
	given: Partial<ExpectedSheet> & Pick<ExpectedSheet, 'read' | 'added'>
): ExpectedSheet => sheet(file, { sheet: name, encoding: null, ...given });

/** An import that goes through, with what is held of it. */
export const taken = (
	about: string,
	files: readonly ExpectedSheet[],
	more: Partial<Omit<Taken, 'about' | 'files'>> = {}
): Taken => ({ about, files, problems: [], skipped: [], ...more });

/** A problem of a file: its code, and line, field, value of each row. */
export const problem = (
	code: string,
	file: string | { readonly file: string; readonly sheet: string },
	...rows: readonly (readonly [line: number, field: string | null, value: string | null])[]
): ExpectedProblem => ({
	code,
	count: rows.length,
	sample: rows.slice(0, 5).map(([line, field, value]) => ({
		...(typeof file === 'string' ? { file, sheet: null } : file),
		line,
		field,
		value
	}))
});
