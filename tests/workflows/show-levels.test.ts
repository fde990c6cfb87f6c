/** 逐级汇总 as a page shows it, over three townships of two districts. */
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

/** Two townships of one district, of which the first left out one of three premises, and one of another. */
const places = [...manyPlaces(2), { code: '320200001', name: '邻县乡', diligent: true }];

describe('the page of the levels above', () => {
	const { path, remove } = ownFolder();
	const home = join(path, 'home');
	let house: House;
	const all: Actor = { name: 'test', role: 'leader', townships: 'all' };
	const shown = (level: Level, actor = all, by = 'county'): ReturnType<typeof showLevels> =>
		house.look((look) => showLevels(look, rulesFor(home, by, 'zh'), parsePeriod('2025Q4') as Period, level, actor));

	beforeAll(async () => {
		const { code, stderr } = await kaoji(home, 'import', ...writePlaces(join(path, 'files'), places));
		if (code !== 0) throw new Error(stderr);
		mkdirSync(join(home, 'schemes'), { recursive: true });
		writeFileSync(join(home, 'schemes', 'county.yaml'), scheme('pooled'));
		writeFileSync(join(home, 'schemes', 'people.yaml'), scheme('mean').replace('id: county', 'id: people'));
		house = await openHouse(home);
	});
	afterAll(async () => {
		await house.close();
		remove();
	});

	it('adds up what the townships did, and says of how many a district is made', async () => {
		const { rows, ...report } = await shown('district');
		expect(report).toEqual({
			rollup: 'pooled',
			indicators: [{ key: 'coverage', name: { zh: 'coverage', en: 'coverage' }, points: '100' }]
		});
		const first = { code: '320200', units: 1, rank: 1, score: '100.0000', grade: 'good', provisional: false };
		// Two of three premises and three of three: five of six.
		const second = { code: '320100', units: 2, rank: 2, score: '83.3333', grade: 'fail', provisional: false };
		expect(rows).toEqual([
			{ ...first, awarded: ['100.0000'], bonuses: null },
			{ ...second, awarded: ['83.3333'], bonuses: null }
		]);
		// Eight of nine.
		expect((await shown('province')).rows).toMatchObject([{ code: '32', units: 3, score: '88.8889' }]);
	});

	it('weighs scores by people where the scheme says so; such a score has no indicators', async () => {
		// (66.6667 × 20,000 + 100 × 20,001) ÷ 40,001 = 83.33376…
		const { rollup, indicators, rows } = await shown('district', all, 'people');
		expect([rollup, indicators]).toEqual(['mean', []]);
		expect(rows).toMatchObject([
			{ code: '320200', score: '100.0000', awarded: [] },
			{ code: '320100', score: '83.3338', awarded: [] }
		]);
	});

	it('gives what the command gives', async () => {
		const ran = await kaoji(home, 'score', '--period', '2025Q4', '--scheme', 'county', '--level', 'city', '--json');
		const { rows } = await shown('city');
		const byCode = (ran.json() as ScoreReport).townships.map(({ code, score, rank }) => [code, score, rank]);
		expect(byCode).toHaveLength(2);
		expect(rows.map(({ code, score, rank }) => [code, score, rank]).sort()).toEqual(byCode);
	});

	it('shows nothing to who may not see every township', async () => {
		expect((await shown('district', { ...all, townships: [townshipCode('320100001')] })).rows).toEqual([]);
	});
});
