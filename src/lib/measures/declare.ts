/**
 * What a measure is: a base relation, which of its rows count, and the conditions or sums of denominator, numerator and
 * parts (rules.md, 3). From the one declaration come the tally, its trace, the words in the help, and what is still
 * possible in a running period. Conditions are SQL over the base's columns; `:name` stands for a bound parameter.
 */
import type { Bilingual } from '../basis/codes.ts';
import { type Fraction, larger, subtract, zero } from '../basis/fraction.ts';
import type { TallyRequest } from './request.ts';

/** The base relations (`warehouse/ENGINE/bases/NAME.sql`), the kinds they read and the parameters they bind. */
/** Kinds whose rows may carry a village clinic (rules.md, 2); measures over them can be taken of clinics. */
export const kindsOfClinics: readonly string[] = ['subject', 'patrol', 'clue', 'staff', 'mark', 'deduction'];

export const bases = {
	subjects: { kinds: ['subject', 'patrol', 'township'], binds: ['start', 'end'] },
	patrols: { kinds: ['patrol', 'finding'], binds: ['start', 'end'] },
	rectifications: { kinds: ['patrol', 'finding'], binds: ['start', 'end'] },
	forms: { kinds: ['submission', 'township'], binds: ['townships', 'forms', 'covers', 'due'] },
	clues: { kinds: ['clue'], binds: ['start', 'end'] },
	complaints: { kinds: ['complaint'], binds: ['start', 'end'] },
	activities: { kinds: ['activity'], binds: ['start', 'end'] },
	staff: { kinds: ['staff', 'township'], binds: ['end'] },
	spot_checks: { kinds: ['spot_check'], binds: ['start', 'end'] },
	marks: { kinds: ['mark'], binds: ['period'] },
	deductions: { kinds: ['deduction'], binds: ['period'] },
	figures: { kinds: ['figure'], binds: ['period'] },
	/** No measure counts it: how the rows of the others write their clinic. */
	clinics: { kinds: ['clinic'], binds: [] }
} as const satisfies Record<string, { kinds: readonly string[]; binds: readonly string[] }>;
export type BaseName = keyof typeof bases;

/** Whether the rows of a base carry a clinic: those of its first kind, which are what it counts. */
export const carriesClinics = (base: BaseName): boolean => kindsOfClinics.includes(bases[base].kinds[0]);

/** A condition or a value over a base's columns; a function where the text itself depends on the request. */
export type Expression = string | ((request: TallyRequest) => string);

/** A figure over the rows of the base that count: how many meet a condition, or the sum of a value. */
export type Figure = { readonly count: Expression } | { readonly sum: Expression; readonly where?: Expression };

export type TallyState = 'ok' | 'empty' | 'missing' | 'not_applicable';

/** A measure's value for a unit and a period. */
export interface Tally {
	readonly n: Fraction;
	readonly d: Fraction;
	readonly parts: Readonly<Record<string, Fraction>>;
	readonly state: TallyState;
	/** By domain, how many subjects without a number of their own had 0, 1, … 12 or more visits. */
	readonly visits?: Readonly<Record<string, readonly number[]>>;
}

/** The figures of one unit as the engine gave them, by name; 0 where the unit has no row. */
export type Figures = (name: string) => Fraction;

/** A unit as measures see it. */
export interface MeasuredUnit {
	readonly code: string;
	readonly kind: string | null;
	readonly minStaff: bigint | null;
}

export type ParameterType =
	'days' | 'count' | 'count_by_kind' | 'text' | 'boolean' | { readonly choices: readonly string[] };

export interface Parameter {
	readonly type: ParameterType;
	readonly required: boolean;
	readonly label: Required<Bilingual>;
}

/** What can still become of a running period's tally, for 最高可得分. */
export type Prospect =
	/** Everything that is due can still be done. */
	| 'all'
	/** The figure stays as it is: nobody can say what would be better. */
	| 'as_is'
	/** At least the number asked for can still be reached. */
	| 'required'
	/** All but the rows that meet this condition, which have failed whatever happens (`:as_of` is the day). */
	| { readonly lost: Expression };

export interface Measure {
	readonly name: string;
	readonly label: Required<Bilingual>;
	readonly base: BaseName;
	/** Whether `domains` keeps only rows of those domains. */
	readonly byDomain: boolean;
	readonly parameters: Readonly<Record<string, Parameter>>;
	/** Which rows of the base count at all. */
	readonly rows: Expression;
	readonly figures: Readonly<Record<string, Figure>>;
	/** Figures over further bases, for a measure that sums rows of several kinds. */
	readonly otherBases?: readonly { readonly base: BaseName; readonly figures: Readonly<Record<string, Figure>> }[];
	/** The names of parts beside `short`, in the order in which they are shown. */
	readonly parts: readonly string[];
	readonly canBe: { readonly empty: boolean; readonly missing: boolean };
	/** Whether a series by month has a meaning. */
	readonly monthly: boolean;
	readonly prospect: Prospect;
	/** Windows that the measure understands. */
	readonly windows: readonly ('period' | 'year_to_date' | 'each_month')[];
	/** Turns the engine's figures of a unit into its tally. */
	readonly finish: (figures: Figures, unit: MeasuredUnit, request: TallyRequest) => Tally;
	/** The columns of the base that tell a reader of the trace which row it is. */
	readonly traceColumns: readonly string[];
	/** The condition of a row that was counted in n, for the trace. */
	readonly counted: Expression;
	/** Conditions whose counts by domain are kept beside the parts (`visits` of `patrol_completion`). */
	readonly classes?: { readonly where: string; readonly conditions: readonly string[] };
}

/** `short` = max(0, d − n), a part of every measure. */
export const withShort = (
	n: Fraction,
	d: Fraction,
	parts: Readonly<Record<string, Fraction>>
): Record<string, Fraction> => ({
	short: larger(zero, subtract(d, n)),
	...parts
});

/** A tally of d, n and parts as they are; `empty` where d is 0 and the measure can be empty. */
export function ratioTally(
	n: Fraction,
	d: Fraction,
	parts: Readonly<Record<string, Fraction>>,
	canBeEmpty = true
): Tally {
	return { n, d, parts: withShort(n, d, parts), state: canBeEmpty && d.n === 0n ? 'empty' : 'ok' };
}

/** The tally of a unit that the indicator does not apply to (rules.md, 3). */
export const notApplicable: Tally = { n: zero, d: zero, parts: {}, state: 'not_applicable' };

type RatioOptions = Pick<Measure, 'name' | 'label' | 'base' | 'rows' | 'prospect' | 'traceColumns'> &
	Partial<Pick<Measure, 'byDomain' | 'parameters' | 'monthly' | 'windows'>> & {
		readonly n: Figure;
		readonly d: Figure;
		readonly parts?: Readonly<Record<string, Figure>>;
		readonly missingWithoutRows?: boolean;
		readonly counted?: Expression;
	};

/** Declares a measure that is a share of the rows (or of a sum) of its base. */
export function ratio(options: RatioOptions): Measure {
	const { n, d, parts = {}, missingWithoutRows = false, counted, ...rest } = options;
	const names = Object.keys(parts);
	return {
		byDomain: false,
		parameters: {},
		monthly: false,
		windows: ['period', 'year_to_date'],
		...rest,
		figures: { n, d, ...parts, ...(missingWithoutRows ? { rows: { count: 'true' } } : {}) },
		parts: names,
		canBe: { empty: true, missing: missingWithoutRows },
		counted: counted ?? ('count' in n ? n.count : 'true'),
		finish: (figures) => {
			const tally = ratioTally(
				figures('n'),
				figures('d'),
				Object.fromEntries(names.map((name) => [name, figures(name)]))
			);
			return missingWithoutRows && figures('rows').n === 0n ? { ...tally, state: 'missing' } : tally;
		}
	};
}
