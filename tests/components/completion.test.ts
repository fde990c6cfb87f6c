import { describe, expect, it } from 'vitest';
import { fitting } from '#lib/components/schemes/editor/completion.ts';
import { vocabularyOf } from '#lib/server/schemes/load.ts';

const vocabulary = vocabularyOf(null);
const labels = (before: string): string[] => fitting(before, vocabulary).map(({ label }) => label);

describe('the completion of a scheme', () => {
	it.each([
		['freq', 'frequency'],
		['    measure: { name: patrol', 'patrol_coverage'],
		['    measure: { name: patrol_coverage, domains: [drinking_water, sch', 'school_health'],
		['      domains: [', 'food_safety'],
		['    rule: { kind: pro', 'proportional'],
		['    rule: { kind: deduct, minus: { la', 'late'],
		['    rule: { kind: deduct, minus: { late: 0.5, mis', 'missing'],
		['    part: ', 'short'],
		['    empty: ', 'excluded'],
		['    missing: ', 'pending'],
		['  - key: a\n    poi'.split('\n')[1] ?? '', 'points'],
		['visits_per_quarter: { drin', 'drinking_water']
	])('offers after “%s” the word %s', (before, word) => {
		expect(labels(before)).toContain(word);
	});

	it('offers nothing where a number is to be written', () => {
		expect(labels('    points: ')).toEqual([]);
	});
});
