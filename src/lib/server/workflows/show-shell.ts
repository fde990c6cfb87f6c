/** What stands around every page: whether the data are invented, how far they reach, and how much of them there is. */
import { isoDay } from '../../basis/day.ts';
import { countOf } from '../warehouse/engine.ts';
import type { Look } from '../warehouse/house.ts';
import { showsDemonstration } from './demonstration.ts';
import { reachOf } from './see-periods.ts';

export interface Shell {
	readonly demonstration: boolean;
	/** The last day of which there is a fact; null where there is none. */
	readonly reachesTo: string | null;
	readonly batches: number;
	readonly patrols: number;
}

/** The figures are counted once while the facts are the same. */
export async function showShell(look: Look): Promise<Shell> {
	const counted = await look.recall('shell', async () => {
		const reach = await reachOf(look.engine);
		const [row] = await look.engine.rows(
			`SELECT (SELECT count(*) FROM batch) AS batches, (SELECT count(*) FROM fact_patrol WHERE batch_to IS NULL) AS patrols`
		);
		return {
			reachesTo: reach ? isoDay(reach.last) : null,
			batches: countOf(row?.['batches']),
			patrols: countOf(row?.['patrols'])
		};
	});
	return { ...counted, demonstration: await showsDemonstration(look.engine) };
}
