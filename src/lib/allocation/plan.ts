/** A fund plan (经费方案) as allocation uses it (rules.md, 5). */
import type { Bilingual } from '../basis/codes.ts';
import type { Fen } from '../basis/fen.ts';
import type { Fraction } from '../basis/fraction.ts';

/** Weights that every plan knows; a plan's own tables come beside them. */
export const factorNames = ['score', 'population', 'workload', 'equal', 'grade', 'points', 'coefficient'] as const;

/** A weight by the points of one indicator of the scheme (工分): `awarded.KEY`. */
export const awardedFactor = /^awarded\.(.+)$/;

export interface Tranche {
	readonly key: string;
	readonly name: Bilingual;
	/** Its part of the pool; of fixed amounts, the amount over their sum. */
	readonly share: Fraction;
	/** A fixed amount; in a plan of fixed amounts each tranche has one. */
	readonly amount: Fen | null;
	/** Factors whose product is the weight. */
	readonly weight: readonly string[];
	/** By grade, the part of its share that a unit keeps; a grade that is not named keeps all. */
	readonly keep: Readonly<Record<string, Fraction>>;
	/** The later tranche that receives what was not kept; null carries it over. */
	readonly withheldTo: string | null;
	/** The grades that take part; null for all. */
	readonly only: readonly string[] | null;
	readonly bounds: { readonly floor: Fen; readonly cap: Fen | null } | null;
}

export interface Plan {
	readonly id: string;
	readonly version: string;
	readonly name: Bilingual;
	/** The smallest step of a payment, in fen. */
	readonly unit: bigint;
	readonly tranches: readonly Tranche[];
	readonly gradeFactors: Readonly<Record<string, Fraction>>;
	/** How workload is corrected by quality for the factor `points`. */
	readonly points: { readonly threshold: Fraction | null; readonly decimals: number | null };
	/** Whose amounts it gives: townships, or the clinics of each township (二次分配) from what `of` gives the township. */
	readonly unitOf: 'township' | 'clinic';
	/** The plan, and its scheme, by which townships get what their clinics share; null unless `unitOf` is clinic. */
	readonly of: { readonly plan: string; readonly scheme: string } | null;
	/** The plan's own factors by name and township code. */
	readonly tables: Readonly<Record<string, Readonly<Record<string, Fraction>>>>;
}
