/** Names that must not be mixed up with other text. */

declare const townshipBrand: unique symbol;
/** The code of a township (行政区划代码), as its register has it. */
export type TownshipCode = string & { readonly [townshipBrand]: true };

/** Marks a text as a township's code. */
export const townshipCode = (text: string): TownshipCode => text as TownshipCode;

/** A text in the two languages of the interface. Chinese is always there; English falls back to it. */
export interface Bilingual {
	readonly zh: string;
	readonly en?: string;
}

/** A canonical value, and the word by which a reader knows it. */
export interface Meaning {
	readonly value: string;
	readonly label: string;
}

export type Locale = 'zh' | 'en';

/** The text in a language. */
export const inLocale = (text: Bilingual, locale: Locale): string => (locale === 'en' ? (text.en ?? text.zh) : text.zh);

/** Who acts: written into the audit entry of every act; a township's user sees only its own townships. */
export interface Actor {
	readonly name: string;
	readonly role: 'administrator' | 'clerk' | 'leader' | 'finance' | 'analyst' | 'township';
	readonly townships: 'all' | readonly TownshipCode[];
}

/** The townships that an actor may see; null for all of them. */
export const ownTownships = ({ townships }: Actor): readonly TownshipCode[] | null =>
	townships === 'all' ? null : townships;

/** Whether an actor may see a township; what is of none is for those who see all. */
export const maySee = ({ townships }: Actor, code: string | null): boolean =>
	townships === 'all' || townships.some((own) => own === code);
