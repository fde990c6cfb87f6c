import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Actor } from '#lib/basis/codes.ts';
import { type Day, parseIsoDay } from '#lib/basis/day.ts';
import { type House, openHouse } from '#lib/server/warehouse/house.ts';
import { fillWithDemonstration, showsDemonstration, startWithOwnData } from '#lib/server/workflows/demonstration.ts';
import { importPaths } from '#lib/server/workflows/import-paths.ts';
import type { Clock } from '#lib/server/workflows/office.ts';
import { ownFolder } from '../support/kaoji.ts';
import { manyPlaces, writePlaces } from '../support/places.ts';

const actor: Actor = { name: 'test', role: 'administrator', townships: 'all' };
const today = parseIsoDay('2023-06-30') as Day;
const clock: Clock = { now: () => '2026-04-30T08:00:00.000Z', today: () => today };

describe('starting with one’s own data', () => {
	const { path, remove } = ownFolder();
	let house: House;
	afterEach(async () => {
		await house.close();
		remove();
	});
	const aside = (): string[] => readdirSync(house.home).filter((name) => /^kaoji-\d+.*\.duckdb$/.test(name));
	const shown = (): Promise<boolean> => house.look(({ engine }) => showsDemonstration(engine));

	it('empties the demonstration, keeps what else was imported, and does nothing a second time', async () => {
		house = await openHouse(join(path, 'home'));
		const fill = (): Promise<unknown> => fillWithDemonstration(house, { clock, locale: 'zh' }, actor);
		await fill();
		expect(await shown()).toBe(true);
		const files = writePlaces(join(path, 'files'), manyPlaces(1));
		const day = parseIsoDay('2026-04-30') as Day;
		await house.act((warehouse) =>
			importPaths(warehouse, files, {}, { today: day, now: clock.now(), locale: 'zh' }, actor)
		);
		// Two clicks: the first puts the old warehouse aside, the second finds nothing to do.
		const answers = await Promise.all([startWithOwnData(house, clock, actor), startWithOwnData(house, clock, actor)]);
		expect(answers).toEqual(['kaoji-20260430080000.duckdb', null]);
		expect(aside()).toEqual(['kaoji-20260430080000.duckdb']);
		expect(await shown()).toBe(false);
		expect(await fill()).toBeNull();
	});
});
