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
		]
	])('finds %s with its line', (_, [from, to], expected) => {
		expect(sound).toContain(from as string);
		expect(said(lint(sound.replace(from as string, to as string)))).toContain(expected);
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
  - { key: a, share: 0.4, weight: [population], keep: { fail: 0.5 }, withheld_to: b }
  - { key: b, share: 0.6, weight: [equal], bounds: { floor: 10, cap: 20 } }
`;
	it.each([
		['nothing in a sound plan', ['unit: 100', 'unit: 100'], []],
		['shares that do not sum to 1', ['0.6', '0.5'], ['error 3 shares_not_one']],
		['an unknown factor', ['[equal]', '[luck]'], ['error 3 factor_unknown']],
		['money withheld to an earlier tranche', ['withheld_to: b', 'withheld_to: a'], ['error 3 withheld_to_not_later']],
		['bounds that are no multiples of the unit', ['floor: 10', 'floor: 10.5'], ['error 3 bounds_not_in_units']],
		['a floor above its cap', ['cap: 20', 'cap: 5'], ['error 3 bounds_crossed']]
	])('finds %s', (_, [from, to], expected) => {
		expect(said(lintPlan(plan.replace(from as string, to as string)))).toEqual(expected);
	});
});

describe('what Kaoji ships', () => {
	it.each(shelfNames('schemes', null))('the scheme %s has no error', (name) => {
		expect(lintDocument(name, null).findings.filter(({ level }) => level === 'error')).toEqual([]);
		expect(loadScheme(name, null, 'zh').id).toBe(name);
	});
	it.each(shelfNames('plans', null))('the plan %s has no finding', (name) => {
		expect(lintDocument(name, null).findings).toEqual([]);
		expect(loadPlan(name, null, 'zh').id).toBe(name);
	});
	it('finds nothing at all in the default scheme', () => {
		expect(lintDocument('xinbei-2025', null).findings).toEqual([]);
	});
});
