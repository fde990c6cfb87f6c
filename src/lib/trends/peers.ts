/** Peers (rules.md, 7): the townships that a township is fairly set beside, those of its kind. */
import { add, compare, divide, type Fraction, whole } from '../basis/fraction.ts';

interface Kinded {
	readonly kind: string | null;
}

/**
 * The group that each unit's peers are of: its kind, or null for all where no other unit is of its kind or its kind is
 * not known.
 */
export function peerGroups(units: readonly Kinded[]): (string | null)[] {
	const sizes = Map.groupBy(units, ({ kind }) => kind);
	return units.map(({ kind }) => (kind !== null && (sizes.get(kind)?.length ?? 0) > 1 ? kind : null));
}

/** How a unit's score stands among those of its peers, itself included. */
export interface PeerPlace {
	/** The kind that makes them peers; null where they are all units. */
	readonly kind: string | null;
	/** How many of them have a score. */
	readonly of: number;
	/** Competition ranking, 1 the best. */
	readonly place: number;
	/** The middle score, or the mean of the two in the middle. */
	readonly median: Fraction;
}

/** The place of each unit among its peers, in the order of the units; null for one without a score. */
export function peerPlaces(units: readonly (Kinded & { readonly score: Fraction | null })[]): (PeerPlace | null)[] {
	const groups = peerGroups(units);
	const sorted = new Map<string | null, Fraction[]>();
	const scoresOf = (group: string | null): Fraction[] => {
		const known = sorted.get(group);
		if (known) return known;
		const scores = units
			.flatMap(({ score }, i) => (score !== null && (group === null || groups[i] === group) ? [score] : []))
			.sort((a, b) => compare(b, a));
		sorted.set(group, scores);
		return scores;
	};
	return units.map(({ score }, i) => {
		const kind = groups[i] ?? null;
		if (score === null) return null;
		const scores = scoresOf(kind);
		return {
			kind,
			of: scores.length,
			place: 1 + scores.filter((other) => compare(other, score) > 0).length,
			median: medianOf(scores)
		};
	});
}

function medianOf(sorted: readonly Fraction[]): Fraction {
	const [below, above] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]] as [Fraction, Fraction];
	return divide(add(below, above), whole(2));
}
