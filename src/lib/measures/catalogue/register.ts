/** Measures over the register of subjects: 建档率, 巡查覆盖率, 巡查频次完成率, 量化分级管理率. */
import type { TallyRequest } from '../request.ts';
import { type Expression, type Measure, ratio } from '../declare.ts';

export const filingRate = ratio({
	name: 'filing_rate',
	label: { zh: '建档率', en: 'Filing rate' },
	base: 'subjects',
	byDomain: true,
	rows: 'true',
	d: { count: 'true' },
	n: { count: 'filed_on <= :end' },
	prospect: 'all',
	traceColumns: ['name', 'domain', 'filed_on']
});

/** Opened long enough before the end of the window to be asked for. */
const settled = '(opened_on IS NULL OR opened_on + :grace_days <= :end)';

export const patrolCoverage = ratio({
	name: 'patrol_coverage',
	label: { zh: '巡查覆盖率', en: 'Patrol coverage' },
	base: 'subjects',
	byDomain: true,
	rows: settled,
	d: { count: 'true' },
	n: { count: 'visits >= 1' },
	prospect: 'all',
	monthly: true,
	traceColumns: ['name', 'domain', 'visits']
});

/**
 * Required visits: the subject's own number a year, spread so that one falls due in the fourth quarter and two in the
 * second and fourth; otherwise the domain's visits a quarter times the quarters of the window (rules.md, 3).
 */
const required = ({ settings, quarters }: TallyRequest): string => {
	const perQuarter = Object.keys(settings.visitsPerQuarter).map(
		(domain) => `WHEN '${domain.replaceAll("'", "''")}' THEN :visits_${domain}`
	);
	const byDomain = perQuarter.length === 0 ? '1' : `CASE domain ${perQuarter.join(' ')} ELSE 1 END`;
	return `CASE WHEN visits_per_year IS NOT NULL THEN visits_per_year * ${quarters.through} // 4 - visits_per_year * ${quarters.before} // 4
		ELSE ${byDomain} * ${quarters.through - quarters.before} END`;
};
const done: Expression = (request) => `least(visits, ${required(request)})`;

/** The most visits that the distribution tells apart: 12 stands for 12 and more. */
export const mostVisits = 12;

export const patrolCompletion: Measure = {
	...ratio({
		name: 'patrol_completion',
		label: { zh: '巡查频次完成率', en: 'Patrol completion' },
		base: 'subjects',
		byDomain: true,
		rows: settled,
		d: { sum: required },
		n: { sum: done },
		prospect: 'all',
		counted: (request) => `visits >= ${required(request)}`,
		traceColumns: ['name', 'domain', 'visits', 'visits_per_year']
	}),
	// A subject with a number of its own is not moved by a what-if on the domain's number, so it is not in a class.
	classes: {
		where: 'visits_per_year IS NULL',
		conditions: Array.from({ length: mostVisits + 1 }, (_, visits) =>
			visits === mostVisits ? `visits >= ${visits}` : `visits = ${visits}`
		)
	}
};

export const gradingRate = ratio({
	name: 'grading_rate',
	label: { zh: '量化分级管理率', en: 'Grading rate' },
	base: 'subjects',
	byDomain: true,
	rows: `domain IN ('food_safety', 'public_places')`,
	d: { count: 'true' },
	// One that is graded again has its earlier grade in the periods before.
	n: { count: 'grade IS NOT NULL AND (graded_on IS NULL OR graded_on <= :end OR graded_before <= :end)' },
	prospect: 'all',
	traceColumns: ['name', 'domain', 'grade', 'graded_on']
});
