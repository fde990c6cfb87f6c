/** A scheme (考核细则) as scoring uses it: every number exact, every name known (rules.md, 4). */
import type { ByKind } from '../basis/by-kind.ts';
import type { Bilingual } from '../basis/codes.ts';
import type { Fraction } from '../basis/fraction.ts';
import type { Period } from '../basis/period.ts';

export interface MeasureUse {
	readonly name: string;
	readonly domains: readonly string[] | null;
	readonly window: 'period' | 'year_to_date' | 'each_month';
	readonly withinDays: number | null;
	readonly type: string | null;
	readonly role: string | null;
	readonly certified: boolean;
	readonly required: ByKind<number> | null;
	/** Whether `required` is asked of a year, spread over its quarters. */
	readonly perYear: boolean;
	readonly key: string | null;
	/** The indicator that a mark or deduction speaks of, where it is not the one that uses the measure. */
	readonly indicator: string | null;
}

export type Rule =
	| {
			readonly kind: 'proportional';
			readonly target: ByKind<Fraction>;
			/** Parts that count in n with a weight: a late form is worth half of one in time. */
			readonly credit: Readonly<Record<string, Fraction>>;
	  }
	| { readonly kind: 'inverse'; readonly best: Fraction; readonly worst: Fraction }
	| { readonly kind: 'banded'; readonly bands: readonly { readonly atLeast: Fraction; readonly points: Fraction }[] }
	| { readonly kind: 'deduct'; readonly minus: Readonly<Record<string, Fraction>>; readonly cap: Fraction | null }
	| {
			readonly kind: 'shortfall';
			readonly target: ByKind<Fraction>;
			readonly per: Fraction;
			readonly minus: Fraction;
			readonly steps: 'exact' | 'up' | 'down';
			readonly cap: Fraction | null;
	  }
	| { readonly kind: 'count'; readonly each: Fraction }
	| { readonly kind: 'mark' }
	| { readonly kind: 'bonus'; readonly part: string; readonly above: Fraction; readonly each: Fraction };

/** What an indicator gets whose measure is empty or missing. */
export type Policy = 'full' | 'zero' | 'excluded' | 'pending';

export interface Indicator {
	readonly key: string;
	readonly name: Bilingual;
	readonly group: Bilingual | null;
	readonly points: ByKind<Fraction>;
	/** By what people mark it, in words, as on-site sheets print it (扣分标准); null where the scheme does not say. */
	readonly criteria: Bilingual | null;
	readonly measure: MeasureUse;
	readonly rule: Rule;
	readonly empty: Policy;
	readonly missing: Policy;
	readonly appliesTo: { readonly kinds: readonly string[] | null; readonly codes: readonly string[] | null } | null;
	readonly line: number;
}

export interface Bonus {
	readonly key: string;
	readonly name: Bilingual;
	readonly group: Bilingual | null;
	readonly points: ByKind<Fraction>;
	readonly measure: MeasureUse;
	readonly rule: Rule;
	readonly line: number;
}

export interface Veto {
	readonly key: string;
	readonly name: Bilingual;
	readonly measure: MeasureUse;
	readonly part: string;
	readonly atLeast: Fraction;
	readonly effect: { readonly score: Fraction } | { readonly grade: string };
	readonly line: number;
}

export interface Grade {
	readonly key: string;
	readonly name: Bilingual;
	readonly atLeast: Fraction;
}

export interface Flag {
	readonly key: string;
	readonly grade: string;
	readonly consecutive: number;
	readonly of: 'quarter' | 'half' | 'year';
}

/** What a heading of the document claims that the items of its group sum to. */
export interface Heading {
	readonly group: string;
	readonly points: Fraction;
	readonly line: number;
}

export interface Scheme {
	readonly id: string;
	readonly version: string;
	readonly name: Bilingual;
	readonly source: string;
	readonly periods: { readonly from: Period | null; readonly to: Period | null };
	readonly unit: 'township' | 'clinic';
	readonly frequency: 'quarter' | 'half' | 'year';
	readonly cutoffDays: number;
	readonly graceDays: number;
	/** Whether what is entered by hand waits until a second person has confirmed it. */
	readonly secondPerson: boolean;
	readonly forms: { readonly monthlyDay: number; readonly monthly: boolean; readonly quarterly: boolean };
	/** Where a day on which the office is shut moves what is due: nowhere, or to the next business day. */
	readonly roll: 'none' | 'next_business_day';
	readonly visitsPerQuarter: Readonly<Record<string, number>>;
	readonly full: Fraction;
	/** The most that a score can be, bonuses included. */
	readonly max: Fraction;
	readonly headings: readonly Heading[];
	readonly indicators: readonly Indicator[];
	readonly bonuses: readonly Bonus[];
	readonly vetoes: readonly Veto[];
	/** 工分项目: points of work that a plan weighs (`awarded.KEY`); they are no part of the score. */
	readonly workItems: readonly Bonus[];
	/** Highest first. */
	readonly grades: readonly Grade[];
	readonly annual:
		| { readonly method: 'mean' }
		| { readonly method: 'direct'; readonly yearStarts: { readonly month: number; readonly day: number } | null }
		| { readonly method: 'weights'; readonly weights: Readonly<Record<string, Fraction>> };
	readonly rankWithin: 'all' | 'kind' | 'township';
	/** How levels above are made of units (rules.md, 4). */
	readonly rollup: 'pooled' | 'mean';
	readonly flags: readonly Flag[];
	/** Coefficients of the workload, by patrol, clue and activity type. */
	readonly workload: Readonly<Record<string, Fraction>>;
	/** The other versions of its id, each without any of its own (family.ts); none for a scheme that is read from a path. */
	readonly otherVersions: readonly Scheme[];
}

/** What scoring needs to know of a measure; the workflow gives it from the catalogue. */
export interface KnownMeasure {
	readonly name: string;
	readonly parts: readonly string[];
	readonly canBeEmpty: boolean;
	readonly canBeMissing: boolean;
	readonly parameters: readonly string[];
	readonly requiredParameters: readonly string[];
	readonly choices: Readonly<Record<string, readonly string[]>>;
	readonly byDomain: boolean;
	/** Whether its rows carry a clinic, so that clinics can be measured by it. */
	readonly byClinic: boolean;
	readonly windows: readonly string[];
	readonly defaultDays: number | null;
}

/** What a scheme may name: the measures and domains that there are. */
export interface Vocabulary {
	readonly measures: readonly KnownMeasure[];
	readonly domains: readonly string[];
	/** Published versions that a document which is not one of them must not claim to be. */
	readonly taken?: readonly { readonly id: string; readonly version: string }[];
}
