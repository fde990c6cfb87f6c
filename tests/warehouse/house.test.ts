import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { countOf, type Engine } from '#lib/server/warehouse/engine.ts';
import { openDuckdb } from '#lib/server/warehouse/duckdb/engine.ts';
import { type Emptying, type House, openHouse } from '#lib/server/warehouse/house.ts';
import { openWarehouse } from '#lib/server/warehouse/open.ts';
import { ownFolder } from '../support/kaoji.ts';

const batchesIn = async (engine: Engine): Promise<number> => {
	const [row] = await engine.rows('SELECT count(*) AS n FROM batch');
	return countOf(row?.['n']);
};
const addBatch = (engine: Engine, batch: number): Promise<number> =>
	engine.run(`INSERT INTO batch VALUES ($batch, 'import', '', '', DATE '2026-04-30')`, { batch });

const emptying = (fate: 'keep' | 'delete' | 'stay'): Emptying => ({
	decide: () => Promise.resolve(fate),
	name: 'old',
	begin: () => Promise.resolve()
});

/** A promise, and the way to end it. */
function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
	let open = (): void => undefined;
	const passed = new Promise<void>((resolve) => (open = resolve));
	return { passed, open };
}

describe('a home that is served', () => {
	const opened: { house: House; remove: () => void }[] = [];
	const house = async (): Promise<House> => {
		const { path, remove } = ownFolder();
		const one = await openHouse(path);
		opened.push({ house: one, remove });
		return one;
	};
	afterEach(async () => {
		for (const { house, remove } of opened.splice(0)) {
			await house.close();
			remove();
		}
	});

	it('shows a look the facts as they stood when it began, though an import commits meanwhile', async () => {
		const served = await house();
		const { passed, open } = gate();
		const looking = served.look(async ({ engine }) => {
			const before = await batchesIn(engine);
			await passed;
			return [before, await batchesIn(engine)];
		});
		await served.act(async ({ engine }) => {
			await engine.transaction(() => addBatch(engine, 1));
			await engine.run('CHECKPOINT');
		});
		open();
		expect(await looking).toEqual([0, 0]);
		expect(await served.look(({ engine }) => batchesIn(engine))).toBe(1);
	});

	it('lets acts in one after the other, and one that fails does not stop the next', async () => {
		const served = await house();
		const order: string[] = [];
		const { passed, open } = gate();
		const first = served.act(async () => {
			await passed;
			order.push('first');
			throw new Error('failed');
		});
		const second = served.act(() => Promise.resolve(order.push('second')));
		open();
		await expect(first).rejects.toThrow('failed');
		await second;
		expect(order).toEqual(['first', 'second']);
	});

	it('remembers a result while the facts are the same, and computes it anew after a batch', async () => {
		const served = await house();
		let computed = 0;
		const ask = (): Promise<number> => served.look(({ recall }) => recall('x', () => Promise.resolve((computed += 1))));
		expect([await ask(), await ask()]).toEqual([1, 1]);
		await served.act(({ engine }) => addBatch(engine, 1));
		expect([await ask(), await ask()]).toEqual([2, 2]);
	});

	it('asks again for a result that could not be had', async () => {
		const served = await house();
		const fail = served.look(({ recall }) => recall('x', () => Promise.reject(new Error('once'))));
		await expect(fail).rejects.toThrow('once');
		expect(await served.look(({ recall }) => recall('x', () => Promise.resolve('then')))).toBe('then');
	});

	it('keeps what a look found, but not in a home that was emptied since', async () => {
		const served = await house();
		const kept: string[] = [];
		const keepAs = (name: string) => async (engine: Engine) => void kept.push(`${name} ${await batchesIn(engine)}`);
		await served.act(({ engine }) => addBatch(engine, 1));
		await served.look(({ engine }) => engine.keep(keepAs('before')));
		await served.act(() => Promise.resolve());
		const { passed, open } = gate();
		const looking = served.look(async ({ engine }) => {
			await passed;
			await engine.keep(keepAs('after'));
		});
		const emptied = served.empty(emptying('delete'));
		open();
		await Promise.all([looking, emptied]);
		await served.act(() => Promise.resolve());
		expect(kept).toEqual(['before 1']);
		expect(await served.look(({ engine }) => batchesIn(engine))).toBe(0);
	});

	it('keeps the old warehouse under another name where that is asked for', async () => {
		const served = await house();
		await served.act(({ engine }) => addBatch(engine, 1));
		expect(await served.empty(emptying('keep'))).toBe('old.duckdb');
		expect(await served.look(({ engine }) => batchesIn(engine))).toBe(0);
		// A second emptying has a name of its own, and takes nothing from the first.
		expect(await served.empty(emptying('keep'))).toBe('old-2.duckdb');
		const old = await openDuckdb(join(served.home, 'old.duckdb'));
		expect(await batchesIn(old)).toBe(1);
		await old.close();
	});

	it('leaves no file behind where the old warehouse is not to be kept, and everything where it is to stay', async () => {
		const served = await house();
		await served.act(({ engine }) => addBatch(engine, 1));
		expect(await served.empty(emptying('stay'))).toBeNull();
		expect(await served.look(({ engine }) => batchesIn(engine))).toBe(1);
		expect(await served.empty(emptying('delete'))).toBeNull();
		expect(existsSync(join(served.home, 'old.duckdb'))).toBe(false);
		expect(await served.look(({ engine }) => batchesIn(engine))).toBe(0);
	});

	it('decides in the turn in which it empties, after all acts that asked before', async () => {
		const served = await house();
		const { passed, open } = gate();
		const earlier = served.act(async ({ engine }) => {
			await passed;
			await addBatch(engine, 1);
		});
		let seen = -1;
		const emptied = served.empty({
			...emptying('keep'),
			decide: async ({ engine }) => ((seen = await batchesIn(engine)), 'keep')
		});
		open();
		await Promise.all([earlier, emptied]);
		expect(seen).toBe(1);
	});

	it('lends its engine to a command, which sees and changes the same home', async () => {
		const served = await house();
		const { engine, schema } = await openWarehouse(served.home, { create: false });
		expect(schema).toBeGreaterThan(0);
		await engine.transaction(() => addBatch(engine, 1));
		expect(
			await engine.rows('SELECT batch, today FROM batch WHERE list_contains($some, batch)', { some: [1n] })
		).toEqual([{ batch: 1, today: '2026-04-30' }]);
		await engine.appendText('setting', [['a', 'b']]);
		await expect(engine.rows('SELECT nothing')).rejects.toThrow('nothing');
		await engine.close();
		expect(await served.look(({ engine }) => batchesIn(engine))).toBe(1);
	});

	it('undoes what a command had not committed when it went away', async () => {
		const served = await house();
		const { engine } = await openWarehouse(served.home, { create: false });
		await engine.run('BEGIN TRANSACTION');
		await addBatch(engine, 1);
		await engine.close();
		await served.act(() => Promise.resolve());
		expect(await served.act(({ engine }) => batchesIn(engine))).toBe(0);
	});

	it('gives hugeints, decimals and lists to a command as they are', async () => {
		const served = await house();
		const sql = `SELECT 170141183460469231731687303715884105727::HUGEINT AS h, 9007199254740993::BIGINT AS b,
			12345678901234567.1234::DECIMAL(21, 4) AS d, [1, NULL] AS l, NULL AS n`;
		const own = await served.act(({ engine }) => engine.rows(sql));
		const { engine } = await openWarehouse(served.home, { create: false });
		expect(await engine.rows(sql)).toEqual(own);
		await engine.close();
		expect(own[0]).toMatchObject({ h: 170141183460469231731687303715884105727n, b: 9007199254740993n });
	});
});
