/** Domains (专业类别) and the names that exports use for them; the data stand in data/domains.yaml. */
import type { Bilingual } from '../basis/codes.ts';
import { normaliseHeader } from './headers.ts';

export interface Domain {
	readonly key: string;
	readonly name: Bilingual;
	/** Other names in exports; key and names themselves are always understood. */
	readonly aliases: readonly string[];
}

/** The resolver for a list of domains: a domain's key, or null when no domain has that name. */
export function domainResolver(domains: readonly Domain[]): (cell: string) => string | null {
	const keys = new Map<string, string>();
	for (const { key, name, aliases } of domains)
		for (const alias of [key, name.zh, name.en ?? key, ...aliases]) keys.set(normaliseHeader(alias), key);
	return (cell) => keys.get(normaliseHeader(cell)) ?? null;
}
