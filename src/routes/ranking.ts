/** The order, the search and the page of a ranking, as the address has them. */
import type { RankingRow } from '#lib/reports/leadership.ts';

const columns = ['rank', 'change', 'name', 'score', 'coverage', 'timeliness', 'problemRate'] as const;
export type RankingColumn = (typeof columns)[number];

export interface RankingOrder {
	readonly by: RankingColumn;
	readonly descending: boolean;
}

/** Rows of a page: what a screen or two can hold; a province has thirty pages. */
const rowsOfPage = 50;

/** `?sort=coverage` ascending, `?sort=-coverage` descending; by rank where the address says nothing. */
export function orderOf(url: URL): RankingOrder {
	const text = url.searchParams.get('sort') ?? 'rank';
	const by = columns.find((column) => column === text.replace(/^-/, '')) ?? 'rank';
	return { by, descending: text.startsWith('-') };
}

/** Where a row stands in a column; null for a figure that is not there. */
function placeOf(row: RankingRow, by: RankingColumn): number | string | null {
	const value = row[by];
	return by === 'name' || typeof value === 'number' || value === null ? value : Number(value);
}

/** The rows in an order; rows without a figure come last either way. By rank, those that are ranked together stand together. */
export function sortedRanking(rows: readonly RankingRow[], { by, descending }: RankingOrder): RankingRow[] {
	const sign = descending ? -1 : 1;
	return [...rows].sort((a, b) => {
		if (by === 'rank' && a.group !== b.group) return a.group < b.group ? -1 : 1;
		const [x, y] = [placeOf(a, by), placeOf(b, by)];
		if (x === null || y === null) return (x === null ? 1 : 0) - (y === null ? 1 : 0);
		return x === y ? 0 : x < y ? -sign : sign;
	});
}

/** One page of rows, `size` at the most; a page that is not there is the nearest that is. */
export function pageOf<T>(rows: readonly T[], url: URL, size = rowsOfPage): { rows: T[]; page: number; pages: number } {
	const pages = Math.max(1, Math.ceil(rows.length / size));
	const asked = Number(url.searchParams.get('page') ?? '1');
	const page = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), pages) : 1;
	return { rows: rows.slice((page - 1) * size, page * size), page, pages };
}
