/** Options and words that several commands share. */
import { inLocale, type Locale } from '#lib/basis/codes.ts';
import type { Period } from '#lib/basis/period.ts';
import type { Scheme } from '#lib/scoring/scheme.ts';
import { defaultScheme, defaultSchemeOf, loadScheme } from '#lib/server/schemes/load.ts';
import type { Warehouse } from '#lib/server/warehouse/open.ts';
import { requireUnchanged } from '#lib/server/workflows/published-schemes.ts';
import type { Invocation, Option } from '../command.ts';

export const periodOption: Option = {
	type: 'string',
	value: 'P',
	words: { zh: '考核周期：2025Q1、2025H1、2025', en: 'period: 2025Q1, 2025H1, 2025' }
};
export const schemeOption: Option = {
	type: 'string',
	value: 'ID[@VERSION]|FILE',
	words: {
		zh: `考核细则（默认为数据目录自己的，没有则 ${defaultScheme}）`,
		en: `scheme (default: the home’s own, else ${defaultScheme})`
	}
};

/** The scheme that is asked for: the version in force in the period, unless the name says which. */
export const schemeOf = (call: Invocation, period: Period | null): Scheme =>
	loadScheme(call.text('scheme') ?? defaultSchemeOf(call.home), call.home, call.locale, period);

/**
 * Opens the home for work with a scheme.
 * @throws Problem `version_changed`, `version_unrecorded`
 */
export const inHomeWith = <T>(
	call: Invocation,
	{ id }: Scheme,
	work: (warehouse: Warehouse) => Promise<T>
): Promise<T> =>
	call.inHome(async (warehouse) => {
		await requireUnchanged(warehouse, id);
		return work(warehouse);
	});

/** The name of a grade in a language; its key where the scheme has none, as for a unit without a score. */
export function gradeName({ grades }: Scheme, grade: string, locale: Locale): string {
	const found = grades.find(({ key }) => key === grade);
	return found ? inLocale(found.name, locale) : grade;
}
