/** Imports files that wait, or tries it and keeps nothing. */
import type { Actor, Locale } from '../../basis/codes.ts';
import { Problem } from '../../basis/problem.ts';
import type { House } from '../warehouse/house.ts';
import { importFiles, type ImportReport } from './import-files.ts';
import type { Clock } from './office.ts';
import { withReadingFolder } from './recognise-files.ts';
import { discardWaiting, findWaiting } from './waiting-files.ts';
import { recogniseWaiting } from './waiting-sheets.ts';

/** The import is done already: files that cannot be removed now are when they have waited too long. */
function letGo(home: string, id: string, actor: Actor): void {
	try {
		discardWaiting(home, id, actor);
	} catch {
		return;
	}
}

/**
 * Imports files that wait, in one batch, after all acts that asked before: all of them, or nothing. Once they are in,
 * they wait no more.
 * @throws Problem `waiting_unknown`; of {@link recogniseWaiting} and {@link importFiles}; home and files are then as they were
 */
export const importWaiting = (
	house: House,
	id: string,
	options: {
		readonly confirmRevisions: boolean;
		readonly snapshot?: boolean;
		readonly dryRun: boolean;
		readonly clock: Clock;
		readonly locale: Locale;
	},
	actor: Actor
): Promise<ImportReport> =>
	withReadingFolder(house.home, async (folder) => {
		const waiting = findWaiting(house.home, id, actor);
		const recognised = await recogniseWaiting(house.home, waiting, folder);
		return house.act(async (warehouse) => {
			const { clock, ...how } = options;
			// Asked for again within the turn: who presses twice imports once, and what was taken out or given up meanwhile
			// is not imported.
			if (JSON.stringify(findWaiting(warehouse.home, id, actor)) !== JSON.stringify(waiting))
				throw new Problem('waiting_changed');
			const when = { today: clock.today(), now: clock.now() };
			const report = await importFiles(warehouse, recognised, { ...how, ...when }, actor);
			if (!options.dryRun) letGo(warehouse.home, id, actor);
			return report;
		});
	});
