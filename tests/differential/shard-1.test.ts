import { describe, expect, it } from 'vitest';
import { full } from '../support/kaoji.ts';
import { compareSeed } from './compare.ts';

/** Half of the counties (24, in full 2,000); the other half runs beside it on the second core. */
const seeds = Array.from({ length: full ? 1_000 : 12 }, (_, i) => i * 2 + 1);

describe('the product and the simple reference agree to the last digit', () => {
	it.each(seeds)('on random county, scheme and plan %i', async (seed) => {
		await expect(compareSeed(seed)).resolves.toBeUndefined();
	});
});
