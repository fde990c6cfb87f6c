/** An answer as an Arrow IPC stream: whole numbers and floats in their own types, what would be rounded as text. */
import { Bool, Float64, Int32, Int64, Table, tableToIPC, Utf8, type Vector, vectorFromArray } from 'apache-arrow';

/** A column to write: its name, DuckDB's name of its type, its values. */
export interface ArrowColumn {
	readonly name: string;
	readonly type: string;
	readonly values: readonly unknown[];
}

function vectorOf({ type, values }: ArrowColumn): Vector {
	switch (type) {
		case 'BOOLEAN':
			return vectorFromArray(values as (boolean | null)[], new Bool());
		case 'TINYINT':
		case 'SMALLINT':
		case 'INTEGER':
			return vectorFromArray(values as (number | null)[], new Int32());
		case 'BIGINT':
			return vectorFromArray(values as (bigint | null)[], new Int64());
		case 'FLOAT':
		case 'DOUBLE':
			return vectorFromArray(values as (number | null)[], new Float64());
		default:
			return vectorFromArray(
				values.map((value) => (value === null ? null : String(value))),
				new Utf8()
			);
	}
}

/** The bytes of the stream (`application/vnd.apache.arrow.stream`). */
export function writeArrowStream(columns: readonly ArrowColumn[]): Uint8Array {
	return tableToIPC(new Table(Object.fromEntries(columns.map((column) => [column.name, vectorOf(column)]))), 'stream');
}
