/** What was entered by hand, as pages, files and programs have it. */
import type { Bilingual } from '../basis/codes.ts';

/** A file that proves an entry, kept under its hash. */
export interface Evidence {
	readonly sha256: string;
	/** As its sender named it. */
	readonly name: string;
	/** In bytes. */
	readonly size: number;
}

/** A current fact that people enter, or that came with a file of the same kind. */
export interface EntryRow {
	readonly township: string;
	/** Its key within township and kind. */
	readonly id: string;
	/** Canonical cells by field; null is empty. */
	readonly cells: Readonly<Record<string, string | null>>;
	readonly batch: number;
	/** The file and line from which it was taken. */
	readonly file: string;
	readonly line: number;
	/** Who confirmed it as the second person; null where nobody had to. */
	readonly confirmedBy: string | null;
	readonly evidence: readonly Evidence[];
}

/** An entry that waits for a second person. */
export interface PendingEntry {
	readonly entry: number;
	readonly scheme: string;
	readonly kind: string;
	readonly key: string;
	readonly period: string;
	readonly township: string;
	readonly cells: Readonly<Record<string, string | null>>;
	readonly evidence: Evidence | null;
	readonly enteredBy: string;
	/** ISO. */
	readonly enteredAt: string;
	readonly actor: string;
}

/** Something to enter, and how far it has come. */
export interface EntryItem {
	readonly id: string;
	readonly kind: string;
	readonly key: string;
	readonly name: Bilingual;
	/** Townships that it is for, and those of them of which nothing has been entered. */
	readonly units: number;
	readonly open: number;
}

/** A cell to be typed. */
export interface EntryField {
	readonly name: string;
	readonly label: Bilingual;
	readonly required: boolean;
	readonly type: 'decimal' | 'count' | 'date' | 'text';
}

/** A township of an item: what stands, what waits, what can still be entered. */
export interface EntryUnit {
	readonly code: string;
	readonly name: string;
	/** The most that a mark or a sum of deductions can be; null where nothing bounds it. */
	readonly points: string | null;
	/** What stands of a mark or figure; null where nothing does, and for what stands several times. */
	readonly entry: EntryRow | null;
	/** The sum of the deductions that stand; null for anything else. */
	readonly minus: string | null;
	/** Who entered what waits for a second person; null where nothing waits. */
	readonly waiting: string | null;
}

export const entryTabs = ['marks', 'deductions', 'figures', 'pending'] as const;
export type EntryTab = (typeof entryTabs)[number];

/** What is entered for a period, of one item. */
export interface MarksReport {
	readonly period: string;
	/** Whether what is entered waits for a second person. */
	readonly secondPerson: boolean;
	readonly tab: EntryTab;
	/** What is not entered yet, or waits, by tab; of deductions, how many stand. */
	readonly counts: Readonly<Record<EntryTab, number>>;
	/** The items of the tab. */
	readonly items: readonly EntryItem[];
	readonly item:
		| (EntryItem & {
				/** How it is marked, in words. */
				readonly words: string;
				/** What is typed once for all rows. */
				readonly common: readonly EntryField[];
				readonly fields: readonly EntryField[];
		  })
		| null;
	readonly units: readonly EntryUnit[];
	readonly entries: readonly (EntryRow & { readonly name: string })[];
	readonly pending: readonly (PendingEntry & {
		readonly name: string;
		readonly item: Bilingual;
		readonly labels: readonly { readonly label: Bilingual; readonly cell: string }[];
		/** Why, where it would withdraw what stands; null for any other. */
		readonly withdraws: string | null;
	})[];
}
