/** What a draft would have changed in a period: who would have moved, by score, rank, grade and yuan. Exact text only. */
import { compare, decimal, subtract, toFixed } from '../basis/fraction.ts';

/** One side of a comparison. */
export interface TrialSide {
	/** Four decimals; null where there is none. */
	readonly score: string | null;
	readonly rank: number | null;
	/** The name of the grade: the two schemes may know different ones. */
	readonly grade: string;
	/** Yuan; null where no pool is shared. */
	readonly due: string | null;
}

export interface TrialRow {
	readonly code: string;
	readonly name: string;
	readonly before: TrialSide;
	readonly after: TrialSide;
	/** After less before, four decimals; null where one is missing. */
	readonly scoreMoved: string | null;
	/** Places won; negative where places are lost. */
	readonly placesWon: number;
	readonly dueMoved: string | null;
}

/** A period as it was scored and as the draft would have scored it. */
export interface TrialPeriod {
	readonly period: string;
	/** The version by which it was scored. */
	readonly version: string;
	readonly rows: readonly TrialRow[];
}

/** How many moved, and who most. */
export interface TrialSummary {
	readonly units: number;
	readonly up: number;
	readonly down: number;
	readonly ranks: number;
	readonly grades: readonly TrialRow[];
	readonly amounts: number;
	/** The one that wins most places, and the one that loses most; null where nobody does. */
	readonly climber: TrialRow | null;
	readonly faller: TrialRow | null;
	/** The largest gain and loss in yuan. */
	readonly gains: TrialRow | null;
	readonly loses: TrialRow | null;
}

const difference = (before: string | null, after: string | null, places: number): string | null =>
	before === null || after === null ? null : toFixed(subtract(decimal(after), decimal(before)), places);

/** A row from its two sides. */
export const trialRow = (code: string, name: string, before: TrialSide, after: TrialSide): TrialRow => ({
	code,
	name,
	before,
	after,
	scoreMoved: difference(before.score, after.score, 4),
	placesWon: before.rank === null || after.rank === null ? 0 : before.rank - after.rank,
	dueMoved: difference(before.due, after.due, 2)
});

const sign = (text: string | null): number => (text === null ? 0 : compare(decimal(text), { n: 0n, d: 1n }));

/** The row with the most of something; null where none has any. */
function most(
	rows: readonly TrialRow[],
	isMore: (a: TrialRow, b: TrialRow) => boolean,
	counts: (row: TrialRow) => boolean
) {
	return rows.filter(counts).reduce<TrialRow | null>((best, row) => (!best || isMore(row, best) ? row : best), null);
}

/** The summary of a period. */
export function trialSummary({ rows }: TrialPeriod): TrialSummary {
	const moreDue = (a: TrialRow, b: TrialRow): boolean =>
		compare(decimal(a.dueMoved ?? '0'), decimal(b.dueMoved ?? '0')) > 0;
	return {
		units: rows.length,
		up: rows.filter(({ scoreMoved }) => sign(scoreMoved) > 0).length,
		down: rows.filter(({ scoreMoved }) => sign(scoreMoved) < 0).length,
		ranks: rows.filter(({ placesWon }) => placesWon !== 0).length,
		grades: rows.filter(({ before, after }) => before.grade !== after.grade),
		amounts: rows.filter(({ dueMoved }) => sign(dueMoved) !== 0).length,
		climber: most(
			rows,
			(a, b) => a.placesWon > b.placesWon,
			({ placesWon }) => placesWon > 0
		),
		faller: most(
			rows,
			(a, b) => a.placesWon < b.placesWon,
			({ placesWon }) => placesWon < 0
		),
		gains: most(rows, moreDue, ({ dueMoved }) => sign(dueMoved) > 0),
		loses: most(
			rows,
			(a, b) => moreDue(b, a),
			({ dueMoved }) => sign(dueMoved) < 0
		)
	};
}
