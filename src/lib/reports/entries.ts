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
