/**
 * How the columns of a stranger's file become the fields of a kind (data/mappings/*.yaml).
 * A file with the recognised headers needs none: its mapping is made by {@link recognise}.
 */
import type { DateOrder } from './dates.ts';
import { normaliseHeader } from './headers.ts';

/**
 * The part of a cell that a field is: 巡查地点与内容 holds two things in one column. `first` is what stands before the
 * first `at`, the whole cell where there is none; `rest` is what stands behind it, nothing where there is none, and
 * ends before the next `until` where the mapping names one.
 */
export interface Split {
	readonly at: string;
	readonly take: 'first' | 'rest';
	readonly until?: string;
}

/** A part of a joined cell: a column as it stands, or its day as ISO, so that files which write days differently agree. */
export interface JoinPart {
	readonly header: string;
	readonly isDay: boolean;
}

/** Several columns as one text, `between` the parts: an id for rows that have none of their own. */
export interface Join {
	readonly join: readonly JoinPart[];
	readonly between: string;
}

/** Where a field's cell comes from. */
export type Column =
	| { readonly header: string; readonly lookup?: Readonly<Record<string, string>>; readonly split?: Split }
	| { readonly constant: string }
	/** The day in `date` plus the whole number in `plusDays`. */
	| { readonly date: string; readonly plusDays: string }
	| Join
	/** The township of the subject that the row names. */
	| { readonly of: 'subject' };

export interface Mapping {
	readonly name: string;
	readonly kind: string;
	readonly dateOrder: DateOrder;
	/** Rows have no id of their own: they are told apart by their content (rules.md, 2, Keys). */
	readonly lineNumbers: boolean;
	/** The encoding of a text file that cannot tell it by itself; null where its bytes do. */
	readonly encoding: string | null;
	/** The fingerprint of the header that it was made for, by which it is found again; null where it must be named. */
	readonly fingerprint: string | null;
	readonly columns: Readonly<Record<string, Column>>;
}

/** What a cell stands for by its column's lookup; the cell itself where there is no lookup or it lists no such cell. */
export function lookedUp(column: Column | undefined, cell: string): string {
	const lookup = column && 'lookup' in column ? column.lookup : undefined;
	const listed = cell.trim();
	// Its own entries only: a cell that says `constructor` is not listed.
	return lookup && Object.hasOwn(lookup, listed) ? (lookup[listed] ?? cell) : cell;
}

/** What tells a header row from others, whatever the order of its columns: its cells as they are compared, sorted. */
export const fingerprintOf = (headers: readonly (string | null)[]): string =>
	[...new Set(headers.map((header) => normaliseHeader(header ?? '')).filter((form) => form !== ''))].sort().join(' | ');

/** The part of a cell that a split takes; null where nothing is there. */
export function splitOff(cell: string, { at, take, until }: Split): string | null {
	const place = cell.indexOf(at);
	const part =
		take === 'first' ? (place < 0 ? cell : cell.slice(0, place)) : place < 0 ? '' : cell.slice(place + at.length);
	const end = until === undefined ? -1 : part.indexOf(until);
	const kept = (end < 0 ? part : part.slice(0, end)).trim();
	return kept === '' ? null : kept;
}

/** The headers that a mapping needs to find in a file, each once: two fields may be parts of one column. */
export function neededHeaders(mapping: Mapping): string[] {
	const asked = Object.values(mapping.columns).flatMap((column) => {
		if ('header' in column) return [column.header];
		if ('date' in column) return [column.date, column.plusDays];
		return 'join' in column ? column.join.map(({ header }) => header) : [];
	});
	return [...new Set(asked)];
}
