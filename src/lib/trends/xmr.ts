/**
 * XmR charts (rules.md, 7): which changes of a series are more than its ordinary variation. Limits never change a
 * score, so these are plain numbers.
 */

/** Constants of the chart; known answers in the tests. */
const limit = 2.66;
const screen = 3.267;
const runLength = 7;
const trialBelow = 12;

export type Signal = 'outside' | 'one_side' | 'trend' | 'two_of_three';

export interface XmrPoint {
	readonly value: number | null;
	readonly signals: readonly Signal[];
}

export interface Xmr {
	readonly mean: number;
	readonly lower: number;
	readonly upper: number;
	/** Fewer than twelve points: the limits may still move. */
	readonly trial: boolean;
	readonly points: readonly XmrPoint[];
}

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/**
 * Mean, limits and signals of a series; a null is a point without a value and takes no part.
 * Moving ranges of at least 3.267 times their mean are left out before the limits are drawn.
 * @returns null when fewer than two points have a value: there is no moving range
 */
export function xmr(series: readonly (number | null)[]): Xmr | null {
	const values = series.filter((value) => value !== null);
	if (values.length < 2) return null;
	const ranges = values.slice(1).map((value, i) => Math.abs(value - (values[i] as number)));
	const screened = ranges.filter((range) => range < screen * meanOf(ranges));
	const range = meanOf(screened.length > 0 ? screened : ranges);
	const mean = meanOf(values);
	const [lower, upper] = [mean - limit * range, mean + limit * range];
	const signals = signalsOf(values, mean, upper - mean);
	let place = 0;
	return {
		mean,
		lower,
		upper,
		trial: values.length < trialBelow,
		points: series.map((value) => ({ value, signals: value === null ? [] : (signals[place++] as Signal[]) }))
	};
}

function signalsOf(values: readonly number[], mean: number, reach: number): Signal[][] {
	const signals: Signal[][] = values.map(() => []);
	const mark = (from: number, to: number, signal: Signal): void => {
		for (let i = from; i <= to; i++) if (!signals[i]?.includes(signal)) signals[i]?.push(signal);
	};
	for (const [i, value] of values.entries()) if (Math.abs(value - mean) > reach) mark(i, i, 'outside');
	for (let end = runLength - 1; end < values.length; end++) {
		const run = values.slice(end - runLength + 1, end + 1);
		if (run.every((value) => value > mean) || run.every((value) => value < mean))
			mark(end - runLength + 1, end, 'one_side');
		const steps = run.slice(1).map((value, i) => value - (run[i] as number));
		if (steps.every((step) => step > 0) || steps.every((step) => step < 0)) mark(end - runLength + 1, end, 'trend');
	}
	const twoThirds = (reach * 2) / 3;
	for (let end = 2; end < values.length; end++) {
		for (const side of [1, -1]) {
			const beyond = [end - 2, end - 1, end].filter((i) => ((values[i] as number) - mean) * side > twoThirds);
			if (beyond.length >= 2) for (const i of beyond) mark(i, i, 'two_of_three');
		}
	}
	return signals;
}
