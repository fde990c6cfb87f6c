/**
 * A small seeded generator in 32-bit integer arithmetic (splitmix32), so that
 * a seed gives the same county on every machine.
 */

export interface Dice {
	/** A whole number from `low` to `high`, both included. */
	between(low: number, high: number): number;
	/** True in `times` of `of` throws on average. */
	chance(times: number, of: number): boolean;
	/** One of the list. */
	pick<T>(list: readonly T[]): T;
	/** Between `low` and `high` different ones of the list, in the list's order. */
	some<T>(list: readonly T[], low: number, high: number): T[];
	/** A multiple of 1 / `scale` from low / scale to high / scale; scale is 1 to 10000. */
	decimal(low: number, high: number, scale: number): number;
}

/** Dice for a seed; `salt` keeps the county, scheme and plan of one seed apart. */
export function diceOf(seed: number, salt: string): Dice {
	let state = seed | 0;
	const next = (): number => {
		state = (state + 0x9e3779b9) | 0;
		let mixed = state ^ (state >>> 16);
		mixed = Math.imul(mixed, 0x21f0aaad);
		mixed ^= mixed >>> 15;
		mixed = Math.imul(mixed, 0x735a2d97);
		return (mixed ^ (mixed >>> 15)) >>> 0;
	};
	for (const letter of salt) state = (next() ^ (letter.codePointAt(0) ?? 0)) | 0;

	const between = (low: number, high: number): number => {
		if (high < low) throw new Error(`nothing between ${String(low)} and ${String(high)}`);
		return low + (next() % (high - low + 1));
	};
	const pick = <T>(list: readonly T[]): T => {
		const [chosen] = list.slice(between(0, list.length - 1));
		if (chosen === undefined) throw new Error('nothing to pick from');
		return chosen;
	};
	return {
		between,
		pick,
		chance: (times, of) => between(1, of) <= times,
		some: (list, low, high) => {
			const left = [...list.keys()];
			const wanted = Math.min(list.length, between(low, high));
			while (left.length > wanted) left.splice(between(0, left.length - 1), 1);
			return left.flatMap((index) => list.slice(index, index + 1));
		},
		// Written as a decimal text first, so that String() of the result is that text.
		decimal: (low, high, scale) => {
			const digits = String(scale).length - 1;
			const units = String(between(low, high)).padStart(digits + 1, '0');
			const whole = units.slice(0, units.length - digits);
			return Number(digits === 0 ? units : `${whole}.${units.slice(-digits)}`);
		}
	};
}
