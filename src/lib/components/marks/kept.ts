/** Evidence that was sent with a form which was not saved: the form carries what it was, so that it is not lost. */
import type { Evidence } from '#lib/reports/entries.ts';

/** What {@link JSON.stringify} made of evidence; null for any other text. */
export function parseJsonEvidence(text: string): Evidence | null {
	if (text === '') return null;
	try {
		const { sha256, name, size } = JSON.parse(text) as Partial<Record<keyof Evidence, unknown>>;
		return typeof sha256 === 'string' && typeof name === 'string' && typeof size === 'number'
			? { sha256, name, size }
			: null;
	} catch {
		return null;
	}
}
