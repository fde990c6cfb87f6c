/** Whether a scheme of the home asks for a second person: what was marked on paper waits for one as what is typed does. */
import { parsePeriod } from '../../basis/period.ts';
import { enterablesOf } from '../../scoring/enterable.ts';
import { inForce } from '../../scoring/family.ts';
import { readScheme } from '../../scoring/read-scheme.ts';
import { ownNames } from '../schemes/library.ts';
import { defaultSchemeOf, vocabularyOf } from '../schemes/load.ts';
import { versionsOf } from '../schemes/versions.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { requireUnchanged } from './published-schemes.ts';

/** By kind of fact, indicator or figure, and the id of a period. */
export type AsksSecond = (kind: string, key: string, period: string) => Promise<boolean>;

/**
 * By the schemes that the bureau has in its home, each in the version in force, and where it has none, by the one that
 * is used unless another is named. A scheme with errors is asked too: it will be mended, and its marks count then.
 * @throws Problem, once it is asked, of a scheme of the home that cannot be read: `yaml_invalid`, `version_twice`,
 * `version_changed`, `version_unrecorded`. What it asks for is not known then, and marks must not come in past it.
 */
export function asksSecond(house: Pick<Warehouse, 'engine' | 'home'>): AsksSecond {
	const { home } = house;
	const asked = new Map<string, Promise<ReadonlySet<string>>>();
	const inPeriod = async (id: string): Promise<ReadonlySet<string>> => {
		const period = parsePeriod(id);
		const items = new Set<string>();
		if (!period) return items;
		const own = ownNames('schemes', home);
		for (const name of own.length > 0 ? own : [defaultSchemeOf(home)]) {
			await requireUnchanged(house, name);
			const versions = versionsOf(name, home).map(({ tree }) => readScheme(tree, vocabularyOf(home)).scheme);
			const scheme = inForce(versions, period);
			if (scheme?.secondPerson) for (const { kind, key } of enterablesOf(scheme)) items.add(`${kind} ${key}`);
		}
		return items;
	};
	return async (kind, key, period) => {
		const items = asked.get(period) ?? inPeriod(period);
		asked.set(period, items);
		return (await items).has(`${kind} ${key}`);
	};
}
