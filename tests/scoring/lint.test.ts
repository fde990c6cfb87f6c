import { describe, expect, it } from 'vitest';
import type { Finding } from '#lib/basis/tree.ts';
import { readPlan } from '#lib/allocation/read-plan.ts';
import { readScheme } from '#lib/scoring/read-scheme.ts';
import { lintDocument, loadPlan, loadScheme, vocabularyOf } from '#lib/server/schemes/load.ts';
import { shelfNames } from '#lib/server/schemes/library.ts';
import { readYaml } from '#lib/yaml/read-yaml.ts';

const sound = `id: trial
full: 20
grades: [{ key: good, at_least: 10 }, { key: fail, at_least: 0 }]
indicators:
  - key: coverage
    points: 10
    measure: { name: patrol_coverage }
    rule: { kind: proportional, target: 1 }
    empty: excluded
  - key: forms
    points: 10
    measure: { name: form_timeliness }
    rule: { kind: deduct, minus: { late: 0.5, missing: 1 } }
    empty: excluded
`;

const lint = (text: string): readonly Finding[] =>
	readScheme(readYaml(text, 'trial.yaml'), vocabularyOf(null)).findings;
const lintPlan = (text: string): readonly Finding[] => readPlan(readYaml(text, 'plan.yaml')).findings;
const said = (findings: readonly Finding[]): string[] =>
	findings.map(({ level, line, code }) => `${level} ${line} ${code}`);

describe('the linter of schemes', () => {
	it('finds nothing in a sound scheme', () => {
		expect(said(lint(sound))).toEqual([]);
	});

	it.each([
		[
			'an unknown key',
			['points: 10\n    measure: { name: form', 'weigth: 3\n    points: 10\n    measure: { name: form'],
			'error 11 key_unknown'
		],
		['an unknown measure', ['patrol_coverage', 'patrol_covering'], 'error 7 measure_unknown'],
		['an unknown part', ['late: 0.5', 'lateness: 0.5'], 'error 10 part_unknown'],
		[
			'an unknown domain',
			['{ name: patrol_coverage }', '{ name: patrol_coverage, domains: [astrology] }'],
			'error 7 domain_unknown'
		],
		['a grade gap', ['at_least: 0', 'at_least: 5'], 'error 3 grade_gap'],
		['grades out of order', ['at_least: 10', 'at_least: 0'], 'error 3 grades_unordered'],
		['a target above 1', ['target: 1 }', 'target: 1.2 }'], 'error 5 target_outside'],
		['an unstated empty', ['    empty: excluded\n  - key: forms', '  - key: forms'], 'error 5 empty_unstated'],
		['points that do not sum', ['full: 20', 'full: 25'], 'warning 4 points_not_full'],
		[
			'a parameter that does not fit',
			['{ name: patrol_coverage }', '{ name: patrol_coverage, role: coordinator }'],
			'error 7 parameter_unfit'
		],
		[
			'text for a number',
			['points: 10\n    measure: { name: patrol', 'points: ten\n    measure: { name: patrol'],
			'error 6 number_expected'
		],
		[
			'overlapping bands',
			[
				'{ kind: proportional, target: 1 }',
				'{ kind: banded, bands: [{ at_least: 0.9, points: 1 }, { at_least: 0.9, points: 2 }] }'
			],
			'error 5 bands_overlap'
		],
		[
			'a cliff',
			['{ kind: proportional, target: 1 }', '{ kind: banded, bands: [{ at_least: 0.9, points: 10 }] }'],
			'warning 5 cliff'
		],
		['a cap that never bites', ['missing: 1 } }', 'missing: 1 }, cap: 12 }'], 'warning 10 cap_never_bites'],
		[
			'a cut-off shorter than the days allowed',
			[
				'full: 20',
				'full: 20\ncutoff_days: 2\nforms: { quarterly: false }\nbonuses: [{ key: x, points: 1, measure: { name: record_timeliness }, rule: { kind: bonus, part: n, each: 1 } }]'
			],
			'error 5 cutoff_too_short'
		],
		[
			'quarterly forms without a cut-off',
			['full: 20', 'full: 20\ncutoff_days: 0'],
			'warning 3 quarterly_form_without_cutoff'
		],
		[
			'activities without a number',
			['{ name: patrol_coverage }', '{ name: activity_count, type: training }'],
			'error 7 parameter_missing'
		],
		[
			'a part for credit that the measure lacks',
			['target: 1 }', 'target: 1, credit: { late: 0.5 } }'],
			'error 5 part_unknown'
		],
		[
			'a heading that claims another sum than its items',
			['full: 20', 'full: 20\nheadings: [{ group: 巡查, points: 12 }]'],
			'warning 3 heading_without_items'
		],
		[
			'one figure that is judged by two sets of bands',
			[
				'{ kind: proportional, target: 1 }\n    empty: excluded',
				'{ kind: banded, bands: [{ at_least: 0.5, points: 1 }] }\n    empty: excluded\n  - key: again\n    points: 10\n    measure: { name: patrol_coverage }\n    rule: { kind: banded, bands: [{ at_least: 0.6, points: 1 }] }\n    empty: excluded'
			],
			'warning 10 bands_conflict'
		],
		[
			'a measure whose rows carry no clinic',
			['full: 20', 'full: 20\nunit: clinic'],
			'error 11 measure_not_for_clinics'
		],
		[
			'a number per year that is asked of each month',
			[
				'{ name: patrol_coverage }',
				'{ name: activity_count, type: training, required: 2, per: year, window: each_month }'
			],
			'error 7 parameter_unfit'
		],
		[
			'a number per anything but a year',
			['{ name: patrol_coverage }', '{ name: activity_count, type: training, required: 2, per: month }'],
			'error 7 value_unknown'
		],
		[
			'a work item with the key of an indicator',
			[
				'full: 20',
				'full: 20\nwork_items: [{ key: forms, points: 1, measure: { name: clue_count, required: 1 }, rule: { kind: count, each: 1 } }]'
			],
			'error 3 key_twice'
		],
		[
			'a work item of a part that its measure lacks',
			[
				'full: 20',
				'full: 20\nwork_items: [{ key: x, points: 1, measure: { name: clue_count, required: 1 }, rule: { kind: bonus, part: late, each: 1 } }]'
			],
			'error 3 part_unknown'
		],
		[
			'a rule of a work item that divides by nothing',
			[
				'full: 20',
				'full: 20\nwork_items: [{ key: w, points: 5, measure: { name: patrol_count, required: 40 }, rule: { kind: proportional, target: 0 } }]'
			],
			'error 3 target_outside'
		],
		[
			'a weight of no period',
			['full: 20', 'full: 20\nannual: { weights: { Q1: 0.5, q2: 0.5 } }'],
			'error 3 value_unknown'
		],
		[
			'periods that end before they begin',
			['full: 20', 'full: 20\nperiods: { from: 2026Q1, to: 2025Q4 }'],
			'error 3 periods_crossed'
		],
		['townships ranked within a township', ['full: 20', 'full: 20\nrank_within: township'], 'error 3 only_for_clinics']
	])('finds %s with its line', (_, [from, to], expected) => {
		expect(sound).toContain(from as string);
		expect(said(lint(sound.replace(from as string, to as string)))).toContain(expected);
	});

	it('finds that the items of a heading do not sum to what it claims (R1)', () => {
		const claimed = (points: number): string =>
			sound
				.replace('full: 20', `full: 20\nheadings: [{ group: 巡查, points: ${points} }]`)
				.replaceAll('    points: 10\n', '    points: 10\n    group: { zh: 巡查 }\n');
		expect(said(lint(claimed(20)))).toEqual([]);
		expect(lint(claimed(25))).toMatchObject([
			{ level: 'warning', line: 3, code: 'heading_sum', facts: { claimed: '25', sum: '20' } }
		]);
	});

	it('keeps the very digits of numbers, which a parser of floats would lose', () => {
		const scheme = readScheme(
			readYaml(sound.replace('late: 0.5', 'late: 0.1000000000000000055'), 'x'),
			vocabularyOf(null)
		).scheme;
		const rule = scheme.indicators[1]?.rule;
		expect(rule?.kind === 'deduct' && rule.minus['late']).toEqual({ n: 200000000000000011n, d: 2000000000000000000n });
	});

	it('takes yes, no, on and off for plain words, as YAML 1.2 does', () => {
		const withWords = sound.replace('key: coverage', 'key: on');
		expect(said(lint(withWords))).toEqual([]);
	});
});

describe('the linter of plans', () => {
	const plan = `id: trial
unit: 100
tranches:
  - { key: a, share: 0.4, weight: [population], keep: { fail: 0.8 }, withheld_to: b }
  - { key: b, share: 0.6, weight: [equal], bounds: { floor: 10, cap: 20 } }
`;
	it.each([
		['nothing in a sound plan', ['unit: 100', 'unit: 100'], []],
		['shares that do not sum to 1', ['0.6', '0.5'], ['error 3 shares_not_one']],
		['an unknown factor', ['[equal]', '[luck]'], ['error 3 factor_unknown']],
		['money withheld to an earlier tranche', ['withheld_to: b', 'withheld_to: a'], ['error 3 withheld_to_not_later']],
		['bounds that are no multiples of the unit', ['floor: 10', 'floor: 10.5'], ['error 3 bounds_not_in_units']],
		['a floor above its cap', ['cap: 20', 'cap: 5'], ['error 3 bounds_crossed']],
		['a grade that costs over a tenth of the money', ['fail: 0.8', 'fail: 0.7'], ['warning 3 cliff_keep']],
		['a threshold that costs over a tenth of the money', ['[equal]', '[points]'], [], 'points: { threshold: 0.85 }'],
		[
			'a lower threshold, of more money',
			['[equal]', '[points]'],
			['warning 6 cliff_threshold'],
			'points: { threshold: 0.8 }'
		],
		[
			'fixed amounts beside shares',
			['share: 0.4', 'amount: 400'],
			['error 3 amounts_and_shares', 'error 3 shares_not_one']
		],
		[
			'what only plans of clinics can say',
			['unit: 100', 'unit: 100\nof: { plan: xinbei, scheme: xinbei-2025 }'],
			['error 3 only_for_clinics']
		]
	])('finds %s', (_, [from, to], expected, more = '') => {
		expect(said(lintPlan(plan.replace(from as string, to as string) + more))).toEqual(expected);
	});
});

/**
 * What each shipped document deserves to be told, by id: nothing, but for two that say what their source says.
 * - quality-sheet-2013 (R1): the sheet's heading claims 10 bonus points, and its two items sum to 2 + 5 = 7.
 * - work-points-cliff (R5): at 0.85 a township's work points stop being multiplied, a step of 15 % of the money.
 */
const deserved: Readonly<Record<'schemes' | 'plans', Readonly<Record<string, readonly string[]>>>> = {
	schemes: {
		'detroit-2018': [],
		'district-quarterly': [],
		'dongkou-halfyear': [],
		'enforcement-audit': [],
		'nanmou-2012': [],
		'quality-sheet-2013': ['warning 45 heading_sum'],
		quantified: [],
		'team-halfyear': [],
		'three-rates': [],
		'work-points': [],
		'xiangxiang-clinics': [],
		'xiangxiang-quarterly': [],
		'xinbei-2025': [],
		'xinbei-clinics-2025': [],
		'xuancheng-2013': [],
		'yingjiang-quarterly': []
	},
	plans: {
		'double-link': [],
		dongkou: [],
		team: [],
		'work-points-cliff': ['warning 9 cliff_threshold'],
		'work-points-smooth': [],
		xiangxiang: [],
		'xiangxiang-within': [],
		xinbei: [],
		yingjiang: [],
		'yuhua-2020': []
	}
};

describe('what Kaoji ships', () => {
	it('is told what it deserves, one by one', () => {
		for (const shelf of ['schemes', 'plans'] as const)
			expect(
				Object.fromEntries(shelfNames(shelf, null).map((name) => [name, said(lintDocument(name, null).findings)]))
			).toEqual(deserved[shelf]);
	});
	it.each(shelfNames('schemes', null))('the scheme %s is named after its file and can be used', (name) => {
		expect(loadScheme(name, null, 'zh').id).toBe(name);
	});
	it.each(shelfNames('plans', null))('the plan %s is named after its file and can be used', (name) => {
		expect(loadPlan(name, null, 'zh').id).toBe(name);
	});
	it('gives no plan the name of a scheme, by which the linter would find the scheme', () => {
		expect(shelfNames('plans', null).filter((name) => shelfNames('schemes', null).includes(name))).toEqual([]);
	});
	it('names everything in both languages', () => {
		for (const name of shelfNames('schemes', null)) {
			const { indicators, bonuses, workItems, grades, ...scheme } = loadScheme(name, null, 'zh');
			const named = [scheme, ...indicators, ...bonuses, ...workItems, ...grades];
			expect(named.filter((one) => one.name.en === undefined).map((one) => one.name.zh)).toEqual([]);
		}
		for (const name of shelfNames('plans', null)) {
			const { tranches, ...plan } = loadPlan(name, null, 'zh');
			expect([plan, ...tranches].filter((one) => one.name.en === undefined).map((one) => one.name.zh)).toEqual([]);
		}
	});
	it('says of the bonus items of the sheet of 2013 what they sum to, and what their heading claims (R1)', () => {
		expect(lintDocument('quality-sheet-2013', null).findings).toMatchObject([
			{ code: 'heading_sum', facts: { group: '加分', claimed: '10', sum: '7' } }
		]);
	});
});
