/** The blank sheet of an on-site assessment (现场考核表): what stands in it before anybody fills it in. */

/** What is written into a cell of a column, or that it is printed. */
type OnsiteCell = 'printed' | 'points' | 'day' | 'words';

export interface OnsiteColumn {
	readonly header: string;
	/** In places of a spreadsheet. */
	readonly width: number;
	readonly cell: OnsiteCell;
}

export interface OnsiteRow {
	/** A text for each column; empty where it is to be filled in. */
	readonly cells: readonly string[];
	/** The most that can be written into the column of points; null where nothing bounds it. */
	readonly most: string | null;
}

/** The lines of one township. */
export interface OnsiteBlock {
	/** The code of the township. */
	readonly code: string;
	/** What the sheet is about: unit, period, scheme. */
	readonly about: string;
	readonly rows: readonly OnsiteRow[];
}

/** A table of one kind of fact: its headers are those by which an import recognises it. */
export interface OnsiteTable {
	/** The name of its sheet in a workbook. */
	readonly name: string;
	readonly title: string;
	readonly hint: string;
	readonly columns: readonly OnsiteColumn[];
	readonly blocks: readonly OnsiteBlock[];
	/** The lines to sign below each township. */
	readonly signatures: readonly string[];
}
