/** What waits for a person to decide: absent rows of registers, rows that look like one, files that are held whole. */
import type { Bilingual } from '../basis/codes.ts';

/** A register row that is current and was absent from a register handed in whole. */
export interface AbsentRow {
	readonly kind: string;
	/** The code of its township. */
	readonly township: string;
	readonly townshipName: string;
	readonly id: string;
	/** Null where the kind has no names, as staff. */
	readonly name: string | null;
	/** The code of another township in which the same id stands now: it may have moved there. */
	readonly elsewhere: string | null;
	readonly elsewhereName: string | null;
	/** The latest batch that missed it. */
	readonly batch: number;
}

/** A choice of a filter with what it holds. */
export interface Share {
	readonly key: string;
	readonly label: Bilingual;
	readonly rows: number;
}

/** The absent rows of a page. */
export interface AbsentReport {
	/** All of the filter. */
	readonly total: number;
	readonly rows: readonly (AbsentRow & { readonly label: Bilingual })[];
	readonly page: number;
	readonly pages: number;
	readonly kinds: readonly Share[];
	readonly townships: readonly Share[];
	/** Townships that are there now, by code: where a row may have moved. */
	readonly targets: readonly { readonly code: string; readonly name: string }[];
}

export const doubleKinds = ['subject', 'patrol'] as const;
export type DoubleKind = (typeof doubleKinds)[number];

/** Why two rows look like one. */
export type Likeness = 'name' | 'address' | 'id' | 'visit';

/** One of two rows that look like one. */
export interface DoubleRow {
	readonly township: string;
	readonly id: string;
	readonly name: string | null;
	/** The key of its domain. */
	readonly domain: string;
	/** Where a premises is, or what a patrol looked at. */
	readonly detail: string | null;
	/** When a premises opened, or the day of a patrol; ISO. */
	readonly day: string | null;
	/** Who made a patrol. */
	readonly inspector: string | null;
}

export interface Double {
	readonly kind: DoubleKind;
	readonly reasons: readonly Likeness[];
	readonly one: DoubleRow;
	readonly other: DoubleRow;
}

/** The pairs of a page. */
export interface DoublesReport {
	readonly counts: Readonly<Record<DoubleKind, number>>;
	readonly pairs: readonly Double[];
	/** Names of townships and domains by their codes and keys. */
	readonly names: Readonly<Record<string, string>>;
	readonly page: number;
	readonly pages: number;
}

/** A cell that a line of a file would rewrite; null is empty. */
export interface CellChange {
	readonly line: number;
	readonly id: string;
	readonly field: Bilingual;
	readonly before: string | null;
	readonly after: string | null;
}

/** A file that is held whole, with the first of the cells that it would rewrite. */
export interface HeldFile {
	readonly file: string;
	readonly sheet: string | null;
	readonly kind: Bilingual;
	readonly rows: number;
	readonly count: number;
	readonly cells: readonly CellChange[];
}

/** The files of one batch that are held whole. */
export interface HeldBatch {
	readonly batch: number;
	readonly files: readonly HeldFile[];
}

/** What a batch decided, beside or in place of reading files. */
export interface Deed {
	readonly act: 'confirm' | 'decide_absent' | 'decide_doubles';
	readonly decision: string | null;
	/** Rows or pairs decided on; of a confirmation, rows that changed. */
	readonly rows: number;
	readonly reason: string | null;
	/** The batch that a confirmation took. */
	readonly confirms: number | null;
}
