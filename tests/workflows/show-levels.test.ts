/** 逐级汇总 as a page shows it, over two townships that score apart. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, townshipCode } from '#lib/basis/codes.ts';
import { parsePeriod, type Period } from '#lib/basis/period.ts';
import type { Level } from '#lib/scoring/levels.ts';
import { type House, openHouse } from '#lib/server/warehouse/house.ts';
import type { ScoreReport } from '#lib/server/workflows/report-scores.ts';
import { rulesFor } from '#lib/server/workflows/see-periods.ts';
import { showLevels } from '#lib/server/workflows/show-levels.ts';
import { kaoji, ownFolder } from '../support/kaoji.ts';
import { manyPlaces, writePlaces } from '../support/places.ts';

const scheme = (rollup: string): string => `id: county
version: 1
rollup: ${rollup}
indicators:
  - key: coverage
    points: 100
    measure: { name: patrol_coverage }
    rule: { kind: proportional, target: 1 }
    empty: excluded
grades:
  - { key: good, at_least: 90 }
  - { key: fail, at_least: 0 }
annual: { method: mean }
`;

describe('the page of the levels above', () => {
	const { path, remove } = ownFolder();
	const home = join(path, 'home');
	let house: House;
	const all: Actor = { name: 'test', role: 'leader', townships: 'all' };
	const shown = (level: Level, actor = all): ReturnType<typeof showLevels> =>
		house.look((look) =>
			showLevels(look, rulesFor(home, 'county', 'zh'), parsePeriod('2025Q4') as Period, level, actor)
		);

	beforeAll(async () => {
		const { code, stderr } = await kaoji(home, 'import', ...writePlaces(join(path, 'files'), manyPlaces(2)));
		if (code !== 0) throw new Error(stderr);
		mkdirSync(join(home, 'schemes'), { recursive: true });
		writeFileSync(join(home, 'schemes', 'county.yaml'), scheme('pooled'));
		house = await openHouse(home);
	});
	afterAll(async () => {
		await house.close();
		remove();
	});

	it('adds up what the townships did, and says of how many a district is made', async () => {
		// The first visited two of its three premises, the second all three: five of six.
		expect(await shown('district')).toEqual({
			rollup: 'pooled',
			indicators: [{ key: 'coverage', name: { zh: 'coverage', en: 'coverage' }, points: '100' }],
			rows: [
				{
					code: '320100',
					units: 2,
					rank: 1,
					score: '83.3333',
					grade: 'fail',
					provisional: false,
					awarded: ['83.3333']
				}
			]
		});
		expect((await shown('province')).rows.map(({ code }) => code)).toEqual(['32']);
	});

	it('gives what the command gives', async () => {
		const ran = await kaoji(home, 'score', '--period', '2025Q4', '--scheme', 'county', '--level', 'city', '--json');
		const { rows } = await shown('city');
		expect((ran.json() as ScoreReport).townships.map(({ code, score, rank }) => [code, score, rank])).toEqual(
			rows.map(({ code, score, rank }) => [code, score, rank])
		);
	});

	it('shows nothing to who may not see every township', async () => {
		expect((await shown('district', { ...all, townships: [townshipCode('320100001')] })).rows).toEqual([]);
	});
});
