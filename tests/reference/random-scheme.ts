/**
 * Random schemes that the linter of section 4 of design/rules.md has no error
 * to report on, for a county of random-county.ts. All numbers are JS numbers
 * of at most 4 decimals, as a YAML file holds them.
 */
import type { Dice } from './dice.ts';
import { diceOf } from './dice.ts';
import { DEDUCTION_KEYS, FIGURE_KEYS, MARK_KEYS } from './random-county.ts';
import type { County } from './rows.ts';
import { DOMAINS } from './rows.ts';
import type { Bonus, ByKind, Grade, Indicator, Measure, MeasureName, Rule, Scheme, Veto } from './scheme.ts';
import { MEASURES, NEVER_EMPTY } from './scheme.ts';

const KINDS = ['街道', '镇'];
const DOMAIN_KEYS = Object.keys(DOMAINS);
const ACTIVITIES = ['training', 'publicity', 'supervision', 'water_test'];

const PARTS: Partial<Record<MeasureName, readonly string[]>> = {
	form_timeliness: ['late', 'missing'],
	record_timeliness: ['late', 'unreported'],
	clue_reporting: ['late', 'urgent_late', 'unreported', 'valuable', 'concealed'],
	problem_rate: ['problems', 'serious'],
	rectification: ['late', 'open'],
	complaint_closure: ['late', 'open'],
	activity_count: ['extra'],
	patrol_count: ['extra'],
	clue_count: ['extra'],
	deductions: ['minus']
};

const BY_DOMAIN: readonly MeasureName[] = [
	'filing_rate',
	'patrol_coverage',
	'patrol_completion',
	'grading_rate',
	'record_timeliness',
	'problem_rate',
	'rectification',
	'record_completeness',
	'patrol_count'
];
const COUNTS: readonly MeasureName[] = ['activity_count', 'patrol_count', 'clue_count'];
/** Measures of a window that can also run from 1 January. */
const BY_WINDOW: readonly MeasureName[] = [
	...COUNTS,
	'patrol_coverage',
	'patrol_completion',
	'form_timeliness',
	'record_timeliness',
	'clue_reporting',
	'problem_rate',
	'rectification',
	'record_completeness',
	'complaint_closure',
	'authenticity'
];

interface Making {
	readonly dice: Dice;
	readonly codes: readonly string[];
	readonly cutoff: number;
}

/** A number, or now and then a table by kind with a default. */
function byKind({ dice }: Making, draw: () => number): ByKind {
	if (!dice.chance(1, 8)) return draw();
	const kinds = dice.some(KINDS, 1, 2).map((kind) => [kind, draw()]);
	return { ...(Object.fromEntries(kinds) as Record<string, number>), default: draw() };
}

function randomMeasure(making: Making, name: MeasureName): Measure {
	const { dice, cutoff } = making;
	const measure: Measure = { name };
	if (BY_DOMAIN.includes(name) && dice.chance(1, 3)) {
		// Of the two domains that are graded at least one, else nothing is ever due.
		const graded = dice.some(['food_safety', 'public_places'], 1, 2);
		measure.domains = name === 'grading_rate' ? graded : dice.some(DOMAIN_KEYS, 1, 5);
	}
	if (BY_WINDOW.includes(name)) {
		if (dice.chance(1, 4)) measure.window = 'year_to_date';
		else if (COUNTS.includes(name) && dice.chance(1, 2)) measure.window = 'each_month';
		else if (dice.chance(1, 6)) measure.window = 'period';
	}
	if (COUNTS.includes(name)) {
		measure.required = byKind(making, () => dice.between(1, name === 'patrol_count' ? 15 : 4));
	}
	// The cut-off must not be shorter than the days allowed, given or by default.
	const usual = name === 'record_timeliness' ? 5 : name === 'clue_reporting' ? 1 : null;
	if (usual !== null && (cutoff < usual || dice.chance(1, 2))) {
		measure.within_days = dice.between(0, cutoff);
	}
	if (name === 'activity_count') measure.type = dice.pick(ACTIVITIES);
	if (name === 'figure') measure.key = dice.pick(FIGURE_KEYS);
	if (name === 'mark' && dice.chance(1, 2)) measure.indicator = dice.pick(MARK_KEYS);
	if (name === 'staffing') {
		if (dice.chance(1, 2)) measure.certified = dice.chance(2, 3);
		if (dice.chance(1, 2)) measure.role = dice.pick(['coordinator', 'informant']);
		if (dice.chance(1, 2)) measure.required = byKind(making, () => dice.between(1, 5));
	}
	return measure;
}

const partsOf = (name: MeasureName): string[] => ['short', ...(PARTS[name] ?? [])];

/** A share of 1 with up to 4 decimals, above 0. */
const share = (dice: Dice): number =>
	dice.chance(1, 3) ? 1 : dice.chance(1, 2) ? dice.decimal(50, 100, 100) : dice.decimal(1, 10_000, 10_000);

function randomRule(making: Making, name: MeasureName, most: number): Rule {
	const { dice } = making;
	const kinds: Rule['kind'][] = ['proportional', 'inverse', 'banded', 'deduct', 'shortfall', 'count'];
	if (name === 'mark' || name === 'deductions') kinds.push('mark', 'mark', 'mark', 'mark');
	const kind = dice.pick(kinds);
	const each = () => dice.decimal(1, 300, dice.pick([10, 100, 100, 1000]));
	const cap = dice.chance(1, 3) ? { cap: dice.decimal(1, most * 10, 10) } : {};
	switch (kind) {
		case 'proportional':
			return {
				kind,
				target: byKind(making, () => share(dice)),
				...(dice.chance(1, 4)
					? { credit: Object.fromEntries(dice.some(partsOf(name), 1, 2).map((part) => [part, share(dice)])) }
					: {})
			};
		case 'inverse': {
			const best = dice.between(0, 900);
			const [low, high] = [best, dice.between(best + 1, 1000)];
			return { kind, best: dice.decimal(low, low, 1000), worst: dice.decimal(high, high, 1000) };
		}
		case 'banded': {
			const steps = dice.some([100, 95, 90, 85, 80, 70, 60, 50, 33, 25, 0], 1, 4);
			const bands = steps.map((step, index) => ({
				at_least: dice.decimal(step, step, 100),
				points: dice.decimal((most * 10) >> index, (most * 10) >> index, 10)
			}));
			return { kind, bands: dice.chance(1, 4) ? bands.reverse() : bands };
		}
		case 'deduct': {
			const parts = dice.some(partsOf(name), 1, 3);
			return { kind, minus: Object.fromEntries(parts.map((part) => [part, each()])), ...cap };
		}
		case 'shortfall': {
			const steps = dice.pick(['exact', 'up', 'down'] as const);
			const target = byKind(making, () => share(dice));
			return { kind, target, per: dice.decimal(1, 200, 1000), minus: each(), steps, ...cap };
		}
		case 'count':
			return { kind, each: each() };
		case 'mark':
			return { kind };
	}
}

function randomIndicator(making: Making, name: MeasureName, key: string): Indicator {
	const { dice, codes } = making;
	const measure = randomMeasure(making, name);
	const most = dice.between(2, 30);
	const points = byKind(making, () => (dice.chance(1, 4) ? dice.decimal(most * 100, most * 100 + 75, 100) : most));
	const indicator: Indicator = {
		key,
		name: { zh: key, en: key },
		points,
		measure,
		rule: randomRule(making, name, most)
	};
	if (dice.chance(1, 3)) indicator.group = { zh: '巡查', en: 'Patrols' };
	if (!NEVER_EMPTY.includes(name)) indicator.empty = dice.pick(['full', 'zero', 'excluded']);
	if (['mark', 'figure', 'authenticity'].includes(name) && dice.chance(2, 3)) {
		indicator.missing = dice.pick(['full', 'zero', 'excluded', 'pending']);
	}
	if (dice.chance(1, 6)) {
		indicator.applies_to = dice.chance(1, 2)
			? { kind: dice.some(KINDS, 1, 1) }
			: { codes: dice.some(codes, 1, codes.length) };
	}
	return indicator;
}

/** An indicator's key: the rows of marks and deductions name theirs. */
function keyOf({ dice }: Making, name: MeasureName, taken: Set<string>): string {
	const named = name === 'mark' ? MARK_KEYS : name === 'deductions' ? DEDUCTION_KEYS : [];
	const free = named.filter((key) => !taken.has(key));
	const key = free.length > 0 && dice.chance(5, 6) ? dice.pick(free) : `${name}_${String(taken.size)}`;
	taken.add(key);
	return key;
}

function randomBonus(making: Making, index: number): Bonus {
	const { dice } = making;
	const name = dice.pick([
		'clue_reporting',
		'activity_count',
		'patrol_count',
		'clue_count',
		'problem_rate',
		'workload',
		'mark',
		'figure',
		'authenticity',
		'staffing'
	] as const);
	const part = dice.pick(['n', ...(PARTS[name] ?? ['n'])]);
	const measure = randomMeasure(making, name);
	if (name === 'mark') measure.indicator = dice.pick(MARK_KEYS);
	return {
		key: `bonus_${String(index)}`,
		points: byKind(making, () => dice.decimal(5, 80, 10)),
		measure,
		rule: {
			kind: 'bonus',
			part,
			above: dice.pick([0, 0, 1, 2, 2.5, 10]),
			each: dice.decimal(1, 150, dice.pick([100, 1000]))
		}
	};
}

function randomVeto(making: Making, index: number, full: number, grades: readonly Grade[]): Veto {
	const { dice } = making;
	const name = dice.pick([
		'authenticity',
		'form_timeliness',
		'clue_reporting',
		'rectification',
		'complaint_closure',
		'problem_rate',
		'patrol_coverage',
		'staffing',
		'record_timeliness'
	] as const);
	const lower = grades.slice(1).map(({ key }) => key);
	return {
		key: `veto_${String(index)}`,
		measure: randomMeasure(making, name),
		part: dice.pick(partsOf(name)),
		at_least: dice.pick([1, 3, 6, 10, 15, 25]),
		effect:
			lower.length > 0 && dice.chance(1, 2)
				? { grade: dice.pick(lower) }
				: { score: dice.decimal(full * 40, full * 95, 100) }
	};
}

/** Two to five grades from the best down to 0. */
function randomGrades(dice: Dice, full: number): Grade[] {
	const steps = dice.some([95, 90, 80, 75, 65, 60, 50.5, 40, 30, 20], 1, 4);
	const names = ['excellent', 'qualified', 'basic', 'poor'];
	const upper = steps.map((step, index) => ({
		key: names[index] ?? `grade_${String(index)}`,
		name: { zh: `第${String(index + 1)}等` },
		at_least: (step * full) / 100
	}));
	return [...upper, { key: 'fail', name: { zh: '不合格' }, at_least: 0 }];
}

/** The scheme of a seed for a county (it names some of the county's codes). */
export function randomScheme(seed: number, county: County): Scheme {
	const dice = diceOf(seed, 'scheme');
	const codes = [...new Set(county.townships.map(({ code }) => code))];
	const cutoff = dice.chance(1, 3) ? dice.pick([0, 5]) : dice.between(0, 10);
	const making: Making = { dice, codes, cutoff };
	const full = dice.pick([100, 100, 100, 100, 120, 1000]);
	const grades = randomGrades(dice, full);

	const taken = new Set<string>();
	const names = dice.some(MEASURES, 3, 12);
	if (dice.chance(1, 3)) names.push(dice.pick(names));
	const indicators = names.map((name) => randomIndicator(making, name, keyOf(making, name, taken)));

	const scheme: Scheme = {
		id: `random-${String(seed)}`,
		version: 1,
		name: { zh: '随机细则', en: 'Random scheme' },
		source: 'invented for the differential test',
		periods: { from: dice.pick(['2024Q3', '2024Q3', '2024Q3', '2025Q1', '2025Q2']) },
		full,
		indicators,
		grades,
		workload: { patrol: 1, clue: 2, training: 5, publicity: 3, supervision: 4, water_test: dice.pick([2, 0.5, 1.25]) }
	};
	if (scheme.periods && dice.chance(1, 12)) scheme.periods.to = '2025Q3';
	if (dice.chance(1, 2)) scheme.unit = 'township';
	if (dice.chance(1, 2)) scheme.frequency = 'quarter';
	// Unless given the cut-off is 5 days.
	if (cutoff !== 5 || dice.chance(1, 2)) scheme.cutoff_days = cutoff;
	if (dice.chance(1, 2)) scheme.grace_days = dice.pick([0, 1, 10, 30]);
	if (dice.chance(2, 3)) {
		scheme.forms = {
			monthly_day: dice.pick([1, 5, 19, 25, 28]),
			monthly: dice.chance(5, 6),
			quarterly: dice.chance(2, 3)
		};
	}
	if (dice.chance(1, 2)) {
		const domains = dice.some(DOMAIN_KEYS, 1, 5);
		scheme.visits_per_quarter = Object.fromEntries(domains.map((domain) => [domain, dice.between(1, 4)]));
	}
	if (dice.chance(1, 3)) scheme.max = full + dice.pick([0, 3, 5, 10, 20]);
	if (dice.chance(1, 2)) scheme.rank_within = dice.pick(['all', 'kind']);
	if (dice.chance(1, 2)) scheme.rollup = dice.pick(['pooled', 'mean']);
	const bonuses = dice.pick([0, 0, 1, 2]);
	if (bonuses > 0) {
		scheme.bonuses = Array.from({ length: bonuses }, (_, index) => randomBonus(making, index));
	}
	const vetoes = dice.pick([0, 1, 1, 2, 3]);
	if (vetoes > 0) {
		scheme.vetoes = Array.from({ length: vetoes }, (_, index) => randomVeto(making, index, full, grades));
	}
	const method = dice.pick(['mean', 'mean', 'mean', 'weights', 'direct'] as const);
	if (method === 'weights') {
		const weights = dice.pick([
			{ Q1: 0.2, Q2: 0.2, Q3: 0.3, Q4: 0.3 },
			{ Q1: 0.1, Q2: 0.2, Q3: 0.25, Q4: 0.45 }
		]);
		scheme.annual = { method, weights };
	} else if (method === 'direct' || dice.chance(2, 3)) scheme.annual = { method };
	return scheme;
}

/** Measures whose rows carry a clinic. */
const OF_CLINICS: readonly MeasureName[] = [
	'filing_rate',
	'patrol_coverage',
	'patrol_completion',
	'grading_rate',
	'record_timeliness',
	'problem_rate',
	'rectification',
	'record_completeness',
	'patrol_count',
	'clue_reporting',
	'clue_count',
	'staffing',
	'mark',
	'deductions',
	'workload'
];

/** The scheme of a seed for the clinics of a county: what a random scheme asks of them, and more where that is little. */
export function randomClinicScheme(seed: number, county: County): Scheme {
	const scheme = randomScheme(seed, county);
	const dice = diceOf(seed, 'clinic scheme');
	const cutoff = Number(scheme.cutoff_days ?? 5);
	const making: Making = { dice, codes: ['320411100-V1'], cutoff };
	const taken = new Set(scheme.indicators.map(({ key }) => key));
	const names = dice.some(OF_CLINICS, 2, 6);
	const ofClinics = <T extends { measure: Measure }>(items: readonly T[] | undefined): T[] =>
		(items ?? []).filter(({ measure }) => OF_CLINICS.includes(measure.name));
	return {
		...scheme,
		id: `clinics-${String(seed)}`,
		unit: 'clinic',
		indicators: [
			...ofClinics(scheme.indicators),
			...names.map((name) => randomIndicator(making, name, keyOf(making, name, taken)))
		],
		bonuses: ofClinics(scheme.bonuses),
		vetoes: ofClinics(scheme.vetoes),
		rank_within: dice.pick(['township', 'township', 'all', 'kind'])
	};
}
