/**
 * The one typed error: a code, the facts that its message needs, and where it happened.
 * Its words in both languages are the messages `problem_CODE` (src/messages), mend included.
 */

/** Problems of a row: the row is held in quarantine and the rest of its file is taken. */
export const rowProblemCodes = [
	'missing_value',
	'unknown_township',
	'ambiguous_township',
	'unknown_domain',
	'unknown_subject',
	'ambiguous_subject',
	'unknown_patrol',
	'ambiguous_patrol',
	'bad_date',
	'ambiguous_date',
	'date_too_early',
	'date_in_future',
	'bad_number',
	'bad_flag',
	'bad_boolean',
	'unknown_choice',
	'bad_period',
	'merger_circle',
	'ragged_row',
	'digits_lost',
	'above_full_points',
	'second_person_missing',
	'second_person_same',
	'conflicting_rows',
	'nothing_to_revise',
	'suspicious_revision'
] as const;
export type RowProblemCode = (typeof rowProblemCodes)[number];

/** Causes that another file can take away: every import tries such rows again (rules.md, 2). */
export const retryableCodes: readonly RowProblemCode[] = [
	'unknown_township',
	'ambiguous_township',
	'unknown_domain',
	'unknown_subject',
	'ambiguous_subject',
	'unknown_patrol',
	'ambiguous_patrol'
];

/** Problems of a file or a command: nothing is done. */
export const commandProblemCodes = [
	'file_missing',
	'file_empty',
	'file_truncated',
	'file_unreadable',
	'file_damaged',
	'file_protected',
	'file_swells',
	'file_stalls',
	'file_too_large',
	'archive_empty',
	'archive_in_archive',
	'format_unsupported',
	'encoding_unknown',
	'encoding_wrong',
	'encoding_unclear',
	'kind_unknown',
	'kind_unrecognised',
	'kind_ambiguous',
	'kind_headers_missing',
	'sheet_unknown',
	'mapping_unknown',
	'mapping_invalid',
	'mapping_headers_missing',
	'mapping_ambiguous',
	'import_cancelled',
	'mapping_name_unsafe',
	'mapping_name_taken',
	'mapping_unfinished',
	'waiting_unknown',
	'waiting_changed',
	'decision_id_taken',
	'mapping_header_taken',
	'waiting_full',
	'hold_unknown',
	'batch_unknown',
	'batch_is_rollback',
	'batch_undone',
	'batch_built_on',
	'reason_missing',
	'absence_unknown',
	'absence_none_chosen',
	'double_unknown',
	'decision_refused',
	'nothing_to_confirm',
	'period_of_parts',
	'entry_by_missing',
	'entry_none',
	'entry_not_for',
	'entry_missing',
	'entry_unreadable',
	'mark_out_of_range',
	'deductions_over',
	'genuine_over',
	'entry_outside_period',
	'entry_twice',
	'entry_waits',
	'entry_as_withdrawn',
	'entry_gone',
	'entry_not_waiting',
	'entry_same_person',
	'evidence_refused',
	'evidence_too_large',
	'evidence_empty',
	'evidence_unknown',
	'onsite_nothing',
	'home_busy',
	'home_missing',
	'home_newer',
	'home_unusable',
	'server_gone',
	'server_older',
	'host_not_loopback',
	'port_busy',
	'build_failed',
	'page_unknown',
	'folder_unusable',
	'period_invalid',
	'period_not_covered',
	'period_of_versions',
	'day_invalid',
	'day_outside_period',
	'scheme_unknown',
	'scheme_invalid',
	'version_changed',
	'version_unrecorded',
	'levels_hidden',
	'version_twice',
	'version_unexpected',
	'version_from_missing',
	'version_from_early',
	'version_from_past',
	'scheme_name_unsafe',
	'draft_unknown',
	'draft_changed',
	'draft_renamed',
	'plan_unknown',
	'plan_invalid',
	'plan_unit_unfit',
	'plan_within_townships',
	'marks_of_clinics',
	'yaml_invalid',
	'township_unknown',
	'indicator_unknown',
	'no_townships',
	'no_clinics',
	'calendar_unknown',
	'pool_invalid',
	'pool_not_amounts',
	'scenario_invalid',
	'scenario_unsound',
	'missing_weight',
	'missing_points',
	'infeasible_bounds',
	'no_weight',
	'negative_weight',
	'negative_amount',
	'measure_unknown',
	'measure_not_in_scheme',
	'measure_without_series',
	'measure_without_domains',
	'statement_refused',
	'statement_failed',
	'kinds_mixed',
	'usage',
	'command_unknown',
	'not_yet',
	'engine_unknown',
	'internal'
] as const;
export type CommandProblemCode = (typeof commandProblemCodes)[number];

export type ProblemCode = RowProblemCode | CommandProblemCode;

/** Where a problem is. `line` counts from 1 as the file's own reader would show it. */
export interface Where {
	readonly file?: string;
	readonly sheet?: string | null;
	readonly line?: number;
	readonly field?: string;
	readonly value?: string | null;
}

/** A failed act. Exit code 2 for bad usage, else 1 (docs/commands.md). */
export class Problem extends Error {
	readonly code: ProblemCode;
	readonly facts: Readonly<Record<string, string | number>>;
	readonly where: Where;

	constructor(code: ProblemCode, facts: Readonly<Record<string, string | number>> = {}, where: Where = {}) {
		super(`${code} ${JSON.stringify({ ...facts, ...where })}`);
		this.name = 'Problem';
		this.code = code;
		this.facts = facts;
		this.where = where;
	}
}
