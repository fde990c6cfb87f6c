/**
 * Probabilities of the gamma and the beta distribution, which are the tails of Poisson and binomial counts
 * (Abramowitz and Stegun 26.4.21 and 26.5.24). Limits are shown and never reach a score, so these are plain numbers,
 * good to about twelve digits.
 */

/** Lanczos' coefficients for g = 7 (Godfrey). */
const lanczos = [
	0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
	12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7
];
const tiny = 1e-300;
const precision = 1e-14;

/** ln Γ(x) for x > 0. */
function logGamma(x: number): number {
	const base = x + 6.5;
	let sum = lanczos[0] as number;
	for (let i = 1; i < lanczos.length; i++) sum += (lanczos[i] as number) / (x + i - 1);
	return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum);
}

/** A continued fraction by Lentz's method: `term(i)` gives the i-th numerator and denominator, from 1 on. */
function continued(first: number, term: (i: number) => readonly [number, number]): number {
	let value = first || tiny;
	let [up, down] = [value, 0];
	for (let i = 1; ; i++) {
		const [a, b] = term(i);
		down = 1 / (b + a * down || tiny);
		up = b + a / up || tiny;
		const step = up * down;
		value *= step;
		// Said so that something that is no number ends it too.
		if (!(Math.abs(step - 1) >= precision)) return value;
	}
}

/** P(G ≤ x) of the gamma distribution of a shape > 0 and scale 1. */
export function gammaBelow(x: number, shape: number): number {
	if (x <= 0) return 0;
	const scale = Math.exp(shape * Math.log(x) - x - logGamma(shape));
	if (x >= shape + 1) return 1 - scale / continued(x + 1 - shape, (i) => [i * (shape - i), x + 2 * i + 1 - shape]);
	let [sum, term] = [1 / shape, 1 / shape];
	for (let i = 1; term > sum * precision; i++) {
		term *= x / (shape + i);
		sum += term;
	}
	return scale * sum;
}

/** P(B ≤ x) of the beta distribution of two shapes > 0. */
export function betaBelow(x: number, a: number, b: number): number {
	if (x <= 0) return 0;
	if (x >= 1) return 1;
	// The fraction converges fast on this side only; the other one is its mirror.
	if (x > (a + 1) / (a + b + 2)) return 1 - betaBelow(1 - x, b, a);
	const scale = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
	const fraction = continued(1, (i) => {
		const m = i >> 1;
		const top =
			i % 2 === 0
				? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
				: (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
		return [top, 1];
	});
	return scale / a / fraction;
}

/**
 * Where a function that does not fall reaches a value between two ends, by halving until the ends meet.
 * @returns the end that it does not reach it before, where it reaches it nowhere between them
 */
export function reaches(value: number, of: (x: number) => number, from: number, to: number): number {
	let [low, high] = [from, to];
	for (;;) {
		const middle = (low + high) / 2;
		if (middle <= low || middle >= high) return middle;
		if (of(middle) < value) low = middle;
		else high = middle;
	}
}
