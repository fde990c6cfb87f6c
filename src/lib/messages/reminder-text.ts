/** 催办文字: what a unit is to be reminded of, as an official would write it into a message. Plain text, one paragraph. */
import { shownScore } from '../browser/figures.ts';
import * as m from '../paraglide/messages.js';
import type { RunningUnit, TaskGroup, TaskKind, TaskRow } from '../reports/running.ts';
import { periodPart } from './period-name.ts';
import { dayName, taskName } from './task-words.ts';

/** Names of a clause; the list has them all. */
const mostNames = 3;

/** “兴盛土菜馆、三井东福面馆、三井祥达超市等”. */
function namesOf(rows: readonly TaskRow[]): string {
	const names = rows.slice(0, mostNames).map(taskName).join(m.list_and());
	return rows.length > mostNames ? m.progress_remind_others({ names }) : names;
}

interface Clause {
	readonly period: string;
	readonly rows: readonly TaskRow[];
	/** When the first of them is due. */
	readonly day: string;
}

const common = ({ rows, day }: Clause): { count: string; names: string; day: string } => ({
	count: String(rows.length),
	names: namesOf(rows),
	day
});

const formClauses = ({ rows }: Clause): string[] =>
	rows.map((row) => {
		const facts = { form: taskName(row), day: dayName(row.dueOn) };
		return row.overdue
			? m.progress_remind_form_overdue({ ...facts, days: String(-row.days) })
			: m.progress_remind_form(facts);
	});

/** What is overdue apart from what is still in time, as the request differs. */
const byUrgency =
	(
		overdue: (facts: { count: string; names: string }) => string,
		open: (facts: { count: string; names: string; day: string }) => string
	) =>
	({ period, rows }: Clause): string[] => {
		const [late, still] = [rows.filter((row) => row.overdue), rows.filter((row) => !row.overdue)];
		const clause = (own: readonly TaskRow[]): Clause => ({ period, rows: own, day: firstDay(own) });
		return [
			...(late.length > 0 ? [overdue(common(clause(late)))] : []),
			...(still.length > 0 ? [open(common(clause(still)))] : [])
		];
	};

const firstDay = (rows: readonly TaskRow[]): string =>
	dayName(rows.reduce((first, { dueOn }) => (dueOn < first ? dueOn : first), rows[0]?.dueOn ?? ''));

const clauses: Readonly<Record<TaskKind, (clause: Clause) => string[]>> = {
	visit: (clause) => [m.progress_remind_visit({ ...common(clause), period: clause.period })],
	form: formClauses,
	rectification: byUrgency(m.progress_remind_rectification_overdue, m.progress_remind_rectification),
	complaint: byUrgency(m.progress_remind_complaint_overdue, m.progress_remind_complaint),
	mark: (clause) => [m.progress_remind_mark({ names: clause.rows.map(taskName).join(m.list_and()) })],
	figure: (clause) => [
		m.progress_remind_figure({ names: clause.rows.map(taskName).join(m.list_and()), day: clause.day })
	]
};

/**
 * The message.
 * @param groups all tasks of the unit, not only those that a page shows
 */
export function reminderText(
	{ name, expected, best }: Pick<RunningUnit, 'name' | 'expected' | 'best'>,
	{ period, asOf }: { readonly period: string; readonly asOf: string },
	groups: readonly TaskGroup[]
): string {
	const part = periodPart(period);
	const said = groups.flatMap(({ kind, rows }) => clauses[kind]({ period: part, rows, day: firstDay(rows) }));
	const score =
		expected === null
			? ''
			: m.progress_remind_score({ day: dayName(asOf), expected: shownScore(expected), best: shownScore(best) });
	return (
		(said.length > 0
			? m.progress_remind({ name, clauses: said.join(m.progress_remind_and()) })
			: m.progress_remind_none({ name, period: part })) + score
	);
}
