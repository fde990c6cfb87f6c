/** The clerk's whole way: files are dropped and looked at, imported, held cells corrected, all of it undone and done again. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { closeAfterwards, seen, startReader } from '../support/browser.ts';
import { ownFolder } from '../support/kaoji.ts';
import { manyPlaces, writePlaces } from '../support/places.ts';
import { serve, type Served } from '../support/server.ts';

describe.each([true, false])('the whole way of the clerk (JavaScript: %s)', (javaScriptEnabled) => {
	const { path, remove } = ownFolder();
	let served: Served;
	let reader: Awaited<ReturnType<typeof startReader>>;
	let page: Page;
	let files: string[];

	beforeAll(async () => {
		files = writePlaces(join(path, 'files'), manyPlaces(1));
		// Two cells that nobody can read: a day that there is not, and a number in words.
		const patrols = files[2] as string;
		const text = readFileSync(patrols, 'utf8');
		const broken = text.replace('2025-11-11,1,', '2025-11-31,1,').replace('2025-11-12,0,', '2025-11-12,没有,');
		if (broken === text) throw new Error('the patrols are not as this test takes them');
		writeFileSync(patrols, broken);
		[served, reader] = await Promise.all([serve(join(path, 'home'), '--today', '2026-04-30'), startReader()]);
		page = await reader.page({ javaScriptEnabled });
	});
	closeAfterwards(() => ({ reader, served }), remove);

	const title = async (): Promise<string> => seen(await page.locator('h1').textContent());
	const main = async (): Promise<string> => seen(await page.locator('main').textContent());
	const batches = async (): Promise<number> =>
		((await (await fetch(`${served.url}/data/batches.json`)).json()) as unknown[]).length;
	const coverage = async (): Promise<string | undefined> => {
		const report = (await (await fetch(`${served.url}/ranking.json?period=2025Q4`)).json()) as {
			townships?: { indicators: { key: string; n: number; d: number }[] }[];
		};
		const own = report.townships?.[0]?.indicators.find(({ key }) => key === 'coverage');
		return own && `${own.n}/${own.d}`;
	};

	/** Drops the files where scripts see them fall; without scripts they are chosen. */
	async function handIn(): Promise<void> {
		await page.goto(`${served.url}/data`);
		if (javaScriptEnabled) {
			const given = files.map((file) => ({ name: basename(file), text: readFileSync(file, 'utf8') }));
			const dropped = await page.evaluateHandle((sent) => {
				const transfer = new DataTransfer();
				for (const { name, text } of sent) transfer.items.add(new File([text], name, { type: 'text/csv' }));
				return transfer;
			}, given);
			// Until the scripts have begun nothing sees it fall.
			await expect
				.poll(
					async () => {
						await page.getByText('选择文件，或把文件拖到这里').dispatchEvent('drop', { dataTransfer: dropped });
						return page.getByText('巡查登记.csv', { exact: true }).count();
					},
					{ timeout: 30_000 }
				)
				.toBe(1);
		} else await page.locator('input[type=file]').setInputFiles(files);
		await page.getByRole('button', { name: '查看识别结果' }).click();
		await page.waitForURL(/\/data\/waiting\//);
	}

	it('sees what was recognised before anything is imported', async () => {
		await handIn();
		expect(await title()).toBe('3 个文件已认出，可以导入。');
		const text = await main();
		for (const kind of ['认作乡镇名册', '认作本底名册', '认作巡查登记']) expect(text).toContain(kind);
		expect(text).toContain('全部认出');
		expect(await batches()).toBe(0);
	});

	it('finds the files again on the data page, and tries them', async () => {
		await page.getByRole('link', { name: '返回数据页' }).click();
		await page.waitForURL(/\/data$/);
		expect(await main()).toContain('待导入的文件');
		await page.getByRole('link', { name: '查看并导入' }).click();
		await page.waitForURL(/\/data\/waiting\//);
		await page.getByRole('button', { name: '试导入' }).click();
		await page.getByText('试导入读入 9 行：新增 7，暂存 2').waitFor();
		expect(await main()).toContain('2025-11-31');
		expect(await batches()).toBe(0);
	});

	it('imports them, and they wait no more', async () => {
		await page.getByRole('button', { name: '导入', exact: true }).click();
		await page.waitForURL(/batches\/1/);
		expect(await title()).toContain('第 1 批：读入 9 行，新增 7，暂存 2');
		expect(await coverage()).toBe('0/3');
		await page.goto(`${served.url}/data`);
		expect(await main()).not.toContain('待导入的文件');
	});

	it('corrects the two held cells in the page', async () => {
		for (const [batch, label, value] of [
			[2, /^巡查日期/, '2025-11-30'],
			[3, /^问题数/, '0']
		] as const) {
			await page.goto(`${served.url}/data/held`);
			await page.getByRole('link', { name: '更正', exact: true }).first().click();
			await page.waitForURL(/hold=/);
			const field = page.getByLabel(label);
			expect(await field.getAttribute('aria-invalid')).toBe('true');
			await field.fill(value);
			await page.getByRole('button', { name: '更正并导入' }).click();
			await page.waitForURL(new RegExp(`corrected=${batch}`));
		}
		expect(await title()).toBe('没有暂存的行。');
		expect(await coverage()).toBe('2/3');
	});

	it('undoes the import with its corrections, and imports the files again', async () => {
		await page.goto(`${served.url}/data/batches/1`);
		await page.getByText('撤销这一批（第 1 批）').click();
		await page.getByLabel('撤销的原因（必填）').fill('交错了文件');
		await page.getByLabel('连同第').check();
		await page.getByRole('button', { name: '确认撤销' }).click();
		await page.waitForURL(/batches\/4/);
		expect(await coverage()).toBeUndefined();
		await handIn();
		await page.getByRole('button', { name: '导入', exact: true }).click();
		await page.waitForURL(/batches\/5/);
		expect(await title()).toContain('第 5 批：读入 9 行，新增 7，暂存 2');
	});

	it('gives up files that shall not go in', async () => {
		await handIn();
		await page.getByRole('button', { name: '去掉这个文件' }).first().click();
		await page.getByRole('heading', { level: 1, name: '2 个文件已认出，可以导入。' }).waitFor();
		await page.getByRole('button', { name: '放弃，删除文件' }).click();
		await page.waitForURL(/given_up=/);
		expect(await main()).toContain('已放弃，文件已删除，什么都没有导入。');
		expect(await batches()).toBe(5);
	});
});
