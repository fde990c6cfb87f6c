/** A township's factors beside the mean of all: what makes its amount larger or smaller than most. */
import { compare, divide, type Fraction, fraction, isZero, multiply, sum, toFixed, whole } from '../basis/fraction.ts';
import { total } from './finance.ts';
import { figure, type ReasonedUnit, type ReasonFacts } from './weighed-pool.ts';

/** A figure of the unit beside the mean of all. */
export interface Beside {
	/** A factor's name, or `per_head`: what is due for each of the people served, in yuan. */
	readonly name: string;
	readonly own: string;
	readonly mean: string;
	/** Own in percent of the mean, one decimal. */
	readonly percent: string;
	/** Below (−1), at (0) or above (1) the mean. */
	readonly side: -1 | 0 | 1;
	/** Whether a weight of the plan names it, so that it moved money by itself. */
	readonly weighs: boolean;
}

/** The unit's score, what the weights name, and its amount a head, each beside the mean of the units that have it. */
export function besideMean<U extends ReasonedUnit>(facts: ReasonFacts<U>, unit: U, due: bigint): Beside[] {
	const { shared, tranches, units } = facts;
	const named = new Set(tranches.flatMap(({ weight }) => weight));
	// Work corrected by quality is shown with what it is made of.
	const shown = new Set([...named, ...(named.has('points') ? ['workload'] : []), 'score']);
	shown.delete('equal');
	const rows = [...shown].flatMap((name): Beside[] => {
		const valueOf = (one: U): Fraction | null => valueFor(facts, name, one);
		const values = units.map(valueOf).filter((value) => value !== null);
		return beside(name, valueOf(unit), values.length === 0 ? null : divide(sum(values), whole(values.length)), {
			places: name === 'population' ? 0 : name === 'score' ? 2 : null,
			weighs: named.has(name)
		});
	});
	const people = units.map(({ population }) => population).filter((one) => one !== null);
	const all = total(people);
	if (people.length < units.length || all === 0n || !unit.population) return rows;
	const ofAll = fraction(total(shared.payments.map((payment) => payment.due)), all * 100n);
	return [...rows, ...beside('per_head', fraction(due, unit.population * 100n), ofAll, { places: 2, weighs: false })];
}

/** A unit's value of a factor; null where it has none, or takes no part in what is weighed by it. */
function valueFor<U extends ReasonedUnit>(
	{ shared, tranches, factorOf }: ReasonFacts<U>,
	name: string,
	unit: U
): Fraction | null {
	if (name === 'score') return unit.score;
	if (name === 'workload') return unit.workload;
	if (name === 'population') return unit.population === null ? null : whole(unit.population);
	const weights = shared.payments.find(({ code }) => code === unit.code)?.weights ?? {};
	const takesPart = tranches.some(({ key, weight }) => weight.includes(name) && weights[key] !== undefined);
	return takesPart ? factorOf(name, unit) : null;
}

function beside(
	name: string,
	own: Fraction | null,
	mean: Fraction | null,
	{ places, weighs }: { readonly places: number | null; readonly weighs: boolean }
): Beside[] {
	if (own === null || mean === null || isZero(mean)) return [];
	const text = (value: Fraction): string => (places === null ? figure(value).text : toFixed(value, places));
	return [
		{
			name,
			own: text(own),
			mean: text(mean),
			percent: toFixed(multiply(divide(own, mean), whole(100)), 1),
			side: compare(own, mean),
			weighs
		}
	];
}
