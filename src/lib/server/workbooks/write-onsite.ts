/** Writes the on-site sheet as a workbook: printed, signed, filled in, and imported back as it is. */
import { type CellObject, utils, type WorkSheet } from '@e965/xlsx';
import type { OnsiteTable } from '../../reports/onsite-sheet.ts';
import { onsiteDressed, onsiteStyle as style, onsiteStyles, pointsRules } from './onsite-xml.ts';
import { sheetOf, withParts } from './write-template.ts';

/** A row of a sheet, with what its cells are. */
interface Line {
	readonly what: 'title' | 'about' | 'header' | 'row' | 'sign';
	readonly cells: readonly string[];
	readonly most: string | null;
}

/** Rows above the first township that stand again on every page. */
const headLines = 3;

/** All lines of a table, and those, from 1, after which a page ends. */
function linesOf({ title, hint, columns, blocks, signatures }: OnsiteTable): { lines: Line[]; breaks: number[] } {
	const first = blocks.length === 1 ? (blocks[0]?.about ?? '') : hint;
	const lines: Line[] = [
		{ what: 'title', cells: [title], most: null },
		{ what: 'about', cells: [first], most: null },
		{ what: 'header', cells: columns.map(({ header }) => header), most: null }
	];
	const breaks: number[] = [];
	for (const { rows } of blocks) {
		if (lines.length > headLines) breaks.push(lines.length);
		for (const { cells, most } of rows) lines.push({ what: 'row', cells, most });
		// Each begins with a word by which an import knows the foot of a form.
		for (const words of signatures) lines.push({ what: 'sign', cells: [words], most: null });
	}
	return { lines, breaks };
}

/** Cells that are to be filled in are there too, so that they have their border. */
function cellsOf({ what, cells }: Line, width: number): CellObject[] {
	if (what === 'title' || what === 'about' || what === 'sign') return [{ t: 's', v: cells[0] ?? '' }];
	return Array.from({ length: width }, (_, i): CellObject => ({ t: 's', v: cells[i] ?? '' }));
}

/** The bytes of an `.xlsx` with a sheet for each table. */
export function onsiteBytes(tables: readonly OnsiteTable[]): Buffer {
	const book = utils.book_new();
	const dress: Record<string, (xml: string) => string> = { 'xl/styles.xml': () => onsiteStyles };
	for (const [i, table] of tables.entries()) {
		const { columns } = table;
		const { lines, breaks } = linesOf(table);
		const sheet: WorkSheet = sheetOf(lines.map((line) => cellsOf(line, columns.length)));
		sheet['!ref'] = utils.encode_range({ s: { r: 0, c: 0 }, e: { r: lines.length - 1, c: columns.length - 1 } });
		sheet['!merges'] = lines.flatMap(({ what }, r) =>
			what === 'row' || what === 'header' ? [] : [{ s: { r, c: 0 }, e: { r, c: columns.length - 1 } }]
		);
		utils.book_append_sheet(book, sheet, table.name);
		const points = columns.findIndex(({ cell }) => cell === 'points');
		dress[`xl/worksheets/sheet${i + 1}.xml`] = (xml) =>
			onsiteDressed(xml, {
				columns,
				columnOf: utils.decode_col,
				isBlank: (column, row) => !lines[row]?.cells[column],
				styleOf: (column, row) => styleIn(lines[row]?.what, columns[column]?.cell),
				rules: pointsRules(
					utils.encode_col(points),
					lines.flatMap(({ what, most }, row) => (what === 'row' ? [{ row: row + 1, most }] : []))
				),
				breaks
			});
	}
	book.Workbook = {
		Names: tables.map(({ name }, i) => ({
			Name: '_xlnm.Print_Titles',
			Sheet: i,
			Ref: `'${name}'!$1:$${headLines}`
		}))
	};
	return withParts(book, dress);
}

function styleIn(what: Line['what'] | undefined, cell: OnsiteTable['columns'][number]['cell'] | undefined): number {
	switch (what) {
		case 'title':
			return style.title;
		case 'header':
			return style.header;
		case 'row':
			return style[cell ?? 'printed'];
		default:
			return style.about;
	}
}
