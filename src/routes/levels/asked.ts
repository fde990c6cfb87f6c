/** The level that an address asks for. */
import { type Level, levels } from '#lib/scoring/levels.ts';

/** Districts, where the address names no level that there is. */
export const levelOf = (url: URL): Level =>
	levels.find((level) => level === url.searchParams.get('level')) ?? 'district';
