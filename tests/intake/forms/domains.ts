/** The names of a domain as exports have them, from the data that Kaoji ships. */
import type { Bilingual, Locale } from '#lib/basis/codes.ts';
import { readDomains } from '#lib/server/schemes/library.ts';

const domains = readDomains(null);

export function domainNames(key: string, inLocale: (words: Bilingual, locale: Locale) => string): string[] {
	const domain = domains.find((one) => one.key === key);
	return domain ? [inLocale(domain.name, 'zh'), ...domain.aliases] : [];
}
