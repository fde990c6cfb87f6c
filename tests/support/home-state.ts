/** What a home holds, whole, so that two states of it can be compared. */
import { kinds } from '#lib/intake/kinds/index.ts';
import type { Engine, Row } from '#lib/server/warehouse/engine.ts';
import { openWarehouse } from '#lib/server/warehouse/open.ts';

/** Rows by table, as text, in an order of their own. */
export type State = Readonly<Record<string, readonly string[]>>;

const texts = (rows: readonly Row[]): string[] =>
	rows.map((row) => JSON.stringify(row, (_, cell: unknown) => (typeof cell === 'bigint' ? String(cell) : cell))).sort();

async function statesOf(engine: Engine, statements: Readonly<Record<string, string>>): Promise<State> {
	const state: Record<string, string[]> = {};
	for (const [name, sql] of Object.entries(statements)) state[name] = texts(await engine.rows(sql));
	return state;
}

/** Every row of every table. */
export async function everything(engine: Engine): Promise<State> {
	const tables = await engine.rows('SELECT table_name AS name FROM duckdb_tables() WHERE NOT temporary ORDER BY ALL');
	return statesOf(engine, Object.fromEntries(tables.map(({ name }) => [String(name), `FROM "${String(name)}"`])));
}

/** Facts with their history and held rows, as far as no rollback undid them, to the last column. */
export const standing = (engine: Engine): Promise<State> =>
	statesOf(engine, {
		...Object.fromEntries(
			kinds.map(({ name }) => [name, `FROM fact_${name} WHERE ended_by IS DISTINCT FROM 'rollback'`])
		),
		quarantine: `FROM quarantine WHERE status <> 'rolled_back'`
	});

/** The same without the numbers by which a home counts its batches, sources and held rows. */
export const contents = (engine: Engine): Promise<State> =>
	statesOf(engine, {
		...Object.fromEntries(
			kinds.map(({ name }) => [
				name,
				`SELECT fact.* EXCLUDE (batch_from, batch_to, source_id), batch_to IS NULL AS current, source.file AS source_file
				FROM fact_${name} AS fact JOIN source USING (source_id) WHERE fact.ended_by IS DISTINCT FROM 'rollback'`
			])
		),
		quarantine: `SELECT quarantine.* EXCLUDE (hold, batch, source_id, status_batch), source.file AS source_file
			FROM quarantine JOIN source USING (source_id) WHERE status <> 'rolled_back'`
	});

/** Looks at a home that nobody else has open. */
export async function lookInto<T>(home: string, look: (engine: Engine) => Promise<T>): Promise<T> {
	const { engine } = await openWarehouse(home, { create: false });
	try {
		return await look(engine);
	} finally {
		await engine.close();
	}
}
