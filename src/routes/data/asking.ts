/** What the addresses and forms of the data pages ask for. */
import { error } from '@sveltejs/kit';
import { inLocale, type Locale } from '#lib/basis/codes.ts';
import { Problem } from '#lib/basis/problem.ts';
import type { Field, Kind } from '#lib/intake/kinds/declare.ts';
import { kindNamed, kinds } from '#lib/intake/kinds/index.ts';
import { pageProblemText } from '#lib/messages/page-problem-text.ts';
import { templateFile } from '#lib/messages/template-words.ts';

/** A whole number from 1 on, as batches, held rows and pages have; null for anything else. */
export const numberOf = (text: string | null): number | null =>
	text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;

/** Which held rows a list is of. */
export interface HeldFilter {
	readonly batch: number | null;
	readonly kind: string | null;
}

/** `?batch=3&kind=patrol`. A batch that is no number and a kind that is none are wrong questions. */
export function heldFilter(url: URL, locale: Locale): HeldFilter {
	const [batch, kind] = [url.searchParams.get('batch'), url.searchParams.get('kind')];
	const number = numberOf(batch);
	if (batch !== null && number === null) refuse(new Problem('batch_unknown', { batch }), locale);
	if (kind !== null && !kindNamed(kind))
		refuse(new Problem('kind_unknown', { kind, known: kinds.map(({ name }) => name).join(', ') }), locale);
	return { batch: number, kind };
}

/** Which absent rows a list is of. */
export interface AbsentFilter extends HeldFilter {
	/** The code of a township. */
	readonly township: string | null;
}

/** `?batch=3&kind=subject&township=320411100`; an empty choice of the form is none. */
export function absentFilter(url: URL, locale: Locale): AbsentFilter {
	const asked = new URL(url);
	for (const name of ['batch', 'kind', 'township'])
		if (asked.searchParams.get(name) === '') asked.searchParams.delete(name);
	return { ...heldFilter(asked, locale), township: asked.searchParams.get('township') };
}

/** An error page that says what and how to go on. */
export function refuse(problem: Problem, locale: Locale): never {
	error(problem.code === 'batch_unknown' ? 404 : 400, { message: pageProblemText(problem, locale) });
}

/** An act of a form: its result, or the words that stand beside the form. */
export async function acted<T>(
	locale: Locale,
	work: () => Promise<T>
): Promise<{ readonly done: T } | { readonly message: string }> {
	try {
		return { done: await work() };
	} catch (problem) {
		if (!(problem instanceof Problem)) throw problem;
		return { message: pageProblemText(problem, locale) };
	}
}

/** The text of a field of a form; what is not there, or is a file, is empty. */
export const textIn = (form: FormData, name: string): string => {
	const value = form.get(name);
	return typeof value === 'string' ? value : '';
};

/** A kind for the guide: its headers as the office's files have them, each with the others that mean the same. */
interface GuidedKind {
	readonly name: string;
	readonly label: string;
	/** The name under which its template is saved. */
	readonly template: string;
	readonly required: string[];
	readonly optional: string[];
}

export const kindGuide = (locale: Locale): GuidedKind[] =>
	kinds.map((kind: Kind) => ({
		name: kind.name,
		label: inLocale(kind.label, locale),
		template: templateFile(kind),
		required: kind.fields.filter(({ required }) => required).map((field) => headersOf(field, locale)),
		optional: kind.fields.filter(({ required }) => !required).map(({ headers, name }) => headers[0] ?? name)
	}));

function headersOf({ headers, name }: Field, locale: Locale): string {
	const [first = name, ...others] = headers;
	if (others.length === 0) return first;
	return locale === 'zh' ? `${first}（或${others.join('、')}）` : `${first} (or ${others.join(', ')})`;
}
