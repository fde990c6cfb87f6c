/** A file with headers that nobody has seen: its columns are assigned in the page, saved, and the next one goes in by itself. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { csvText } from '#lib/server/workbooks/write-csv.ts';
import { closeAfterwards, seen, startReader } from '../support/browser.ts';
import { kaoji, ownFolder } from '../support/kaoji.ts';
import { manyPlaces, writePlaces } from '../support/places.ts';
import { command, serve, type Served } from '../support/server.ts';

const march = [
	['三月协管台账', null, null, null, null, null],
	['序', '店家', '所在镇', '类型', '去的日子', '说明'],
	['1', '320100001-1/第1乡第1饭店', '老街', '吃的', '3/4/2026', '地面积水；当场改正'],
	['2', '320100002-1/第2乡第1饭店', '第2乡', '食品安全', '3/25/2026', '无']
];
/** The same columns in another order, and words that the first file had. */
const april = [
	['说明', '去的日子', '类型', '所在镇', '店家', '序'],
	['灯不亮；限期', '4/5/2026', '吃的', '老街', '320100001-2/第1乡第2饭店', '1']
];

describe.each([true, false])('the mapping of an unknown file (JavaScript: %s)', (javaScriptEnabled) => {
	const { path, remove } = ownFolder();
	const home = join(path, 'home');
	let served: Served;
	let reader: Awaited<ReturnType<typeof startReader>>;
	let page: Page;

	beforeAll(async () => {
		const { code, stderr } = await kaoji(home, 'import', ...writePlaces(join(path, 'files'), manyPlaces(2)));
		if (code !== 0) throw new Error(stderr);
		[served, reader] = await Promise.all([serve(home, '--today', '2026-04-30'), startReader()]);
		page = await reader.page({ javaScriptEnabled });
	});
	closeAfterwards(() => ({ reader, served }), remove);

	const main = async (): Promise<string> => seen(await page.locator('main').textContent());
	const title = async (): Promise<string> => seen(await page.locator('h1').textContent());
	const field = (name: string): ReturnType<Page['locator']> => page.locator(`[name="${name}"]`);
	const takeColumn = (name: string, header: string): Promise<unknown> =>
		field(`from.${name}`).selectOption(`column:${header}`);
	/** The cells of the first row of the preview. */
	const firstRow = async (): Promise<string[]> =>
		(await page.locator('#preview tbody tr').first().locator('td').allTextContents()).map(seen);

	/** With scripts the preview follows by itself; without them a button brings it. */
	async function previewSays(text: string): Promise<void> {
		if (!javaScriptEnabled) await page.getByRole('button', { name: '刷新预览' }).click();
		await page.locator('#preview').getByText(text, { exact: true }).first().waitFor();
	}

	async function send(name: string, rows: readonly (string | null)[][]): Promise<void> {
		const file = join(path, name);
		writeFileSync(file, csvText(rows.map((row) => [...row])));
		await page.goto(`${served.url}/data`);
		await page.locator('input[type=file]').setInputFiles(file);
		await page.getByRole('button', { name: '查看识别结果' }).click();
		await page.waitForURL(/\/data\/waiting\//);
	}

	it('is asked for where a file is not recognised', async () => {
		await send('三月台账.csv', march);
		expect(await title()).toBe('1 个文件中有 1 个还不能导入。');
		expect(await main()).toContain('认不出这是哪种表：请按“指定各列”说明各列是什么');
		expect(await page.getByRole('button', { name: '导入', exact: true }).isDisabled()).toBe(true);
		await page.getByRole('link', { name: '指定各列' }).click();
		await page.waitForURL(/mapping/);
	});

	it('begins with the header that was found, and with the kind that is chosen', async () => {
		await page.getByLabel('表类').selectOption('patrol');
		await page.getByRole('button', { name: '按此列出各栏' }).click();
		await page.waitForURL(/kind=patrol/);
		expect(await page.getByLabel('表头所在的行').inputValue()).toBe('2');
		expect(await field('lines').isChecked()).toBe(true);
		expect(await title()).toBe('还有 1 个必填的栏目没有指定：巡查日期。');
	});

	it('shows at once how the rows would be read', async () => {
		await takeColumn('township', '所在镇');
		await takeColumn('domain', '类型');
		await takeColumn('patrolled_on', '去的日子');
		await page.getByText('其他可以有的栏目').click();
		for (const [name, take] of [
			['subject', 'first'],
			['subject_name', 'rest']
		] as const) {
			await takeColumn(name, '店家');
			await field(`take.${name}`).selectOption(take);
			await field(`at.${name}`).fill('/');
		}
		await takeColumn('problem_text', '说明');
		await field('take.problem_text').selectOption('first');
		await field('at.problem_text').fill('；');
		await field('from.content').selectOption('constant');
		await field('constant.content').fill('日常巡查');
		// What was filled in last: before it shows, the preview is of an earlier state.
		await previewSays('日常巡查');
		expect(await title()).toBe('必填的栏目都已指定；2 行中有 2 行读不懂。');
		expect(await firstRow()).toEqual([
			'320100001-1',
			'第1乡第1饭店',
			'◆ 老街 乡镇不在名册上',
			'◆ 吃的 专业类别不认识',
			'◆ 3/4/2026 分不清月和日',
			'日常巡查',
			'1',
			'地面积水'
		]);
	});

	it('takes what words mean and how days are written', async () => {
		await page.getByLabel('“老街”的意思').selectOption({ label: '第1乡' });
		await page.getByLabel('“吃的”的意思').selectOption({ label: '食品安全' });
		await page.getByLabel('年份在后的日期').selectOption('mdy');
		await previewSays('2026-03-04');
		expect(await title()).toBe('必填的栏目都已指定，2 行都读得懂。');
		expect((await firstRow()).slice(2, 5)).toEqual(['第1乡', '食品安全', '2026-03-04']);
	});

	it('is not saved without a usable name, and nothing that was said is lost', async () => {
		await page.getByLabel('映射的名称').fill('城北/台账');
		await page.getByRole('button', { name: '保存映射' }).click();
		await page.getByText('不能用作映射的名称').waitFor();
		expect(await page.getByLabel('映射的名称').inputValue()).toBe('城北/台账');
		expect(await field('at.subject').inputValue()).toBe('/');
		expect(await page.getByLabel('“老街”的意思').inputValue()).toBe('is:320100001');
		expect((await firstRow()).slice(2, 5)).toEqual(['第1乡', '食品安全', '2026-03-04']);
	});

	it('is saved, tried and imported, and the facts are what the preview showed', async () => {
		await page.getByLabel('映射的名称').fill('城北台账');
		await page.getByRole('button', { name: '保存映射' }).click();
		await page.waitForURL(/saved=/);
		expect(await main()).toContain('映射“城北台账”已保存');
		expect(await main()).toContain('按映射“城北台账”读取');
		expect(await title()).toBe('1 个文件已认出，可以导入。');
		await page.getByRole('button', { name: '试导入' }).click();
		await page.getByText('试导入读入 2 行：新增 2').waitFor();
		await page.getByRole('button', { name: '导入', exact: true }).click();
		await page.waitForURL(/batches\/2/);
		expect(await title()).toContain('第 2 批：读入 2 行，新增 2');
		const sql = `SELECT township, subject, subject_name, domain, CAST(patrolled_on AS VARCHAR) AS day, content,
			CAST(problems AS INTEGER) AS problems, problem_text FROM patrol WHERE batch = 2 ORDER BY source_line`;
		const { stdout } = await command(home, 'query', sql, '--json');
		const rows = (JSON.parse(stdout) as Record<string, unknown>[]).map((row) => Object.values(row));
		expect(rows).toEqual([
			['320100001', '320100001-1', '第1乡第1饭店', 'food_safety', '2026-03-04', '日常巡查', 1, '地面积水'],
			['320100002', '320100002-1', '第2乡第1饭店', 'food_safety', '2026-03-25', '日常巡查', 0, '无']
		]);
	});

	it('is found by itself for the next file of that header', async () => {
		await send('四月台账.csv', april);
		expect(await title()).toBe('1 个文件已认出，可以导入。');
		expect(await main()).toContain('按映射“城北台账”读取');
		await page.getByRole('button', { name: '导入', exact: true }).click();
		await page.waitForURL(/batches\/3/);
		expect(await title()).toContain('第 3 批：读入 1 行，新增 1');
	});
});
