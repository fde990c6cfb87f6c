/** Competition ranking (1, 2, 2, 4) on exact scores, within all units or within their kind. */
import { type Fraction, inWholes } from '../basis/fraction.ts';

interface Rankable {
	readonly kind: string | null;
	readonly score: Fraction | null;
}

/** Adds `rank` and `ranked` to units in their given order; units without a score have no rank. */
export function rank<T extends Rankable>(
	units: readonly T[],
	within: 'all' | 'kind'
): (T & { rank: number | null; ranked: number })[] {
	const groups = Map.groupBy(units, ({ kind }) => (within === 'kind' ? kind : null));
	const ranks = new Map<T, number>();
	const sizes = new Map<string | null, number>();
	for (const [group, members] of groups) {
		const scored = members.filter((unit): unit is T & { score: Fraction } => unit.score !== null);
		const { wholes } = inWholes(scored.map(({ score }) => score));
		const inOrder = scored
			.map((unit, index) => ({ unit, score: wholes[index] ?? 0n }))
			.sort((a, b) => (a.score > b.score ? -1 : a.score < b.score ? 1 : 0));
		sizes.set(group, scored.length);
		let place = 1;
		for (const [index, { unit, score }] of inOrder.entries()) {
			if (inOrder[index - 1]?.score !== score) place = index + 1;
			ranks.set(unit, place);
		}
	}
	return units.map((unit) => ({
		...unit,
		rank: ranks.get(unit) ?? null,
		ranked: sizes.get(within === 'kind' ? unit.kind : null) ?? 0
	}));
}
