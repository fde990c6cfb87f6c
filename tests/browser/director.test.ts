/** The director's two minutes, with and without JavaScript, over the demonstration county. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ScoreReport } from '#lib/server/workflows/report-scores.ts';
import type { Explanation } from '#lib/server/workflows/explain-score.ts';
import { closeAfterwards, seen, serveDemonstration, startReader } from '../support/browser.ts';
import { kaoji, ownFolder } from '../support/kaoji.ts';
import type { Served } from '../support/server.ts';

describe('the director, who has two minutes', () => {
	const { path, remove } = ownFolder();
	const home = join(path, 'home');
	let served: Served;
	let reader: Awaited<ReturnType<typeof startReader>>;
	let scores: ScoreReport;
	let missed: Explanation;

	beforeAll(async () => {
		served = await serveDemonstration(home);
		const report = await kaoji(home, 'score', '--period', '2025Q4', '--json');
		scores = report.json() as ScoreReport;
		missed = (
			await kaoji(home, 'explain', '--period', '2025Q4', '--township', '320411105', '--indicator', 'coverage', '--json')
		).json() as Explanation;
		reader = await startReader();
	});
	closeAfterwards(() => ({ reader, served }), remove);

	const rankingOf = (page: Page): Promise<{ name: string; score: string }[]> =>
		page
			.getByRole('region', { name: '名次' })
			.locator('tbody tr')
			.evaluateAll((rows) =>
				rows.map((row) => ({
					name: row.querySelector('.name a')?.textContent?.trim() ?? '',
					score: row.querySelector('.score a')?.textContent?.trim() ?? ''
				}))
			);

	/** Half-up to two decimals of a four-decimal text, in whole ten-thousandths. */
	const shown = (score: string): string => {
		const cents = (BigInt(score.replace('.', '')) + 50n) / 100n;
		return `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
	};

	it('gets the ranking and at least three charts in the first answer, before any script', async () => {
		const html = await (await fetch(`${served.url}/?period=2025Q4`)).text();
		for (const { name } of scores.townships) expect(html).toContain(name);
		expect(html.match(/<svg[^>]*viewBox="0 0 \d+ \d+"[^>]*>(?:(?!<\/svg>).)*<path/gs)?.length).toBeGreaterThanOrEqual(
			3
		);
		expect(html).toContain('演示数据，纯属虚构');
	});

	it.each([true, false])(
		'reads the ranking, changes the period, opens a township and a figure (JavaScript: %s)',
		async (javaScriptEnabled) => {
			const page = await reader.page({ javaScriptEnabled });
			await page.goto(served.url);
			expect(seen(await page.locator('h1').textContent())).toMatch(/^10 个乡镇平均 \d+\.\d 分/);
			await page.getByRole('link', { name: '上一年' }).click();
			await page.getByRole('link', { name: '四季度', exact: true }).click();
			await page.waitForURL(/period=2025Q4/);
			await page.getByRole('link', { name: '四季度', exact: true }).and(page.locator('[aria-current]')).waitFor();
			const expected = [...scores.townships]
				.sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
				.map(({ name, score }) => ({ name, score: shown(score ?? '') }));
			expect(await rankingOf(page)).toEqual(expected);

			await page.getByRole('region', { name: '名次' }).getByRole('link', { name: '孟河镇', exact: true }).click();
			await page.waitForURL(/townships\/320411105/);
			await page.getByRole('link', { name: '巡查覆盖率', exact: true }).click();
			await page.waitForURL(/indicator=coverage/);
			const trace = page.getByRole('region', { name: '巡查覆盖率的依据' });
			await trace.waitFor();
			const [coverage] = missed.indicators;
			expect(seen(await trace.textContent())).toContain(`未计入 ${coverage?.missed.total} 行`);
			const places = await trace.locator('tbody .place').allTextContents();
			expect(places.slice(0, 5)).toEqual(coverage?.missed.rows.slice(0, 5).map(({ file, line }) => `${file}:${line}`));
			await page.context().close();
		}
	);

	it('reads it in English too, and the language stays', async () => {
		const page = await reader.page();
		await page.goto(`${served.url}/?period=2025Q4`);
		await page.getByRole('link', { name: 'English' }).click();
		await page.getByRole('heading', { name: /10 townships score/ }).waitFor();
		await page.getByRole('link', { name: 'Funds' }).click();
		await page.waitForURL(/funds/);
		expect(await page.locator('html').getAttribute('lang')).toBe('en');
		await page.context().close();
	});

	it('finds a township by its name', async () => {
		const page = await reader.page();
		await page.goto(served.url);
		await page.getByRole('searchbox').fill('孟河');
		await page.getByRole('searchbox').press('Enter');
		await page.waitForURL(/townships\/320411105/);
		await page.context().close();
	});
});
