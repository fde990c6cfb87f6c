/** Opens the warehouse of a home: the one instance on its file, migrated, with what an earlier crash left put away. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Problem } from '../../basis/problem.ts';
import { shipped } from '../shipped/folder.ts';
import { borrow } from './borrow.ts';
import { openDuckdb } from './duckdb/engine.ts';
import { countOf, type Engine } from './engine.ts';

/** A home: the folder that holds a bureau's warehouse. */
export interface Warehouse {
	readonly home: string;
	readonly engine: Engine;
	/** Folder for files that the engine reads during one act; emptied at every opening. */
	readonly staging: string;
	/** The number of the newest migration that the home has. */
	readonly schema: number;
}

const migrationsFolder = shipped('src/lib/server/warehouse/migrations');

/** Migrations in order: number, file name and text. They are append-only. */
export function migrations(): { number: number; name: string; sql: string }[] {
	return readdirSync(migrationsFolder)
		.filter((name) => /^\d{4}-.*\.sql$/.test(name))
		.sort()
		.map((name) => ({
			number: Number(name.slice(0, 4)),
			name,
			sql: readFileSync(join(migrationsFolder, name), 'utf8')
		}));
}

/** `memory` keeps nothing: for trials and tests that need a home only while they run. */
const engines: Readonly<Record<string, (path: string) => Promise<Engine>>> = {
	memory: () => openDuckdb(':memory:', { threads: '1' }),
	duckdb: (path) => openDuckdb(path)
};

interface OpenOptions {
	readonly create: boolean;
	readonly engineName?: string;
}

/**
 * Opens a home. While a server runs over it, the server lends its engine, and the command waits for its turn.
 * @throws Problem of {@link openOwnWarehouse}; `server_older` (the running server has other tables)
 */
export async function openWarehouse(home: string, options: OpenOptions): Promise<Warehouse> {
	const lent = (options.engineName ?? 'duckdb') === 'duckdb' ? await borrow(home) : null;
	if (!lent) return openOwnWarehouse(home, options);
	// A server that was left running while Kaoji was replaced knows other tables than this command.
	if (lent.schema === migrations().at(-1)?.number) return { home: resolve(home), ...lent };
	await lent.engine.close();
	throw new Problem('server_older', { home });
}

/**
 * Opens a home that no server has.
 * @param create make the home when it is not there; otherwise that is the Problem `home_missing`
 * @param engineName `duckdb`; an unknown name is an error, never a default
 * @throws Problem `home_missing`, `home_busy` (another process has it), `home_unusable` (no rights, no database),
 * `home_newer` (made by a later Kaoji)
 */
export async function openOwnWarehouse(
	home: string,
	{ create, engineName = 'duckdb' }: OpenOptions
): Promise<Warehouse> {
	const folder = resolve(home);
	const path = join(folder, 'kaoji.duckdb');
	const open = engines[engineName];
	if (!open) throw new Problem('engine_unknown', { engine: engineName });
	if (!existsSync(path) && !create) throw new Problem('home_missing', { home });
	const staging = join(folder, 'staging');
	let engine: Engine;
	try {
		mkdirSync(folder, { recursive: true });
		engine = await open(path);
	} catch (error) {
		if (/lock|being used by another process/i.test(String(error))) throw new Problem('home_busy', { home });
		const { code, message } = error as NodeJS.ErrnoException;
		throw new Problem('home_unusable', { home, reason: code ?? message.split('\n')[0] ?? '' });
	}
	try {
		rmSync(staging, { recursive: true, force: true });
		mkdirSync(staging, { recursive: true });
		// A write-ahead log of 16 MB once needed over 256 MB to replay: none is left standing after an opening.
		await engine.run('CHECKPOINT');
		return { home: folder, engine, staging, schema: await migrate(engine, home) };
	} catch (error) {
		await engine.close();
		throw error;
	}
}

/** Brings the schema up to date, each migration recorded in the transaction that makes it. */
async function migrate(engine: Engine, home: string): Promise<number> {
	await engine.run('CREATE TABLE IF NOT EXISTS migration (number INTEGER NOT NULL, name VARCHAR NOT NULL)');
	const [row] = await engine.rows('SELECT coalesce(max(number), 0) AS done FROM migration');
	let done = countOf(row?.['done']);
	const known = migrations();
	if (done > (known.at(-1)?.number ?? 0)) throw new Problem('home_newer', { home });
	for (const { number, name, sql } of known.filter((migration) => migration.number > done)) {
		await engine.transaction(async () => {
			await engine.run(sql);
			await engine.run('INSERT INTO migration VALUES ($number, $name)', { number, name });
		});
		done = number;
	}
	return done;
}
