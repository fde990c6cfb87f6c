/**
 * Runs one statement of an analyst over the published copy: opened read-only, without file system or network, its
 * settings locked, and only after an allow-list over the parsed statement.
 */
import { type DuckDBConnection, DuckDBDateValue, DuckDBInstance, type DuckDBResultReader } from '@duckdb/node-api';
import { Problem } from '../../../basis/problem.ts';

/** A name that is no path: DuckDB reads a file where a table is named like one. */
const plainName = /^[a-z_][a-z0-9_]*$/;

/** Table functions that read nothing but their arguments. */
const harmlessTableFunctions = new Set(['range', 'generate_series', 'unnest']);
/** Functions that look outside the published data. */
const refusedFunctions =
	/^(read_|glob$|getenv$|current_setting$|getvariable$|parquet_|duckdb_|pragma_|sniff_csv|query$|query_table$|which_secret)/i;

type Json = JsonObject | readonly Json[] | string | number | boolean | null;
// An interface, because a type alias of a record cannot speak of itself.
interface JsonObject {
	readonly [key: string]: Json;
}

/** An answer, column by column, still in the engine's types. */
export interface Answer {
	readonly names: readonly string[];
	readonly types: readonly string[];
	readonly reader: DuckDBResultReader;
}

/** The first thing in a parsed statement that it must not do; null when there is none. */
function forbidden(node: Json, tables: ReadonlySet<string>, ctes: ReadonlySet<string>): string | null {
	if (node === null || typeof node !== 'object') return null;
	if (!Array.isArray(node)) {
		const one = node as JsonObject;
		const name = String(one['table_name'] ?? '').toLowerCase();
		if (one['type'] === 'BASE_TABLE') {
			const qualified = [one['schema_name'], one['catalog_name']].some(
				(part) => typeof part === 'string' && part !== '' && part !== 'main'
			);
			if (qualified || !plainName.test(name) || (!tables.has(name) && !ctes.has(name))) return name;
		}
		const functionName = String(one['function_name'] ?? '').toLowerCase();
		if (one['type'] === 'TABLE_FUNCTION') {
			const called = one['function'] as { readonly function_name?: string } | undefined;
			if (!harmlessTableFunctions.has(String(called?.function_name ?? '').toLowerCase()))
				return String(called?.function_name ?? '');
		}
		if (functionName !== '' && refusedFunctions.test(functionName)) return functionName;
	}
	for (const child of Object.values(node as Record<string, Json>)) {
		const found = forbidden(child, tables, ctes);
		if (found !== null) return found;
	}
	return null;
}

function commonTables(node: Json, into = new Set<string>()): Set<string> {
	if (node === null || typeof node !== 'object') return into;
	if (!Array.isArray(node)) {
		const map = (node as { readonly cte_map?: { readonly map?: readonly { readonly key?: string }[] } }).cte_map?.map;
		for (const entry of map ?? []) if (entry.key) into.add(entry.key.toLowerCase());
	}
	for (const child of Object.values(node as Record<string, Json>)) commonTables(child, into);
	return into;
}

async function checked(sql: string, tables: ReadonlySet<string>): Promise<void> {
	const parser = await DuckDBInstance.create(':memory:', { enable_external_access: 'false' });
	const connection = await parser.connect();
	try {
		const reader = await connection.runAndReadAll('SELECT json_serialize_sql(CAST($sql AS VARCHAR)) AS parsed', {
			sql
		});
		const parsed = JSON.parse(String(reader.getRows()[0]?.[0])) as {
			readonly error?: boolean;
			readonly error_message?: string;
			readonly statements?: readonly Json[];
		};
		if (parsed.error) throw new Problem('statement_refused', { reason: parsed.error_message ?? '' });
		if (parsed.statements?.length !== 1)
			throw new Problem('statement_refused', { reason: `${parsed.statements?.length ?? 0} statements` });
		const found = forbidden(parsed.statements, tables, commonTables(parsed.statements));
		if (found !== null) throw new Problem('statement_refused', { reason: found });
	} finally {
		connection.closeSync();
		parser.closeSync();
	}
}

/** Runs a checked statement over the published copy, which sees nothing but itself, and hands on what comes of it. */
async function overCopy<T>(
	path: string,
	sql: string,
	tables: readonly string[],
	work: (connection: DuckDBConnection, statement: string) => Promise<T>
): Promise<T> {
	const statement = sql.trim().replace(/;\s*$/, '');
	await checked(statement, new Set(tables));
	const instance = await DuckDBInstance.create(path, {
		access_mode: 'READ_ONLY',
		enable_external_access: 'false',
		memory_limit: '2GB'
	});
	const connection = await instance.connect();
	try {
		await connection.run(`SET disabled_filesystems = 'LocalFileSystem'`);
		await connection.run('SET lock_configuration = true');
		return await work(connection, statement);
	} catch (error) {
		throw new Problem('statement_failed', {
			reason: String(error instanceof Error ? error.message : error).split('\n')[0] ?? ''
		});
	} finally {
		connection.closeSync();
		instance.closeSync();
	}
}

/**
 * Answers one read-only statement.
 * @throws Problem `statement_refused`, `statement_failed`
 */
export const ask = (path: string, sql: string, tables: readonly string[]): Promise<Answer> =>
	overCopy(path, sql, tables, async (connection, statement) => {
		const reader = await connection.runAndReadAll(statement);
		return { names: reader.deduplicatedColumnNames(), types: reader.columnTypes().map(String), reader };
	});

/**
 * Answers one read-only statement into a Parquet file. What runs the statement may not write, and what writes the file
 * never sees the statement: the answer is carried over, chunk by chunk.
 * @throws Problem `statement_refused`, `statement_failed`
 */
export const askIntoParquet = (path: string, sql: string, tables: readonly string[], into: string): Promise<void> =>
	overCopy(path, sql, tables, async (connection, statement) => {
		const result = await connection.run(statement);
		const names = result.deduplicatedColumnNames().map((name) => `"${name.replaceAll('"', '""')}"`);
		const writer = await DuckDBInstance.create(':memory:');
		const target = await writer.connect();
		try {
			await target.run(
				`CREATE TABLE answer (${names.map((name, i) => `${name} ${String(result.columnType(i))}`).join(', ')})`
			);
			const appender = await target.createAppender('answer');
			for (const chunk of await result.fetchAllChunks()) appender.appendDataChunk(chunk);
			appender.closeSync();
			await target.run(`COPY answer TO '${into.replaceAll("'", "''")}' (FORMAT parquet)`);
		} finally {
			target.closeSync();
			writer.closeSync();
		}
	});

/** A value as JSON has it: whole numbers that fit are numbers, what would be rounded is text. */
export function jsonCell(value: unknown): unknown {
	if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
	if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
	if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
	if (value instanceof DuckDBDateValue) return value.toString();
	if (typeof value === 'object' && 'items' in value && Array.isArray(value.items)) return value.items.map(jsonCell);
	return String(value);
}
