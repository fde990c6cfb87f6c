/**
 * The rows of a sheet that could be its header. A header may reach over up to three lines, with groups above and
 * columns below: 整改 over 期限 and 完成日期 (the 巡查登记表 of the offices has such).
 */

/** The first rows of a sheet as text; null is an empty cell. */
export type HeadRows = readonly { readonly line: number; readonly cells: readonly (string | null)[] }[];

/** One to three lines of the head, taken as a header. */
export interface HeaderRow {
	/** The last of its lines. */
	readonly line: number;
	/** Its lines as they stand. */
	readonly cells: readonly (readonly (string | null)[])[];
	/** The name of each column: its lowest filled cell, with the group above where that alone stands twice. */
	readonly names: readonly (string | null)[];
	/** What each column may be called, the fullest first: 整改期限, then 期限. */
	readonly spellings: readonly (readonly string[])[];
}

const mostLines = 3;

const isFilled = (cell: string | null | undefined): cell is string => cell != null && cell.trim() !== '';

/** A line of groups with each group's word over all its columns: merged sideways, it stands in the first alone. */
function spread(cells: readonly (string | null)[], width: number): (string | null)[] {
	let group: string | null = null;
	return Array.from({ length: width }, (_, i) => {
		const cell = cells[i];
		if (isFilled(cell)) group = cell.trim();
		return group;
	});
}

/** Some lines of a head as one header. */
export function headerOf(lines: HeadRows): HeaderRow {
	const cells = lines.map((row) => row.cells);
	const line = lines.at(-1)?.line ?? 0;
	if (cells.length === 1) {
		const [own = []] = cells;
		return { line, cells, names: own, spellings: own.map((cell) => (isFilled(cell) ? [cell] : [])) };
	}
	const width = Math.max(...cells.map((row) => row.length));
	const groups = cells.map((row) => spread(row, width));
	const columns = Array.from({ length: width }, (_, i) => {
		const lowest = cells.findLastIndex((row) => isFilled(row[i]));
		if (lowest < 0) return [];
		const own = (cells[lowest]?.[i] ?? '').trim();
		// A cell that is merged downwards stands in each of its lines: it is no group of itself.
		const above = groups.slice(0, lowest).flatMap((row) => (row[i] && row[i] !== own ? [row[i]] : []));
		return [...new Set([...above.map((_, from) => [...above.slice(from), own].join('')), own])];
	});
	const counts = new Map<string, number>();
	for (const spellings of columns) {
		const own = spellings.at(-1);
		if (own !== undefined) counts.set(own, (counts.get(own) ?? 0) + 1);
	}
	return {
		line,
		cells,
		names: columns.map((spellings) => {
			const own = spellings.at(-1);
			return own === undefined ? null : (counts.get(own) ?? 0) > 1 ? (spellings[0] ?? own) : own;
		}),
		spellings: columns
	};
}

/** All headers that a head could have, by their last line; those of fewer lines first. */
export function headerRows(head: HeadRows): HeaderRow[] {
	const found: HeaderRow[] = [];
	for (let lines = 1; lines <= mostLines; lines++)
		for (let first = 0; first + lines <= head.length; first++) {
			const taken = head.slice(first, first + lines);
			// Lines of one header stand together.
			if ((taken.at(-1)?.line ?? 0) - (taken[0]?.line ?? 0) > lines * 2) continue;
			found.push(headerOf(taken));
		}
	return found;
}
