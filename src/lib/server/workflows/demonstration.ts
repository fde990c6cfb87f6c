/** 演示: a home that shows the invented county says so on every page, until the bureau starts with its own data. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor, Locale } from '../../basis/codes.ts';
import { countOf, type Engine, textOrNull } from '../warehouse/engine.ts';
import type { House } from '../warehouse/house.ts';
import { recordAct } from './audit.ts';
import { type ImportOptions, type ImportReport } from './import-files.ts';
import { importPaths } from './import-paths.ts';
import type { Clock } from './office.ts';
import { writeDemo } from './write-demo.ts';

/** What a home is: `shown` has the invented county in it; `over` was emptied to hold a bureau's own data. */
type State = 'never' | 'shown' | 'over';

async function stateOf(engine: Engine): Promise<State> {
	const [row] = await engine.rows(`SELECT max(value) AS value FROM setting WHERE name = 'demonstration'`);
	const value = textOrNull(row?.['value']);
	return value === 'shown' || value === 'over' ? value : 'never';
}

async function set(engine: Engine, name: 'demonstration' | 'demonstration_batch', value: string): Promise<void> {
	await engine.transaction(async () => {
		await engine.run('DELETE FROM setting WHERE name = $name', { name });
		await engine.run('INSERT INTO setting VALUES ($name, $value)', { name, value });
	});
}

/** All batches of a home, and those that are not the demonstration's own import. */
async function batches(engine: Engine): Promise<{ all: number; own: number }> {
	const [row] = await engine.rows(
		`SELECT count(*) AS n, count(*) FILTER (CAST(batch AS VARCHAR) NOT IN
			(SELECT value FROM setting WHERE name = 'demonstration_batch')) AS own FROM batch`
	);
	return { all: countOf(row?.['n']), own: countOf(row?.['own']) };
}

/** Warehouses that were put aside when a home was emptied. */
const putAside = /^kaoji-\d{14}(-\d+)?\.duckdb$/;

/** Whether a home shows the invented county. */
export const showsDemonstration = async (engine: Engine): Promise<boolean> => (await stateOf(engine)) === 'shown';

interface FillOptions extends Pick<ImportOptions, 'progress'> {
	readonly clock: Clock;
	readonly locale: Locale;
	/** Told before the files are written. */
	readonly begins?: () => void;
}

/**
 * Fills an empty home with the demonstration county through the ordinary import. A home that has data, or was emptied
 * to hold a bureau's own, is left as it is.
 * @returns the report of the import; null where nothing was done
 */
export async function fillWithDemonstration(
	house: House,
	{ clock, locale, begins, progress }: FillOptions,
	actor: Actor
): Promise<ImportReport | null> {
	return house.act(async (warehouse) => {
		const { engine, home } = warehouse;
		// A home that was being emptied when it was killed has the old warehouse aside: it is a bureau's own too.
		const emptied = (await stateOf(engine)) === 'over' || readdirSync(home).some((name) => putAside.test(name));
		if (emptied || (await batches(engine)).all > 0) return null;
		begins?.();
		// Said before the rows are there: a home that was killed in between says it of nothing, never of too little.
		await set(engine, 'demonstration', 'shown');
		const today = clock.today();
		const { files, folder } = writeDemo({ folder: join(home, 'demo'), seed: 1, size: 'county', today });
		const paths = files.map(({ file }) => join(folder, file));
		const options = { today, now: clock.now(), locale, ...(progress ? { progress } : {}) };
		const report = await importPaths(warehouse, paths, {}, options, actor);
		await set(engine, 'demonstration_batch', String(report.batch));
		return report;
	});
}

/**
 * Empties a home of the demonstration, to start with a bureau's own data. Where more was imported than the
 * demonstration, the old warehouse stays in the home under another name. A home that does not show it stays as it is.
 * @returns that name; null where nothing but the demonstration was there
 */
export const startWithOwnData = (house: House, clock: Clock, actor: Actor): Promise<string | null> =>
	house.empty({
		decide: async ({ engine }) => {
			if (!(await showsDemonstration(engine))) return 'stay';
			return (await batches(engine)).own > 0 ? 'keep' : 'delete';
		},
		name: `kaoji-${clock.now().replace(/\D/g, '').slice(0, 14)}`,
		begin: async ({ engine }, keptAs) => {
			await set(engine, 'demonstration', 'over');
			await recordAct(engine, actor, clock.now(), 'start_with_own_data', { keptAs });
		}
	});
