import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	add,
	ceiling,
	compare,
	decimal,
	divide,
	floor,
	fraction,
	fromExact,
	multiply,
	parseDecimal,
	roundHalfUp,
	subtract,
	toExact,
	toFixed,
	toJsonFigure,
	whole
} from '#lib/basis/fraction.ts';

const anyFraction = fc
	.tuple(fc.bigInt(-(10n ** 24n), 10n ** 24n), fc.bigInt(1n, 10n ** 12n))
	.map(([n, d]) => fraction(n, d));

describe('a fraction', () => {
	it('obeys the laws of arithmetic far beyond 2^53', () => {
		fc.assert(
			fc.property(anyFraction, anyFraction, anyFraction, (a, b, c) => {
				expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
				expect(subtract(add(a, b), b)).toEqual(a);
				if (b.n !== 0n) expect(multiply(divide(a, b), b)).toEqual(a);
				expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)));
			})
		);
	});

	it('lies between its floor and its ceiling, less than one apart', () => {
		fc.assert(
			fc.property(anyFraction, (a) => {
				expect(compare(whole(floor(a)), a)).toBeLessThanOrEqual(0);
				expect(compare(whole(ceiling(a)), a)).toBeGreaterThanOrEqual(0);
				expect(ceiling(a) - floor(a)).toBe(a.d === 1n ? 0n : 1n);
			})
		);
	});

	it('is written and read back exactly', () => {
		fc.assert(
			fc.property(anyFraction, (a) => {
				expect(fromExact(toExact(a))).toEqual(a);
			})
		);
	});

	it.each([
		['0.00005', 4, '0.0001'],
		['0.00004999', 4, '0.0000'],
		['2.5', 0, '3'],
		['-2.5', 0, '-2'],
		['-0.5', 0, '0'],
		['93.21495', 4, '93.2150'],
		['9007199254740993.5', 0, '9007199254740994']
	])('rounds %s half-up to %i places as %s', (text, places, expected) => {
		expect(toFixed(decimal(text), places)).toBe(expected);
		expect(toFixed(roundHalfUp(decimal(text), places), places)).toBe(expected);
	});

	it('reads decimals as they are written and nothing else', () => {
		expect(decimal('0.693')).toEqual({ n: 693n, d: 1000n });
		expect(decimal('1e-3')).toEqual({ n: 1n, d: 1000n });
		for (const text of ['', '.5', '1.', '1,5', '0x10', 'NaN', ' 1', '1 ']) expect(parseDecimal(text)).toBeNull();
	});

	it('writes a count as a number, and what a JSON reader would round as text', () => {
		expect(toJsonFigure(whole(53))).toBe(53);
		expect(toJsonFigure(decimal('6.50'))).toBe('6.5');
		expect(toJsonFigure(fraction(1n, 3n))).toBe('1/3');
		expect(toJsonFigure(whole(2n ** 60n))).toBe('1152921504606846976');
	});

	it('has no denominator 0', () => {
		expect(() => fraction(1n, 0n)).toThrow(RangeError);
		expect(() => divide(whole(1), whole(0))).toThrow(RangeError);
	});
});
