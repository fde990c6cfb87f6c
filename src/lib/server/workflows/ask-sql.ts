/** 查询: one read-only statement over the published views. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeArrowStream } from '../arrow/write-stream.ts';
import { ask, askIntoParquet, jsonCell } from '../warehouse/duckdb/ask.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { publish, publishedViews } from '../warehouse/published.ts';
import { csvText } from '../workbooks/write-csv.ts';

export type QueryFormat = 'json' | 'csv' | 'arrow' | 'parquet';

/**
 * Answers a statement in a format.
 * @throws Problem `statement_refused`, `statement_failed`
 */
export async function askSql(warehouse: Warehouse, sql: string, format: QueryFormat): Promise<Uint8Array> {
	const path = await publish(warehouse);
	const tables = publishedViews.map(({ name }) => name);
	if (format === 'parquet') {
		const into = join(warehouse.staging, 'answer.parquet');
		await askIntoParquet(path, sql, tables, into);
		const bytes = readFileSync(into);
		rmSync(into, { force: true });
		return bytes;
	}
	const { names, types, reader } = await ask(path, sql, tables);
	if (format === 'arrow') {
		const columns = reader.getColumns();
		return writeArrowStream(names.map((name, i) => ({ name, type: types[i] ?? '', values: columns[i] ?? [] })));
	}
	const rows = reader.getRows().map((row) => row.map(jsonCell));
	if (format === 'csv')
		return Buffer.from(
			csvText([[...names], ...rows.map((row) => row.map((cell) => (cell === null ? null : String(cell))))])
		);
	return Buffer.from(
		JSON.stringify(rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? null]))))
	);
}
