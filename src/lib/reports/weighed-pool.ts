/** A shared pool with its weights, from which the reasons of each amount are read. */
import type { Fen } from '../basis/fen.ts';
import { type Fraction, toExact, toFixed } from '../basis/fraction.ts';
import type { PlannedTranche, SharedPool } from './finance.ts';

/** A number as shown, with up to four decimals; not `exact` where it has more. */
export interface Figure {
	readonly text: string;
	readonly exact: boolean;
}

/** A fraction with up to four decimals. */
export function figure(value: Fraction): Figure {
	const text = toFixed(value, 4).replace(/\.?0+$/, '');
	return { text, exact: toExact(value) === text };
}

/** A tranche as its reasons need it. */
export interface ReasonedTranche extends PlannedTranche {
	readonly weight: readonly string[];
	readonly keep: Readonly<Record<string, Fraction>>;
	readonly only: readonly string[] | null;
	readonly bounds: { readonly floor: Fen; readonly cap: Fen | null } | null;
}

/** What a unit brings into the weights. */
export interface ReasonedUnit {
	readonly code: string;
	readonly grade: string;
	readonly population: bigint | null;
	readonly score: Fraction | null;
	readonly workload: Fraction;
}

/** A shared pool with the weights by which it was shared. */
export interface WeighedPool extends SharedPool {
	readonly payments: readonly (SharedPool['payments'][number] & {
		readonly weights: Readonly<Record<string, Fraction>>;
	})[];
}

/** A shared pool and all that explains it. */
export interface ReasonFacts<U extends ReasonedUnit> {
	readonly shared: WeighedPool;
	readonly tranches: readonly ReasonedTranche[];
	/** The plan's smallest step, in fen. */
	readonly step: bigint;
	readonly units: readonly U[];
	/** The value of a factor that the plan names; throws where a unit lacks it, as only one that takes no part may. */
	readonly factorOf: (name: string, unit: U) => Fraction;
	/** The quality coefficient of a unit, for `points`. */
	readonly coefficientOf: (unit: U) => Fraction;
}
