/** Once before all browser tests: the pages are built, the browser is unpacked, a demonstration is made to be copied. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type Day, parseIsoDay } from '#lib/basis/day.ts';
import { openHouse } from '#lib/server/warehouse/house.ts';
import { fillWithDemonstration } from '#lib/server/workflows/demonstration.ts';
import { buildPages } from '../../scripts/build-pages.ts';
import { unpackBrowser } from '../../scripts/browser.ts';

declare module 'vitest' {
	interface ProvidedContext {
		/** The folder of a home that shows the demonstration, as of the day of these tests. */
		demonstration: string;
	}
}

/** A home as `serve --demo` fills it. */
async function makeDemonstration(home: string): Promise<void> {
	const house = await openHouse(home);
	try {
		const clock = { now: () => '2026-04-30T08:00:00.000Z', today: () => parseIsoDay('2026-04-30') as Day };
		const actor = { name: 'test', role: 'administrator', townships: 'all' } as const;
		await fillWithDemonstration(house, { clock, locale: 'zh' }, actor);
	} finally {
		await house.close();
	}
}

export default async function setup(project: TestProject): Promise<() => void> {
	const folder = mkdtempSync(join(tmpdir(), 'kaoji-demonstration-'));
	const home = join(folder, 'home');
	await Promise.all([buildPages(() => undefined), unpackBrowser(), makeDemonstration(home)]);
	project.provide('demonstration', home);
	return () => rmSync(folder, { recursive: true, force: true });
}
