/** The analyst who tries other rules: in the browser at once, by link, and without JavaScript, always the official arithmetic. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ScoreReport } from '#lib/server/workflows/report-scores.ts';
import { closeAfterwards, seen, serveDemonstration, startReader } from '../support/browser.ts';
import { kaoji, ownFolder } from '../support/kaoji.ts';
import type { Served } from '../support/server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pool = '834660';
const of = `period=2025Q4&plan=dongkou&pool=${pool}`;

interface WhatIfJson {
	readonly townships: readonly {
		readonly code: string;
		readonly name: string;
		readonly rank: { readonly before: number; readonly after: number; readonly change: number };
		readonly score: { readonly before: string; readonly after: string };
		readonly grade: { readonly before: string; readonly after: string };
		readonly due: { readonly before: string; readonly after: string; readonly change: string };
	}[];
	readonly money: { readonly due: { readonly change: string }; readonly carriedOver: { readonly change: string } };
	readonly reconciliation: { readonly after: { readonly balanced: boolean } };
}

describe('a what-if', () => {
	const { path, remove } = ownFolder();
	const home = join(path, 'home');
	let served: Served;
	let reader: Awaited<ReturnType<typeof startReader>>;

	beforeAll(async () => {
		served = await serveDemonstration(home);
		reader = await startReader();
	});
	closeAfterwards(() => ({ reader, served }), remove);

	const json = async (scenario: string): Promise<WhatIfJson> =>
		(await (await fetch(`${served.url}/whatif.json?${of}&s=${encodeURIComponent(scenario)}`)).json()) as WhatIfJson;
	const table = (page: Page): Promise<string[][]> =>
		page
			.getByRole('region', { name: '改动前后' })
			.locator('tbody tr')
			.evaluateAll((rows) =>
				rows.map((row) =>
					[...row.querySelectorAll('th, td')].map((cell) => (cell.textContent ?? '').replace(/\s+/g, ' ').trim())
				)
			);
	const live = (page: Page): Promise<void> => page.locator('[data-live]').waitFor();
	const scenarioOf = (page: Page): string => new URL(page.url()).searchParams.get('s') ?? '';
	const grouped = (amount: string): string => amount.replace(/\B(?=(\d{3})+\.)/g, ',');

	it('is what the edited scheme and plan give by the commands', async () => {
		const scenario =
			'coverage.points:30;coverage.target:0.9;forms.minus.missing:4;grade.excellent:92;visits.drinking_water:1;keep.performance.qualified:0.9';
		const answer = await json(scenario);
		const scheme = readFileSync(join(root, 'data/schemes/xinbei-2025.yaml'), 'utf8')
			.replace(
				'points: 20\n    measure:\n      name: patrol_coverage',
				'points: 30\n    measure:\n      name: patrol_coverage'
			)
			.replace(/(illegal_practice, public_places\]\n\s+rule: \{ kind: proportional, target: )1/, '$10.9')
			.replace('missing: 2.5', 'missing: 4')
			.replace('at_least: 90', 'at_least: 92')
			.replace('{ drinking_water: 3 }', '{ drinking_water: 1 }');
		const plan = readFileSync(join(root, 'data/plans/dongkou.yaml'), 'utf8').replace(
			'qualified: 1,',
			'qualified: 0.9,'
		);
		mkdirSync(join(path, 'edited'));
		const [schemeFile, planFile] = [join(path, 'edited', 'scheme.yaml'), join(path, 'edited', 'plan.yaml')];
		writeFileSync(schemeFile, scheme);
		writeFileSync(planFile, plan);
		const scores = (
			await kaoji(home, 'score', '--period', '2025Q4', '--scheme', schemeFile, '--json')
		).json() as ScoreReport;
		const funds = (
			await kaoji(
				home,
				'allocate',
				'--period',
				'2025Q4',
				'--scheme',
				schemeFile,
				'--plan',
				planFile,
				'--pool',
				pool,
				'--json'
			)
		).json() as { townships: { code: string; due: string }[] };
		const due = new Map(funds.townships.map((one) => [one.code, one.due]));
		const byCode = (a: { code: string }, b: { code: string }): number => (a.code < b.code ? -1 : 1);
		expect(
			answer.townships
				.map(({ code, score, rank, grade, due: paid }) => ({
					code,
					score: score.after,
					rank: rank.after,
					grade: grade.after,
					due: paid.after
				}))
				.sort(byCode)
		).toEqual(
			scores.townships
				.map(({ code, score, rank, grade }) => ({ code, score, rank, grade, due: due.get(code) }))
				.sort(byCode)
		);
		expect(answer.reconciliation.after.balanced).toBe(true);
	});

	it('follows at once in the browser, asks the server nothing, and its link gives the same', async () => {
		const page = await reader.page();
		await page.goto(`${served.url}/whatif?${of}`);
		await live(page);
		const before = await table(page);
		const asked: string[] = [];
		page.on('request', (request) => asked.push(request.url()));
		await page.getByLabel('巡查覆盖率分值', { exact: true }).fill('60');
		await page.getByLabel('巡查覆盖率分值', { exact: true }).press('Enter');
		await page.getByText('原 20').waitFor();
		expect(scenarioOf(page)).toBe('coverage.points:60');
		expect(asked).toEqual([]);
		const after = await table(page);
		expect(after).not.toEqual(before);
		const { townships, money } = await json('coverage.points:60');
		expect(townships.some(({ rank }) => rank.change !== 0)).toBe(true);
		const shown = townships.map(({ name, due }) => [name, grouped(due.before), grouped(due.after)]);
		expect(after.map((cells) => [cells[2], cells[6], cells[7]])).toEqual(shown);
		expect(money).toMatchObject({ due: { change: '0.00' } });
		const sums = await page.getByRole('region', { name: '改动前后' }).locator('.sum-change').allTextContents();
		expect(sums.map(seen)).toEqual(['0.00', '0.00', '0.00']);

		const other = await reader.page({ javaScriptEnabled: false });
		await other.goto(page.url());
		expect(await table(other)).toEqual(after);
		expect(seen(await other.locator('h1').textContent())).toBe(seen(await page.locator('h1').textContent()));
		await other.context().close();

		await page.goBack();
		await expect.poll(() => table(page)).toEqual(before);
		await page.goForward();
		await expect.poll(() => table(page)).toEqual(after);
		await page.getByRole('link', { name: '还原巡查覆盖率分值' }).click();
		await expect.poll(() => table(page)).toEqual(before);
		expect(scenarioOf(page)).toBe('');
		await page.context().close();
	});

	it.each([
		'visits.food_safety:3;frequency.points:40',
		'keep.performance.excellent:0.5;share.advance:0.5;share.performance:0.49',
		'onsite.points:40;grade.qualified:80;pool:900000'
	])('gives the same by the server and in the browser: %s', async (scenario) => {
		const answer = await json(scenario);
		const page = await reader.page();
		await page.goto(`${served.url}/whatif?${of}&s=${encodeURIComponent(scenario)}`);
		const first = await table(page);
		await live(page);
		// Another number and back again: what stands there then was computed in the browser.
		await page.getByText('等次线', { exact: true }).click();
		expect(await table(page)).toEqual(first);
		expect(first.map((cells) => [cells[2], cells[6], cells[7]])).toEqual(
			answer.townships.map(({ name, due }) => [name, grouped(due.before), grouped(due.after)])
		);
		await page.context().close();
	});

	it('works as a form without JavaScript', async () => {
		const page = await reader.page({ javaScriptEnabled: false });
		await page.goto(`${served.url}/whatif?${of}`);
		await page.getByLabel('巡查覆盖率分值', { exact: true }).fill('60');
		await page.getByLabel('巡查覆盖率目标', { exact: true }).fill('90');
		await page.getByRole('button', { name: '重算' }).click();
		expect(scenarioOf(page)).toBe('coverage.points:60;coverage.target:0.9');
		expect(seen(await page.locator('h1').textContent())).toMatch(
			/^巡查覆盖率分值由 20 改为 60，巡查覆盖率目标由 100 % 改为 90 %：/
		);
		await page.getByRole('link', { name: '全部还原' }).click();
		expect(scenarioOf(page)).toBe('');
		await page.context().close();
	});

	it('says what does not hold, and what a link names in vain', async () => {
		const page = await reader.page();
		await page.goto(`${served.url}/whatif?${of}&s=share.advance:0.9;nothing.points:3`);
		await live(page);
		expect(seen(await page.getByRole('alert').textContent())).toContain('各批次比例合计 1.207，应为 1');
		await page.getByText('nothing.points:3').waitFor();
		expect((await fetch(`${served.url}/whatif.json?${of}&s=nothing.points:3`)).status).toBe(400);
		await page.context().close();
	});
});
