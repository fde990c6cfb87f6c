import { describe, expect, it } from 'vitest';
import { compareSeed } from './compare.ts';

/** Half of the 500 counties; the other half runs beside it on the second core. */
const seeds = Array.from({ length: 250 }, (_, i) => i * 2 + 1);

describe('the product and the simple reference agree to the last digit', () => {
	it.each(seeds)('on random county, scheme and plan %i', async (seed) => {
		await expect(compareSeed(seed)).resolves.toBeUndefined();
	});
});
