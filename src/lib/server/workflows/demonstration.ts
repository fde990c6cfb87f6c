/** 演示: a home that shows the invented county says so on every page, until the bureau starts with its own data. */
import { join } from 'node:path';
import type { Actor, Locale } from '../../basis/codes.ts';
import { countOf, type Engine, textOrNull } from '../warehouse/engine.ts';
import type { House } from '../warehouse/house.ts';
import { recordAct } from './audit.ts';
import { importFiles, type ImportOptions, type ImportReport } from './import-files.ts';
import type { Clock } from './office.ts';
import { recogniseFiles } from './recognise-files.ts';
import { writeDemo } from './write-demo.ts';

/** What a home is: `shown` has the invented county in it; `over` was emptied to hold a bureau's own data. */
type State = 'never' | 'shown' | 'over';

async function stateOf(engine: Engine): Promise<State> {
	const [row] = await engine.rows(`SELECT max(value) AS value FROM setting WHERE name = 'demonstration'`);
	const value = textOrNull(row?.['value']);
	return value === 'shown' || value === 'over' ? value : 'never';
}

async function setState(engine: Engine, state: State): Promise<void> {
	await engine.transaction(async () => {
		await engine.run(`DELETE FROM setting WHERE name = 'demonstration'`);
		await engine.run(`INSERT INTO setting VALUES ('demonstration', $state)`, { state });
	});
}

async function batches(engine: Engine): Promise<number> {
	const [row] = await engine.rows('SELECT count(*) AS n FROM batch');
	return countOf(row?.['n']);
}

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
		if ((await batches(engine)) > 0 || (await stateOf(engine)) === 'over') return null;
		begins?.();
		// Said before the rows are there: a home that was killed in between says it of nothing, never of too little.
		await setState(engine, 'shown');
		const today = clock.today();
		const { files, folder } = writeDemo({ folder: join(home, 'demo'), seed: 1, size: 'county', today });
		const recognised = recogniseFiles(
			files.map(({ file }) => join(folder, file)),
			{},
			home
		);
		const options = { today, now: clock.now(), locale, ...(progress ? { progress } : {}) };
		return importFiles(warehouse, recognised, options, actor);
	});
}

/**
 * Empties a home of the demonstration, to start with a bureau's own data. Where more was imported than the
 * demonstration, the old warehouse stays in the home under another name.
 * @returns that name; null where nothing but the demonstration was there
 */
export async function startWithOwnData(house: House, clock: Clock, actor: Actor): Promise<string | null> {
	const own = await house.act(({ engine }) => batches(engine));
	const keepAs = own > 1 ? `kaoji-${clock.now().replace(/\D/g, '').slice(0, 14)}.duckdb` : null;
	await house.empty(keepAs);
	await house.act(async ({ engine }) => {
		await setState(engine, 'over');
		await recordAct(engine, actor, clock.now(), 'start_with_own_data', { keepAs });
	});
	return keepAs;
}
