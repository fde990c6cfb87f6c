/** Rank intervals of a province: 1,000 replications for 1,500 townships, of a quarter and of a year by its quarters. */
import { fraction, one, whole } from '#lib/basis/fraction.ts';
import { drawsFrom } from '#lib/trends/draws.ts';
import { type RankedPart, type RankedUnit, rankIntervals } from '#lib/trends/rank-interval.ts';

const townships = 1_500;
/** Points of the indicators: as many as the largest sheet that we know asks for. */
const points = [30, 10, 10, 8, 8, 6, 6, 5, 5, 4, 4, 4];
const runs = 7;

/** A township that won between seven and ten tenths of each indicator, and has one excluded in twenty. */
const partOf = (draw: () => number): RankedPart => ({
	weight: one,
	indicators: points.map((of) => ({
		of: whole(of),
		awarded: draw() < 0.05 ? null : fraction(BigInt(Math.round(of * (0.7 + 0.3 * draw()) * 10_000)), 10_000n)
	})),
	bonuses: [],
	caps: [whole(100)]
});

/** Prints the median seconds of seven runs each. */
export function benchRankIntervals(): void {
	const draw = drawsFrom('bench');
	for (const [name, parts] of [
		['a quarter', 1],
		['a year by its quarters', 4]
	] as const) {
		const units = Array.from({ length: townships }, (): RankedUnit => ({
			group: null,
			parts: Array.from({ length: parts }, () => partOf(draw))
		}));
		const seconds = Array.from({ length: runs }, () => {
			const start = performance.now();
			rankIntervals(units, whole(100), 'bench');
			return (performance.now() - start) / 1000;
		}).sort((a, b) => a - b);
		console.log(
			`rank intervals of ${townships} townships over ${name}, 1000 replications of ${points.length} weights: ${(seconds[runs >> 1] as number).toFixed(2)} s (median of ${runs})`
		);
	}
}
