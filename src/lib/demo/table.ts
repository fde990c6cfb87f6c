/** Tables of cells, made from rows by their columns. */
import type { Day } from '../basis/day.ts';
import type { Township } from './county.ts';

/** A calendar day, kept apart from numbers so that a workbook can show it as a date. */
export interface DayCell {
	readonly day: Day;
}

export type Cell = string | number | DayCell | null;

export interface Table {
	readonly headers: readonly string[];
	readonly rows: readonly (readonly Cell[])[];
}

/** A row with the township whose it is. */
export interface Of<Row> {
	readonly township: Township;
	readonly row: Row;
}

/** Headers in their order, each with its cell. */
export type Columns<Row> = Readonly<Record<string, (of: Of<Row>) => Cell>>;

export const table = <Row>(rows: readonly Of<Row>[], columns: Columns<Row>): Table => {
	const cells = Object.values(columns);
	return { headers: Object.keys(columns), rows: rows.map((of) => cells.map((cell) => cell(of))) };
};

export const dayCell = (day: Day | null): DayCell | null => (day === null ? null : { day });

export const yesNo = (value: boolean): string => (value ? '是' : '否');
