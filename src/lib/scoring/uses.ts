/** The uses of measures in a scheme, in the one order in which tallies are asked for, kept and found again. */
import type { Bonus, Indicator, Scheme, Veto } from './scheme.ts';

/** The lists of a scheme whose entries ask a measure, in the order of their tallies. */
export const useLists = ['indicators', 'bonuses', 'vetoes', 'workItems'] as const;

/** An entry of a scheme that asks a measure, by its list and its place there. */
export interface Use {
	readonly in: (typeof useLists)[number];
	readonly index: number;
}

/** Everything in a scheme that asks a measure. */
export const usesOf = (scheme: Scheme): (Indicator | Bonus | Veto)[] => useLists.flatMap((list) => [...scheme[list]]);

/** Gives the place of a use among {@link usesOf}. */
export function placesIn(scheme: Scheme): (use: Use) => number {
	let before = 0;
	const offsets = useLists.map((list) => {
		const offset = before;
		before += scheme[list].length;
		return [list, offset] as const;
	});
	const byList = new Map(offsets);
	return ({ in: list, index }) => (byList.get(list) ?? 0) + index;
}
