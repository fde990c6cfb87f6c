import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScoreReport } from '#lib/server/workflows/report-scores.ts';
import { hasShared, kaoji, ownFolder, shared } from './support/kaoji.ts';

type Expected = Record<string, Record<string, unknown>[]>;
interface ExpectedPayments {
	readonly period: string;
	readonly pool: string;
	readonly carriedOver: string;
	readonly tranches: unknown;
	readonly townships: readonly { readonly code: string }[];
}

const read = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

/** Keeps of an object what another one has, so that a report with more in it can be compared. */
function restrictedTo(shape: unknown, value: unknown): unknown {
	if (Array.isArray(shape) && Array.isArray(value)) {
		if (value.length !== shape.length) return value;
		return value.map((item, i) => restrictedTo(shape[i], item));
	}
	if (shape === null || typeof shape !== 'object' || value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.keys(shape).map((key) => [
			key,
			key === 'parts' || key === 'byTranche'
				? (value as Record<string, unknown>)[key]
				: restrictedTo((shape as Record<string, unknown>)[key], (value as Record<string, unknown>)[key])
		])
	);
}

describe.skipIf(!hasShared('vectors'))('the worked examples', () => {
	describe.each(['county', 'edge'])('%s', (example) => {
		const folder = join(shared, 'vectors', example);
		const files = hasShared('vectors')
			? readdirSync(join(folder, 'exports')).map((name) => join(folder, 'exports', name))
			: [];
		const scheme = join(folder, 'scheme.json');
		const { path: home, remove } = ownFolder();

		beforeAll(async () => {
			const { code, json } = await kaoji(home, 'import', ...files, '--today', '2026-04-30', '--json');
			expect(code).toBe(0);
			const report = json() as { files: { read: number; added: number }[] };
			expect(report.files.every((file) => file.read === file.added)).toBe(true);
		});
		afterAll(remove);

		const expected = hasShared('vectors') ? read<Expected>(join(folder, 'expected-scores.json')) : {};
		it.each(Object.keys(expected))('scores %s to the last digit', async (period) => {
			const { json } = await kaoji(home, 'score', '--period', period, '--scheme', scheme, '--json');
			const { townships } = json() as ScoreReport;
			expect(restrictedTo(expected[period], townships)).toEqual(expected[period]);
		});

		it('pays out to the fen', async () => {
			const payments = read<ExpectedPayments>(join(folder, 'expected-payments.json'));
			const { json } = await kaoji(
				home,
				...['allocate', '--period', payments.period, '--pool', payments.pool, '--scheme', scheme],
				...['--plan', join(folder, 'plan.json'), '--json']
			);
			const { pool, carriedOver, tranches, townships } = json() as ExpectedPayments;
			expect({ pool, carriedOver, tranches }).toEqual({
				pool: payments.pool,
				carriedOver: payments.carriedOver,
				tranches: payments.tranches
			});
			expect(restrictedTo(payments.townships, townships)).toEqual(payments.townships);
		});

		it('finds every row unchanged when the same files come again, and the same scores', async () => {
			const { code, json } = await kaoji(home, 'import', ...files, '--today', '2026-04-30', '--json');
			expect(code).toBe(0);
			const report = json() as { files: { read: number; unchanged: number }[] };
			for (const file of report.files) expect(file.unchanged).toBe(file.read);
			const { json: scores } = await kaoji(home, 'score', '--period', '2025Q4', '--scheme', scheme, '--json');
			expect(restrictedTo(expected['2025Q4'], (scores() as ScoreReport).townships)).toEqual(expected['2025Q4']);
		});
	});
});

describe.runIf(!hasShared('vectors'))('the worked examples', () => {
	it('were not run: ../shared/vectors is not here', () => {
		expect(hasShared('vectors')).toBe(false);
	});
});
