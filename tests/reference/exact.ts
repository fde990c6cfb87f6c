/**
 * Exact fractions for the reference implementation: two bigints in lowest
 * terms, the denominator positive. Written apart from the product's own on
 * purpose: a test against it is worth nothing if both share a mistake.
 */

/** A rational number in lowest terms; `d` > 0. */
export interface Fraction {
	readonly n: bigint;
	readonly d: bigint;
}

/** The number n/d in lowest terms. A zero denominator is an error. */
export function fraction(n: bigint, d = 1n): Fraction {
	if (d === 0n) throw new Error('division by zero');
	let a = n < 0n ? -n : n;
	let b = d < 0n ? -d : d;
	while (b !== 0n) [a, b] = [b, a % b];
	const divisor = (a === 0n ? 1n : a) * (d < 0n ? -1n : 1n);
	return { n: n / divisor, d: d / divisor };
}

export const ZERO = fraction(0n);
export const ONE = fraction(1n);

/**
 * The exact value of a decimal text or of a number's own decimal text:
 * `0.693` is 693/1000. Exponents and anything that is not a plain decimal are
 * errors, so that no binary rounding can slip in.
 */
export function exact(value: string | number | bigint): Fraction {
	const text = String(value).trim();
	const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text);
	if (!match) throw new Error(`not a plain decimal: ${text}`);
	const decimals = match[3] ?? '';
	const digits = BigInt((match[2] ?? '') + decimals);
	return fraction(match[1] === '-' ? -digits : digits, 10n ** BigInt(decimals.length));
}

export const add = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
export const subtract = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d - b.n * a.d, a.d * b.d);
export const multiply = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.n, a.d * b.d);
export const divide = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d, a.d * b.n);

/** -1, 0 or 1, as a is below, equal to or above b. */
export function compare(a: Fraction, b: Fraction): -1 | 0 | 1 {
	const difference = a.n * b.d - b.n * a.d;
	return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export const smaller = (a: Fraction, b: Fraction): Fraction => (compare(a, b) <= 0 ? a : b);
export const larger = (a: Fraction, b: Fraction): Fraction => (compare(a, b) >= 0 ? a : b);

/** The sum of a list; 0 for an empty one. */
export const sum = (values: readonly Fraction[]): Fraction => values.reduce(add, ZERO);

/** The greatest whole number not above the value. */
export function floor(value: Fraction): bigint {
	const quotient = value.n / value.d;
	return value.n < 0n && quotient * value.d !== value.n ? quotient - 1n : quotient;
}

/** The smallest whole number not below the value. */
export const ceiling = (value: Fraction): bigint => -floor({ n: -value.n, d: value.d });

/** Rounded half-up (towards plus infinity at the half) to so many decimals. */
export function roundHalfUp(value: Fraction, decimals: number): Fraction {
	const scale = 10n ** BigInt(decimals);
	return fraction(floor(add(multiply(value, fraction(scale)), fraction(1n, 2n))), scale);
}

/** The text of a value that has at most so many decimals, padded with zeros. */
export function fixed(value: Fraction, decimals: number): string {
	const scaled = multiply(value, fraction(10n ** BigInt(decimals)));
	if (scaled.d !== 1n) throw new Error(`more than ${String(decimals)} decimals`);
	const digits = (scaled.n < 0n ? -scaled.n : scaled.n).toString().padStart(decimals + 1, '0');
	const whole = digits.slice(0, digits.length - decimals);
	const sign = scaled.n < 0n ? '-' : '';
	return decimals === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-decimals)}`;
}

/**
 * A tally's figure as the known answers write it: a whole number as a number,
 * any other as a decimal text without trailing zeros.
 */
export function plain(value: Fraction): number | string {
	if (value.d === 1n) return Number(value.n);
	for (let decimals = 1; decimals <= 40; decimals += 1) {
		if (10n ** BigInt(decimals) % value.d === 0n) return fixed(value, decimals);
	}
	throw new Error(`not a finite decimal: ${String(value.n)}/${String(value.d)}`);
}
