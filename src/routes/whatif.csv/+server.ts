import * as m from '#lib/paraglide/messages.js';
import { cliffText, gradeNamed } from '#lib/messages/whatif-words.ts';
import { unitColumn } from '#lib/messages/unit-words.ts';
import { shownCliff } from '#lib/whatif/answer.ts';
import { csvResponse } from '../tables.ts';
import { whatIfTable } from '../whatif/table.ts';
import type { RequestHandler } from './$types';

/** A line a township: what is in force, then the what-if; the sums last. Amounts are yuan. */
export const GET: RequestHandler = async (event) => {
	const { base, compared, rows, answer } = await whatIfTable(event);
	const names = { unit: base.scheme.unit, scheme: base.scheme, plan: base.plan, domains: base.domains };
	const both = (name: string): string[] => [m.whatif_csv_before({ name }), m.whatif_csv_after({ name })];
	const paid = compared.money !== null;
	const place = (rank: number | null): string | null => (rank === null ? null : String(rank));
	const head = [
		m.funds_column_code(),
		unitColumn(base.scheme.unit),
		...both(m.whatif_column_rank()),
		m.whatif_column_rank_change(),
		...both(m.whatif_column_score()),
		m.whatif_column_score_change(),
		...both(m.whatif_column_grade()),
		...(paid ? [m.whatif_column_due_before(), m.whatif_column_due_after(), m.whatif_column_due_change()] : []),
		m.whatif_cliffs()
	];
	const annual = base.parts !== null;
	const crossed = Map.groupBy(compared.cliffs, ({ code }) => code);
	const cliffs = (code: string): string =>
		(crossed.get(code) ?? []).map((cliff) => cliffText(shownCliff(cliff), names, annual)).join(m.list_and());
	const lines = rows.map(({ code, name, rank, score, grade, due }) => [
		code,
		name,
		place(rank.before),
		place(rank.after),
		String(rank.change),
		score.before,
		score.after,
		score.change,
		gradeNamed(names, grade.before),
		gradeNamed(names, grade.after),
		...(due ? [due.before, due.after, due.change] : []),
		cliffs(code)
	]);
	const { reconciled } = answer;
	const sums = reconciled
		? [
				sumLine(m.whatif_total_due(), reconciled.before.paid, reconciled.after.paid),
				sumLine(m.whatif_total_carried(), reconciled.before.carriedOver, reconciled.after.carriedOver),
				sumLine(m.whatif_total_pool(), reconciled.before.pool, reconciled.after.pool)
			]
		: [];
	return csvResponse(`whatif-${base.period}`, [[m.whatif_mark(), answer.scenario], head, ...lines, ...sums]);
};

const emptyCells = 8;
const sumLine = (name: string, before: string, after: string): (string | null)[] => [
	null,
	name,
	...Array.from({ length: emptyCells }, () => null),
	before,
	after,
	null,
	null
];
