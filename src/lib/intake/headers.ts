/** Recognition of header cells (rules.md, 2): white space, width and case do not matter. */

/** A header as it is compared: full-width to half-width, no white space, lower case. */
export function normaliseHeader(text: string): string {
	return text.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();
}

/** The headers that stand for a line number when their cell is a bare integer. */
export const lineNumberHeader = '序号';

/** The sheet of a template that explains it; an import passes it over. */
export const notesSheet = '填写说明';
