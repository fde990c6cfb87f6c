/**
 * What a what-if stands on, as the browser gets it: JSON in which every figure is exact. A count is a number, what is not
 * whole a text; fractions of schemes and plans stand as `{exact}`, whole numbers without bounds as `{whole}`.
 */
import { type Fraction, fromExact, isFraction, toExact, toJsonFigure } from '../basis/fraction.ts';
import type { Tally } from '../measures/declare.ts';
import type { WhatIfBase } from './base.ts';

type Figure = number | string;
type PackedTally = Omit<Tally, 'n' | 'd' | 'parts'> & {
	readonly n: Figure;
	readonly d: Figure;
	readonly parts: Readonly<Record<string, Figure>>;
};

function packed(_: string, value: unknown): unknown {
	if (typeof value === 'bigint') return { whole: value.toString() };
	return typeof value === 'object' && value !== null && isFraction(value) ? { exact: toExact(value) } : value;
}

function unpacked(_: string, value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if ('exact' in value && typeof value.exact === 'string') return fromExact(value.exact);
	return 'whole' in value && typeof value.whole === 'string' ? BigInt(value.whole) : value;
}

const mapped = <A, B>(figures: Readonly<Record<string, A>>, to: (figure: A) => B): Record<string, B> =>
	Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, to(figure)]));

const packTally = ({ n, d, parts, ...rest }: Tally): PackedTally => ({
	n: toJsonFigure(n),
	d: toJsonFigure(d),
	parts: mapped(parts, toJsonFigure),
	...rest
});

/** Writes what a what-if stands on. */
export const packBase = (base: WhatIfBase): string =>
	JSON.stringify(
		{
			...base,
			windows: base.windows.map(
				(window) => window && { ...window, tallies: window.tallies.map((use) => use.map(packTally)) }
			)
		},
		packed
	);

/** Reads back what {@link packBase} wrote. */
export function unpackBase(text: string): WhatIfBase {
	const read = JSON.parse(text, unpacked) as WhatIfBase;
	// Most figures are small counts, the same again and again; none is ever changed.
	const known = new Map<Figure, Fraction>();
	const figure = (value: Figure): Fraction => {
		let one = known.get(value);
		if (!one) known.set(value, (one = typeof value === 'number' ? { n: BigInt(value), d: 1n } : fromExact(value)));
		return one;
	};
	const unpackTally = ({ n, d, parts, ...rest }: PackedTally): Tally => ({
		n: figure(n),
		d: figure(d),
		parts: mapped(parts, figure),
		...rest
	});
	return {
		...read,
		windows: read.windows.map(
			(window) =>
				window && {
					...window,
					tallies: (window.tallies as unknown as PackedTally[][]).map((use) => use.map(unpackTally))
				}
		)
	};
}
