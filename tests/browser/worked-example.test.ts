/** The worked county, handed in through the page: scores, ranks and amounts as expected, each with its rows; the finance officer's question. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { seen, startReader } from '../support/browser.ts';
import { hasShared, ownFolder, shared } from '../support/kaoji.ts';
import { serve, type Served } from '../support/server.ts';

interface ExpectedUnit {
	readonly code: string;
	readonly name: string;
	readonly score: string | null;
	readonly grade: string;
	readonly rank: number | null;
	readonly provisional: boolean;
}
interface ExpectedPayments {
	readonly period: string;
	readonly pool: string;
	readonly townships: readonly {
		readonly code: string;
		readonly due: string;
		readonly byTranche: Readonly<Record<string, string>>;
	}[];
}

const folder = join(shared, 'vectors', 'county');
const read = <T>(name: string): T => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T;

/** Half-up to two decimals of a four-decimal text. */
const shown = (score: string): string => {
	const cents = (BigInt(score.replace('.', '')) + 50n) / 100n;
	return `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
};
const grouped = (amount: string): string => amount.replace(/\B(?=(\d{3})+\.)/g, ',');

describe.skipIf(!hasShared('vectors')).each([true, false])(
	'the worked county (JavaScript: %s)',
	(javaScriptEnabled) => {
		const { path, remove } = ownFolder();
		const home = join(path, 'home');
		let served: Served;
		let reader: Awaited<ReturnType<typeof startReader>>;
		let page: Page;
		const scores = hasShared('vectors') ? read<Record<string, ExpectedUnit[]>>('expected-scores.json') : {};

		beforeAll(async () => {
			for (const [shelf, file] of [
				['schemes', 'scheme.json'],
				['plans', 'plan.json']
			] as const) {
				mkdirSync(join(home, shelf), { recursive: true });
				copyFileSync(join(folder, file), join(home, shelf, 'county.json'));
			}
			[served, reader] = await Promise.all([serve(home, '--today', '2026-04-30'), startReader()]);
			page = await reader.page({ javaScriptEnabled });
		});
		afterAll(async () => {
			await reader.close();
			await served.stop();
			remove();
		});
		afterEach(() => {
			expect(reader.complaints.splice(0)).toEqual([]);
		});

		it('is taken by the page, every row of it', async () => {
			await page.goto(`${served.url}/data`);
			const files = readdirSync(join(folder, 'exports')).map((name) => join(folder, 'exports', name));
			await page.locator('input[type=file]').setInputFiles(files);
			await page.getByRole('button', { name: '导入', exact: true }).click();
			await page.waitForURL(/data\/batches\/1/, { timeout: 60_000 });
			expect(seen(await page.locator('h1').textContent())).toMatch(/^第 1 批：读入 [\d,]+ 行/);
			const report = (await (await fetch(`${served.url}/data/batches.json`)).json()) as {
				files: { read: number; added: number }[];
			}[];
			const sheets = report.flatMap((batch) => batch.files);
			expect(sheets.length).toBeGreaterThan(10);
			expect(sheets.filter(({ read, added }) => read !== added)).toEqual([]);
		});

		it.each(Object.keys(scores))('shows the expected scores, grades and ranks of %s', async (period) => {
			const expected = scores[period] ?? [];
			await page.goto(`${served.url}/?period=${period}`);
			const rows = await page
				.getByRole('region', { name: '名次' })
				.locator('tbody tr')
				.evaluateAll((rows) =>
					rows.map((row) => ({
						rank: Number.parseInt(row.querySelector('.rank')?.textContent ?? ''),
						name: row.querySelector('.name a')?.textContent?.trim(),
						score: row.querySelector('.score a')?.textContent?.trim(),
						provisional: row.querySelector('.score .provisional') !== null
					}))
				);
			const wanted = [...expected]
				.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0) || (a.code < b.code ? -1 : 1))
				.map(({ rank, name, score, provisional }) => ({ rank, name, score: shown(score ?? ''), provisional }));
			expect(rows).toEqual(wanted);
			const { townships } = (await (await fetch(`${served.url}/ranking.json?period=${period}`)).json()) as {
				townships: ExpectedUnit[];
			};
			expect(townships.map(({ code, score, grade, rank }) => ({ code, score, grade, rank }))).toEqual(
				expected.map(({ code, score, grade, rank }) => ({ code, score, grade, rank }))
			);
		});

		it('opens every figure of a township to the rows behind it', async () => {
			const [unit] = scores['2025Q3'] ?? [];
			await page.goto(`${served.url}/townships/${unit?.code}?period=2025Q3`);
			const lines = page.getByRole('region', { name: '分数怎么来的' }).locator('tbody tr');
			const indicators = await lines.locator('.name a').allTextContents();
			expect(indicators.length).toBeGreaterThan(8);
			for (const [i, name] of indicators.entries()) {
				await lines.nth(i).locator('.name a').click();
				const trace = page.getByRole('region', { name: `${name}的依据` });
				await trace.waitFor();
				const text = seen(await trace.textContent());
				const [, missed, counted] = /未计入 (\d+) 行 ?计入 (\d+) 行/.exec(text) ?? [];
				// Each row that was handed in says where it was read; a form or mark that was not has no place to name.
				const places = await trace.locator('tbody .place').allTextContents();
				expect(places.length).toBe(Math.min(20, Number(missed) > 0 ? Number(missed) : Number(counted)));
				for (const place of places) expect(place.trim()).toMatch(/\.(csv|xlsx)(:[^:]+)?:\d+$|^没有报来$/);
			}
		});

		it('shares the pool as expected, to the fen', async () => {
			const { period, pool, townships } = read<ExpectedPayments>('expected-payments.json');
			await page.goto(`${served.url}/funds?period=${period}`);
			await page.getByLabel('资金总额').fill('834.66 万元');
			await page.getByRole('button', { name: '分配' }).click();
			await page.waitForURL(/pool=/);
			const names = new Map((scores['2025Q4'] ?? []).map(({ code, name }) => [code, name]));
			const sheet = page.getByRole('region', { name: '分配', exact: true });
			await sheet.waitFor();
			const rows = await sheet.locator('tbody tr').evaluateAll((rows) =>
				rows.map((row) => ({
					name: row.querySelector('.name a')?.textContent?.trim(),
					due: row.querySelector('.due a')?.firstChild?.textContent?.trim()
				}))
			);
			expect(rows).toEqual(townships.map(({ code, due }) => ({ name: names.get(code), due: grouped(due) })));
			expect(seen(await page.getByRole('region', { name: '对账' }).textContent())).toContain(grouped(pool));
			expect(seen(await page.locator('h1').textContent())).toContain('8,346,600.00 元分给 10 个乡镇');
		});

		it('answers why 魏村街道 got less', async () => {
			const { period, pool, townships } = read<ExpectedPayments>('expected-payments.json');
			const code = scores['2025Q4']?.find(({ name }) => name === '魏村街道')?.code ?? '';
			const own = townships.find((one) => one.code === code);
			await page.goto(`${served.url}/funds?period=${period}&pool=${pool}`);
			const due = grouped(own?.due ?? '');
			await page.getByRole('row', { name: '魏村街道' }).getByRole('link', { name: due }).click();
			await page.waitForURL(/township=/);
			const why = page.getByRole('region', { name: /^魏村街道应发/ });
			await why.waitFor();
			const text = seen(await why.textContent());
			expect(text).toContain(`魏村街道应发 ${due} 元，比平均少`);
			// Its population is what makes it less: it is the factor below the mean, and each tranche is shared by it.
			expect(text).toMatch(/低于平均的是[^。]*服务人口/);
			for (const amount of Object.values(own?.byTranche ?? {})) expect(text).toContain(grouped(amount));
			await why.getByRole('link', { name: '看分数怎么来的' }).click();
			await page.waitForURL(new RegExp(`townships/${code}`));
			expect(seen(await page.locator('h1').textContent())).toContain('魏村街道');
		});
	}
);

describe.runIf(!hasShared('vectors'))('the worked county', () => {
	it('was not run: ../shared/vectors is not here', () => {
		expect(hasShared('vectors')).toBe(false);
	});
});
