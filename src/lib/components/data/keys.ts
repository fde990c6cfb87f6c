/** Keys of rows as values of a form: their parts may have any sign in them. */

export const keyText = (parts: readonly string[]): string => parts.map(encodeURIComponent).join('/');

/** The parts of a key; null where the text is none of so many parts. */
export function keyParts(text: string, length: number): string[] | null {
	const parts = text.split('/');
	if (parts.length !== length) return null;
	try {
		return parts.map(decodeURIComponent);
	} catch {
		return null;
	}
}
