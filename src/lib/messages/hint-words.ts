/** Plausibility hints in words. */
import * as m from '../paraglide/messages.js';
import type { Hint, HintRow } from '../trends/hint.ts';
import { thresholds } from '../trends/plausibility.ts';
import { periodName } from './period-name.ts';

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

function sentence({ kind, count, of, other, rates, peers }: Hint): string {
	const facts = { count: String(count), of: String(of ?? 0), other: String(other ?? 0) };
	switch (kind) {
		case 'register_shrinks':
			return m.hint_register_shrinks({ ...facts, days: String(thresholds.register_shrinks.bound.days) });
		case 'reopened':
			return m.hint_reopened({ ...facts, within: String(thresholds.reopened.bound.within) });
		case 'outside_life':
			return m.hint_outside_life(facts);
		case 'bunched':
			return m.hint_bunched({ ...facts, days: String(thresholds.bunched.bound.days) });
		case 'busy_inspector':
			return m.hint_busy_inspector({ ...facts, patrols: String(thresholds.busy_inspector.bound.patrols) });
		case 'closed_day':
			return m.hint_closed_day(facts);
		case 'same_text':
			return m.hint_same_text(facts);
		case 'few_problems':
			return m.hint_few_problems({
				...facts,
				rate: percent(rates?.rate ?? 0),
				mean: percent(rates?.peers ?? 0),
				limit: percent(rates?.limit ?? 0),
				peers: peers === null ? m.hint_peers_all() : m.hint_peers_kind({ kind: peers })
			});
	}
}

/** What a hint says; with its quarter where the period is a longer one. */
export const hintText = (hint: Hint, period: string): string =>
	hint.quarter === period
		? sentence(hint)
		: m.hints_in_quarter({ quarter: periodName(hint.quarter), text: sentence(hint) });

/** What makes a row stand out, beside its day; empty where the day says it. */
export function whyText({ kind }: Hint, { why }: HintRow): string {
	if (why === null) return '';
	const [first = '', day = ''] = why.split(/ (?=\S+$)/);
	if (kind === 'outside_life') return first === 'opened' ? m.hint_why_opened({ day }) : m.hint_why_closed({ day });
	return kind === 'reopened' ? m.hint_why_again({ key: first, day }) : why;
}

/** The hints as a table: one row of it for each row that they stand on, a hint without any in one row. */
export const hintRows = (hints: readonly Hint[], period: string): (string | null)[][] => [
	[
		m.hint_column_quarter(),
		m.hint_column_kind(),
		m.hint_column_day(),
		m.hint_column_code(),
		m.hint_column_name(),
		m.hint_column_why(),
		m.hint_column_file(),
		m.hint_column_sheet(),
		m.hint_column_line()
	],
	...hints.flatMap((hint) => {
		const own = [hint.quarter, hintText(hint, period)];
		if (hint.rows.length === 0) return [[...own, null, null, null, null, null, null, null]];
		return hint.rows.map((row) => [
			...own,
			row.day,
			row.key,
			row.name,
			whyText(hint, row),
			row.file,
			row.sheet,
			row.line === null ? null : String(row.line)
		]);
	})
];
