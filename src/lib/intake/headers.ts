/** Recognition of header cells (rules.md, 2): white space, width and case do not matter. */

/** A header as it is compared: full-width to half-width, no white space, lower case. */
export function normaliseHeader(text: string): string {
	return text.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();
}

/** The headers that stand for a line number when their cell is a bare integer. */
export const lineNumberHeader = '序号';

/** Words that open a totals row; such a row states no fact. */
const totalsForm = /^(合计|总计|小计|总数|共计|total|grandtotal)[::]?$/u;

/** The ASCII letters with which the word of a totals row can begin. */
export const totalsBeginnings = 'tTgG';

/**
 * Whether a row of cells is a totals row: its first filled cell says so. Such a row is not counted as read. A premises
 * whose row begins with the bare word 合计 cannot be told from one.
 */
export function isTotalsRow(cells: readonly (string | null)[]): boolean {
	const filled = cells.filter((cell): cell is string => cell !== null && cell.trim() !== '');
	const first = filled[0];
	return first !== undefined && totalsForm.test(normaliseHeader(first));
}

/** Whether a row below the header repeats the header, as each printed page does. Such a row states no fact. */
export const repeatsHeader = (cells: readonly (string | null)[], headers: readonly (string | null)[]): boolean =>
	headers.every((header, i) => normaliseHeader(cells[i] ?? '') === normaliseHeader(header ?? ''));
