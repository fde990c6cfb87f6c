/** A page that counts while an import commits: what it keeps must not pass for the count after the import. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/basis/codes.ts';
import { parseIsoDay, type Day } from '#lib/basis/day.ts';
import { parsePeriod, type Period } from '#lib/basis/period.ts';
import { type House, openHouse } from '#lib/server/warehouse/house.ts';
import { csvText } from '#lib/server/workbooks/write-csv.ts';
import { importPaths } from '#lib/server/workflows/import-paths.ts';
import { scorePeriod } from '#lib/server/workflows/score-period.ts';
import { loadScheme } from '#lib/server/schemes/load.ts';
import { ownFolder } from '../support/kaoji.ts';
import { manyPlaces, writePlaces } from '../support/places.ts';

const actor: Actor = { name: 'test', role: 'administrator', townships: 'all' };
const period = parsePeriod('2025Q4') as Period;
const scheme = loadScheme('xinbei-2025', null, 'zh');

describe('a page that looks while an import commits', () => {
	const { path, remove } = ownFolder();
	let house: House;

	const take = (files: readonly string[]): Promise<unknown> =>
		house.act((warehouse) =>
			importPaths(
				warehouse,
				files,
				{},
				{ today: parseIsoDay('2026-04-30') as Day, now: '2026-04-30T08:00:00.000Z', locale: 'zh' },
				actor
			)
		);

	beforeAll(async () => {
		house = await openHouse(join(path, 'home'));
		await take(writePlaces(join(path, 'files'), manyPlaces(1)));
	});
	afterAll(async () => {
		await house.close();
		remove();
	});

	/** Premises of the one township that were visited, as the scheme's coverage counts them. */
	const visited = async (engine: Parameters<typeof scorePeriod>[0]['engine']): Promise<bigint | undefined> => {
		const { scores } = await scorePeriod({ engine }, scheme, period, actor);
		const [score] = scores;
		return score && 'indicators' in score
			? score.indicators.find(({ key }) => key === 'coverage')?.tally.n.n
			: undefined;
	};

	it('sees the state before, and the next page sees the state after', async () => {
		// The township visits two of its three premises; the correction brings the visit to the third.
		const late = join(path, 'late.csv');
		writeFileSync(
			late,
			csvText([
				['流水号', '单位编号', '所属乡镇', '专业类别', '巡查日期', '问题数'],
				['late-1', '320100001-3', '320100001', '食品安全', '2025-11-20', '0']
			])
		);
		let begun = (): void => undefined;
		const looking = new Promise<void>((resolve) => (begun = resolve));
		let committed = (): void => undefined;
		const imported = new Promise<void>((resolve) => (committed = resolve));
		const before = house.look(async ({ engine }) => {
			begun();
			await imported;
			return visited(engine);
		});
		await looking;
		await take([late]);
		committed();
		expect(await before).toBe(2n);
		// What that page handed over to be kept is kept by now.
		await house.act(() => Promise.resolve());
		expect(await house.look(({ engine }) => visited(engine))).toBe(3n);
		expect(await house.act(({ engine }) => visited(engine))).toBe(3n);
	});
});
