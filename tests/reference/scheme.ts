/**
 * The shapes of a scheme and of a fund plan as parsed from YAML or JSON
 * (sections 4 and 5 of design/rules.md). A number may be a JS number or a
 * decimal text; it is only ever read through its decimal text (exact.ts).
 */

/** A number as a file holds it. */
export type Num = string | number;

/** A number, or a table by kind of township with a `default`. */
export type ByKind = Num | Readonly<Record<string, Num>>;

export const MEASURES = [
	'filing_rate',
	'patrol_coverage',
	'patrol_completion',
	'grading_rate',
	'form_timeliness',
	'record_timeliness',
	'clue_reporting',
	'problem_rate',
	'rectification',
	'record_completeness',
	'complaint_closure',
	'activity_count',
	'patrol_count',
	'clue_count',
	'staffing',
	'authenticity',
	'figure',
	'mark',
	'deductions',
	'workload'
] as const;

export type MeasureName = (typeof MEASURES)[number];

/** Measures whose state is `ok` also where d = 0 (section 4 exempts them from `empty`). */
export const NEVER_EMPTY: readonly MeasureName[] = [
	'activity_count',
	'patrol_count',
	'clue_count',
	'staffing',
	'mark',
	'deductions',
	'workload'
];

export interface Measure {
	name: MeasureName;
	window?: 'period' | 'year_to_date' | 'each_month';
	domains?: readonly string[];
	within_days?: Num;
	certified?: boolean;
	role?: string;
	required?: ByKind;
	type?: string;
	key?: string;
	indicator?: string;
}

export type Rule =
	| { kind: 'proportional'; target: ByKind; credit?: Readonly<Record<string, Num>> }
	| { kind: 'inverse'; best: Num; worst: Num }
	| { kind: 'banded'; bands: readonly { at_least: Num; points: Num }[] }
	| { kind: 'deduct'; minus: Readonly<Record<string, Num>>; cap?: Num }
	| {
			kind: 'shortfall';
			target: ByKind;
			per: Num;
			minus: Num;
			steps: 'exact' | 'up' | 'down';
			cap?: Num;
	  }
	| { kind: 'count'; each: Num }
	| { kind: 'mark' };

export interface Indicator {
	key: string;
	name?: { zh: string; en?: string };
	group?: { zh: string; en?: string };
	points: ByKind;
	measure: Measure;
	rule: Rule;
	empty?: 'full' | 'zero' | 'excluded';
	missing?: 'full' | 'zero' | 'excluded' | 'pending';
	applies_to?: { kind?: readonly string[]; codes?: readonly string[] };
}

export interface Bonus {
	key: string;
	points: ByKind;
	measure: Measure;
	rule: { kind: 'bonus'; part: string; above: Num; each: Num };
}

export interface Veto {
	key: string;
	measure: Measure;
	part: string;
	at_least: Num;
	effect: { score?: Num; grade?: string };
}

export interface Grade {
	key: string;
	name?: { zh: string; en?: string };
	at_least: Num;
}

export interface Scheme {
	id: string;
	version: number;
	name?: { zh: string; en?: string };
	source?: string;
	periods?: { from?: string; to?: string };
	unit?: 'township' | 'clinic';
	rollup?: 'pooled' | 'mean';
	frequency?: 'quarter' | 'half' | 'year';
	cutoff_days?: Num;
	grace_days?: Num;
	forms?: { monthly_day?: Num; monthly?: boolean; quarterly?: boolean };
	visits_per_quarter?: Readonly<Record<string, Num>>;
	full: Num;
	max?: Num;
	rank_within?: 'all' | 'kind' | 'township';
	indicators: readonly Indicator[];
	bonuses?: readonly Bonus[];
	vetoes?: readonly Veto[];
	grades: readonly Grade[];
	annual?: {
		method?: 'mean' | 'direct' | 'weights';
		weights?: Readonly<Record<string, Num>>;
		year_starts?: string;
	};
	workload?: Readonly<Record<string, Num>>;
}

export interface Tranche {
	key: string;
	share: Num;
	weight: readonly string[];
	keep?: Readonly<Record<string, Num>>;
	withheld_to?: string;
	only?: readonly string[];
	bounds?: { floor?: Num | null; cap?: Num | null };
}

export interface Plan {
	id: string;
	name?: { zh: string; en?: string };
	unit?: number;
	points?: { threshold?: Num; decimals?: number };
	grade_factors?: Readonly<Record<string, Num>>;
	tables?: Readonly<Record<string, Readonly<Record<string, Num>>>>;
	tranches: readonly Tranche[];
}
