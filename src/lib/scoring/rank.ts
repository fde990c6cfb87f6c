/** Competition ranking (1, 2, 2, 4) on exact scores, within all units, their kind, or (clinics) their township. */
import { type Fraction, inWholes } from '../basis/fraction.ts';

interface Rankable {
	/** The township that a clinic belongs to; a township is its own. */
	readonly township?: string;
	readonly kind: string | null;
	readonly score: Fraction | null;
}

/** What a unit is ranked within: its kind, its township, or all together (null). */
export const rankGroup = (
	within: 'all' | 'kind' | 'township',
	{ kind, township = null }: Pick<Rankable, 'kind'> & { readonly township?: string | null }
): string | null => (within === 'kind' ? kind : within === 'township' ? township : null);

/** Adds `rank` and `ranked` to units in their given order; units without a score have no rank. */
export function rank<T extends Rankable>(
	units: readonly T[],
	within: 'all' | 'kind' | 'township'
): (T & { rank: number | null; ranked: number })[] {
	const groupOf = (unit: T): string | null => rankGroup(within, unit);
	const groups = Map.groupBy(units, groupOf);
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
		ranked: sizes.get(groupOf(unit)) ?? 0
	}));
}
