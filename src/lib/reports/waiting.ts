/** What a clerk reads before an import: what waits, what it was recognised as, how a mapping would read it. Shapes. */
import type { Bilingual, Meaning } from '../basis/codes.ts';

/** Files that wait, in the list of the data page. */
export interface WaitingSummary {
	readonly id: string;
	readonly files: readonly string[];
	/** In bytes. */
	readonly size: number;
	/** Local time of Shanghai. */
	readonly receivedAt: string;
	/** The last day on which they are there, ISO. */
	readonly keptTo: string;
	readonly actor: string;
}

/** A sheet that waits, as it stands and as it was recognised. */
export interface WaitingSheetShown {
	/** Null for a text file. */
	readonly sheet: string | null;
	readonly encoding: string | null;
	/** Filled rows that are known of; there are more where `more` says so. */
	readonly rows: number;
	readonly more: boolean;
	/** The first rows; cells that are long are cut. */
	readonly head: readonly { readonly line: number; readonly cells: readonly (string | null)[] }[];
	/** Null where it was not recognised. */
	readonly recognised: {
		readonly kind: Bilingual;
		readonly kindName: string;
		readonly headerRow: number;
		/** The mapping by which it is read; null where its own headers are known. */
		readonly mapping: string | null;
		/** Columns with a header, and those of them that are read. */
		readonly columns: number;
		readonly known: number;
		readonly unknown: readonly string[];
	} | null;
}

export interface WaitingFileShown {
	readonly name: string;
	readonly size: number;
	readonly choice: { readonly kind: string; readonly mapping: string; readonly encoding: string };
	/** What stops it, and what to do; null where it can be imported. */
	readonly problem: string | null;
	readonly sheets: readonly WaitingSheetShown[];
	readonly hidden: readonly string[];
}

export interface WaitingReport extends WaitingSummary {
	readonly shown: readonly WaitingFileShown[];
	/** Whether nothing stops the import. */
	readonly ready: boolean;
}

/** A word of a column and what it means. */
export interface WordShown {
	readonly word: string;
	/** How many rows have it, of those that are known of. */
	readonly rows: number;
	/** What it is read as by itself; null where it is not understood. */
	readonly understood: string | null;
	/** What the clerk said that it means, `''` for an empty cell; null where nothing was said. */
	readonly means: string | null;
}

/** A field whose words have to be known, with the words that stand in its column. */
export interface LookupShown {
	readonly field: string;
	readonly label: string;
	readonly words: readonly WordShown[];
	/** Words that are not listed. */
	readonly left: number;
	/** Null where there are too many to choose from: the meaning is written. */
	readonly meanings: readonly Meaning[] | null;
}

/** A cell as a mapping reads it. */
export interface CellPreview {
	readonly raw: string | null;
	/** The canonical value, as it is stored; null where the cell is empty or wrong. */
	readonly value: string | null;
	/** The value as it is read. */
	readonly shown: string | null;
	/** The code of what is wrong with it; null where nothing is. */
	readonly problem: string | null;
}

/** What a mapping makes of a sheet. */
export interface MappingPreview {
	readonly columns: readonly { readonly field: string; readonly label: string }[];
	readonly rows: readonly { readonly line: number; readonly cells: readonly CellPreview[] }[];
	/** Rows that are known of, and those in which some cell is not understood. */
	readonly read: number;
	readonly wrong: number;
	readonly more: boolean;
	/** Cells of which day and month cannot be told apart. */
	readonly ambiguousDates: number;
	readonly lookups: readonly LookupShown[];
	/** Required fields that nothing was said of. */
	readonly missing: readonly string[];
}

/** A field of the kind, with what is said of it. */
export interface FieldShown {
	readonly name: string;
	readonly label: string;
	readonly required: boolean;
	readonly assignment: {
		readonly from: 'nothing' | 'column' | 'constant' | 'subject';
		readonly header: string;
		readonly take: 'whole' | 'first' | 'rest';
		readonly at: string;
		readonly constant: string;
	};
	/** Assigned by likeness of the words alone. */
	readonly guessed: boolean;
	/** The values that a constant can have; empty where it can be any. */
	readonly meanings: readonly Meaning[];
	/** Whether it can be looked up by the premises that the row names. */
	readonly followsSubject: boolean;
}

/** A sheet whose columns are being assigned. */
export interface MappingReport {
	readonly file: string;
	readonly sheet: string | null;
	readonly kind: string;
	readonly headerRow: number;
	/** The rows among which the header is. */
	readonly head: readonly { readonly line: number; readonly text: string }[];
	readonly columns: readonly { readonly header: string; readonly samples: readonly string[] }[];
	readonly fields: readonly FieldShown[];
	readonly hasIds: boolean;
	readonly lineNumbers: boolean;
	readonly dateOrder: '' | 'mdy' | 'dmy';
	readonly preview: MappingPreview;
}
