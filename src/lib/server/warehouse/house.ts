/**
 * A home that is being served: one instance of the engine, acts one after the other, looks beside one another. Each look
 * sees the facts as they stood when it began, so that no page mixes two imports.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Turns } from '../../basis/turns.ts';
import { countOf, type Engine } from './engine.ts';
import { lendEngine } from './lend.ts';
import { openOwnWarehouse, type Warehouse } from './open.ts';

/** What a look gets: an engine that only looks, and a memory of results by the facts they stand on. */
export interface Look {
	readonly home: string;
	readonly engine: Engine;
	/** The number of the last batch: a result that stands on facts alone is the same while this is. */
	readonly facts: number;
	/** A result that depends on the facts and on `key` alone; computed once and remembered. */
	recall<T>(key: string, compute: () => Promise<T>): Promise<T>;
}

/** How a home is emptied. */
export interface Emptying {
	/** What becomes of the old warehouse; `stay` leaves everything as it is. */
	readonly decide: (old: Warehouse) => Promise<'keep' | 'delete' | 'stay'>;
	/** The name, without its ending, under which the old warehouse is put aside. */
	readonly name: string;
	/** The first act of the new warehouse. */
	readonly begin: (fresh: Warehouse, keptAs: string | null) => Promise<void>;
}

export interface House {
	readonly home: string;
	/** Runs something that changes the home, after all that asked before. */
	act<T>(work: (warehouse: Warehouse) => Promise<T>): Promise<T>;
	/** Runs something that only looks, beside acts and other looks. */
	look<T>(work: (look: Look) => Promise<T>): Promise<T>;
	/**
	 * Begins again with an empty warehouse, in one turn: what is decided and what is begun see no act between them.
	 * @returns the name under which the old warehouse stays in the home; null where it is gone, or nothing was done
	 */
	empty(how: Emptying): Promise<string | null>;
	/** How many acts wait or run. */
	readonly acting: number;
	close(): Promise<void>;
}

/** Looks at once; more wait. Every connection costs memory. */
const looksAtOnce = 4;
/** Results remembered; the oldest are forgotten first. */
const remembered = 500;

/** Results by the facts that they stand on. What stood on earlier facts is forgotten when new ones come. */
class Memory {
	readonly #results = new Map<string, Promise<unknown>>();
	#facts = 0;

	recall<T>(facts: number, key: string, compute: () => Promise<T>): Promise<T> {
		if (facts > this.#facts) {
			this.#results.clear();
			this.#facts = facts;
		}
		// A look that began before the last import must not put its results into the memory of the facts after it.
		if (facts < this.#facts) return compute();
		const known = this.#results.get(key) as Promise<T> | undefined;
		if (known) {
			this.#results.delete(key);
			this.#results.set(key, known);
			return known;
		}
		const result = compute();
		this.#results.set(key, result);
		// What failed is tried again by the next who asks.
		result.catch(() => {
			if (this.#results.get(key) === result) this.#results.delete(key);
		});
		for (const oldest of this.#results.keys()) {
			if (this.#results.size <= remembered) break;
			this.#results.delete(oldest);
		}
		return result;
	}

	clear(): void {
		this.#results.clear();
		this.#facts = 0;
	}
}

/** A name for a warehouse that is put aside, which no other has. */
function freeName(home: string, name: string): string {
	for (let i = 1; ; i++) {
		const candidate = `${name}${i === 1 ? '' : `-${i}`}.duckdb`;
		if (!existsSync(join(home, candidate))) return candidate;
	}
}

/** Connections for looks. */
class Lookers {
	readonly #free: Engine[] = [];
	readonly #waiting: ((engine: Engine) => void)[] = [];

	take(): Promise<Engine> {
		const free = this.#free.pop();
		return free ? Promise.resolve(free) : new Promise((resolve) => this.#waiting.push(resolve));
	}

	give(engine: Engine): void {
		const next = this.#waiting.shift();
		if (next) next(engine);
		else this.#free.push(engine);
	}

	async fill(acting: Engine): Promise<void> {
		for (let i = 0; i < looksAtOnce; i++) this.give(await acting.another());
	}

	/** Closes all, each when its look has ended. */
	async close(): Promise<void> {
		for (let i = 0; i < looksAtOnce; i++) await (await this.take()).close();
	}
}

/**
 * Opens a home to be served, and lends its engine to commands.
 * @throws Problem of {@link openOwnWarehouse}; `home_busy` also where another server has it
 */
export async function openHouse(home: string): Promise<House> {
	let warehouse = await openOwnWarehouse(home, { create: true });
	const lookers = new Lookers();
	await lookers.fill(warehouse.engine);
	const acts = new Turns();
	const memory = new Memory();
	const act: House['act'] = (work) => acts.take(() => work(warehouse));

	/** Keeps what a look has found, unless the home was emptied since: batches count from 1 again then. */
	async function keepFor(seen: Warehouse, kept: (engine: Engine) => Promise<void>): Promise<void> {
		await act(({ engine }) => (engine === seen.engine ? kept(engine) : Promise.resolve()));
	}

	async function look<T>(work: (look: Look) => Promise<T>): Promise<T> {
		const connection = await lookers.take();
		const seen = warehouse;
		const engine: Engine = {
			...connection,
			// A failure to keep costs the next who asks some time, and nothing else.
			keep: (kept) => {
				keepFor(seen, kept).catch(() => undefined);
				return Promise.resolve();
			}
		};
		try {
			return await connection.transaction(async () => {
				const [row] = await engine.rows('SELECT coalesce(max(batch), 0) AS facts FROM batch');
				const facts = countOf(row?.['facts']);
				return work({
					home: warehouse.home,
					engine,
					facts,
					recall: (key, compute) => memory.recall(facts, key, compute)
				});
			});
		} finally {
			lookers.give(connection);
		}
	}

	const empty: House['empty'] = ({ decide, name, begin }) =>
		acts.take(async () => {
			const fate = await decide(warehouse);
			if (fate === 'stay') return null;
			const path = join(warehouse.home, 'kaoji.duckdb');
			const aside = freeName(warehouse.home, name);
			// Without a log beside it the file is whole; where that fails, nothing has changed yet.
			await warehouse.engine.run('CHECKPOINT');
			await lookers.close();
			await warehouse.engine.close();
			try {
				renameSync(path, join(warehouse.home, aside));
			} finally {
				// Also where the old one could not be put aside: then it goes on as it was.
				warehouse = await openOwnWarehouse(home, { create: true });
				memory.clear();
				await lookers.fill(warehouse.engine);
			}
			for (const copy of ['published.duckdb', 'published.version']) rmSync(join(warehouse.home, copy), { force: true });
			await begin(warehouse, fate === 'keep' ? aside : null);
			// Last, so that a home that was killed before has the old one still.
			if (fate === 'delete') rmSync(join(warehouse.home, aside), { force: true });
			return fate === 'keep' ? aside : null;
		});

	const lent = await lendEngine(home, act);
	return {
		home: warehouse.home,
		act,
		look,
		empty,
		get acting() {
			return acts.waiting;
		},
		async close() {
			await lent.close();
			await acts.take(async () => {
				await lookers.close();
				await warehouse.engine.run('CHECKPOINT');
				await warehouse.engine.close();
			});
		}
	};
}
