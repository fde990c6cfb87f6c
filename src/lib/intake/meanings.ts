/** The values that the words of a field can mean, each with the word that a reader knows it by. */
import { inLocale, type Locale, type Meaning } from '../basis/codes.ts';
import { fen, formatYuan } from '../basis/fen.ts';
import type { Domain } from './domains.ts';
import type { Field } from './kinds/declare.ts';

/** What the words mean that a home knows beside those of the fields: its domains and its townships. */
export interface KnownWords {
	readonly domains: readonly Domain[];
	readonly townships: readonly { readonly code: string; readonly name: string }[];
}

/** The meanings among which the words of a field choose; null for a field that takes any text, number or day. */
export function meaningsOf(field: Field, { domains, townships }: KnownWords, locale: Locale): Meaning[] | null {
	switch (field.type) {
		case 'choice':
			return Object.entries(field.choices).map(([value, words]) => ({
				value,
				label: locale === 'en' ? value : (words[0] ?? value)
			}));
		case 'boolean':
			return [
				{ value: 'true', label: locale === 'en' ? 'yes' : '是' },
				{ value: 'false', label: locale === 'en' ? 'no' : '否' }
			];
		case 'domain':
			return domains.map(({ key, name }) => ({ value: key, label: inLocale(name, locale) }));
		case 'township':
			return townships.map(({ code, name }) => ({ value: code, label: name }));
		default:
			return null;
	}
}

/** A canonical value as a reader knows it: the word of a key, an amount in yuan, anything else as it is stored. */
export function valueInWords({ type }: Field, value: string, meanings: readonly Meaning[] | null): string {
	if (type === 'money') return formatYuan(fen(BigInt(value)));
	return meanings?.find((meaning) => meaning.value === value)?.label ?? value;
}
