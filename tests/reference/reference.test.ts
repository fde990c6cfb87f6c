import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasShared, shared } from '../support/kaoji.ts';
import { checkSeed } from './check-random.ts';
import { checkApportionment, checkExample } from './check-vectors.ts';

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

	it('is given counties, schemes and plans that are sound', () => {
		for (let seed = 0; seed < 40; seed++) expect(() => checkSeed(seed)).not.toThrow();
	});
});
