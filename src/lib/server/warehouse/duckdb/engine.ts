/** DuckDB behind the port. */
import {
	DuckDBInstance,
	DuckDBListValue,
	type DuckDBConnection,
	type DuckDBType,
	type DuckDBValue,
	BIGINT,
	LIST,
	VARCHAR,
	listValue,
	version
} from '@duckdb/node-api';
import type { Bound, Cell, Engine, Row } from '../engine.ts';
import { baseText, statementText } from './texts.ts';

const bind = (value: Bound): DuckDBValue =>
	Array.isArray(value) ? listValue(value as DuckDBValue[]) : (value as DuckDBValue);

/** The types of bound lists, which an empty list does not tell by itself. */
const typesOf = (bound: Readonly<Record<string, Bound>>): Record<string, DuckDBType> =>
	Object.fromEntries(
		Object.entries(bound).flatMap(([name, value]) =>
			Array.isArray(value) ? [[name, LIST(typeof value[0] === 'bigint' ? BIGINT : VARCHAR)]] : []
		)
	);

function cellOf(value: DuckDBValue): Cell {
	if (value === null) return null;
	switch (typeof value) {
		case 'string':
		case 'number':
		case 'bigint':
		case 'boolean':
			return value;
		default:
			if (value instanceof DuckDBListValue) return value.items.map(cellOf);
			return value.toString();
	}
}

/** Opens a DuckDB file (or `:memory:`) as an engine. `settings` are DuckDB's own. */
export async function openDuckdb(path: string, settings: Readonly<Record<string, string>> = {}): Promise<Engine> {
	const instance = await DuckDBInstance.create(path, { ...settings });
	return engineOn(instance, await instance.connect(), true);
}

/** @param owner whether closing this connection closes the instance */
function engineOn(instance: DuckDBInstance, connection: DuckDBConnection, owner: boolean): Engine {
	const bindAll = (bound: Readonly<Record<string, Bound>>): Record<string, DuckDBValue> =>
		Object.fromEntries(Object.entries(bound).map(([name, value]) => [name, bind(value)]));
	let inTransaction = false;
	const engine: Engine = {
		name: 'duckdb',
		version: version(),
		base: baseText,
		statement: statementText,
		async run(sql, bound = {}) {
			const result = await connection.run(sql, bindAll(bound), typesOf(bound));
			return result.rowsChanged;
		},
		async rows(sql, bound = {}) {
			const reader = await connection.runAndReadAll(sql, bindAll(bound), typesOf(bound));
			const names = reader.deduplicatedColumnNames();
			return reader
				.getRows()
				.map((row): Row => Object.fromEntries(names.map((name, i) => [name, cellOf(row[i] ?? null)])));
		},
		async appendText(table, rows) {
			const appender = await connection.createAppender(table);
			for (const row of rows) {
				for (const cell of row) {
					if (cell === null) appender.appendNull();
					else appender.appendVarchar(cell);
				}
				appender.endRow();
			}
			appender.closeSync();
		},
		async transaction(work) {
			if (inTransaction) return work();
			inTransaction = true;
			try {
				await connection.run('BEGIN TRANSACTION');
				const result = await work();
				await connection.run('COMMIT');
				return result;
			} catch (error) {
				await connection.run('ROLLBACK').catch(() => undefined);
				throw error;
			} finally {
				inTransaction = false;
			}
		},
		keep: (work) => work(engine),
		interrupt: () => connection.interrupt(),
		another: async () => engineOn(instance, await instance.connect(), false),
		async close() {
			connection.closeSync();
			if (owner) instance.closeSync();
		}
	};
	return engine;
}
