import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasShared, shared } from '../support/kaoji.ts';
import { measures } from '#lib/measures/catalogue/index.ts';
import { checkSeed } from './check-random.ts';
import { checkApportionment, checkExample } from './check-vectors.ts';
import { randomCounty, randomPlan, randomScheme } from './random.ts';

describe('the simple reference, by which the product is judged', () => {
	it.skipIf(!hasShared('vectors')).each(['county', 'edge'])(
		'agrees with the worked example %s in every figure',
		(example) => {
			const { compared, differences } = checkExample(join(shared, 'vectors', example));
			expect(differences).toEqual([]);
			expect(compared).toBeGreaterThan(1_000);
		}
	);

	it.skipIf(!hasShared('vectors/apportion.json'))('agrees with the known answers of apportioning', () => {
		expect(checkApportionment(join(shared, 'vectors/apportion.json')).differences).toEqual([]);
	});

	it('is asked about every measure, rule, window, policy, veto, bonus and bound in the 500 counties of the comparison', () => {
		const seen = new Set<string>();
		for (let seed = 0; seed < 500; seed++) {
			const county = randomCounty(seed);
			const scheme = randomScheme(seed, county);
			for (const { measure, rule, ...rest } of scheme.indicators) {
				seen
					.add(measure.name)
					.add(`rule ${rule.kind}`)
					.add(`window ${measure.window ?? 'period'}`);
				for (const key of ['empty', 'missing', 'applies_to'] as const) if (rest[key] !== undefined) seen.add(key);
				if (typeof rest.points === 'object') seen.add('points by kind');
			}
			for (const { effect } of scheme.vetoes ?? []) seen.add(`veto ${Object.keys(effect).join()}`);
			if ((scheme.bonuses ?? []).length > 0) seen.add('bonus');
			for (const { bounds, keep, only, withheld_to } of randomPlan(seed, county, scheme).tranches) {
				if (bounds) seen.add(bounds.cap == null ? 'floor' : 'cap');
				if (keep) seen.add('keep');
				if (only) seen.add('only');
				if (withheld_to) seen.add('withheld');
			}
		}
		const rules = ['proportional', 'inverse', 'banded', 'deduct', 'shortfall', 'count', 'mark'].map(
			(kind) => `rule ${kind}`
		);
		const windows = ['period', 'year_to_date', 'each_month'].map((window) => `window ${window}`);
		const rest = [
			'empty',
			'missing',
			'applies_to',
			'points by kind',
			'veto score',
			'veto grade',
			'bonus',
			'floor',
			'cap',
			'keep',
			'only',
			'withheld'
		];
		expect(
			[...measures.map(({ name }) => name), ...rules, ...windows, ...rest].filter((one) => !seen.has(one))
		).toEqual([]);
	});

	it('is given counties, schemes and plans that are sound', () => {
		for (let seed = 0; seed < 40; seed++) expect(() => checkSeed(seed)).not.toThrow();
	});
});
