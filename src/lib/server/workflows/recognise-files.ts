/** Opens and recognises export files, without touching a home: a wrong file leaves it as it was. */
import { Problem } from '../../basis/problem.ts';
import { notesSheet } from '../../intake/headers.ts';
import type { Kind } from '../../intake/kinds/declare.ts';
import { kindNamed, kinds } from '../../intake/kinds/index.ts';
import type { Mapping } from '../../intake/mapping.ts';
import { type Recognised, recognise, recogniseByMapping } from '../../intake/recognise.ts';
import { readMapping } from '../schemes/library.ts';
import { openFile, type OpenedFile, type OpenedSheet } from '../workbooks/open-file.ts';

/** What the user said of the files. */
export interface FileOptions {
	readonly kind?: string | null;
	readonly mapping?: string | null;
	readonly sheet?: string | null;
	readonly encoding?: string | null;
}

/** A sheet that was left alone: hidden, or of no known kind in a workbook that has others. */
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

export interface RecognisedSheet {
	readonly opened: OpenedFile;
	readonly sheet: OpenedSheet;
	readonly recognised: Recognised;
}

/** How far down a sheet its header may stand. */
const headRows = 30;

/**
 * Opens and recognises files without touching the home, so that a wrong file leaves it as it was.
 * @throws Problem of the file: `file_*`, `kind_*`, `sheet_unknown`, `mapping_*`, `encoding_*`
 */
export function recogniseFiles(paths: readonly string[], options: FileOptions, home: string): RecognisedFiles {
	const wanted = options.kind ? kindNamed(options.kind) : null;
	if (wanted === undefined)
		throw new Problem('kind_unknown', { kind: options.kind ?? '', known: kinds.map(({ name }) => name).join(', ') });
	const mapping = options.mapping ? readMapping(options.mapping, home) : null;
	const sheets: RecognisedSheet[] = [];
	const skipped: SkippedSheet[] = [];
	for (const path of paths) {
		const opened = openFile(path, options.encoding ?? mapping?.encoding ?? null);
		const offered = opened.sheets.filter(({ sheet }) => sheet !== notesSheet);
		const chosen = offered.filter(({ sheet }) => !options.sheet || sheet === null || sheet === options.sheet);
		if (chosen.length === 0)
			throw new Problem(
				'sheet_unknown',
				{
					sheet: options.sheet ?? '',
					known: offered.map(({ sheet }) => sheet ?? '').join(', ')
				},
				{ file: opened.file }
			);
		skipped.push(...opened.hidden.map((sheet) => ({ file: opened.file, sheet, reason: 'hidden' as const })));
		const found = chosen.map((sheet) => ({
			opened,
			sheet,
			recognised: recogniseSheet(opened, sheet, wanted, mapping)
		}));
		for (const { opened, sheet, recognised } of found) {
			if (recognised) sheets.push({ opened, sheet, recognised });
			else if (sheet.sheet !== null) skipped.push({ file: opened.file, sheet: sheet.sheet, reason: 'unrecognised' });
		}
		if (!found.some(({ recognised }) => recognised))
			throw new Problem('kind_unrecognised', {}, { file: opened.file, sheet: chosen[0]?.sheet ?? null });
	}
	const order = (kind: Kind): number => kinds.indexOf(kind);
	sheets.sort((a, b) => order(a.recognised.kind) - order(b.recognised.kind));
	return { sheets, skipped };
}

function recogniseSheet(
	opened: OpenedFile,
	sheet: OpenedSheet,
	wanted: Kind | null,
	mapping: Mapping | null
): Recognised | null {
	const head: { line: number; cells: readonly (string | null)[] }[] = [];
	for (const row of sheet.head()) if (head.push(row) >= headRows) break;
	const where = { file: opened.file, sheet: sheet.sheet };
	if (head.length === 0) {
		if (opened.sheets.length === 1) throw new Problem('file_empty', {}, where);
		return null;
	}
	if (!mapping) return recognise(head, wanted, where);
	const kind = kindNamed(mapping.kind);
	if (!kind) throw new Problem('kind_unknown', { kind: mapping.kind, known: '' }, where);
	return recogniseByMapping(head, mapping, kind, where);
}
