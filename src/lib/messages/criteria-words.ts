/** How something is marked, in words: as the scheme says, else as its rule means. On-site sheets print it (扣分标准). */
import { inLocale, type Locale } from '../basis/codes.ts';
import { allValues } from '../basis/by-kind.ts';
import { toExact } from '../basis/fraction.ts';
import type { Enterable } from '../scoring/enterable.ts';
import * as m from '../paraglide/messages.js';

/** @param points of the unit that is marked; null where all are spoken of */
export function criteriaWords({ kind, owners }: Enterable, points: string | null, locale: Locale): string {
	const options = { locale };
	const said = owners.flatMap((owner) => ('criteria' in owner && owner.criteria ? [owner.criteria] : []));
	if (said.length > 0) return said.map((words) => inLocale(words, locale)).join(locale === 'zh' ? '；' : '; ');
	const all = new Set(owners.flatMap((owner) => ('points' in owner ? allValues(owner.points).map(toExact) : [])));
	// What is worth more to some kinds of township than to others has no one number.
	const worth = points ?? (all.size === 1 ? [...all][0] : undefined);
	switch (kind) {
		case 'mark':
			return worth === undefined
				? m.marks_words_mark_kinds({}, options)
				: m.marks_words_mark({ points: worth }, options);
		case 'deduction':
			return worth === undefined
				? m.marks_words_deduction_kinds({}, options)
				: m.marks_words_deduction({ points: worth }, options);
		case 'figure':
			return m.marks_words_figure({}, options);
		case 'spot_check':
			return m.marks_words_spot_check({}, options);
	}
}
