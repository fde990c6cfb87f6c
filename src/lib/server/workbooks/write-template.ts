/** Writes a workbook to fill in. The same template gives the same bytes on every machine. */
import { CFB, type CellObject, utils, write, type WorkBook, type WorkSheet } from '@e965/xlsx';
import type { Template } from '../../intake/template.ts';
import { dressed, fitsInRule, type Letters, style, styleOfFormat, stylesXml, validationsXml } from './template-xml.ts';
import { placesOf } from './write-exports.ts';

/** The parts of a workbook, as SheetJS's own archive library holds them. */
interface Archive {
	readonly FullPaths: readonly string[];
	readonly FileIndex: readonly { content: Uint8Array; size: number; mt?: Date | undefined }[];
}
const zip = CFB as {
	readonly read: (bytes: Uint8Array, options: { type: 'buffer' }) => Archive;
	readonly write: (archive: Archive, options: { fileType: 'zip'; type: 'buffer'; compression: boolean }) => Uint8Array;
};

const letters: Letters = { of: utils.encode_col, read: utils.decode_col };

/** Widths of the columns of the notes, in places. */
const notesWidths = [20, 30, 10, 44, 36, 22, 70];
const [narrowest, widest] = [12, 30];

/** The bytes of an `.xlsx` with the sheet to fill in and the sheet that explains it. */
export function templateBytes(template: Template): Buffer {
	const { columns, notes } = template;
	const lists = columns.map(({ takes }) => (takes.type === 'list' && !fitsInRule(takes.words) ? takes.words : null));
	const longLists = lists.filter((words) => words !== null);
	/** Long lists stand to the right of the notes, a column apart. */
	const placeOf = (column: number): number =>
		notes.headers.length + 1 + lists.slice(0, column).filter((words) => words !== null).length;
	const rangeOf = (column: number): string | null => {
		const words = lists[column];
		if (!words) return null;
		const place = letters.of(placeOf(column));
		return `'${notes.sheet}'!$${place}$2:$${place}$${words.length + 1}`;
	};
	const book = utils.book_new();
	utils.book_append_sheet(book, formSheet(template), template.sheet);
	utils.book_append_sheet(book, notesSheetOf(template, longLists), notes.sheet);
	return withParts(book, {
		'xl/styles.xml': () => stylesXml,
		'xl/worksheets/sheet1.xml': (xml) =>
			dressed(
				xml,
				columns.map(({ header, format }) => ({
					width: Math.min(widest, Math.max(narrowest, placesOf(header) + 4)),
					style: styleOfFormat(format)
				})),
				(column) => (columns[column]?.required ? style.required : style.header),
				letters,
				validationsXml(columns, letters, rangeOf)
			),
		'xl/worksheets/sheet2.xml': (xml) =>
			dressed(
				xml,
				notesWidths.map((width) => ({ width, style: style.notes })),
				(_, row) => (row === 0 ? style.header : style.notes),
				letters,
				''
			)
	});
}

/** The header alone; each cell has its prompt as a comment. */
function formSheet({ columns }: Template): WorkSheet {
	const cells = columns.map(({ header, prompt }): CellObject => {
		const comments: NonNullable<CellObject['c']> = [{ a: '考绩', t: prompt }];
		comments.hidden = true;
		return { t: 's', v: header, c: comments };
	});
	return sheetOf([cells]);
}

function notesSheetOf({ notes }: Template, lists: readonly (readonly string[])[]): WorkSheet {
	const rows: CellObject[][] = [notes.headers, ...notes.rows].map((row) =>
		row.map((text): CellObject => (text === '' ? { t: 'z' } : { t: 's', v: text }))
	);
	for (const [i, words] of lists.entries())
		for (const [row, word] of words.entries())
			(rows[row + 1] ??= [])[notes.headers.length + 1 + i] = { t: 's', v: word };
	return sheetOf(rows);
}

/** A sheet of rows of cells, as SheetJS holds it. */
export function sheetOf(rows: CellObject[][]): WorkSheet {
	const last = { r: rows.length - 1, c: Math.max(...rows.map(({ length }) => length)) - 1 };
	return {
		'!type': 'sheet',
		'!data': rows,
		'!ref': utils.encode_range({ s: { r: 0, c: 0 }, e: last }),
		// Replaced by the columns as they are to look.
		'!cols': [{ wch: narrowest }]
	};
}

/**
 * Writes a book with some of its parts changed. No part keeps a date.
 * @throws RangeError where the book has no such part
 */
export function withParts(book: WorkBook, changes: Readonly<Record<string, (xml: string) => string>>): Buffer {
	const archive = zip.read(write(book, { type: 'buffer', bookType: 'xlsx', bookSST: true }) as Buffer, {
		type: 'buffer'
	});
	const [root = ''] = archive.FullPaths;
	const changed = new Set<string>();
	for (const [i, part] of archive.FileIndex.entries()) {
		part.mt = undefined;
		const path = archive.FullPaths[i]?.slice(root.length) ?? '';
		const change = changes[path];
		if (!change) continue;
		part.content = Buffer.from(change(Buffer.from(part.content).toString('utf8')), 'utf8');
		part.size = part.content.length;
		changed.add(path);
	}
	for (const path of Object.keys(changes)) if (!changed.has(path)) throw new RangeError(`the workbook has no ${path}`);
	return Buffer.from(zip.write(archive, { fileType: 'zip', type: 'buffer', compression: true }));
}
