/** CSV that Excel opens as it is: with a BOM, and with cells that would be formulas made harmless (decision 12). */

const formula = /^[=+\-@\t\r]/;
const number = /^[+-]?\d+(?:\.\d+)?$/;

function csvCell(cell: string | null): string {
	if (cell === null) return '';
	const text = formula.test(cell) && !number.test(cell) ? `'${cell}` : cell;
	return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The text of a CSV file from rows of cells. */
export const csvText = (rows: readonly (readonly (string | null)[])[]): string =>
	`\ufeff${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
