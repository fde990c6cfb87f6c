/** What stands above the figures of a measure, and under the axis of its chart. */
import { parsePeriod } from '../basis/period.ts';
import * as m from '../paraglide/messages.js';
import { periodPart } from './period-name.ts';

type Word = () => string;

const figures: Readonly<Record<string, readonly [Word, Word]>> = {
	problem_rate: [m.trends_n_problem_rate, m.trends_d_problem_rate],
	patrol_coverage: [m.trends_n_patrol_coverage, m.trends_d_patrol_coverage],
	patrol_completion: [m.trends_n_patrol_completion, m.trends_d_patrol_completion],
	filing_rate: [m.trends_n_filing_rate, m.trends_d_filing_rate],
	grading_rate: [m.trends_n_grading_rate, m.trends_d_grading_rate],
	form_timeliness: [m.trends_n_form_timeliness, m.trends_d_form_timeliness],
	record_timeliness: [m.trends_n_record_timeliness, m.trends_d_record_timeliness],
	record_completeness: [m.trends_n_record_completeness, m.trends_d_record_completeness],
	clue_reporting: [m.trends_n_clue_reporting, m.trends_d_clue_reporting],
	rectification: [m.trends_n_rectification, m.trends_d_rectification],
	complaint_closure: [m.trends_n_complaint_closure, m.trends_d_complaint_closure],
	authenticity: [m.trends_n_authenticity, m.trends_d_authenticity],
	staffing: [m.trends_n_staffing, m.trends_d_staffing],
	workload: [m.trends_n_workload, m.trends_d_workload]
};

/** What a measure's numerator and denominator are. */
export function figureNames(measure: string): { n: string; d: string } {
	const [n, d] = figures[measure] ?? [m.trends_column_n, m.trends_column_d];
	return { n: n(), d: d() };
}

/** The label of a period under an axis: a year where it begins, else the quarters or their first months. */
export function axisTick(id: string): { text: string; major: boolean } | null {
	const period = parsePeriod(id);
	if (!period) return null;
	if (period.index === 1) return { text: String(period.year), major: true };
	return period.kind === 'month' && period.index % 3 !== 1 ? null : { text: periodPart(id), major: false };
}
