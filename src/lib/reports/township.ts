/** What a township reads of itself: points won and lost, the rows behind them, and how it came here. Shapes only. */
import type { Bilingual } from '../basis/codes.ts';

/** One indicator, bonus or work item of a unit. Points are text, exact as they are awarded. */
export interface ScoreLine {
	readonly key: string;
	readonly name: Bilingual;
	readonly group: Bilingual | null;
	readonly bonus: boolean;
	/** A work item: its points are no part of the score. */
	readonly work: boolean;
	readonly n: string;
	readonly d: string;
	readonly state: 'ok' | 'empty' | 'missing' | 'not_applicable';
	/** Null where the indicator is excluded. */
	readonly awarded: string | null;
	readonly of: string;
	/** Points not won, two decimals; null where nothing was lost or the indicator is excluded. */
	readonly lost: string | null;
	/** Where the bar begins, how much is won and how much lost, in percent of all points; for drawing only. */
	readonly bar: { readonly start: number; readonly won: number; readonly lost: number };
}

/** A row behind a figure, with its cells in words. */
export interface EvidenceRow {
	readonly place: string | null;
	readonly key: string;
	readonly cells: readonly string[];
	/** The parts that it was counted in, in words. */
	readonly parts: readonly string[];
}

/** The rows of one side: those that count, or those that are missing. */
export type EvidenceList = 'counted' | 'missed';

export interface Evidence {
	readonly key: string;
	readonly name: Bilingual;
	/** The rule in words with its numbers filled in. */
	readonly words: string;
	readonly measure: string;
	readonly n: string;
	readonly d: string;
	readonly counted: number;
	readonly missed: number;
	readonly list: EvidenceList;
	readonly columns: readonly string[];
	readonly rows: readonly EvidenceRow[];
	/** The smallest change of rows that would bring more points, in words; null where none would. */
	readonly next: string | null;
	/** The files that the rows of both lists were read from. */
	readonly files: readonly string[];
}

export interface TownshipReport {
	readonly code: string;
	readonly name: string;
	readonly kind: string | null;
	readonly score: string | null;
	readonly rank: number | null;
	readonly of: number;
	readonly change: number | null;
	/** Where the rank may as well be, and from which neighbours it is not clearly apart; null without a rank. */
	readonly sure: {
		readonly low: number;
		readonly high: number;
		readonly of: number;
		readonly indistinct: 'above' | 'below' | 'both' | null;
	} | null;
	/** Beside the townships of its kind, or beside all where `kind` is null; null without a score. */
	readonly peers: {
		readonly kind: string | null;
		readonly of: number;
		readonly place: number;
		/** Two decimals, as scores are shown. */
		readonly median: string;
		/** The score against the median: `+1.20`, `−0.35`, `0.00`. */
		readonly difference: string | null;
	} | null;
	readonly grade: string;
	readonly provisional: boolean;
	readonly vetoes: readonly Bilingual[];
	readonly flags: readonly string[];
	readonly lines: readonly ScoreLine[];
	/** What the next grade and the next rank need, in words. */
	readonly next: readonly string[];
	/** Of an annual score: the scores that it is made of. */
	readonly parts: readonly { readonly period: string; readonly score: string | null }[];
	readonly history: readonly {
		readonly period: string;
		readonly score: string | null;
		readonly rank: number | null;
		readonly of: number;
		readonly mean: string | null;
	}[];
}
