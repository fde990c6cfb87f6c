/** Tasks, their days and their kinds in words. */
import { inLocale } from '../basis/codes.ts';
import { parsePeriod } from '../basis/period.ts';
import * as m from '../paraglide/messages.js';
import { getLocale } from '../paraglide/runtime.js';
import type { TaskKind, TaskRow } from '../reports/running.ts';
import { periodPart } from './period-name.ts';

const months = [
	m.progress_month_1,
	m.progress_month_2,
	m.progress_month_3,
	m.progress_month_4,
	m.progress_month_5,
	m.progress_month_6,
	m.progress_month_7,
	m.progress_month_8,
	m.progress_month_9,
	m.progress_month_10,
	m.progress_month_11,
	m.progress_month_12
];

const monthName = (month: number): string => months[month - 1]?.() ?? String(month);

/** An ISO day of the year that is spoken of: “12 月 31 日”, “31 December”. */
export function dayName(iso: string): string {
	const [, month = 0, day = 0] = iso.split('-').map(Number);
	return m.progress_day({ month: monthName(month), day: String(day) });
}

/** A form by what it covers: “11 月月报”, “四季度季报”. */
function formName({ form, covers }: NonNullable<TaskRow['form']>): string {
	const period = parsePeriod(covers);
	const part = period?.kind === 'month' ? monthName(period.index).trimEnd() : periodPart(covers);
	return form === 'monthly' ? m.progress_form_monthly({ covers: part }) : m.progress_form_quarterly({ covers: part });
}

/** What is to be done, as a reader calls it. */
export const taskName = ({ what, form }: Pick<TaskRow, 'what' | 'form'>): string =>
	form ? formName(form) : inLocale(what, getLocale());

/** How long until it is due: “还剩 5 天”, “逾期 3 天”. */
export const daysWords = (days: number): string =>
	days < 0
		? m.progress_days_overdue({ days: String(-days) })
		: days === 0
			? m.progress_days_today()
			: m.progress_days_left({ days: String(days) });

const kinds: Readonly<Record<TaskKind, () => string>> = {
	visit: m.progress_kind_visit,
	form: m.progress_kind_form,
	rectification: m.progress_kind_rectification,
	complaint: m.progress_kind_complaint,
	mark: m.progress_kind_mark,
	figure: m.progress_kind_figure
};

/** The kind of a task: “巡查”. */
export const kindName = (kind: TaskKind): string => kinds[kind]();

const titles: Readonly<Record<TaskKind, (facts: { count: string }) => string>> = {
	visit: m.progress_tasks_visit,
	form: m.progress_tasks_form,
	rectification: m.progress_tasks_rectification,
	complaint: m.progress_tasks_complaint,
	mark: m.progress_tasks_mark,
	figure: m.progress_tasks_figure
};

/** How much of a kind is left: “45 家单位未完成巡查，其中 2 项已逾期”. */
export function tasksTitle({ kind, total, overdue }: { kind: TaskKind; total: number; overdue: number }): string {
	const title = titles[kind]({ count: String(total) });
	return overdue > 0 ? m.progress_tasks_overdue({ title, overdue: String(overdue) }) : title;
}

const whats: Readonly<Record<TaskKind, () => string>> = {
	visit: m.progress_what_visit,
	form: m.progress_what_form,
	rectification: m.progress_what_rectification,
	complaint: m.progress_what_complaint,
	mark: m.progress_what_mark,
	figure: m.progress_what_figure
};

/** What the tasks of a kind are about, for the head of their column. */
export const whatName = (kind: TaskKind): string => whats[kind]();
