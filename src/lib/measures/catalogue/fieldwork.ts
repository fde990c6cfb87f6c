/** Measures over patrols and what came of them, forms, clues and complaints. */
import { type Measure, ratio } from '../declare.ts';

const days = { type: 'days', required: false } as const;
const withinDays = { within_days: { ...days, label: { zh: '时限（天）', en: 'within days' } } };

const inTime = 'reported_on <= patrolled_on + :within_days AND reported_on <= :cutoff';

export const recordTimeliness = ratio({
	name: 'record_timeliness',
	label: { zh: '巡查填报及时率', en: 'Record timeliness' },
	base: 'patrols',
	byDomain: true,
	parameters: withinDays,
	rows: 'true',
	d: { count: 'true' },
	n: { count: inTime },
	parts: {
		late: { count: 'reported_on <= :cutoff AND reported_on > patrolled_on + :within_days' },
		unreported: { count: 'reported_on IS NULL OR reported_on > :cutoff' }
	},
	prospect: {
		lost: '(reported_on <= :cutoff AND reported_on > patrolled_on + :within_days) OR ((reported_on IS NULL OR reported_on > :cutoff) AND patrolled_on + :within_days < :as_of)'
	},
	monthly: true,
	traceColumns: ['subject_name', 'domain', 'patrolled_on', 'reported_on']
});

export const problemRate = ratio({
	name: 'problem_rate',
	label: { zh: '问题检出率', en: 'Problem rate' },
	base: 'patrols',
	byDomain: true,
	rows: 'true',
	d: { count: 'true' },
	n: { count: 'problems > 0' },
	parts: { problems: { sum: 'problems' }, serious: { sum: 'serious' } },
	prospect: 'as_is',
	monthly: true,
	traceColumns: ['subject_name', 'domain', 'patrolled_on', 'problems']
});

export const recordCompleteness = ratio({
	name: 'record_completeness',
	label: { zh: '记录完整率', en: 'Record completeness' },
	base: 'patrols',
	byDomain: true,
	rows: 'true',
	d: { count: 'true' },
	n: {
		count:
			'inspector IS NOT NULL AND reported_on <= :cutoff AND (problems = 0 OR (disposal IS NOT NULL AND rectify_by IS NOT NULL))'
	},
	prospect: 'all',
	monthly: true,
	traceColumns: ['subject_name', 'patrolled_on', 'inspector', 'reported_on', 'problems', 'disposal', 'rectify_by']
});

/** Work that has a deadline and is done on a day: rectifications and complaints. */
const byDeadline = (
	done: string,
	due: string
): Pick<Parameters<typeof ratio>[0], 'd' | 'n' | 'parts' | 'prospect'> => ({
	d: { count: 'true' },
	n: { count: `${done} <= ${due} AND ${done} <= :cutoff` },
	parts: {
		late: { count: `${done} > ${due} AND ${done} <= :cutoff` },
		open: { count: `${done} IS NULL OR ${done} > :cutoff` }
	},
	prospect: {
		lost: `(${done} > ${due} AND ${done} <= :cutoff) OR ((${done} IS NULL OR ${done} > :cutoff) AND ${due} < :as_of)`
	}
});

export const rectification = ratio({
	name: 'rectification',
	label: { zh: '整改率', en: 'Rectification rate' },
	base: 'rectifications',
	byDomain: true,
	// What is dated after the cut-off has not happened, its deadline with it.
	rows: 'patrolled_on <= :cutoff',
	...byDeadline('rectified_on', 'rectify_by'),
	monthly: true,
	traceColumns: ['subject_name', 'domain', 'rectify_by', 'rectified_on']
});

export const complaintClosure = ratio({
	name: 'complaint_closure',
	label: { zh: '投诉按期办结率', en: 'Complaints closed in time' },
	base: 'complaints',
	rows: 'received_on <= :cutoff',
	...byDeadline('closed_on', 'due_on'),
	monthly: true,
	traceColumns: ['fact_key', 'received_on', 'due_on', 'closed_on']
});

export const formTimeliness: Measure = ratio({
	name: 'form_timeliness',
	label: { zh: '报表及时率', en: 'Form timeliness' },
	base: 'forms',
	rows: 'true',
	d: { count: 'true' },
	n: { count: 'submitted_on <= due_on AND submitted_on <= :cutoff' },
	parts: {
		late: { count: 'submitted_on > due_on AND submitted_on <= :cutoff' },
		missing: { count: 'submitted_on IS NULL OR submitted_on > :cutoff' }
	},
	prospect: {
		lost: '(submitted_on > due_on AND submitted_on <= :cutoff) OR ((submitted_on IS NULL OR submitted_on > :cutoff) AND due_on < :as_of)'
	},
	monthly: true,
	traceColumns: ['form', 'covers', 'due_on', 'submitted_on']
});

const late = '(reported_on <= :cutoff AND reported_on > found_on + CASE WHEN urgent THEN 0 ELSE :within_days END)';

export const clueReporting = ratio({
	name: 'clue_reporting',
	label: { zh: '信息报告率', en: 'Clue reporting' },
	base: 'clues',
	parameters: withinDays,
	rows: 'true',
	d: { count: 'true' },
	n: { count: 'reported_on <= :cutoff' },
	parts: {
		unreported: { count: 'reported_on IS NULL OR reported_on > :cutoff' },
		late: { count: late },
		urgent_late: { count: `${late} AND urgent` },
		valuable: { count: 'valuable' },
		concealed: { count: 'concealed' }
	},
	prospect: 'all',
	monthly: true,
	traceColumns: ['content', 'found_on', 'reported_on', 'urgent']
});
