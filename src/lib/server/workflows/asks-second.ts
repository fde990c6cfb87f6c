/** Whether a scheme of the home asks for a second person: what was marked on paper waits for one as what is typed does. */
import { parsePeriod } from '../../basis/period.ts';
import { enterablesOf } from '../../scoring/enterable.ts';
import { inForce } from '../../scoring/family.ts';
import { readScheme } from '../../scoring/read-scheme.ts';
import { ownNames } from '../schemes/library.ts';
import { defaultSchemeOf, vocabularyOf } from '../schemes/load.ts';
import { versionsOf } from '../schemes/versions.ts';

/** By kind of fact, indicator or figure, and the id of a period. */
export type AsksSecond = (kind: string, key: string, period: string) => boolean;

/**
 * By the schemes that the bureau has in its home, each in the version in force, and where it has none, by the one that
 * is used unless another is named. A scheme with errors is asked too: it will be mended, and its marks count then.
 * @throws Problem `yaml_invalid`, `version_twice` of a scheme of the home, once it is asked
 */
export function asksSecond(home: string): AsksSecond {
	const asked = new Map<string, ReadonlySet<string>>();
	const inPeriod = (id: string): ReadonlySet<string> => {
		const period = parsePeriod(id);
		if (!period) return new Set();
		const own = ownNames('schemes', home);
		const schemes = (own.length > 0 ? own : [defaultSchemeOf(home)]).map((name) =>
			inForce(
				versionsOf(name, home).map(({ tree }) => readScheme(tree, vocabularyOf(home)).scheme),
				period
			)
		);
		return new Set(
			schemes
				.filter((scheme) => scheme?.secondPerson === true)
				.flatMap((scheme) => (scheme ? enterablesOf(scheme) : []).map(({ kind, key }) => `${kind} ${key}`))
		);
	};
	return (kind, key, period) => {
		const items = asked.get(period) ?? inPeriod(period);
		asked.set(period, items);
		return items.has(`${kind} ${key}`);
	};
}
