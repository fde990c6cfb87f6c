/** 逐级汇总: the scores of districts, cities or provinces, as a page shows them. */
import type { Bilingual } from '../basis/codes.ts';

/** A district, city or province. */
export interface LevelRow {
	/** The first digits of the codes of its units (GB/T 2260). */
	readonly code: string;
	/** How many units it is made of. */
	readonly units: number;
	readonly rank: number | null;
	/** With four decimals; null where everything was excluded. */
	readonly score: string | null;
	readonly grade: string;
	readonly provisional: boolean;
	/** Points by indicator, in the order of the scheme; null where one is excluded. Empty where the score has no indicators. */
	readonly awarded: readonly (string | null)[];
	/** The sum of its bonuses; null where the score has none of its own. */
	readonly bonuses: string | null;
}

export interface LevelsReport {
	readonly rollup: 'pooled' | 'mean';
	readonly indicators: readonly { readonly key: string; readonly name: Bilingual; readonly points: string }[];
	/** By rank; those without one last. */
	readonly rows: readonly LevelRow[];
}
