/**
 * What a measure looks at: the rows of one township, the window, the cut-off
 * and the settings of the scheme (section 3 of design/rules.md).
 */
import type { Window } from './calendar.ts';
import {
	addDays,
	monthLength,
	monthsOf,
	monthWindow,
	quarterOfMonth,
	quartersOf,
	windowOf,
	within
} from './calendar.ts';
import type { Fraction } from './exact.ts';
import { exact, fraction } from './exact.ts';
import type { County, Day, PatrolRow, SubjectRow, TownshipRow } from './rows.ts';
import type { ByKind, Measure, Num, Scheme } from './scheme.ts';

/** A form that is due: `covers` a month or a quarter, `due` is its last day in time. */
export interface FormDue {
	readonly form: 'monthly' | 'quarterly';
	readonly covers: string;
	readonly due: Day;
}

export interface Frame {
	readonly scheme: Scheme;
	readonly measure: Measure;
	readonly period: string;
	/** The version in force at the period's end. */
	readonly township: TownshipRow;
	/** The facts of this township alone. */
	readonly rows: County;
	readonly window: Window;
	readonly cutoff: Day;
	readonly graceDays: number;
	withinDays(otherwise: number): number;
	formsDue(): FormDue[];
	/** The same frame for each quarter of a year. */
	quarters(): Frame[];
}

/** A number of rows as a fraction. */
export const count = (rows: readonly unknown[]): Fraction => fraction(BigInt(rows.length));

/** A setting that is a whole number, such as a number of days. */
function whole(value: Num): number {
	const { n, d } = exact(value);
	if (d !== 1n) throw new Error(`not a whole number: ${String(value)}`);
	return Number(n);
}

/** A number, or the entry of the township's kind, else `default`. */
export function byKind(value: ByKind, township: TownshipRow): Fraction {
	if (typeof value !== 'object') return exact(value);
	const own = township.kind === null ? undefined : value[township.kind];
	const chosen = own ?? value['default'];
	if (chosen === undefined) throw new Error('a table by kind without a default');
	return exact(chosen);
}

/**
 * The version of a township in force on a day: the latest `as_of` not after
 * it (none given: always), or the earliest there is. Undefined: no such code.
 */
export function townshipOn(county: County, code: string, day: Day): TownshipRow | undefined {
	const versions = county.townships
		.filter((row) => row.code === code)
		.sort((a, b) => ((a.as_of ?? '') < (b.as_of ?? '') ? -1 : 1));
	return versions.filter((row) => (row.as_of ?? '') <= day).at(-1) ?? versions[0];
}

/** The frame of a measure for a township (its code) and a period. */
export function frameOf(county: County, scheme: Scheme, measure: Measure, code: string, period: string): Frame {
	const own = windowOf(period, scheme.annual?.year_starts);
	const window = measure.window === 'year_to_date' ? { start: `${own.end.slice(0, 4)}-01-01`, end: own.end } : own;
	const township = townshipOn(county, code, own.end);
	if (!township) throw new Error(`no such township: ${code}`);
	const here = (row: { township: string }) => row.township === code;
	return {
		scheme,
		measure,
		period,
		township,
		window,
		cutoff: addDays(window.end, whole(scheme.cutoff_days ?? 5)),
		graceDays: whole(scheme.grace_days ?? 0),
		rows: {
			townships: [township],
			clinics: [],
			subjects: county.subjects.filter(here),
			patrols: county.patrols.filter(here),
			findings: county.findings.filter(here),
			clues: county.clues.filter(here),
			submissions: county.submissions.filter(here),
			activities: county.activities.filter(here),
			staff: county.staff.filter(here),
			complaints: county.complaints.filter(here),
			spotChecks: county.spotChecks.filter(here),
			// What was entered for a clinic is not its township's.
			marks: county.marks.filter((row) => here(row) && row.clinic == null),
			deductions: county.deductions.filter((row) => here(row) && row.clinic == null),
			figures: county.figures.filter(here)
		},
		withinDays: (otherwise) => whole(measure.within_days ?? otherwise),
		formsDue: () => formsDue(scheme, window),
		quarters: () => quartersOf(period.slice(0, 4)).map((quarter) => frameOf(county, scheme, measure, code, quarter))
	};
}

/** Subjects in force on the window's last day. */
export const subjectsForced = (frame: Frame): SubjectRow[] =>
	frame.rows.subjects.filter(
		(row) =>
			(row.opened_on === null || row.opened_on <= frame.window.end) &&
			(row.closed_on === null || row.closed_on > frame.window.end)
	);

const NO_PROBLEM = ['', '无', '未发现', '未发现问题', '正常', '/', '-'];

/** The number of problems of a patrol: its findings, else its count, else its text. */
export function problemsOf(frame: Frame, patrol: PatrolRow): number {
	const findings = frame.rows.findings.filter((row) => row.patrol === patrol.id).length;
	if (findings > 0) return findings;
	if (patrol.problems !== null) return patrol.problems;
	return NO_PROBLEM.includes((patrol.problem_text ?? '').trim()) ? 0 : 1;
}

/** The visits that a subject needs in the frame's window. */
export function visitsRequired(frame: Frame, subject: SubjectRow): Fraction {
	const months = monthsOf(frame.period);
	const last = quarterOfMonth(months.at(-1) ?? '');
	const before = frame.measure.window === 'year_to_date' ? 0 : quarterOfMonth(months[0] ?? '') - 1;
	if (subject.visits_per_year !== null) {
		const yearly = BigInt(subject.visits_per_year);
		return fraction((yearly * BigInt(last)) / 4n - (yearly * BigInt(before)) / 4n);
	}
	const quarterly = exact(frame.scheme.visits_per_quarter?.[subject.domain] ?? 1);
	return fraction(quarterly.n * BigInt(last - before), quarterly.d);
}

/** The forms whose due date lies in the window. */
function formsDue(scheme: Scheme, window: Window): FormDue[] {
	const { monthly_day = 19, monthly = true, quarterly = true } = scheme.forms ?? {};
	const due: FormDue[] = [];
	const [from, to] = [Number(window.start.slice(0, 4)), Number(window.end.slice(0, 4))];
	for (let year = from; year <= to; year += 1) {
		for (const month of monthly ? monthsOf(String(year)) : []) {
			const day = Math.min(whole(monthly_day), monthLength(year, Number(month.slice(5))));
			due.push({ form: 'monthly', covers: month, due: addDays(`${month}-01`, day - 1) });
		}
		for (const quarter of quarterly ? quartersOf(String(year)) : []) {
			const end = monthWindow(monthsOf(quarter).at(-1) ?? '').end;
			due.push({ form: 'quarterly', covers: quarter, due: end });
		}
	}
	return due.filter((form) => within(form.due, window));
}
