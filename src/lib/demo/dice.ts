/**
 * Dice that fall the same way on every machine: splitmix32, whose state is a 32-bit counter and whose throw is that
 * counter mixed by two multiplications. The labels (township, quarter, what is thrown for) choose a stream of their
 * own, so that one more clue in one township leaves every other row of the county as it was.
 */

export interface Dice {
	/** A whole number from 0 to `count` - 1. */
	below(count: number): number;
	/** A whole number from `low` to `high`, both included. */
	between(low: number, high: number): number;
	/** A share from `low` up to `high`, for habits and rates. */
	share(low: number, high: number): number;
	/** True with the probability `share` (0 to 1). */
	chance(share: number): boolean;
	/** One of the list, which must not be empty. */
	pick<T>(list: readonly T[]): T;
	/** The list in a thrown order. */
	shuffled<T>(list: readonly T[]): T[];
	/** Replaces each `{a|b|c}` of a text by one of its words. */
	say(template: string): string;
}

/** Mixes the letters of a label into a state (FNV-1a). */
function mixIn(state: number, label: string): number {
	let mixed = state;
	for (let i = 0; i < label.length; i++) mixed = Math.imul(mixed ^ label.charCodeAt(i), 0x01000193);
	return Math.imul(mixed ^ 0x1f, 0x01000193);
}

const slot = /\{([^}]*)\}/g;

/** The dice of a seed and labels; the same arguments always throw the same. */
export function diceOf(seed: number, ...labels: (string | number)[]): Dice {
	let state = labels.reduce<number>((mixed, label) => mixIn(mixed, String(label)), (seed ^ 0x811c9dc5) | 0);
	const next = (): number => {
		state = (state + 0x9e3779b9) | 0;
		let mixed = state ^ (state >>> 16);
		mixed = Math.imul(mixed, 0x21f0aaad);
		mixed ^= mixed >>> 15;
		mixed = Math.imul(mixed, 0x735a2d97);
		return (mixed ^ (mixed >>> 15)) >>> 0;
	};
	const below = (count: number): number => next() % count;
	const pick = <T>(list: readonly T[]): T => {
		if (list.length === 0) throw new RangeError('nothing to pick from');
		return list[below(list.length)] as T;
	};
	return {
		below,
		pick,
		between: (low, high) => low + below(high - low + 1),
		share: (low, high) => low + (next() / 4_294_967_296) * (high - low),
		chance: (share) => next() / 4_294_967_296 < share,
		shuffled: (list) => {
			const order = [...list];
			for (let last = order.length - 1; last > 0; last--) {
				const other = below(last + 1);
				[order[last], order[other]] = [order[other] as (typeof order)[number], order[last] as (typeof order)[number]];
			}
			return order;
		},
		say: (template) => template.replace(slot, (_, words: string) => pick(words.split('|')))
	};
}
