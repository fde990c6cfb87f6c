/** How a sheet is named wherever its file is: in messages, tables and traces. */

/** `表.xlsx · 导出`; the file alone where it has no sheets, as a text, or a text within an archive. */
export const fileAndSheet = (file: string, sheet: string | null): string =>
	sheet === null || sheet === '' ? file : `${file} · ${sheet}`;
