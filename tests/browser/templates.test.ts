/** A template is found on the data page, saved under its Chinese name, and handed in empty by mistake. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { closeAfterwards, seen, startReader } from '../support/browser.ts';
import { ownFolder } from '../support/kaoji.ts';
import { serve, type Served } from '../support/server.ts';

const own = fileURLToPath(new URL('../../static/templates/township.xlsx', import.meta.url));

describe.each([true, false])('a template (JavaScript: %s)', (javaScriptEnabled) => {
	const { path, remove } = ownFolder();
	let served: Served;
	let reader: Awaited<ReturnType<typeof startReader>>;
	let page: Page;
	let saved: string;

	beforeAll(async () => {
		[served, reader] = await Promise.all([serve(join(path, 'home'), '--today', '2026-04-30'), startReader()]);
		page = await reader.page({ javaScriptEnabled });
	});
	closeAfterwards(() => ({ reader, served }), remove);

	it('is offered where an empty home says which tables come first', async () => {
		await page.goto(`${served.url}/data`);
		const download = page.waitForEvent('download');
		await page.getByRole('link', { name: '下载乡镇名册的模板' }).click();
		const file = await download;
		expect(file.suggestedFilename()).toBe('乡镇名册（模板）.xlsx');
		saved = join(path, file.suggestedFilename());
		await file.saveAs(saved);
		expect(readFileSync(saved).equals(readFileSync(own))).toBe(true);
	});

	it('says that there is nothing in it where it is handed in empty', async () => {
		await page.locator('input[type=file]').setInputFiles([saved]);
		await page.getByRole('button', { name: '导入', exact: true }).click();
		await page.waitForURL(/batches\/1/);
		expect(seen(await page.locator('h1').textContent())).toBe('第 1 批：没有读到行，表头下面是空的。请填好后再导入。');
		expect(seen(await page.locator('main').textContent())).not.toContain('填写说明');
	});
});
