/**
 * How sure a rank is (rules.md, 7): where a unit would stand if the weights of the indicators were somewhat different.
 * A thousand times each weight is drawn anew, and the interval spans the middle nine tenths of the ranks.
 *
 * Scores are replicated as numbers, not as fractions: what comes out is a rank that is shown and never comes back into a
 * score, and a province of 1,500 townships has to be done in under a second. Each replicated score is rounded to the
 * four decimals by which the official one is ranked, so that what ties whatever the weights ties here as well.
 */
import { type Fraction, smaller, sum } from '../basis/fraction.ts';
import { drawsFrom } from './draws.ts';

export const replications = 1000;
/** A weight is multiplied by a number drawn evenly from here to here. */
const [least, most] = [0.75, 1.25];
/** The percentiles of the interval. */
const [lowPercent, highPercent] = [5, 95];
/** Scores are kept in steps of a ten-thousandth: the four decimals of rules.md, 4. */
const perPoint = 10_000;

/** A score by indicators: of a period, or of one of the periods whose mean is a year's. */
export interface RankedPart {
	/** Its share in the score; 1 where it is the only one. */
	readonly weight: Fraction;
	/** One for each indicator of the scheme, in its order; `awarded` is null where the indicator is excluded. */
	readonly indicators: readonly { readonly awarded: Fraction | null; readonly of: Fraction }[];
	readonly bonuses: readonly Fraction[];
	/** The most that the scheme and the vetoes that hold let the score be. */
	readonly caps: readonly [Fraction, ...Fraction[]];
}

export interface RankedUnit {
	/** Units are ranked among those of the same group. */
	readonly group: string | null;
	/** Empty for a unit without a score. */
	readonly parts: readonly RankedPart[];
}

/** Whole ranks; 1 is the best. */
export interface RankInterval {
	readonly low: number;
	readonly high: number;
}

/** Parts of all units as numbers, laid one after the other. */
interface Laid {
	readonly size: number;
	readonly awarded: Float64Array;
	readonly of: Float64Array;
	readonly bonus: Float64Array;
	readonly cap: Float64Array;
	readonly weight: Float64Array;
	/** Where a unit's parts begin; one more than there are units. */
	readonly first: Uint32Array;
}

const asNumber = ({ n, d }: Fraction): number => Number(n) / Number(d);

function lay(units: readonly RankedUnit[]): Laid {
	const parts = units.flatMap((unit) => unit.parts);
	const size = parts[0]?.indicators.length ?? 0;
	const laid: Laid = {
		size,
		awarded: new Float64Array(parts.length * size),
		of: new Float64Array(parts.length * size),
		bonus: Float64Array.from(parts, ({ bonuses }) => asNumber(sum(bonuses)) * perPoint),
		cap: Float64Array.from(parts, ({ caps }) => asNumber(caps.reduce(smaller)) * perPoint),
		weight: Float64Array.from(parts, ({ weight }) => asNumber(weight)),
		first: new Uint32Array(units.length + 1)
	};
	for (const [i, { indicators }] of parts.entries())
		for (const [j, { awarded, of }] of indicators.entries()) {
			// An excluded indicator weighs nothing on either side, as in the official score.
			if (awarded === null) continue;
			laid.awarded[i * size + j] = asNumber(awarded);
			laid.of[i * size + j] = asNumber(of);
		}
	for (const [i, unit] of units.entries()) laid.first[i + 1] = (laid.first[i] as number) + unit.parts.length;
	return laid;
}

/**
 * The scores of all units under drawn weights, in ten-thousandths. That the weights are rescaled to sum as before
 * changes nothing here: the score is renormalised over the indicators that count, and the factor cancels out.
 */
function replicate(
	{ size, awarded, of, bonus, cap, weight, first }: Laid,
	drawn: Float64Array,
	full: number
): Float64Array {
	const units = first.length - 1;
	const scores = new Float64Array(units);
	for (let unit = 0; unit < units; unit++) {
		const [from, to] = [first[unit] as number, first[unit + 1] as number];
		let [weighted, weights] = [0, 0];
		for (let part = from; part < to; part++) {
			let [won, all] = [0, 0];
			for (let j = 0; j < size; j++) {
				const factor = drawn[j] as number;
				won += factor * (awarded[part * size + j] as number);
				all += factor * (of[part * size + j] as number);
			}
			const score = Math.min(Math.round((won / all) * full * perPoint) + (bonus[part] as number), cap[part] as number);
			weighted += (weight[part] as number) * score;
			weights += weight[part] as number;
		}
		scores[unit] = to - from === 1 ? weighted / weights : Math.round(weighted / weights);
	}
	return scores;
}

/** How many of the sorted values are greater: one less than the rank with minimum ties. */
function greater(sorted: Float64Array, value: number): number {
	let [low, high] = [0, sorted.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((sorted[middle] as number) <= value) low = middle + 1;
		else high = middle;
	}
	return sorted.length - low;
}

/**
 * The type-7 quantile of sorted whole numbers as a whole number: one that falls between two ranks is widened, the low
 * end down and the high end up, so that the interval never claims more than the replications show. Whole arithmetic.
 */
function quantile(sorted: Uint32Array, percent: number, widen: 'down' | 'up'): number {
	const place = (sorted.length - 1) * percent;
	const [below, rest] = [Math.floor(place / 100), place % 100];
	const value = sorted[below] as number;
	const step = ((sorted[below + 1] ?? value) - value) * rest;
	return value + (widen === 'down' ? Math.floor(step / 100) : Math.ceil(step / 100));
}

/**
 * The interval of each unit's rank, in the order of the units; null for one without a score.
 * @param full the scheme's full score
 * @param seed a text that decides every draw
 */
export function rankIntervals(units: readonly RankedUnit[], full: Fraction, seed: string): (RankInterval | null)[] {
	const ranked = units.map((_, i) => i).filter((i) => (units[i] as RankedUnit).parts.length > 0);
	const laid = lay(ranked.map((i) => units[i] as RankedUnit));
	const groups = [...Map.groupBy(ranked.keys(), (place) => units[ranked[place] as number]?.group).values()].map(
		(places) => ({ places: Uint32Array.from(places), sorted: new Float64Array(places.length) })
	);
	const ranks = new Uint32Array(ranked.length * replications);
	const draw = drawsFrom(seed);
	const weights = new Float64Array(laid.size);
	for (let run = 0; run < replications; run++) {
		for (let j = 0; j < weights.length; j++) weights[j] = least + (most - least) * draw();
		const scores = replicate(laid, weights, asNumber(full));
		for (const { places, sorted } of groups) {
			for (let i = 0; i < places.length; i++) sorted[i] = scores[places[i] as number] as number;
			sorted.sort();
			for (const place of places) {
				ranks[place * replications + run] = 1 + greater(sorted, scores[place] as number);
			}
		}
	}
	const intervals: (RankInterval | null)[] = units.map(() => null);
	for (const [place, i] of ranked.entries()) {
		const own = ranks.subarray(place * replications, (place + 1) * replications).sort();
		intervals[i] = { low: quantile(own, lowPercent, 'down'), high: quantile(own, highPercent, 'up') };
	}
	return intervals;
}

/** With which neighbours in the order of ranks a unit's interval overlaps (差距不显著). */
export type Indistinct = 'above' | 'below' | 'both';

/**
 * Which units of one group cannot be told from a neighbour.
 * @param intervals in the order of ranks
 */
export function indistinctNeighbours(intervals: readonly RankInterval[]): (Indistinct | null)[] {
	const overlaps = (a: RankInterval | undefined, b: RankInterval | undefined): boolean =>
		a !== undefined && b !== undefined && a.low <= b.high && b.low <= a.high;
	return intervals.map((own, i) => {
		const [above, below] = [overlaps(intervals[i - 1], own), overlaps(own, intervals[i + 1])];
		return above && below ? 'both' : above ? 'above' : below ? 'below' : null;
	});
}
