/** The geometry of a small line that stands among many of the same scale: places in px, for plain SVG. */
import { type DrawnMark, markColour, markPath } from './marks.ts';

export interface SmallPoint {
	readonly value: number | null;
	readonly mark: DrawnMark | null;
	readonly running: boolean;
}

export interface SmallLine {
	readonly width: number;
	readonly height: number;
	/** Stretches of complete points, as `x,y x,y`; a gap parts them. */
	readonly stretches: readonly string[];
	/** From the last complete point to those that run. */
	readonly ahead: string | null;
	readonly mean: number | null;
	readonly band: { readonly y: number; readonly height: number } | null;
	readonly marks: readonly { readonly x: number; readonly y: number; readonly path: string; readonly colour: string }[];
	readonly last: { readonly x: number; readonly y: number } | null;
}

export const smallSize = { width: 220, height: 84 } as const;
/** Room for the shape of a mark at the edge. */
const edge = 6;

const rounded = (value: number): number => Math.round(value * 10) / 10;

/**
 * Where the parts of a small line lie.
 * @param scale lowest and highest value of all the lines beside one another; limits beyond it are cut, and what runs
 *   beyond it is not drawn
 */
export function smallLine(
	points: readonly SmallPoint[],
	limits: { readonly mean: number; readonly lower: number; readonly upper: number } | null,
	scale: { readonly low: number; readonly high: number }
): SmallLine {
	const { width, height } = smallSize;
	const spread = scale.high - scale.low;
	const x = (i: number): number =>
		rounded(points.length < 2 ? width / 2 : edge + (i * (width - 2 * edge)) / (points.length - 1));
	const y = (value: number): number => {
		const share = spread === 0 ? 0.5 : Math.min(1, Math.max(0, (value - scale.low) / spread));
		return rounded(height - edge - share * (height - 2 * edge));
	};
	const stretches: string[][] = [];
	const ahead: string[] = [];
	const marks: SmallLine['marks'][number][] = [];
	let [last, broken]: [SmallLine['last'], boolean] = [null, true];
	for (const [i, { value, mark, running }] of points.entries()) {
		if (value === null) {
			broken = true;
			continue;
		}
		const place = `${x(i)},${y(value)}`;
		if (running) {
			if (value < scale.low || value > scale.high) continue;
			if (ahead.length === 0 && last) ahead.push(`${last.x},${last.y}`);
			ahead.push(place);
			continue;
		}
		if (broken) stretches.push([]);
		stretches.at(-1)?.push(place);
		[last, broken] = [{ x: x(i), y: y(value) }, false];
		if (mark) marks.push({ ...last, path: markPath(mark), colour: markColour(mark) });
	}
	return {
		width,
		height,
		// A point alone between two gaps is a line of no length, which a round cap makes a dot.
		stretches: stretches.map((places) => (places.length === 1 ? [...places, ...places] : places).join(' ')),
		ahead: ahead.length > 1 ? ahead.join(' ') : null,
		mean: limits ? y(limits.mean) : null,
		band: limits ? { y: y(limits.upper), height: Math.max(0, rounded(y(limits.lower) - y(limits.upper))) } : null,
		marks,
		last
	};
}
