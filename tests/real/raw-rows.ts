/** The raw files of a city as plain rows, read by a reader of these tests' own. */
import { readFileSync } from 'node:fs';

/** A row of a raw file by header, with the line on which it begins. */
export type Raw = Readonly<Record<string, string>> & { readonly line: number };

/** Reads a CSV by one expression: a cell is quoted with doubled quotes, or runs to the next comma or line end. */
export function rawRows(path: string, encoding: 'utf8' | 'latin1'): Raw[] {
	const text = readFileSync(path, encoding);
	const rows: { line: number; cells: string[] }[] = [];
	let row = { line: 1, cells: [] as string[] };
	let line = 1;
	for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
		if (plain === '' && end === '' && row.cells.length === 0) break;
		row.cells.push((quoted?.replaceAll('""', '"') ?? plain ?? '').trim());
		line += (quoted?.split('\n').length ?? 1) - 1;
		if (end === ',') continue;
		rows.push(row);
		line++;
		row = { line, cells: [] };
	}
	const [head, ...body] = rows;
	return body.map(
		({ line: at, cells }) =>
			({ ...Object.fromEntries((head?.cells ?? []).map((header, i) => [header, cells[i]])), line: at }) as Raw
	);
}

/** How often each key comes. */
export function counted(keys: Iterable<string>): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
	return counts;
}
