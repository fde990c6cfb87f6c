/** The running period as a table to download. */
import { inLocale, type Locale } from '#lib/basis/codes.ts';
import { kindName, taskName } from '#lib/messages/task-words.ts';
import * as m from '#lib/paraglide/messages.js';
import type { RunningReport, TaskGroup } from '#lib/reports/running.ts';

type Cells = readonly (string | null)[];

/** One row a unit; scores with four decimals. */
export function unitRows({ units }: RunningReport): Cells[] {
	const head = [
		m.progress_column_code(),
		m.column_township(),
		m.progress_column_expected(),
		m.progress_column_best(),
		m.progress_column_room(),
		m.progress_column_visit(),
		m.progress_column_form(),
		m.progress_column_rectification(),
		m.progress_column_complaint(),
		m.progress_column_mark(),
		m.progress_column_figure(),
		m.progress_column_overdue()
	];
	return [
		head,
		...units.map(({ code, name, expected, best, room, left, overdue }) => [
			code,
			name,
			expected,
			best,
			room,
			...[left.visit, left.form, left.rectification, left.complaint, left.mark, left.figure, overdue].map(String)
		])
	];
}

/** One row a task of one unit. Days left are negative where it is overdue. */
export function taskRows(
	{ code, name }: { code: string; name: string },
	groups: readonly TaskGroup[],
	locale: Locale
): Cells[] {
	const head = [
		m.progress_column_code(),
		m.column_township(),
		m.progress_column_kind(),
		m.progress_column_what(),
		m.progress_column_domain(),
		m.progress_column_key(),
		m.progress_column_due(),
		m.progress_column_days(),
		m.progress_column_overdue(),
		m.progress_column_indicators()
	];
	return [
		head,
		...groups.flatMap(({ kind, rows }) =>
			rows.map((row) => [
				code,
				name,
				kindName(kind),
				taskName(row),
				row.domain && inLocale(row.domain, locale),
				row.key,
				row.dueOn,
				String(row.days),
				row.overdue ? m.progress_yes() : m.progress_no(),
				row.indicators.map((indicator) => inLocale(indicator, locale)).join(m.list_and())
			])
		)
	];
}
