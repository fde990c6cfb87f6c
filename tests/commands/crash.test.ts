import { spawn } from 'node:child_process';
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWarehouse } from '#lib/server/warehouse/open.ts';
import type { ScoreReport } from '#lib/server/workflows/report-scores.ts';
import { full, hasShared, kaoji, ownFolder, shared } from '../support/kaoji.ts';

const moments = full ? 200 : 8;
const script = fileURLToPath(new URL('../../scripts/kaoji.ts', import.meta.url));
const example = join(shared, 'vectors/edge');
const has = hasShared('vectors/edge');

const exported = (wanted: (name: string) => boolean): string[] =>
	has
		? readdirSync(join(example, 'exports'))
				.filter(wanted)
				.map((name) => join(example, 'exports', name))
		: [];
const registers = exported((name) => ['township.csv', 'subject.csv', 'staff.csv'].includes(name));
const rest = exported((name) => !['township.csv', 'subject.csv', 'staff.csv'].includes(name));

/** What a home holds, as counts of every table of facts. */
async function contents(home: string): Promise<string> {
	const { engine } = await openWarehouse(home, { create: false });
	try {
		const tables = await engine.rows(
			`SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'fact_%' OR table_name IN ('batch', 'source', 'quarantine') ORDER BY ALL`
		);
		const counts: string[] = [];
		for (const { table_name: table } of tables) {
			const [row] = await engine.rows(`SELECT count(*) AS n FROM "${String(table)}"`);
			counts.push(`${String(table)} ${String(row?.['n'])}`);
		}
		return counts.join('\n');
	} finally {
		await engine.close();
	}
}

/** What stands in a home by its keys: each key once, and as many current rows as there are keys. */
async function currentKeys(home: string): Promise<string> {
	const { engine } = await openWarehouse(home, { create: false });
	try {
		const tables = await engine.rows(
			`SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'fact_%' ORDER BY table_name`
		);
		const keys: string[] = [];
		for (const { table_name: table } of tables) {
			const [row] = await engine.rows(
				`SELECT count(*) AS n, count(DISTINCT (township, fact_key)) AS keys, bit_xor(hash(township, fact_key)) AS fingerprint
				FROM "${String(table)}" WHERE batch_to IS NULL`
			);
			expect([table, row?.['n']]).toEqual([table, row?.['keys']]);
			keys.push(`${String(table)} ${String(row?.['n'])} ${String(row?.['fingerprint'])}`);
		}
		return keys.join('\n');
	} finally {
		await engine.close();
	}
}

function importUntil(home: string, killAfter: number | null): Promise<number> {
	const started = performance.now();
	const child = spawn(
		process.execPath,
		[script, 'import', ...rest, '--home', home, '--today', '2026-04-30', '--quiet'],
		{ stdio: 'ignore' }
	);
	if (killAfter !== null) setTimeout(() => child.kill('SIGKILL'), killAfter);
	return new Promise((resolve) => child.on('exit', () => resolve(performance.now() - started)));
}

const score = async (home: string): Promise<ScoreReport> =>
	(
		await kaoji(home, 'score', '--period', '2025Q3', '--scheme', join(example, 'scheme.json'), '--json')
	).json() as ScoreReport;

describe.skipIf(!has)('an import that is killed', () => {
	const { path, remove } = ownFolder();
	const base = join(path, 'base');
	let before = '';
	let after = '';
	let expected: ScoreReport;
	let keys = '';
	let duration = 0;

	beforeAll(async () => {
		await kaoji(base, 'import', ...registers, '--today', '2026-04-30');
		before = await contents(base);
		const whole = join(path, 'whole');
		cpSync(base, whole, { recursive: true });
		duration = await importUntil(whole, null);
		after = await contents(whole);
		keys = await currentKeys(whole);
		expected = await score(whole);
		expect(after).not.toBe(before);
	});
	afterAll(remove);

	it(
		`leaves the home as before or as after at ${moments} random moments; the next import goes through and tallies are right`,
		async () => {
			const seen = { before: 0, after: 0 };
			for (let i = 0; i < moments; i++) {
				const home = join(path, `home-${i}`);
				cpSync(base, home, { recursive: true });
				// Spread over the whole run, the moments around the commit included, with a random part in each step.
				await importUntil(home, ((i + Math.random()) / moments) * duration * 1.05);
				const found = await contents(home);
				expect([before, after]).toContain(found);
				seen[found === before ? 'before' : 'after']++;
				const { code } = await kaoji(home, 'import', ...rest, '--today', '2026-04-30', '--json');
				expect(code).toBe(0);
				// No key is lost and none stands twice; what the killed reading left is gone.
				expect(await currentKeys(home)).toBe(keys);
				expect(readdirSync(home).filter((name) => name.startsWith('reading-'))).toEqual([]);
				if (i % 5 === 0) expect(await score(home)).toEqual(expected);
			}
			expect(seen.before + seen.after).toBe(moments);
			expect(seen.before).toBeGreaterThan(0);
		},
		full ? 3_600_000 : 900_000
	);
});

describe.runIf(!has)('an import that is killed', () => {
	it('was not tried: ../shared/vectors is not here', () => {
		expect(has).toBe(false);
	});
});
