import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { columnType } from '#lib/intake/compose.ts';
import { kinds, storedFields } from '#lib/intake/kinds/index.ts';
import { measures } from '#lib/measures/catalogue/index.ts';
import { composeTallies, composeTrace, composeTraces } from '#lib/measures/compose.ts';
import { bases } from '#lib/measures/declare.ts';
import { noParameters, tallyRequest } from '#lib/measures/request.ts';
import type { Bound } from '#lib/server/warehouse/engine.ts';
import { migrations, openWarehouse, type Warehouse } from '#lib/server/warehouse/open.ts';
import { publishedViews } from '#lib/server/warehouse/published.ts';
import { ownFolder } from '../support/kaoji.ts';

const files = (folder: string): string[] =>
	readdirSync(fileURLToPath(new URL(`../../src/lib/server/warehouse/duckdb/${folder}/`, import.meta.url))).map((name) =>
		name.replace('.sql', '')
	);

const sample: Record<string, Bound> = {
	start: '2025-01-01',
	end: '2025-03-31',
	on: '2025-03-31',
	period: '2025Q1',
	covers: [],
	townships: [],
	forms: [],
	due: [],
	plan: 'x',
	batch: null,
	kind: null,
	township: null,
	domain: null
};
const boundIn = (sql: string): Record<string, Bound> =>
	Object.fromEntries([...sql.matchAll(/\$([a-z_]+)/g)].map(([, name]) => [name ?? '', sample[name ?? ''] ?? null]));

describe('the SQL of the warehouse, against an empty home', () => {
	const { path, remove } = ownFolder();
	let warehouse: Warehouse;
	beforeAll(async () => {
		warehouse = await openWarehouse(path, { create: true, engineName: 'memory' });
	});
	afterAll(async () => {
		await warehouse.engine.close();
		remove();
	});

	it('has a base for each that measures name, and no other', () => {
		expect(files('bases').sort()).toEqual(Object.keys(bases).sort());
	});

	it.each(files('bases'))('binds and runs the base %s', async (name) => {
		const sql = warehouse.engine.base(name);
		expect(await warehouse.engine.rows(`SELECT * FROM (${sql}) WHERE township = 'none'`, boundIn(sql))).toEqual([]);
	});

	it.each(files('statements'))('binds and runs the statement %s', async (name) => {
		const sql = warehouse.engine.statement(name);
		await expect(warehouse.engine.rows(sql, boundIn(sql))).resolves.toBeInstanceOf(Array);
	});

	it.each(publishedViews.map(({ name }) => name))('gives each column of the view %s a word', async (name) => {
		const view = publishedViews.find((one) => one.name === name);
		const described = await warehouse.engine.rows(`DESCRIBE ${view?.sql ?? ''}`);
		expect(view?.columns.map((column) => column.name).sort()).toEqual(
			described.map((row) => String(row['column_name'])).sort()
		);
	});

	it.each(measures.map(({ name }) => name))('composes %s and its trace', async (name) => {
		const measure = measures.find((one) => one.name === name) as (typeof measures)[number];
		const settings = {
			cutoffDays: 5,
			graceDays: 3,
			visitsPerQuarter: { drinking_water: 3 },
			forms: { monthlyDay: 19, monthly: true, quarterly: true },
			roll: 'none' as const,
			unit: 'township' as const,
			workload: { patrol: '1' }
		};
		const parameters = {
			...noParameters,
			domains: ['food_safety'],
			type: 'training',
			key: 'x',
			window: measure.windows.at(-1) ?? 'period'
		} as const;
		const request = tallyRequest(name, { kind: 'quarter', year: 2025, index: 1 }, settings, parameters);
		for (const best of [false, true])
			for (const { sql, bound } of composeTallies(
				[{ measure, request }],
				(base) => warehouse.engine.base(base),
				['1'],
				best
			))
				await expect(warehouse.engine.rows(sql, bound)).resolves.toBeInstanceOf(Array);
		const trace = composeTrace({ measure, request }, (base) => warehouse.engine.base(base), '1');
		await expect(warehouse.engine.rows(trace.sql, trace.bound)).resolves.toBeInstanceOf(Array);
		// Two windows of one measure in one statement.
		const longer = tallyRequest(name, { kind: 'year', year: 2025, index: 1 }, settings, parameters);
		const { relations, bound } = composeTraces(
			[request, longer].map((one) => ({ measure, request: one })),
			(base) => warehouse.engine.base(base),
			['1', '2']
		);
		await expect(warehouse.engine.rows(relations.join(' UNION ALL '), bound)).resolves.toBeInstanceOf(Array);
	});

	it.each(kinds.map(({ name }) => name))('stores every field of %s in a column of its type', async (name) => {
		const kind = kinds.find((one) => one.name === name) as (typeof kinds)[number];
		const columns = new Map(
			(await warehouse.engine.rows(`DESCRIBE fact_${name}`)).map((row) => [
				String(row['column_name']),
				String(row['column_type'])
			])
		);
		for (const field of storedFields(kind))
			expect(columns.get(field.name)).toBe(columnType[field.type].replace(' ', '').replace(', ', ','));
	});

	it('carries whole numbers beyond 2^53 and decimals through unrounded', async () => {
		const [row] = await warehouse.engine.rows(
			`SELECT 9007199254740993 AS big, 170141183460469231731687303715884105727 AS huge, CAST('123456789012.345678' AS DECIMAL(18, 6)) AS exact, DATE '2025-03-05' AS day, $bound AS bound`,
			{ bound: 9_007_199_254_740_993n }
		);
		expect(row).toEqual({
			big: 9_007_199_254_740_993n,
			huge: 170_141_183_460_469_231_731_687_303_715_884_105_727n,
			exact: '123456789012.345678',
			day: '2025-03-05',
			bound: 9_007_199_254_740_993n
		});
	});

	it('numbers its migrations from 1 on, without a gap', () => {
		expect(migrations().map(({ number }) => number)).toEqual(migrations().map((_, i) => i + 1));
	});

	it('makes no index', () => {
		for (const { sql } of migrations())
			expect(sql.replace(/--.*$/gm, '')).not.toMatch(/\bINDEX\b|\bUNIQUE\b|PRIMARY KEY/i);
	});

	it('refuses an engine that it does not know', async () => {
		await expect(openWarehouse(path, { create: true, engineName: 'oracle' })).rejects.toThrow('engine_unknown');
	});
});
