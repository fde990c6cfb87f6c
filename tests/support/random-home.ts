/** Homes of random counties (tests/reference), each with the random scheme of its seed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Day, parseIsoDay } from '#lib/basis/day.ts';
import type { Scheme } from '#lib/scoring/scheme.ts';
import { loadScheme } from '#lib/server/schemes/load.ts';
import { openWarehouse, type Warehouse } from '#lib/server/warehouse/open.ts';
import { importPaths } from '#lib/server/workflows/import-paths.ts';
import { randomCounty, randomScheme } from '../reference/random.ts';
import type { Scheme as WrittenScheme } from '../reference/scheme.ts';
import { exportFiles } from '../reference/write-exports.ts';
import { inFolder } from './kaoji.ts';

export interface RandomHome {
	readonly warehouse: Warehouse;
	readonly scheme: Scheme;
	/** Whether the scheme is in force in a period. */
	readonly covers: (period: string) => boolean;
}

/**
 * Imports the county of a seed and works over its home.
 * @param change what the work asks of the scheme beyond chance
 */
export async function inRandomHome(
	seed: number,
	change: (scheme: WrittenScheme) => WrittenScheme,
	work: (home: RandomHome) => Promise<void>
): Promise<void> {
	const county = randomCounty(seed);
	const written = change(randomScheme(seed, county));
	await inFolder(async (folder) => {
		const files = exportFiles(county).map(({ name, text }) => {
			const path = join(folder, name);
			writeFileSync(path, text);
			return path;
		});
		const schemePath = join(folder, 'scheme.json');
		writeFileSync(schemePath, JSON.stringify(written));
		const warehouse = await openWarehouse(join(folder, 'home'), { create: true, engineName: 'memory' });
		try {
			const { problems } = await importPaths(
				warehouse,
				files,
				{},
				{ today: parseIsoDay('2026-04-30') as Day, now: '2026-04-30T08:00:00.000Z', locale: 'zh' },
				{ name: 'test', role: 'administrator', townships: 'all' }
			);
			if (problems.length > 0) throw new Error(JSON.stringify(problems));
			const { from = '', to = '9' } = written.periods ?? {};
			await work({
				warehouse,
				scheme: loadScheme(schemePath, null, 'zh'),
				covers: (period) => from <= period && period <= to
			});
		} finally {
			await warehouse.engine.close();
		}
	});
}
