/** A lever as the page gets it, and how far its slider goes. */
import { ceiling, compare, decimal, divide, multiply, subtract, toExact, whole } from '#lib/basis/fraction.ts';
import { shownNumber } from '#lib/messages/whatif-words.ts';
import type { AnyLever } from '#lib/whatif/base.ts';

export interface ShownLever extends Pick<AnyLever, 'path' | 'of' | 'form'> {
	/** Exact, as in the scheme. */
	readonly value: string;
	readonly most: string | null;
}

/** The ends and the step of a slider, as it is shown: a number without a bound goes to twice itself, in even steps. */
export function rangeOf({ form, value, most }: ShownLever): { readonly most: string; readonly step: string } {
	const shown = decimal(shownNumber(form, value));
	const finest = form === 'count' || shown.d === 1n ? '1' : shown.d <= 10n && 10n % shown.d === 0n ? '0.1' : '0.01';
	if (most !== null) return { most: shownNumber(form, most), step: form === 'count' ? '1' : finest };
	const twice = multiply(shown, whole(2));
	const rounded = whole(ceiling(divide(twice, whole(10))) * 10n);
	const end = compare(twice, whole(10)) <= 0 ? whole(ceiling(subtract(twice, whole(0))) + 1n) : rounded;
	const step = form === 'yuan' ? '1000' : finest === '1' ? '0.5' : finest;
	return { most: toExact(end), step };
}
