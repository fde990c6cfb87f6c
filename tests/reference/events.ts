/**
 * Whether anything happened in a quarter. The annual mean leaves out a quarter
 * in which a whole county has no event: there the office has handed in nothing.
 */
import { monthsOf, windowOf, within } from './calendar.ts';
import type { County } from './rows.ts';

/** Whether the county has an event dated in, or handed in for, the quarter. */
export function hasEvents({ whole, ...own }: County, quarter: string): boolean {
	const county = whole ?? own;
	const window = windowOf(quarter);
	const covered = [quarter, ...monthsOf(quarter)];
	return (
		county.patrols.some((row) => within(row.patrolled_on, window)) ||
		county.clues.some((row) => within(row.found_on, window)) ||
		county.activities.some((row) => within(row.held_on, window)) ||
		county.complaints.some((row) => within(row.due_on, window)) ||
		county.spotChecks.some((row) => within(row.checked_on, window)) ||
		county.submissions.some((row) => covered.includes(row.covers)) ||
		[...county.marks, ...county.figures, ...county.deductions].some((row) => row.period === quarter)
	);
}
