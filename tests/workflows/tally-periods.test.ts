import { describe, expect, it } from 'vitest';
import { endOf, parsePeriod, type Period } from '#lib/basis/period.ts';
import { requestsOf } from '#lib/server/workflows/score-period.ts';
import { takeTallies } from '#lib/server/workflows/tally-periods.ts';
import { townshipsOn } from '#lib/server/workflows/units.ts';
import { full } from '../support/kaoji.ts';
import { inRandomHome } from '../support/random-home.ts';

describe('tallies that were kept', () => {
	it.each(Array.from({ length: full ? 30 : 1 }, (_, seed) => 100 + seed))(
		'are read back as they were computed, to the last digit, in random county %i',
		async (seed) => {
			await inRandomHome(
				seed,
				(written) => written,
				async ({ warehouse: { engine }, scheme, covers }) => {
					for (const id of ['2024Q4', '2025Q2', '2025'].filter((one) => one === '2025' || covers(one))) {
						const period = parsePeriod(id) as Period;
						const units = await townshipsOn(engine, endOf(period), id);
						const requests = requestsOf(scheme, period);
						const computed = await takeTallies(engine, requests, units);
						expect(await takeTallies(engine, requests, units)).toEqual(computed);
						const rows = await engine.rows('SELECT count(*) AS n FROM tally');
						// Asked for in another order and one by one they are the same, and none is kept twice.
						for (const [i, request] of [...requests.entries()].reverse())
							expect(await takeTallies(engine, [request], units)).toEqual([computed[i]]);
						expect(await engine.rows('SELECT count(*) AS n FROM tally')).toEqual(rows);
					}
				}
			);
		}
	);
});
