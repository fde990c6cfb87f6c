/** Measures that ask for a number of things done: 工作开展次数, 巡查户次, 线索数, 人员配备, 工作量. */
import { forKind } from '../../basis/by-kind.ts';
import {
	decimal,
	floor,
	type Fraction,
	fraction,
	larger,
	multiply,
	one,
	smaller,
	subtract,
	sum,
	whole,
	zero
} from '../../basis/fraction.ts';
import {
	type BaseName,
	type Expression,
	type Figure,
	type Measure,
	type MeasuredUnit,
	ratioTally
} from '../declare.ts';
import { monthsAsked, monthsOfWindow, type TallyRequest } from '../request.ts';

/** The types of activity (rules.md, 2). */
const activityTypes = ['training', 'publicity', 'supervision', 'water_test'] as const;

const requiredParameter = {
	required: { type: 'count_by_kind', required: true, label: { zh: '应开展次数', en: 'required' } },
	per: { type: { choices: ['year'] }, required: false, label: { zh: '按年', en: 'per' } }
} as const;

/** The number asked for: of the window, or its part of a year's as of a subject's own visits (rules.md, 3). */
function askedOf({ parameters, quarters }: TallyRequest, { kind }: MeasuredUnit): Fraction {
	const required = parameters.required ? forKind(parameters.required, kind) : 0;
	if (!parameters.perYear) return whole(required);
	const dueBy = (quarter: number): Fraction => whole(floor(fraction(BigInt(required * quarter), 4n)));
	return subtract(dueBy(quarters.through), dueBy(quarters.before));
}

/** The most months that a window has: a direct year's. */
const mostMonths = 13;

interface CountOptions {
	readonly name: string;
	readonly label: Measure['label'];
	readonly base: BaseName;
	readonly day: string;
	readonly rows: Expression;
	readonly byDomain?: boolean;
	readonly parameters?: Measure['parameters'];
	readonly traceColumns: readonly string[];
}

/** Rows in the window against a number asked for; with `each_month` no month counts more than its own number. */
function countMeasure({
	name,
	label,
	base,
	day,
	rows,
	byDomain = false,
	parameters = {},
	traceColumns
}: CountOptions): Measure {
	const monthly = Object.fromEntries(
		Array.from({ length: mostMonths }, (_, i): [string, Figure] => [
			`month_${i}`,
			{
				count: (request) => {
					const month = monthsOfWindow(request)[i];
					return request.parameters.window === 'each_month' && month
						? `${day} BETWEEN :month_start_${i} AND :month_end_${i}`
						: 'false';
				}
			}
		])
	);
	return {
		name,
		label,
		base,
		byDomain,
		parameters: { ...parameters, ...requiredParameter },
		rows,
		figures: { all: { count: 'true' }, ...monthly },
		parts: ['extra'],
		canBe: { empty: false, missing: false },
		monthly: false,
		prospect: 'required',
		windows: ['period', 'year_to_date', 'each_month'],
		counted: 'true',
		traceColumns,
		finish: (figures, unit, request) => {
			const asked = askedOf(request, unit);
			const all = figures('all');
			if (request.parameters.window !== 'each_month')
				return ratioTally(all, asked, { extra: larger(zero, subtract(all, asked)) }, false);
			const months = monthsOfWindow(request).map((_, i) => smaller(figures(`month_${i}`), asked));
			const d = multiply(asked, whole(monthsAsked(request)));
			return ratioTally(sum(months), d, { extra: larger(zero, subtract(all, d)) }, false);
		}
	};
}

export const activityCount = countMeasure({
	name: 'activity_count',
	label: { zh: '工作开展次数', en: 'Activities held' },
	base: 'activities',
	day: 'held_on',
	rows: 'type = :type',
	parameters: {
		type: {
			type: { choices: activityTypes },
			required: true,
			label: { zh: '工作类别', en: 'type' }
		}
	},
	traceColumns: ['type', 'held_on', 'quantity']
});

export const patrolCount = countMeasure({
	name: 'patrol_count',
	label: { zh: '巡查户次', en: 'Patrols made' },
	base: 'patrols',
	day: 'patrolled_on',
	rows: 'true',
	byDomain: true,
	traceColumns: ['subject_name', 'domain', 'patrolled_on']
});

export const clueCount = countMeasure({
	name: 'clue_count',
	label: { zh: '线索数', en: 'Clues reported' },
	base: 'clues',
	day: 'found_on',
	rows: 'reported_on <= :cutoff',
	traceColumns: ['content', 'found_on', 'reported_on']
});

/** Coordinators asked for where neither the register nor the scheme says (rules.md, 3). */
const coordinatorsByDefault = 2;

export const staffing: Measure = {
	name: 'staffing',
	label: { zh: '人员配备', en: 'Staffing' },
	base: 'staff',
	byDomain: false,
	parameters: {
		role: { type: { choices: ['coordinator', 'informant'] }, required: false, label: { zh: '岗位', en: 'role' } },
		certified: { type: 'boolean', required: false, label: { zh: '须持证', en: 'certified' } },
		required: { type: 'count_by_kind', required: false, label: { zh: '应配人数', en: 'required' } }
	},
	rows: 'role = :role',
	figures: { people: { count: ({ parameters }) => (parameters.certified ? 'certified_on <= :end' : 'true') } },
	parts: [],
	canBe: { empty: false, missing: false },
	monthly: false,
	prospect: 'all',
	windows: ['period'],
	counted: ({ parameters }) => (parameters.certified ? 'certified_on <= :end' : 'true'),
	traceColumns: ['fact_key', 'role', 'started_on', 'certified_on'],
	finish: (figures, unit, { parameters }) => {
		const asked = parameters.required ? forKind(parameters.required, unit.kind) : coordinatorsByDefault;
		const d: Fraction = whole(unit.minStaff ?? asked);
		return ratioTally(smaller(figures('people'), d), d, {}, false);
	}
};

/** 工作量: Σ coefficient × rows over patrols, reported clues and activities. */
export const workload: Measure = {
	name: 'workload',
	label: { zh: '工作量', en: 'Workload' },
	base: 'patrols',
	byDomain: false,
	parameters: {},
	rows: 'true',
	figures: { patrol: { count: 'true' } },
	otherBases: [
		{ base: 'clues', figures: { clue: { count: 'reported_on <= :cutoff' } } },
		{
			base: 'activities',
			figures: Object.fromEntries(activityTypes.map((type) => [type, { count: `type = '${type}'` }]))
		}
	],
	parts: [],
	canBe: { empty: false, missing: false },
	monthly: false,
	prospect: 'as_is',
	windows: ['period', 'year_to_date'],
	counted: 'true',
	traceColumns: ['subject_name', 'patrolled_on'],
	finish: (figures, _, { settings }) => {
		const n = sum(
			Object.entries(settings.workload).map(([key, coefficient]) => multiply(decimal(coefficient), figures(key)))
		);
		return ratioTally(n, one, {}, false);
	}
};
