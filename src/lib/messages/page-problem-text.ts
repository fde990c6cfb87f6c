/** Problems in the words of a page: the mend is a box or a choice there, where a command would have an option. */
import type { Locale } from '../basis/codes.ts';
import type { Problem, ProblemCode } from '../basis/problem.ts';
import * as m from '../paraglide/messages.js';
import { problemText } from './problem-text.ts';

type Facts = Record<string, string | number>;
type MessageFunction = (facts: Facts, options: { locale: Locale }) => string;

/** Each message takes the facts of its problem, as those of commands do; a test keeps the names alike. */
const ownWords = {
	encoding_wrong: m.data_problem_encoding_wrong,
	kind_unrecognised: m.data_problem_kind_unrecognised,
	kind_ambiguous: m.data_problem_kind_ambiguous,
	hold_unknown: m.data_problem_hold_unknown,
	batch_unknown: m.data_problem_batch_unknown,
	batch_built_on: m.data_problem_batch_built_on,
	kinds_mixed: m.data_problem_kinds_mixed,
	usage: m.data_problem_usage
} as unknown as Readonly<Partial<Record<ProblemCode, MessageFunction>>>;

/** Facts that are lists come with commas, as a command prints them. */
const listed = (fact: string | number, locale: Locale): string | number =>
	typeof fact === 'string' && locale === 'zh' ? fact.replaceAll(', ', '、') : fact;

/** One line for a failed act, as a page says it: what, where, and the mend. */
export function pageProblemText(problem: Problem, locale: Locale): string {
	const own = ownWords[problem.code];
	if (!own) return problemText(problem, locale);
	const { file, sheet } = problem.where;
	const place = [file, sheet].filter((part) => part != null && part !== '').join(locale === 'zh' ? '，' : ', ');
	const text = own(
		Object.fromEntries(Object.entries(problem.facts).map(([name, fact]) => [name, listed(fact, locale)])),
		{ locale }
	);
	return place === '' ? text : `${place}${locale === 'zh' ? '：' : ': '}${text}`;
}

/** What is wrong with a row, as a page says it. */
export const pageRowProblemText = (code: string, message: string): string =>
	code === 'suspicious_revision' ? m.data_problem_suspicious_revision() : message;

const names: Readonly<Record<string, () => string>> = {
	missing_value: m.data_code_missing_value,
	unknown_township: m.data_code_unknown_township,
	ambiguous_township: m.data_code_ambiguous_township,
	unknown_domain: m.data_code_unknown_domain,
	unknown_subject: m.data_code_unknown_subject,
	ambiguous_subject: m.data_code_ambiguous_subject,
	unknown_patrol: m.data_code_unknown_patrol,
	ambiguous_patrol: m.data_code_ambiguous_patrol,
	bad_date: m.data_code_bad_date,
	ambiguous_date: m.data_code_ambiguous_date,
	date_too_early: m.data_code_date_too_early,
	date_in_future: m.data_code_date_in_future,
	bad_number: m.data_code_bad_number,
	bad_flag: m.data_code_bad_flag,
	bad_boolean: m.data_code_bad_boolean,
	unknown_choice: m.data_code_unknown_choice,
	bad_period: m.data_code_bad_period,
	merger_circle: m.data_code_merger_circle,
	ragged_row: m.data_code_ragged_row,
	conflicting_rows: m.data_code_conflicting_rows,
	above_full_points: m.data_code_above_full_points,
	second_person_missing: m.data_code_second_person_missing,
	second_person_same: m.data_code_second_person_same,
	nothing_to_revise: m.data_code_nothing_to_revise,
	suspicious_revision: m.data_code_suspicious_revision
};

/** The name of a problem of rows. */
export const rowProblemName = (code: string): string => names[code]?.() ?? code;
