/** Problems in words. The words stand in src/messages, one message `problem_CODE` for each code. */
import { inLocale, type Locale } from '../basis/codes.ts';
import type { Problem, ProblemCode, RowProblemCode } from '../basis/problem.ts';
import { type Field, fieldLabel, type Kind } from '../intake/kinds/declare.ts';
import * as messages from '../paraglide/messages.js';

type Inputs = Record<string, string | number>;
type MessageFunction = (inputs: Inputs, options: { locale: Locale }) => string;

/** The message of a code. Each code has one in both languages, which a test keeps. */
const messageOf = (code: ProblemCode): MessageFunction => messages[`problem_${code}`] as MessageFunction;

/** What is wrong with a row, and the mend. */
export function rowProblemText(
	code: RowProblemCode,
	{ field, value }: { kind: Kind; field: Field | null; value: string | null },
	locale: Locale
): string {
	const choices =
		field?.type === 'choice'
			? Object.entries(field.choices)
					.map(([key, names]) => (locale === 'zh' ? (names[0] ?? key) : key))
					.join(locale === 'zh' ? '、' : ', ')
			: '';
	return messageOf(code)(
		{ field: field ? inLocale(fieldLabel(field), locale) : '', value: value ?? '', choices },
		{ locale }
	);
}

/** One line for a failed act: what, where, and the mend. */
export function problemText({ code, facts, where }: Problem, locale: Locale): string {
	const line =
		where.line === undefined ? null : inLocale({ zh: `第 ${where.line} 行`, en: `line ${where.line}` }, locale);
	const place = [where.file, where.sheet, line]
		.filter((part) => part != null && part !== '')
		.join(locale === 'zh' ? '，' : ', ');
	const text = messageOf(code)({ ...facts }, { locale });
	return place === '' ? text : `${place}${locale === 'zh' ? '：' : ': '}${text}`;
}
