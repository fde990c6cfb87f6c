/**
 * The file of held rows that is corrected and imported again: the columns by which it says which holds it corrects, and
 * its cells, which must mean the same without the mapping under which the rows were read.
 */
import { isoDay } from '../basis/day.ts';
import { type CellContext, joined, readDayAfter } from './cells.ts';
import { readDate } from './dates.ts';
import { lineNumberHeader, normaliseHeader } from './headers.ts';
import type { Field } from './kinds/declare.ts';
import { type Column, lookedUp, splitOff } from './mapping.ts';

const holdHeader = '暂存编号';
export const holdColumns = [holdHeader, '来源文件', '来源工作表', '来源行号', '问题'] as const;

/** Where the file of held rows shows cells that stood beyond the header; a row with something there is held again. */
export const surplusHeader = '超出表头';

/** The index of the hold column in a header row, or -1. */
export const holdColumnIn = (headers: readonly (string | null)[]): number =>
	headers.findIndex((header) => header !== null && normaliseHeader(header) === holdHeader);

/**
 * A field's cell in words that need no mapping: what a lookup, a constant or a join says, and days whose reading the file of held
 * rows could not know from itself as ISO days. Everything else, and what cannot be read, as it stands.
 * @param cellUnder the cell of the held row under a header
 */
export function cellToCorrect(
	field: Field,
	column: Column,
	cellUnder: (header: string) => string | null,
	dates: Pick<CellContext, 'dateOrder' | 'date1904'>
): string | null {
	if ('of' in column) return null;
	if ('constant' in column) return column.constant;
	if ('header' in column) {
		const whole = cellUnder(column.header);
		const cell = whole !== null && column.split ? splitOff(whole, column.split) : whole;
		if (cell === null) return null;
		const meant = lookedUp(column, cell);
		if (field.type !== 'date' || (dates.dateOrder === null && !dates.date1904)) return meant;
		const answer = readDate(meant, dates.dateOrder, dates.date1904);
		return 'day' in answer ? isoDay(answer.day) : meant;
	}
	if ('join' in column) {
		const answer = joined(
			column,
			column.join.map(({ header }) => cellUnder(header)),
			dates
		);
		// Parts that cannot be joined are no id; as text they would be taken for one.
		return 'value' in answer ? answer.value : null;
	}
	const [date, days] = [cellUnder(column.date), cellUnder(column.plusDays)];
	if (date === null || days === null) return null;
	const answer = readDayAfter(date, days, dates);
	return 'day' in answer ? isoDay(answer.day) : `${date} + ${days}`;
}

/** A cell that is a line number where it stands under 序号, and an id of the office under any other header. */
const bareInteger = /^\d+(?:\.0+)?$/;

/** The id of a held row, and whether bare integers in its sheet are line numbers. */
export interface HeldId {
	readonly id: string | null;
	readonly lineNumbers: boolean;
}

/**
 * The header and the cells of the ids of held rows. Line numbers stay under 序号, because under the header of an id they
 * would be keys, and line 2 of one month would replace line 2 of the month before (rules.md, 2, Keys). Where they stand
 * beside bare integers that are ids, the line numbers are left out, and such a row has an id to be filled in.
 */
export function idsToCorrect(
	{ headers, name }: Field,
	rows: readonly HeldId[]
): { header: string; cells: (string | null)[] } {
	const isInteger = ({ id }: HeldId): boolean => id !== null && bareInteger.test(id.trim());
	const isNumbered = (row: HeldId): boolean => row.lineNumbers && isInteger(row);
	const underLines =
		headers.includes(lineNumberHeader) &&
		rows.some(isNumbered) &&
		rows.every((row) => row.lineNumbers || !isInteger(row));
	return {
		header: underLines ? lineNumberHeader : (headers[0] ?? name),
		cells: rows.map((row) => (isNumbered(row) && !underLines ? null : row.id))
	};
}
