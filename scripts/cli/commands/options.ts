/** Options and words that several commands share. */
import { inLocale, type Locale } from '#lib/basis/codes.ts';
import type { Scheme } from '#lib/scoring/scheme.ts';
import { defaultScheme, defaultSchemeOf, loadScheme } from '#lib/server/schemes/load.ts';
import type { Invocation, Option } from '../command.ts';

export const periodOption: Option = {
	type: 'string',
	value: 'P',
	words: { zh: '考核周期：2025Q1、2025H1、2025', en: 'period: 2025Q1, 2025H1, 2025' }
};
export const schemeOption: Option = {
	type: 'string',
	value: 'ID|FILE',
	words: {
		zh: `考核细则（默认为数据目录自己的，没有则 ${defaultScheme}）`,
		en: `scheme (default: the home’s own, else ${defaultScheme})`
	}
};

export const schemeOf = (call: Invocation): Scheme =>
	loadScheme(call.text('scheme') ?? defaultSchemeOf(call.home), call.home, call.locale);

/** The name of a grade in a language; its key where the scheme has none, as for a unit without a score. */
export function gradeName({ grades }: Scheme, grade: string, locale: Locale): string {
	const found = grades.find(({ key }) => key === grade);
	return found ? inLocale(found.name, locale) : grade;
}
