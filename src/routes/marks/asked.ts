/** What the address of the page of marks asks for, and the frame in which its forms act. */
import type { RequestEvent } from '@sveltejs/kit';
import { parsePeriod, type Period } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import { entryTabs, type EntryTab, type MarksReport } from '#lib/reports/entries.ts';
import type { Scheme } from '#lib/scoring/scheme.ts';
import type { Look } from '#lib/server/warehouse/house.ts';
import type { SheetAsked } from '#lib/server/workflows/print-sheet.ts';
import { isDirect } from '#lib/server/workflows/score-period.ts';
import { rulesAt, rulesFor } from '#lib/server/workflows/see-periods.ts';
import { type MarksAsked, showMarks } from '#lib/server/workflows/show-marks.ts';
import type { View } from '../looking.ts';

/** `?tab=deductions&item=deduction.discipline`; a tab that there is not is none. */
export function marksAsked(url: URL): MarksAsked {
	const text = url.searchParams.get('tab');
	const tab: EntryTab | null = entryTabs.find((one) => one === text) ?? null;
	return { tab, item: url.searchParams.get('item') || null };
}

/** What there is to show; null in a home without facts, and for a period that is made of its parts. */
export function marksOf(
	look: Look,
	{ rules: { scheme }, period }: View,
	{ url, locals }: Pick<RequestEvent, 'url' | 'locals'>
): Promise<MarksReport> | null {
	if (!period || !isDirect(scheme, period)) return null;
	return showMarks(look, scheme, period, marksAsked(url), locals.locale, locals.actor);
}

/**
 * The table for a program, which is told why there is none.
 * @throws Problem `no_townships` in a home without facts, `period_of_parts`
 */
export function marksFor(look: Look, view: View, event: Pick<RequestEvent, 'url' | 'locals'>): Promise<MarksReport> {
	const marks = marksOf(look, view, event);
	const period = event.url.searchParams.get('period') ?? '';
	if (!marks) throw new Problem(view.period ? 'period_of_parts' : 'no_townships', { period });
	return marks;
}

/**
 * The scheme and period of a form, which its address names.
 * @throws Problem `scheme_unknown`, `scheme_invalid`, `period_invalid`
 */
export function frameOf({ url, locals }: Pick<RequestEvent, 'url' | 'locals'>): {
	readonly scheme: Scheme;
	readonly period: Period;
} {
	const rules = rulesFor(locals.office.house.home, url.searchParams.get('scheme'), locals.locale);
	const text = url.searchParams.get('period') ?? '';
	const period = parsePeriod(text);
	if (!period || period.kind === 'month') throw new Problem('period_invalid', { period: text });
	// By the version that is in force in the period, as the page shows it.
	return { scheme: rulesAt(rules, period).scheme, period };
}

/**
 * What sheet an address asks for: `&township=320411105` for one alone.
 * @throws Problem `no_townships` in a home without facts
 */
export function sheetAsked(
	{ rules: { scheme }, period }: View,
	{ url, locals }: Pick<RequestEvent, 'url' | 'locals'>
): SheetAsked {
	if (!period) throw new Problem('no_townships', { period: url.searchParams.get('period') ?? '' });
	return {
		scheme,
		period,
		township: url.searchParams.get('township') || null,
		now: locals.office.clock.now()
	};
}
