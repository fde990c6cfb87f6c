/**
 * Exact fractions. Everything that reaches a score or a payment is one of these, a whole number or fen:
 * a rounding of a rounding moved places in the rankings that Kaoji replaces (rules.md, 2 and 4).
 */

/** A fraction in lowest terms with a positive denominator. */
export interface Fraction {
	readonly n: bigint;
	readonly d: bigint;
}

/** Whole numbers below this are exact as JavaScript numbers, whose remainders come many times faster. */
const exactBelow = 2n ** 53n;

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
	let x = a < 0n ? -a : a;
	let y = b < 0n ? -b : b;
	while (y !== 0n) {
		if (x < exactBelow && y < exactBelow) return BigInt(divisorOfSmall(Number(x), Number(y)));
		[x, y] = [y, x % y];
	}
	return x;
}

function divisorOfSmall(a: number, b: number): number {
	let [x, y] = [a, b];
	while (y !== 0) [x, y] = [y, x % y];
	return x;
}

/** `n / d` in lowest terms. Throws a RangeError when `d` is 0: an empty denominator is a state, never a number. */
export function fraction(n: bigint, d = 1n): Fraction {
	if (d === 1n) return { n, d };
	if (d === 0n) throw new RangeError('a fraction needs a denominator other than 0');
	const divisor = greatestCommonDivisor(n, d);
	const common = d < 0n ? -divisor : divisor;
	return common === 1n ? { n, d } : { n: n / common, d: d / common };
}

/** Whether an object is a fraction, in a tree of values of any shape. */
export const isFraction = (value: object): value is Fraction =>
	Object.keys(value).length === 2 &&
	'n' in value &&
	'd' in value &&
	typeof value.n === 'bigint' &&
	typeof value.d === 'bigint';

export const zero: Fraction = { n: 0n, d: 1n };
export const one: Fraction = { n: 1n, d: 1n };

/** A whole number that JavaScript holds exactly (a count, a number of days). */
export function whole(count: number | bigint): Fraction {
	return { n: BigInt(count), d: 1n };
}

const decimalForm = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Reads a decimal such as `-12.50` or `1e-3`; `null` when the text is not one. */
export function parseDecimal(text: string): Fraction | null {
	const match = decimalForm.exec(text);
	if (!match) return null;
	const [, sign, whole = '', decimals = '', exponent = '0'] = match;
	const digits = BigInt(whole + decimals) * (sign === '-' ? -1n : 1n);
	const shift = decimals.length - Number(exponent);
	return shift >= 0 ? fraction(digits, 10n ** BigInt(shift)) : fraction(digits * 10n ** BigInt(-shift));
}

/** {@link parseDecimal} for a text that is known to be a decimal; throws a RangeError otherwise. */
export function decimal(text: string): Fraction {
	const value = parseDecimal(text);
	if (!value) throw new RangeError(`not a decimal: ${text}`);
	return value;
}

export const add = (a: Fraction, b: Fraction): Fraction =>
	a.d === b.d ? fraction(a.n + b.n, a.d) : fraction(a.n * b.d + b.n * a.d, a.d * b.d);
export const subtract = (a: Fraction, b: Fraction): Fraction => add(a, { n: -b.n, d: b.d });
export const multiply = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.n, a.d * b.d);
/** `a × b` without reducing it, for what is only compared or rounded: the common divisor is most of the work. */
export const product = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });
/** `a / b` likewise; throws a RangeError when `b` is 0. */
export function quotient(a: Fraction, b: Fraction): Fraction {
	if (b.n === 0n) throw new RangeError('a fraction needs a denominator other than 0');
	return b.n < 0n ? { n: -a.n * b.d, d: -a.d * b.n } : { n: a.n * b.d, d: a.d * b.n };
}
/** `a / b`; throws a RangeError when `b` is 0. */
export const divide = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d, a.d * b.n);

/** Negative, 0 or positive as `a` is less than, equal to or greater than `b`. */
export function compare(a: Fraction, b: Fraction): -1 | 0 | 1 {
	const [x, y] = a.d === b.d ? [a.n, b.n] : [a.n * b.d, b.n * a.d];
	return x < y ? -1 : x > y ? 1 : 0;
}

export const smaller = (a: Fraction, b: Fraction): Fraction => (compare(a, b) <= 0 ? a : b);
export const larger = (a: Fraction, b: Fraction): Fraction => (compare(a, b) >= 0 ? a : b);
export const isZero = (a: Fraction): boolean => a.n === 0n;
export const sum = (values: Iterable<Fraction>): Fraction => {
	// Over one denominator, which grows where it must, and reduced once.
	let [n, d] = [0n, 1n];
	for (const value of values) {
		if (value.d !== d && d % value.d !== 0n) {
			const grown = (d / greatestCommonDivisor(d, value.d)) * value.d;
			[n, d] = [n * (grown / d), grown];
		}
		n += value.d === d ? value.n : value.n * (d / value.d);
	}
	return fraction(n, d);
};
/**
 * Whole numbers in the proportions of the values, which are each `value × denominator`: what is sorted or shared by many
 * values is then compared and added without a fraction more.
 */
export function inWholes(values: readonly Fraction[]): { readonly wholes: bigint[]; readonly denominator: bigint } {
	let denominator = 1n;
	for (const { d } of values)
		if (denominator % d !== 0n) denominator = (denominator / greatestCommonDivisor(denominator, d)) * d;
	return { wholes: values.map(({ n, d }) => (d === denominator ? n : n * (denominator / d))), denominator };
}

/** The greatest whole number not above `a`. */
export function floor(a: Fraction): bigint {
	const quotient = a.n / a.d;
	return a.n < 0n && quotient * a.d !== a.n ? quotient - 1n : quotient;
}

/** The least whole number not below `a`. */
export const ceiling = (a: Fraction): bigint => -floor({ n: -a.n, d: a.d });

/** `a` rounded half-up (towards positive infinity at the half) to `places` decimals, still as a fraction. */
export function roundHalfUp(a: Fraction, places: number): Fraction {
	const scale = 10n ** BigInt(places);
	if (scale % a.d === 0n) return fraction(a.n, a.d);
	return fraction(floor({ n: 2n * a.n * scale + a.d, d: 2n * a.d }), scale);
}

/** Writes `a` with exactly `places` decimals, rounded half-up: `"93.2150"`. */
export function toFixed(a: Fraction, places: number): string {
	const scale = 10n ** BigInt(places);
	const scaled = floor({ n: 2n * a.n * scale + a.d, d: 2n * a.d });
	const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, '0');
	const split = digits.length - places;
	return (scaled < 0n ? '-' : '') + digits.slice(0, split) + (places > 0 ? '.' + digits.slice(split) : '');
}

/** Writes `a` exactly: a decimal where it ends (`"6.5"`), else `"n/d"`. */
export function toExact(a: Fraction): string {
	let rest = a.d;
	let twos = 0;
	let fives = 0;
	while (rest % 2n === 0n) [rest, twos] = [rest / 2n, twos + 1];
	while (rest % 5n === 0n) [rest, fives] = [rest / 5n, fives + 1];
	return rest === 1n ? toFixed(a, Math.max(twos, fives)) : `${a.n}/${a.d}`;
}

/** Reads back what {@link toExact} wrote. */
export function fromExact(text: string): Fraction {
	const [n = '', d] = text.split('/');
	return d === undefined ? decimal(n) : fraction(BigInt(n), BigInt(d));
}

/**
 * A tally's figure as JSON has it: a count is a number, what is not whole a decimal string (docs/commands.md).
 * A whole number beyond 2^53 is written as a string too, because a JSON reader would round it.
 */
export function toJsonFigure(a: Fraction): number | string {
	if (a.d !== 1n) return toExact(a);
	const count = Number(a.n);
	return Number.isSafeInteger(count) ? count : a.n.toString();
}
