/**
 * The measures of section 3 of design/rules.md as loops over plain rows:
 * numerator, denominator, parts and state of one township and one period.
 */
import { addDays, monthsOf, monthWindow, within } from './calendar.ts';
import type { Fraction } from './exact.ts';
import { add, compare, exact, fraction, larger, multiply, subtract, sum, ZERO } from './exact.ts';
import type { Frame } from './frame.ts';
import { byKind, count, frameOf, problemsOf, subjectsForced, visitsRequired } from './frame.ts';
import type { ClueRow, County, PatrolRow } from './rows.ts';
import type { Measure, Scheme } from './scheme.ts';
import { NEVER_EMPTY } from './scheme.ts';

export interface Tally {
	readonly n: Fraction;
	readonly d: Fraction;
	/** Always holds `short`, and the measure's other parts also where all is 0. */
	readonly parts: Readonly<Record<string, Fraction>>;
	readonly state: 'ok' | 'empty' | 'missing';
}

/** A tally before its state and `short` are known. */
interface Figures {
	n: Fraction;
	d: Fraction;
	parts?: Record<string, Fraction>;
	missing?: boolean;
}

/**
 * The tally of a measure for a township (its code) and a period (`2025Q1`,
 * `2025H1`, `2025`). `ownerKey` and `ownerPoints` are the key and points of
 * the indicator or bonus that asks: `mark` and `deductions` depend on them.
 */
export function tally(
	county: County,
	scheme: Scheme,
	measure: Measure,
	ownerKey: string,
	ownerPoints: Fraction,
	township: string,
	period: string
): Tally {
	const frame = frameOf(county, scheme, measure, township, period);
	const { n, d, parts, missing } = figures(frame, ownerKey, ownerPoints);
	const empty = compare(d, ZERO) === 0 && !NEVER_EMPTY.includes(measure.name);
	return {
		n,
		d,
		parts: { short: larger(ZERO, subtract(d, n)), ...parts },
		state: missing === true ? 'missing' : empty ? 'empty' : 'ok'
	};
}

function figures(frame: Frame, ownerKey: string, ownerPoints: Fraction): Figures {
	const { measure, rows, period } = frame;
	const indicator = measure.indicator ?? ownerKey;
	switch (measure.name) {
		case 'filing_rate':
		case 'patrol_coverage':
		case 'patrol_completion':
		case 'grading_rate':
			return ofRegister(frame);
		case 'record_timeliness':
		case 'problem_rate':
		case 'record_completeness':
			return ofPatrols(frame);
		case 'form_timeliness':
			return forms(frame);
		case 'clue_reporting':
			return clues(frame);
		case 'rectification':
			return rectification(frame);
		case 'complaint_closure':
			return complaints(frame);
		case 'activity_count':
			return counted(
				frame,
				rows.activities.filter((row) => row.type === measure.type).map((row) => row.held_on)
			);
		case 'patrol_count':
			return counted(
				frame,
				rows.patrols.filter((row) => inDomains(frame, row)).map((row) => row.patrolled_on)
			);
		case 'clue_count':
			return counted(
				frame,
				rows.clues.filter((row) => reported(frame, row)).map((row) => row.found_on)
			);
		case 'staffing':
			return staffing(frame);
		case 'authenticity': {
			const checks = rows.spotChecks.filter((row) => within(row.checked_on, frame.window));
			return {
				n: sum(checks.map((row) => exact(row.genuine))),
				d: sum(checks.map((row) => exact(row.sampled))),
				missing: checks.length === 0
			};
		}
		case 'figure': {
			const row = rows.figures.find((each) => each.period === period && each.key === measure.key);
			return row ? { n: exact(row.n), d: exact(row.d) } : { n: ZERO, d: ZERO, missing: true };
		}
		case 'mark': {
			const row = rows.marks.find((each) => each.period === period && each.indicator === indicator);
			return row ? { n: exact(row.points), d: ownerPoints } : { n: ZERO, d: ownerPoints, missing: true };
		}
		case 'deductions': {
			const minus = sum(
				rows.deductions
					.filter((row) => row.period === period && row.indicator === indicator)
					.map((row) => exact(row.minus))
			);
			return { n: larger(ZERO, subtract(ownerPoints, minus)), d: ownerPoints, parts: { minus } };
		}
		case 'workload':
			return { n: workload(frame), d: fraction(1n) };
	}
}

const inDomains = (frame: Frame, row: { domain: string }): boolean =>
	frame.measure.domains === undefined || frame.measure.domains.includes(row.domain);

/** A clue counts as reported from its report's date, if that is by the cut-off. */
const reported = (frame: Frame, clue: { reported_on: string | null }): boolean =>
	clue.reported_on !== null && clue.reported_on <= frame.cutoff;

/** The four measures whose base is the subjects in force at the window's end. */
function ofRegister(frame: Frame): Figures {
	const { measure, rows, window } = frame;
	const { end } = window;
	const subjects = subjectsForced(frame).filter((row) => inDomains(frame, row));
	if (measure.name === 'filing_rate') {
		const filed = subjects.filter((row) => row.filed_on !== null && row.filed_on <= end);
		return { n: count(filed), d: count(subjects) };
	}
	if (measure.name === 'grading_rate') {
		const due = subjects.filter((row) => row.domain === 'food_safety' || row.domain === 'public_places');
		const graded = due.filter((row) => row.grade !== null && (row.graded_on === null || row.graded_on <= end));
		return { n: count(graded), d: count(due) };
	}
	const lastOpening = addDays(end, -frame.graceDays);
	let [n, d] = [ZERO, ZERO];
	for (const subject of subjects) {
		if (subject.opened_on !== null && subject.opened_on > lastOpening) continue;
		const visits = count(
			rows.patrols.filter((patrol) => patrol.subject === subject.id && within(patrol.patrolled_on, window))
		);
		const required = measure.name === 'patrol_coverage' ? fraction(1n) : visitsRequired(frame, subject);
		n = add(n, compare(visits, required) < 0 ? visits : required);
		d = add(d, required);
	}
	return { n, d };
}

/** The measures whose base is the patrols of the window. */
function ofPatrols(frame: Frame): Figures {
	const { measure, rows, window } = frame;
	const patrols = rows.patrols.filter((row) => inDomains(frame, row) && within(row.patrolled_on, window));
	const d = count(patrols);
	if (measure.name === 'record_timeliness') {
		const handedIn = patrols.filter((row) => reported(frame, row));
		const late = handedIn.filter((row) => (row.reported_on ?? '') > addDays(row.patrolled_on, frame.withinDays(5)));
		return {
			n: subtract(count(handedIn), count(late)),
			d,
			parts: { late: count(late), unreported: subtract(d, count(handedIn)) }
		};
	}
	const findingsOf = (patrol: PatrolRow) => rows.findings.filter((row) => row.patrol === patrol.id);
	if (measure.name === 'problem_rate') {
		const serious = patrols.flatMap((row) => findingsOf(row).filter((finding) => finding.severity === 'serious'));
		return {
			n: count(patrols.filter((row) => problemsOf(frame, row) > 0)),
			d,
			parts: {
				problems: sum(patrols.map((row) => exact(problemsOf(frame, row)))),
				serious: count(serious)
			}
		};
	}
	const complete = patrols.filter(
		(row) =>
			row.inspector !== null &&
			reported(frame, row) &&
			(problemsOf(frame, row) === 0 || (row.disposal !== null && row.rectify_by !== null))
	);
	return { n: count(complete), d };
}

/**
 * Problems whose deadline lies in the window. A patrol's findings take its
 * place; the patrol itself may lie before the window, but not after the cut-off.
 */
function rectification(frame: Frame): Figures {
	const { rows, window, cutoff } = frame;
	const due: { rectify_by: string | null; rectified_on: string | null }[] = [];
	for (const patrol of rows.patrols) {
		if (!inDomains(frame, patrol) || patrol.patrolled_on > cutoff) continue;
		const findings = rows.findings.filter((row) => row.patrol === patrol.id);
		if (findings.length > 0) due.push(...findings);
		else if (problemsOf(frame, patrol) > 0) due.push(patrol);
	}
	return byDeadline(
		due
			.filter((row) => within(row.rectify_by, window))
			.map((row) => ({ due: row.rectify_by ?? '', done: row.rectified_on })),
		cutoff
	);
}

function complaints(frame: Frame): Figures {
	const { rows, window, cutoff } = frame;
	return byDeadline(
		rows.complaints
			.filter((row) => within(row.due_on, window) && row.received_on <= cutoff)
			.map((row) => ({ due: row.due_on, done: row.closed_on })),
		cutoff
	);
}

/** n done by their deadline, `late` done after it by the cut-off, `open` the rest. */
function byDeadline(rows: { due: string; done: string | null }[], cutoff: string): Figures {
	const done = rows.filter((row) => row.done !== null && row.done <= cutoff);
	const late = done.filter((row) => (row.done ?? '') > row.due);
	return {
		n: subtract(count(done), count(late)),
		d: count(rows),
		parts: { late: count(late), open: subtract(count(rows), count(done)) }
	};
}

function forms(frame: Frame): Figures {
	const { rows, cutoff } = frame;
	let [n, late, missing] = [ZERO, ZERO, ZERO];
	for (const form of frame.formsDue()) {
		const days = rows.submissions
			.filter((row) => row.form === form.form && row.covers === form.covers && !row.returned)
			.flatMap((row) => (row.submitted_on === null ? [] : [row.submitted_on]));
		if (days.some((day) => day <= form.due)) n = add(n, fraction(1n));
		else if (days.some((day) => day <= cutoff)) late = add(late, fraction(1n));
		else missing = add(missing, fraction(1n));
	}
	return { n, d: sum([n, late, missing]), parts: { late, missing } };
}

function clues(frame: Frame): Figures {
	const found = frame.rows.clues.filter((row) => within(row.found_on, frame.window));
	const handedIn = found.filter((row) => reported(frame, row));
	const late = handedIn.filter(
		(row) => (row.reported_on ?? '') > addDays(row.found_on, row.urgent ? 0 : frame.withinDays(1))
	);
	const having = (mark: (row: ClueRow) => boolean, rows: ClueRow[]) => count(rows.filter(mark));
	return {
		n: count(handedIn),
		d: count(found),
		parts: {
			late: count(late),
			urgent_late: having((row) => row.urgent, late),
			unreported: subtract(count(found), count(handedIn)),
			valuable: having((row) => row.valuable, found),
			concealed: having((row) => row.concealed, found)
		}
	};
}

/** Events against a required number; month by month for `window: each_month`. */
function counted(frame: Frame, days: string[]): Figures {
	const required = byKind(frame.measure.required ?? 1, frame.township);
	const inWindow = count(days.filter((day) => within(day, frame.window)));
	if (frame.measure.window !== 'each_month') {
		return {
			n: inWindow,
			d: required,
			parts: { extra: larger(ZERO, subtract(inWindow, required)) }
		};
	}
	const months = monthsOf(frame.period);
	const n = sum(
		months.map((month) => {
			const held = count(days.filter((day) => within(day, monthWindow(month))));
			return compare(held, required) < 0 ? held : required;
		})
	);
	const d = multiply(required, fraction(BigInt(months.length)));
	return { n, d, parts: { extra: larger(ZERO, subtract(inWindow, d)) } };
}

function staffing(frame: Frame): Figures {
	const { measure, rows, township, window } = frame;
	const d = township.min_staff === null ? byKind(measure.required ?? 2, township) : exact(township.min_staff);
	const people = rows.staff.filter(
		(row) =>
			row.role === (measure.role ?? 'coordinator') &&
			(row.started_on === null || row.started_on <= window.end) &&
			(row.left_on === null || row.left_on > window.end) &&
			(measure.certified !== true || (row.certified_on !== null && row.certified_on <= window.end))
	);
	return { n: compare(count(people), d) < 0 ? count(people) : d, d };
}

/** Coefficient × rows; a year's is the sum of its quarters, each with its own cut-off. */
function workload(frame: Frame): Fraction {
	if (/^\d{4}$/.test(frame.period)) return sum(frame.quarters().map(workload));
	const { rows, window, scheme } = frame;
	const coefficient = (name: string) => exact(scheme.workload?.[name] ?? 0);
	const activities = rows.activities.filter((row) => within(row.held_on, window));
	const patrols = rows.patrols.filter((row) => within(row.patrolled_on, window));
	const handedIn = rows.clues.filter((row) => within(row.found_on, window) && reported(frame, row));
	return sum([
		multiply(coefficient('patrol'), count(patrols)),
		multiply(coefficient('clue'), count(handedIn)),
		...activities.map((row) => coefficient(row.type))
	]);
}
