/** Workbooks as Excel, WPS and LibreOffice save them: the same content gives the same bytes. */
import { type BookType, type CellObject, SSF, utils, type WorkBook, type WorkSheet, write } from '@e965/xlsx';

/** A cell: text, a number, yes or no, a number that shows as a day, a formula with what it last gave, or nothing. */
export type SheetCell =
	| string
	| number
	| boolean
	| { readonly serial: number; readonly shows: string }
	| { readonly formula: string; readonly gave: number | '#N/A' }
	| null;

export interface SheetContent {
	readonly name: string;
	readonly rows: readonly (readonly SheetCell[])[];
	/** Areas as A1:D1. */
	readonly merges?: readonly string[];
	readonly state?: 'hidden' | 'very hidden';
}

export interface BookOptions {
	readonly date1904?: boolean;
	/** The container of a macro project. */
	readonly macros?: Uint8Array;
}

/** A day as a cell that Excel shows as one. */
export const day = (serial: number, shows = 'yyyy-mm-dd'): SheetCell => ({ serial, shows });

/** A number that Excel shows with leading zeros. */
export const padded = (number: number, shows: string): SheetCell => ({ serial: number, shows });

function cellOf(cell: SheetCell): CellObject | null {
	if (cell === null) return null;
	if (typeof cell === 'string') return { t: 's', v: cell };
	if (typeof cell === 'number') return { t: 'n', v: cell };
	if (typeof cell === 'boolean') return { t: 'b', v: cell };
	if ('serial' in cell) return { t: 'n', v: cell.serial, z: cell.shows };
	return cell.gave === '#N/A' ? { t: 'e', v: 0x2a, f: cell.formula } : { t: 'n', v: cell.gave, f: cell.formula };
}

function worksheet({ rows, merges }: SheetContent): WorkSheet {
	const made: WorkSheet = {};
	for (const [r, row] of rows.entries())
		for (const [c, cell] of row.entries()) {
			const object = cellOf(cell);
			if (object) made[utils.encode_cell({ r, c })] = object;
		}
	const width = Math.max(...rows.map((row) => row.length));
	made['!ref'] = utils.encode_range({ s: { r: 0, c: 0 }, e: { r: rows.length - 1, c: width - 1 } });
	if (merges) made['!merges'] = merges.map(utils.decode_range);
	return made;
}

/** The number formats that every workbook has: the library else keeps those of the one before. */
const ownFormats = { ...(SSF.get_table() as Readonly<Record<number, string>>) };

/** The bytes of a workbook. */
export function workbook(
	sheets: readonly SheetContent[],
	bookType: BookType = 'xlsx',
	{ date1904 = false, macros }: BookOptions = {}
): Buffer {
	const book: WorkBook & { vbaraw?: Uint8Array; SSF?: unknown } = utils.book_new();
	book.SSF = { ...ownFormats };
	for (const content of sheets) utils.book_append_sheet(book, worksheet(content), content.name);
	const states = { hidden: 1, 'very hidden': 2 } as const;
	book.Workbook = {
		WBProps: { date1904 },
		Sheets: sheets.map(({ name, state }) => ({ name, Hidden: state ? states[state] : 0 }))
	};
	if (macros) book.vbaraw = macros;
	return Buffer.from(write(book, { type: 'buffer', bookType, bookSST: true, compression: true }) as Uint8Array);
}
