/** The clerk's import with one broken row: seen, corrected in place, counted; then the batch undone, and a file that is none. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { csvText } from '#lib/server/workbooks/write-csv.ts';
import { closeAfterwards, seen, startReader } from '../support/browser.ts';
import { ownFolder } from '../support/kaoji.ts';
import { manyPlaces, writePlaces } from '../support/places.ts';
import { serve, type Served } from '../support/server.ts';

describe.each([true, false])('the clerk (JavaScript: %s)', (javaScriptEnabled) => {
	const { path, remove } = ownFolder();
	let served: Served;
	let reader: Awaited<ReturnType<typeof startReader>>;
	let page: Page;

	beforeAll(async () => {
		[served, reader] = await Promise.all([serve(join(path, 'home'), '--today', '2026-04-30'), startReader()]);
		page = await reader.page({ javaScriptEnabled });
	});
	closeAfterwards(() => ({ reader, served }), remove);

	async function handIn(...files: readonly string[]): Promise<void> {
		await page.goto(`${served.url}/data`);
		await page.locator('input[type=file]').setInputFiles([...files]);
		await page.getByRole('button', { name: '导入', exact: true }).click();
	}
	const title = async (): Promise<string> => seen(await page.locator('h1').textContent());
	const coverage = async (): Promise<string | undefined> => {
		const report = (await (await fetch(`${served.url}/ranking.json?period=2025Q4`)).json()) as {
			townships: { indicators: { key: string; n: number; d: number }[] }[];
		};
		const own = report.townships[0]?.indicators.find(({ key }) => key === 'coverage');
		return own && `${own.n}/${own.d}`;
	};

	it('begins with an empty home that says what to do', async () => {
		await page.goto(served.url);
		expect(await title()).toBe('还没有可以考核的数据');
		await page.getByRole('link', { name: '去导入数据' }).click();
		await page.waitForURL(/\/data$/);
	});

	it('hands in the registers and the patrols', async () => {
		await handIn(...writePlaces(join(path, 'files'), manyPlaces(1)));
		await page.waitForURL(/batches\/1/);
		// 1 township, 3 premises, 3 visits in the third quarter and 2 in the fourth.
		expect(await title()).toContain('第 1 批：读入 9 行');
		expect(await coverage()).toBe('2/3');
	});

	it('sees that one row of the next file is held, and why', async () => {
		const late = join(path, '补报巡查.csv');
		writeFileSync(
			late,
			csvText([
				['流水号', '单位编号', '所属乡镇', '专业类别', '巡查日期', '问题数'],
				['late-1', '320100001-3', '320100001', '食品安全', '2025-11-31', '0'],
				['late-2', '320100001-1', '320100001', '食品安全', '2025-11-28', '0']
			])
		);
		await handIn(late);
		await page.waitForURL(/batches\/2/);
		expect(await title()).toContain('读入 2 行');
		const text = seen(await page.locator('main').textContent());
		expect(text).toContain('2025-11-31');
		expect(text).toContain('补报巡查.csv');
		expect(await coverage()).toBe('2/3');
	});

	it('corrects it in place, and it counts', async () => {
		await page.goto(`${served.url}/data/held`);
		await page.getByRole('link', { name: '更正', exact: true }).click();
		await page.waitForURL(/hold=/);
		const field = page.getByLabel(/^巡查日期/);
		expect(await field.getAttribute('aria-invalid')).toBe('true');
		expect(await field.inputValue()).toBe('2025-11-31');
		await field.fill('2025-11-30');
		await page.getByRole('button', { name: '更正并导入' }).click();
		await page.waitForURL(/corrected=3/);
		expect(seen(await page.locator('main').textContent())).toContain('已更正并导入（第 3 批）');
		expect(await coverage()).toBe('3/3');
	});

	it('undoes the correction, and the row is held again as it was', async () => {
		await page.goto(`${served.url}/data/batches/3`);
		await page.getByText('撤销这一批（第 3 批）').click();
		await page.getByLabel('撤销的原因（必填）').fill('日期有误');
		await page.getByRole('button', { name: '确认撤销' }).click();
		await page.waitForURL(/batches\/4/);
		expect(await title()).toContain('撤销了第 3 批');
		expect(await coverage()).toBe('2/3');
		await page.goto(`${served.url}/data/held`);
		expect(seen(await page.locator('main').textContent())).toContain('2025-11-31');
	});

	it('is told what is wrong with a file that is none, and nothing has changed', async () => {
		mkdirSync(join(path, 'odd'), { recursive: true });
		const odd = join(path, 'odd', '通知.csv');
		writeFileSync(odd, '各乡镇：\n请于本月底前报送\n');
		await handIn(odd);
		const message = page.getByText('认不出这是哪种表');
		await message.waitFor();
		const batches = (await (await fetch(`${served.url}/data/batches.json`)).json()) as unknown[];
		expect(batches).toHaveLength(4);
	});
});

describe('a home that shows the demonstration', () => {
	it('says so on every page until it is emptied, and is not filled again', async () => {
		const { path, remove } = ownFolder();
		const home = join(path, 'home');
		const reader = await startReader();
		let served = await serve(home, '--demo', '--today', '2026-04-30');
		try {
			const page = await reader.page();
			for (const at of [
				'/',
				'/progress',
				'/trends',
				'/funds',
				'/data',
				'/townships',
				'/townships/320411105',
				'/data/own'
			]) {
				await page.goto(served.url + at);
				expect([at, await page.getByText('演示数据，纯属虚构').count()]).toEqual([at, 1]);
			}
			await page.getByRole('button').filter({ hasText: '清空' }).click();
			await page.waitForURL(/\/data\?/);
			expect(await page.getByText('演示数据，纯属虚构').count()).toBe(0);
			await served.stop();
			served = await serve(home, '--demo', '--today', '2026-04-30');
			await page.goto(served.url);
			expect(seen(await page.locator('h1').textContent())).toBe('还没有可以考核的数据');
			expect(reader.complaints).toEqual([]);
		} finally {
			await reader.close();
			await served.stop();
			remove();
		}
	});
});
