/** What cells mean in a home now: its townships in all their versions, its domains. */
import type { Day } from '../../basis/day.ts';
import type { CellContext } from '../../intake/cells.ts';
import { domainResolver } from '../../intake/domains.ts';
import { townshipResolver } from '../../intake/township-names.ts';
import { readDomains } from '../schemes/library.ts';
import { type Engine, textOf, textOrNull } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';

/** The resolver of township names by the register, in all its versions. */
export async function registeredTownships(engine: Engine): Promise<CellContext['township']> {
	const register = await engine.rows(
		'SELECT DISTINCT township, name, institution FROM fact_township WHERE batch_to IS NULL'
	);
	return townshipResolver(
		register.map((row) => ({
			code: textOf(row['township']),
			name: textOf(row['name']),
			institution: textOrNull(row['institution'])
		}))
	);
}

/** The context in which the cells of a sheet are read. */
export async function cellContext(
	{ engine, home }: Pick<Warehouse, 'engine' | 'home'>,
	today: Day,
	dateOrder: CellContext['dateOrder'],
	date1904: boolean
): Promise<CellContext> {
	return {
		today,
		dateOrder,
		date1904,
		township: await registeredTownships(engine),
		domain: domainResolver(readDomains(home))
	};
}
