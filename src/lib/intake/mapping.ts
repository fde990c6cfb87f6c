/**
 * How the columns of a stranger's file become the fields of a kind (data/mappings/*.yaml).
 * A file with the recognised headers needs none: its mapping is made by {@link recognise}.
 */
import type { DateOrder } from './dates.ts';

/** Where a field's cell comes from. */
export type Column =
	| { readonly header: string; readonly lookup?: Readonly<Record<string, string>> }
	| { readonly constant: string }
	/** The day in `date` plus the whole number in `plusDays`. */
	| { readonly date: string; readonly plusDays: string }
	/** The township of the subject that the row names. */
	| { readonly of: 'subject' };

export interface Mapping {
	readonly name: string;
	readonly kind: string;
	readonly dateOrder: DateOrder;
	/** Rows have no id of their own: they are told apart by their content (rules.md, 2, Keys). */
	readonly lineNumbers: boolean;
	readonly columns: Readonly<Record<string, Column>>;
}

/** What a cell stands for by its column's lookup; the cell itself where there is no lookup or it lists no such cell. */
export function lookedUp(column: Column | undefined, cell: string): string {
	const lookup = column && 'lookup' in column ? column.lookup : undefined;
	const listed = cell.trim();
	// Its own entries only: a cell that says `constructor` is not listed.
	return lookup && Object.hasOwn(lookup, listed) ? (lookup[listed] ?? cell) : cell;
}

/** The headers that a mapping needs to find in a file. */
export function neededHeaders(mapping: Mapping): string[] {
	return Object.values(mapping.columns).flatMap((column) =>
		'header' in column ? [column.header] : 'date' in column ? [column.date, column.plusDays] : []
	);
}
