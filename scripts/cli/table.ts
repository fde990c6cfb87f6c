/** Plain tables for a terminal, in which a Chinese character is two columns wide. */

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;
const width = (text: string): number => [...text].reduce((sum, char) => sum + (wide.test(char) ? 2 : 1), 0);
const numeric = /^[-+]?[\d,.]+%?$|^—$|^-$/;

/** Lines of a table; columns of figures are set to the right. */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string[] {
	const widths = headers.map((header, i) => Math.max(width(header), ...rows.map((row) => width(row[i] ?? ''))));
	const right = headers.map((_, i) => rows.length > 0 && rows.every((row) => numeric.test(row[i] ?? '')));
	const line = (cells: readonly string[]): string =>
		cells
			.map((cell, i) => {
				const space = ' '.repeat((widths[i] ?? 0) - width(cell));
				return right[i] ? space + cell : cell + space;
			})
			.join('  ')
			.trimEnd();
	return [line(headers), line(widths.map((w) => '─'.repeat(w))), ...rows.map(line)];
}
