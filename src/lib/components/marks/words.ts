/** Words of the page of marks that depend on what is entered. */
import { periodName } from '#lib/messages/period-name.ts';
import * as m from '#lib/paraglide/messages.js';
import type { MarksReport } from '#lib/reports/entries.ts';

/** Who enters a kind, as its forms call them. */
export function byLabel(kind: string): string {
	switch (kind) {
		case 'deduction':
			return m.marks_by_deduction();
		case 'figure':
			return m.marks_by_figure();
		case 'spot_check':
			return m.marks_by_spot_check();
		default:
			return m.marks_by_mark();
	}
}

/** What a reader wants to know first: what is missing, else what waits, else that all is there. */
export function marksTitle({ period, counts, items, item }: MarksReport): string {
	const named = { period: periodName(period) };
	const open = counts.marks + counts.figures;
	if (open > 0) return m.marks_title_open({ ...named, open: String(open) });
	if (counts.pending > 0) return m.marks_title_pending({ ...named, pending: String(counts.pending) });
	return items.length === 0 && item === null && counts.deductions === 0
		? m.marks_title_none()
		: m.marks_title_done(named);
}
