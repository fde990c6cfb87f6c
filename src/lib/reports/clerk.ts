/** What a data clerk reads: what an import took and what it held back, and the rows to correct. Shapes and pure steps. */
import type { Bilingual } from '../basis/codes.ts';
import { addDays, isoDay, parseIsoDay } from '../basis/day.ts';
import type { Deed } from './decisions.ts';

/** What became of the rows read: `read = added + revised + withdrawn + unchanged + quarantined` (rules.md, 2). */
export interface Reconciliation {
	readonly read: number;
	readonly added: number;
	readonly revised: number;
	readonly withdrawn: number;
	readonly unchanged: number;
	readonly quarantined: number;
	/** Rows held before that are now taken; they are none of those read. */
	readonly released: number;
}

/** A sheet, or a text file, as an import took it. */
export interface SheetTaken extends Reconciliation {
	readonly file: string;
	readonly sheet: string | null;
	readonly kind: Bilingual;
	/** Null for a workbook. */
	readonly encoding: string | null;
	readonly headerRow: number;
	/** What was noticed as it was read, in sentences. */
	readonly notes: readonly string[];
	/** How many of its rows are held to this day; null where nothing was kept. */
	readonly stillHeld: number | null;
}

/** Rows with one problem: how many, and some of them. */
export interface ProblemGroup {
	readonly code: string;
	readonly count: number;
	readonly sample: readonly {
		/** Leads to the row while it is held; null once it is not, or where nothing was kept. */
		readonly hold: number | null;
		readonly file: string;
		readonly sheet: string | null;
		readonly line: number;
		readonly field: Bilingual | null;
		readonly value: string | null;
		readonly message: string;
	}[];
}

/** A batch as the list of batches shows it. */
export interface BatchSummary extends Reconciliation {
	readonly batch: number;
	readonly act: 'import' | 'rollback';
	/** Local time of Shanghai, `2025-03-05 16:20`. */
	readonly actedAt: string;
	readonly actor: string;
	readonly undoneBy: number | null;
	readonly undoes: readonly number[];
	readonly reason: string | null;
	readonly files: readonly string[];
	readonly stillHeld: number;
	/** What it decided; null where it only read files. */
	readonly deed: Deed | null;
}

/** A later batch that builds on one, and why. */
export interface DependentBatch {
	readonly batch: number;
	readonly reasons: readonly { readonly reason: 'revised' | 'refers' | 'holds'; readonly rows: number }[];
}

/** A batch with all that is known of it. */
export interface BatchReport {
	readonly summary: BatchSummary;
	readonly sheets: readonly SheetTaken[];
	readonly problems: readonly ProblemGroup[];
	/** Whether a rollback can undo it. */
	readonly undoable: boolean;
	/** Batches that must be undone with it, newest first. */
	readonly dependents: readonly DependentBatch[];
	/** For a rollback: the batches that it undid, newest first. */
	readonly undone: readonly BatchSummary[];
}

/** Something that a file of this kind can bring, so that a held row is released by itself. */
export type AwaitedKind = 'township' | 'subject' | 'patrol' | 'domain';

/** Where a row stands in the files of the office. */
export interface RowPlace {
	readonly file: string;
	readonly sheet: string | null;
	readonly line: number;
}

export interface HeldRowShown extends RowPlace {
	readonly hold: number;
	readonly batch: number;
	readonly kind: Bilingual;
	/** Where a row stood that was corrected before and is still wrong; null for any other. */
	readonly origin: RowPlace | null;
	readonly problems: readonly { readonly code: string; readonly message: string }[];
	readonly cells: readonly { readonly header: string; readonly value: string | null }[];
	/** What it waits for; empty where only a correction helps. */
	readonly awaits: readonly AwaitedKind[];
}

/** A field of a held row in the form that corrects it. */
export interface CorrectionField {
	readonly name: string;
	readonly label: string;
	readonly value: string;
	readonly required: boolean;
	readonly problems: readonly string[];
	/** Words that the field takes; empty where it takes any. */
	readonly choices: readonly string[];
}

export interface HeldReport {
	readonly total: number;
	/** How many of all of them are released by themselves when another file comes. */
	readonly waiting: number;
	readonly kinds: readonly { readonly kind: string; readonly label: Bilingual; readonly rows: number }[];
	readonly rows: readonly HeldRowShown[];
	readonly page: number;
	readonly pages: number;
}

const empty: Reconciliation = {
	read: 0,
	added: 0,
	revised: 0,
	withdrawn: 0,
	unchanged: 0,
	quarantined: 0,
	released: 0
};

/** The sums over several sheets. */
export const totalOf = (parts: readonly Reconciliation[]): Reconciliation =>
	parts.reduce(
		(sum, part) => ({
			read: sum.read + part.read,
			added: sum.added + part.added,
			revised: sum.revised + part.revised,
			withdrawn: sum.withdrawn + part.withdrawn,
			unchanged: sum.unchanged + part.unchanged,
			quarantined: sum.quarantined + part.quarantined,
			released: sum.released + part.released
		}),
		empty
	);

const isoTime = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?Z$/;

/** An ISO time of Greenwich as local time of Shanghai, eight hours ahead: `2025-03-05 16:20`; other text as it is. */
export function timeInShanghai(iso: string): string {
	const [, date = '', hours = '', minutes = ''] = isoTime.exec(iso) ?? [];
	const day = parseIsoDay(date);
	if (day === null) return iso;
	const hour = Number(hours) + 8;
	const local = `${String(hour % 24).padStart(2, '0')}:${minutes}`;
	return `${isoDay(addDays(day, hour >= 24 ? 1 : 0))} ${local}`;
}

const awaitedOf: Readonly<Record<string, AwaitedKind>> = {
	unknown_township: 'township',
	ambiguous_township: 'township',
	unknown_domain: 'domain',
	unknown_subject: 'subject',
	ambiguous_subject: 'subject',
	unknown_patrol: 'patrol',
	ambiguous_patrol: 'patrol'
};

/** What a row with these problems waits for: each once, in the order of the problems. */
export const awaitedBy = (codes: readonly string[]): AwaitedKind[] => [
	...new Set(codes.flatMap((code) => awaitedOf[code] ?? []))
];
