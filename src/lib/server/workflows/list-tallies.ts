/** The tallies that a scheme asks for in a period, by unit and measure. */
import type { Actor } from '../../basis/codes.ts';
import { endOf, type Period, periodId } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import { measureNamed, measures } from '../../measures/catalogue/index.ts';
import type { Tally } from '../../measures/declare.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import { requireCovered } from '../schemes/load.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { requestsOf } from './score-period.ts';
import { identify, takeTallies } from './tally-periods.ts';
import { unitsOn, visibleTo } from './units.ts';

export interface ListedTally {
	readonly code: string;
	readonly measure: string;
	/** Canonical JSON. */
	readonly parameters: string;
	readonly tally: Tally;
}

/**
 * Takes and lists tallies, each identity once.
 * @throws Problem `measure_unknown`, `measure_not_in_scheme`, `period_not_covered`, `no_townships`
 */
export async function listTallies(
	{ engine }: Pick<Warehouse, 'engine'>,
	scheme: Scheme,
	period: Period,
	only: string | null,
	actor: Actor
): Promise<ListedTally[]> {
	requireCovered(scheme, period);
	const requests = requestsOf(scheme, period);
	if (only !== null && !measureNamed(only))
		throw new Problem('measure_unknown', { measure: only, known: measures.map(({ name }) => name).join(', ') });
	const wanted = requests.filter(({ measure }) => only === null || measure === only);
	if (wanted.length === 0)
		throw new Problem('measure_not_in_scheme', {
			scheme: scheme.id,
			measure: only ?? '',
			known: [...new Set(requests.map(({ measure }) => measure))].join(', ')
		});
	const units = await unitsOn(engine, scheme, endOf(period), periodId(period));
	const tallies = await takeTallies(engine, wanted, units);
	const visible = visibleTo(units, actor);
	const listed = new Map<string, ListedTally>();
	for (const [index, request] of wanted.entries()) {
		const { measure, parameters } = identify(request);
		for (const { code } of visible) {
			const tally = tallies[index]?.get(code);
			if (tally)
				listed.set(`${code} ${measure.name} ${parameters}`, { code, measure: measure.name, parameters, tally });
		}
	}
	return [...listed.values()].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
}
