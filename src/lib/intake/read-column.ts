/**
 * How the cells of a row become what a field reads, by the column that its mapping names. The import and the preview of
 * a mapping read by these alone, so that what is shown is what is stored.
 */
import { type CellAnswer, type CellContext, partSeparator, readCell, readDatePlusDays, readJoined } from './cells.ts';
import type { Field } from './kinds/declare.ts';
import { type Column, lookedUp, splitOff } from './mapping.ts';

/** How the cells of a field are read: by its column's lookup or from several columns, where it says so. */
export function cellReader(
	field: Field,
	column: Column | undefined,
	context: CellContext
): (cell: string) => CellAnswer {
	if (column && 'date' in column) return (cell) => readDatePlusDays(field, cell, context);
	if (column && 'join' in column) return (cell) => readJoined(field, column, cell, context);
	return (cell) => readCell(field, lookedUp(column, cell), context);
}

/**
 * The cell of a row that a field reads, before it has a meaning; the engine takes the same from a sheet that has landed.
 * @param cellUnder the cell of the row under a header, without the white space around it; null where it is empty
 * @returns null where nothing is there, or where the column is none of the row's own
 */
export function cellOf(column: Column, cellUnder: (header: string) => string | null): string | null {
	if ('of' in column) return null;
	if ('constant' in column) return column.constant;
	if ('header' in column) {
		const cell = cellUnder(column.header);
		return cell !== null && column.split ? splitOff(cell, column.split) : cell;
	}
	const parts = 'join' in column ? column.join.map(({ header }) => header) : [column.date, column.plusDays];
	const cells = parts.map(cellUnder);
	return cells.includes(null) ? null : cells.join(partSeparator);
}

/**
 * What a field is that no cell says, where its kind tells it from a text: no problem is described, so there is none; one
 * is, so there is at least one (rules.md, 2).
 * @param found the text that tells; null where it is empty
 */
export function absentValue({ absentMeans }: Field, found: string | null): string | null {
	if (!absentMeans) return null;
	return found === null || absentMeans.nothing.includes(found) ? '0' : '1';
}
