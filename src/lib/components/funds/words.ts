/** Words of the funds that several parts of the page say. */
import { type Bilingual, inLocale } from '#lib/basis/codes.ts';
import { grouped } from '#lib/browser/figures.ts';
import * as m from '#lib/paraglide/messages.js';
import { getLocale } from '#lib/paraglide/runtime.js';

export interface NamedGrade {
	readonly key: string;
	readonly name: string;
}

/** A text in the reader's language. */
export const said = (text: Bilingual): string => inLocale(text, getLocale());

const factors: Readonly<Record<string, () => string>> = {
	score: m.funds_factor_score,
	population: m.funds_factor_population,
	workload: m.funds_factor_workload,
	equal: m.funds_factor_equal,
	grade: m.funds_factor_grade,
	points: m.funds_factor_points,
	coefficient: m.funds_factor_coefficient,
	per_head: m.funds_factor_per_head
};

/** A factor's name; a table of the plan's own has the name that the plan gives it. */
export const factorName = (name: string): string => {
	const indicator = /^awarded\.(.+)$/.exec(name)?.[1];
	return indicator === undefined ? (factors[name]?.() ?? name) : m.funds_factor_awarded({ indicator });
};

/** Where withheld money goes: into a later tranche, or to the next year. */
export const goesTo = (tranche: Bilingual | null): string =>
	tranche ? m.funds_into({ tranche: said(tranche) }) : m.funds_carried();

/** The name of a grade by its key. */
export const gradeNamer =
	(grades: readonly NamedGrade[]) =>
	(key: string): string =>
		grades.find((grade) => grade.key === key)?.name ?? m.no_grade();

/** Several names in one sentence. */
export const listed = (names: readonly string[]): string => names.join(m.list_and());

/** Sentences one after the other: Chinese ones need no space between them. */
export const sentences = (texts: readonly string[]): string => texts.join(getLocale() === 'en' ? ' ' : '');

/** What was taken away: `−75,541.98`; a dash where nothing was. */
export const takenAmount = (text: string): string => (text === '0.00' ? '—' : grouped(`-${text}`));
