/** A plausibility hint with the rows that it stands on. Shapes only. */
import type { FewProblems, HintKind } from './plausibility.ts';

/** A row that a hint stands on, and where it was read. */
export interface HintRow {
	readonly day: string;
	readonly key: string;
	readonly name: string | null;
	/** What makes it stand out: who, which text, which other subject, since when; null where the day says it. */
	readonly why: string | null;
	readonly file: string | null;
	readonly sheet: string | null;
	readonly line: number | null;
}

export interface Hint {
	readonly kind: HintKind;
	readonly quarter: string;
	/** How many rows it stands on, and of how many where they are compared with some. */
	readonly count: number;
	readonly of: number | null;
	/** Openings beside closings, days of an inspector, texts: what else the kind counts. */
	readonly other: number | null;
	/** Of `few_problems`: the rates and the limit, for showing only. */
	readonly rates: Pick<FewProblems, 'rate' | 'peers' | 'limit'> | null;
	/** The kind of township whose rate it was held against; null for all. */
	readonly peers: string | null;
	/** The first of them, as many as were asked for. */
	readonly rows: readonly HintRow[];
}
