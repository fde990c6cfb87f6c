/** What stops a waiting file, in words whose mend stands on the page of that file. */
import { inLocale, type Locale } from '../basis/codes.ts';
import { Problem, type ProblemCode } from '../basis/problem.ts';
import { kindNamed } from '../intake/kinds/index.ts';
import * as m from '../paraglide/messages.js';
import { pageProblemText } from './page-problem-text.ts';

type Facts = Record<string, string>;
type MessageFunction = (facts: Facts, options: { locale: Locale }) => string;

const ownWords = {
	kind_unrecognised: m.waiting_problem_kind_unrecognised,
	kind_ambiguous: m.waiting_problem_kind_ambiguous,
	kind_headers_missing: m.waiting_problem_kind_headers_missing,
	mapping_headers_missing: m.waiting_problem_mapping_headers_missing,
	encoding_wrong: m.waiting_problem_encoding_wrong
} as unknown as Readonly<Partial<Record<ProblemCode, MessageFunction>>>;

/** Kinds by the names that their files go by. */
const labelled = (names: string, locale: Locale): string =>
	names
		.split(', ')
		.map((name) => inLocale(kindNamed(name)?.label ?? { zh: name }, locale))
		.join(locale === 'zh' ? '、' : ', ');

/** One line for what stops a file whose name stands above it. */
export function waitingProblemText({ code, facts, where }: Problem, locale: Locale): string {
	const own = ownWords[code];
	// The name of the file is told already; that of a sheet is not.
	if (!own) return pageProblemText(new Problem(code, facts, { ...where, file: '' }), locale);
	const words = Object.entries(facts).map(([name, fact]): [string, string] => [
		name,
		name === 'kind' || name === 'kinds' ? labelled(String(fact), locale) : String(fact)
	]);
	const text = own(Object.fromEntries(words), { locale });
	return where.sheet ? `${where.sheet}${locale === 'zh' ? '：' : ': '}${text}` : text;
}
