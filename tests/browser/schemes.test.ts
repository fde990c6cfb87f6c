/** A deputy director changes a weight in the form, sees what it would have meant last year, and publishes it for next quarter. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { closeAfterwards, seen, serveDemonstration, startReader } from '../support/browser.ts';
import { ownFolder } from '../support/kaoji.ts';
import { command, serve, type Served } from '../support/server.ts';

const shippedScheme = fileURLToPath(new URL('../../data/schemes/xinbei-2025.yaml', import.meta.url));

/** The county's own scheme: as the shipped one, with 25 points for coverage and 5 for what is marked on site. */
const countyScheme = readFileSync(shippedScheme, 'utf8')
	.replace('id: xinbei-2025', 'id: county')
	.replace('zh: 新北区卫生监督协管季度考核细则', 'zh: 本县季度考核细则')
	.replace('    points: 20\n    measure:\n', '    points: 25 # 2025 年\n    measure:\n')
	.replace('    points: 10\n    measure: { name: mark }', '    points: 5\n    measure: { name: mark }');

/** A trial scores whole years twice. */
const slow = { timeout: 100_000 };

interface ScoreJson {
	readonly version: string;
	readonly townships: readonly {
		readonly code: string;
		readonly name: string;
		readonly score: string | null;
		readonly indicators?: readonly { readonly key: string; readonly of: number }[];
	}[];
}

describe.each([true, false])('a deputy director (JavaScript: %s)', (javaScriptEnabled) => {
	const { path, remove } = ownFolder();
	const home = join(path, 'home');
	let served: Served;
	let reader: Awaited<ReturnType<typeof startReader>>;
	let page: Page;
	let before: ScoreJson;

	const scores = async (period: string, scheme = 'county'): Promise<ScoreJson> => {
		const { code, stdout, stderr } = await command(home, 'score', '--period', period, '--scheme', scheme, '--json');
		if (code !== 0) throw new Error(stderr);
		return JSON.parse(stdout) as ScoreJson;
	};

	beforeAll(async () => {
		[served, reader] = await Promise.all([serveDemonstration(home), startReader()]);
		mkdirSync(join(home, 'schemes'), { recursive: true });
		writeFileSync(join(home, 'schemes', 'county.yaml'), countyScheme);
		if (javaScriptEnabled) before = await scores('2025');
		page = await reader.page({ javaScriptEnabled });
	});
	closeAfterwards(() => ({ reader, served }), remove);

	const title = async (): Promise<string> => seen(await page.locator('h1').textContent());
	const main = async (): Promise<string> => seen(await page.locator('main').textContent());
	const indicator = (name: string): ReturnType<Page['locator']> => page.getByRole('group', { name, exact: true });

	it('finds the scheme in words', async () => {
		await page.goto(served.url);
		await page.getByRole('link', { name: '细则', exact: true }).click();
		await page.waitForURL(/\/schemes/);
		expect(await title()).toContain('现用本县季度考核细则第 1 版');
		await page.getByRole('link', { name: '本县季度考核细则' }).click();
		await page.waitForURL(/\/schemes\/county/);
		const row = page.getByRole('row', { name: /^巡查覆盖率/ });
		expect(seen(await row.textContent())).toContain('25 分 × 巡查覆盖率');
		expect(seen(await row.textContent())).toContain('÷ 100 %；本季无应查单位的，不计入');
	});

	it('begins a draft and changes the weight from 25 to 30', async () => {
		await page.getByRole('button', { name: '起草新版' }).click();
		await page.waitForURL(/\/draft/);
		expect(await title()).toBe('本县季度考核细则第 2 版草案：没有错误，可以试算和发布。');
		const points = indicator('巡查覆盖率').getByLabel('分值', { exact: true });
		expect(await points.inputValue()).toBe('25');
		await points.fill('三十');
		await page.getByRole('button', { name: '保存草案' }).click();
		await page.getByText('有 1 处没有填对，没有保存').waitFor();
		expect(await points.inputValue()).toBe('三十');
		await points.fill('30');
		await page.getByRole('button', { name: '保存草案' }).click();
		await page.waitForURL(/saved=1/);
		// The points no longer sum to 100, which the linter says with its line; so another weight gives way.
		await page.getByText('指标分值合计 105，不等于满分 100').waitFor();
		await indicator('本底建档率').getByLabel('分值', { exact: true }).fill('5');
		await page.getByRole('button', { name: '保存草案' }).click();
		await page.getByText('检查没有发现问题').waitFor();
		const draft = readFileSync(join(home, 'drafts', 'county.yaml'), 'utf8');
		const expected = countyScheme
			.replace('version: 1', 'version: 2')
			.replace('from: 2022Q1', 'from: 2026Q3')
			.replace('points: 25 # 2025 年', 'points: 30 # 2025 年')
			.replace('points: 10\n    measure: { name: filing_rate }', 'points: 5\n    measure: { name: filing_rate }');
		expect(draft).toBe(expected);
	});

	it('sees the consequences for last year, in points, ranks, grades and yuan', async () => {
		await page.getByRole('link', { name: '试算对以往的影响' }).first().click();
		await page.waitForURL(/\/trial/, slow);
		await page.locator('select[name=on]').selectOption('2025');
		await page.getByLabel('资金总额').fill('83.466 万');
		await page.getByRole('button', { name: '试算' }).click();
		await page.waitForURL(/on=2025&/, slow);
		expect(await title()).toMatch(
			/^按草案，2025 年 10 个乡镇中 \d+ 个升分、\d+ 个降分，\d+ 个名次变动，\d+ 个等次变动。$/
		);
		expect(await main()).toContain('分 834,660.00 元');
		// Without scripts the pages are the same; the figures are compared once.
		if (!javaScriptEnabled) return;
		const told = (await (await fetch(`${served.url}/schemes/county/trial.json?on=2025&pool=834660`)).json()) as {
			pool: string;
			periods: {
				period: string;
				rows: { code: string; before: { score: string; due: string }; after: { score: string; due: string } }[];
			}[];
		};
		const [year, ...others] = told.periods;
		expect(year?.period).toBe('2025');
		expect(others.map(({ period }) => period)).toEqual(
			expect.arrayContaining(['2025Q1', '2025Q2', '2025Q3', '2025Q4'])
		);
		// What stands there as it was is what the command line says.
		expect(Object.fromEntries((year?.rows ?? []).map((row) => [row.code, row.before.score]))).toEqual(
			Object.fromEntries(before.townships.map((unit) => [unit.code, unit.score]))
		);
		// What the draft would have given is what its rules give as a scheme of their own, in force all along.
		const file = join(path, 'tried.yaml');
		writeFileSync(
			file,
			readFileSync(join(home, 'drafts', 'county.yaml'), 'utf8')
				.replace('from: 2026Q3', 'from: 2022Q1')
				.replace('id: county', 'id: tried')
		);
		const after = await scores('2025', file);
		expect(Object.fromEntries((year?.rows ?? []).map((row) => [row.code, row.after.score]))).toEqual(
			Object.fromEntries(after.townships.map((unit) => [unit.code, unit.score]))
		);
		// Money moves between townships, and none is lost.
		const total = (side: 'before' | 'after'): bigint =>
			(year?.rows ?? []).reduce((sum, row) => sum + BigInt(row[side].due.replace('.', '')), 0n);
		expect([total('before'), total('after')]).toEqual([83466000n, 83466000n]);
	});

	it('is refused without a reason for a quarter that has begun, and publishes for the next one', async () => {
		await page.getByRole('link', { name: '回到草案' }).click();
		await page.waitForURL(/\/draft/);
		await page.getByLabel('起用周期').selectOption('2026Q2');
		await page.getByLabel('原因').fill('县卫健委 2026 年第 5 号通知');
		await page.getByRole('button', { name: '发布第 2 版' }).click();
		await page.getByText('2026Q2 已经开始').waitFor();
		expect(await page.getByLabel('原因').inputValue()).toBe('县卫健委 2026 年第 5 号通知');
		await page.getByLabel('起用周期').selectOption('2026Q3');
		await page.getByRole('button', { name: '发布第 2 版' }).click();
		await page.waitForURL(/published=1/);
		expect(await main()).toContain('第 2 版已发布，从此不能再改');
		expect(await main()).toContain('test 于');
		expect(await main()).toContain('县卫健委 2026 年第 5 号通知');
	});

	it('leaves last year as it was, and the rules of next quarter are the new ones', async () => {
		if (javaScriptEnabled) expect(await scores('2025')).toEqual(before);
		const next = await scores('2026Q3', 'county');
		expect(next.version).toBe('2');
		const weight = next.townships[0]?.indicators?.find(({ key }) => key === 'coverage')?.of;
		expect(weight).toBe(30);
		const old = await command(home, 'score', '--period', '2026Q3', '--scheme', 'county@1');
		expect([old.code, old.stderr]).toEqual([1, expect.stringContaining('该周期适用的版本：2')]);
	});

	it('reads what has changed, in words', async () => {
		await page.goto(`${served.url}/schemes/county/differences?from=1&to=2`);
		expect(await title()).toBe('本县季度考核细则，第 1 版到第 2 版：改了 3 处，增加 0 处，取消 0 处。');
		const row = page.getByRole('row', { name: /^巡查覆盖率/ });
		const cells = (await row.locator('td').allTextContents()).map(seen);
		expect(cells[0]).toContain('25 分 × 巡查覆盖率');
		expect(cells[1]).toContain('30 分 × 巡查覆盖率');
	});
});

describe('the editor of drafts', () => {
	const { path, remove } = ownFolder();
	const home = join(path, 'home');
	let served: Served;
	let reader: Awaited<ReturnType<typeof startReader>>;

	beforeAll(async () => {
		mkdirSync(join(home, 'drafts'), { recursive: true });
		mkdirSync(join(home, 'schemes'), { recursive: true });
		writeFileSync(join(home, 'schemes', 'county.yaml'), countyScheme);
		writeFileSync(join(home, 'drafts', 'county.yaml'), countyScheme.replace('version: 1', 'version: 2'));
		[served, reader] = await Promise.all([serve(home, '--today', '2026-04-30'), startReader()]);
	});
	closeAfterwards(() => ({ reader, served }), remove);

	it('adds an indicator and takes another away in the form, and loses nothing where one field is wrong', async () => {
		const page = await reader.page({ javaScriptEnabled: false });
		await page.goto(`${served.url}/schemes/county/draft`);
		const added = page.getByRole('group', { name: '增加指标' });
		await added.getByLabel('考核什么').selectOption({ label: '记录完整率' });
		await added.getByLabel('指标名称').fill('巡查记录完整');
		await page.getByRole('group', { name: '巡查覆盖率', exact: true }).locator('summary').click();
		await page.getByLabel('删除“巡查覆盖率”').check();
		await page.getByRole('button', { name: '保存草案' }).click();
		await added.getByText('增加指标要选考核什么').waitFor();
		expect(await added.getByLabel('指标名称').inputValue()).toBe('巡查记录完整');
		expect(readFileSync(join(home, 'drafts', 'county.yaml'), 'utf8')).not.toContain('record_completeness');
		await added.getByLabel('分值').fill('25');
		await page.getByRole('group', { name: '巡查覆盖率', exact: true }).locator('summary').click();
		await page.getByLabel('删除“巡查覆盖率”').check();
		await page.getByRole('button', { name: '保存草案' }).click();
		await page.waitForURL(/saved=1/);
		expect(await page.getByRole('group', { name: '巡查记录完整', exact: true }).count()).toBe(1);
		expect(await page.getByRole('group', { name: '巡查覆盖率', exact: true }).count()).toBe(0);
		await page.context().close();
	});

	it('marks what the linter says while one writes, completes, and is saved', async () => {
		const page = await reader.page();
		await page.goto(`${served.url}/schemes/county/draft?as=yaml`);
		const editor = page.locator('.cm-content');
		await editor.waitFor();
		expect(await page.locator('.cm-lint-marker-error').count()).toBe(0);
		await editor.click();
		await page.keyboard.press('Control+End');
		await page.keyboard.type('frequen');
		await page.locator('.cm-tooltip-autocomplete').getByText('frequency').waitFor();
		await page.keyboard.press('Escape');
		await page.keyboard.type('t: often');
		await page.locator('.cm-lint-marker-error').waitFor();
		await page.getByRole('button', { name: '保存草案' }).click();
		await page.waitForURL(/saved=1/);
		await page.getByText('不认识“frequent”').first().waitFor();
		expect(readFileSync(join(home, 'drafts', 'county.yaml'), 'utf8')).toContain('\nfrequent: often');
		await page.context().close();
	});

	it('is a plain field without scripts, and says what is wrong all the same', async () => {
		const page = await reader.page({ javaScriptEnabled: false });
		await page.goto(`${served.url}/schemes/county/draft?as=yaml`);
		const field = page.getByLabel('草案的 YAML').and(page.locator('textarea'));
		await field.fill('id: county\n  broken: [');
		await page.getByRole('button', { name: '保存草案' }).click();
		await page.waitForURL(/saved=1/);
		expect(seen(await page.locator('h1').textContent())).toBe('草案不合 YAML 的写法，请在“YAML”里改好。');
		expect(await field.inputValue()).toBe('id: county\n  broken: [');
		await page.context().close();
	});
});
