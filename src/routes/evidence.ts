/** Which rows of an indicator an address asks for. */
import type { EvidenceList } from '#lib/reports/township.ts';

/** `?list=counted` or `?list=missed`; null where the address leaves it to the page. */
export function listOf(url: URL): EvidenceList | null {
	const text = url.searchParams.get('list');
	return text === 'counted' || text === 'missed' ? text : null;
}
