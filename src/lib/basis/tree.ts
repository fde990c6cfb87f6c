/** A YAML or JSON document as a tree that keeps the line of each node and the very digits of each number. */
import type { Fraction } from './fraction.ts';

export interface ScalarNode {
	readonly type: 'scalar';
	readonly line: number;
	/** The text; null for an empty value. */
	readonly text: string | null;
	/** The exact value where the scalar is a plain (unquoted) number. */
	readonly number: Fraction | null;
	readonly boolean: boolean | null;
}

export interface ListNode {
	readonly type: 'list';
	readonly line: number;
	readonly items: readonly Tree[];
}

export interface MapNode {
	readonly type: 'map';
	readonly line: number;
	readonly entries: ReadonlyMap<string, { readonly line: number; readonly value: Tree }>;
}

export type Tree = ScalarNode | ListNode | MapNode;

/** Everything that the linters of schemes and plans can say; each has a message `finding_CODE`. */
export const findingCodes = [
	'amount_invalid',
	'amounts_and_shares',
	'band_points_outside',
	'band_unreachable',
	'bands_conflict',
	'bands_overlap',
	'boolean_expected',
	'bounds_crossed',
	'bounds_not_in_units',
	'cap_never_bites',
	'cliff',
	'cliff_keep',
	'cliff_threshold',
	'cutoff_too_short',
	'default_missing',
	'domain_unknown',
	'effect_unclear',
	'empty_unstated',
	'factor_unknown',
	'format_unknown',
	'grade_factors_missing',
	'grade_gap',
	'grade_unknown',
	'grade_unreachable',
	'grades_unordered',
	'heading_sum',
	'heading_without_items',
	'inverse_unordered',
	'keep_outside',
	'key_missing',
	'key_twice',
	'key_unknown',
	'list_expected',
	'map_expected',
	'mark_rule_unfit',
	'measure_not_for_clinics',
	'measure_unknown',
	'monthly_day_outside',
	'no_bands',
	'no_grades',
	'no_indicators',
	'number_expected',
	'only_for_clinics',
	'parameter_missing',
	'parameter_unfit',
	'part_unknown',
	'per_not_positive',
	'period_invalid',
	'periods_crossed',
	'points_negative',
	'points_not_full',
	'quarterly_form_without_cutoff',
	'required_zero',
	'rewards_idleness',
	'share_negative',
	'shares_not_one',
	'target_outside',
	'text_expected',
	'unit_zero',
	'value_unknown',
	'version_published',
	'weights_not_one',
	'whole_number_expected',
	'withheld_to_not_later'
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** Something wrong or doubtful in a scheme or plan, at a line, with the facts of its message. */
export interface Finding {
	readonly level: 'error' | 'warning';
	readonly line: number;
	readonly code: FindingCode;
	readonly facts: Readonly<Record<string, string>>;
}
