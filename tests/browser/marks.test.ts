/** 打分: marks are entered in the page, one is refused, a second person confirms, and the score changes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { closeAfterwards, seen, startReader } from '../support/browser.ts';
import { kaoji, ownFolder } from '../support/kaoji.ts';
import { markingScheme, menghe, sanjing, townshipFile } from '../support/marking.ts';
import { serve, type Served } from '../support/server.ts';

interface Ranking {
	readonly townships: readonly {
		readonly code: string;
		readonly score: string | null;
		readonly provisional: boolean;
	}[];
}

describe.each([true, false])('a person who marks (JavaScript: %s)', (javaScriptEnabled) => {
	const { path, remove } = ownFolder();
	let served: Served;
	let reader: Awaited<ReturnType<typeof startReader>>;
	let page: Page;
	const text = async (): Promise<string> => seen(await page.locator('main').textContent());
	const cell = (name: string) => page.getByLabel(name, { exact: true });
	async function scoreOf(township: string): Promise<string | null> {
		const ran = await kaoji(join(path, 'home'), 'score', '--period', '2026Q1', '--scheme', 'marking', '--json');
		return (ran.json() as Ranking).townships.find(({ code }) => code === township)?.score ?? null;
	}

	beforeAll(async () => {
		const home = join(path, 'home');
		const write = (name: string, content: string): string => {
			mkdirSync(join(path, name, '..'), { recursive: true });
			writeFileSync(join(path, name), content);
			return join(path, name);
		};
		write('home/schemes/marking.yaml', markingScheme(true));
		const patrols =
			'流水号,所属乡镇,专业类别,巡查日期,问题数\nP1,三井街道,食品安全,2026-01-05,0\nP2,孟河镇,食品安全,2026-03-05,0\n';
		const { code, stderr } = await kaoji(
			home,
			'import',
			write('乡镇.csv', townshipFile),
			write('巡查.csv', patrols),
			'--today',
			'2026-04-30'
		);
		if (code !== 0) throw new Error(stderr);
		[served, reader] = await Promise.all([serve(home, '--today', '2026-04-30'), startReader()]);
		page = await reader.page({ javaScriptEnabled });
		page.setDefaultTimeout(15_000);
	});
	closeAfterwards(() => ({ reader, served }), remove);

	it('is refused where one mark is over the limit, is told beside it, and loses nothing', async () => {
		await page.goto(`${served.url}/marks?period=2026Q1`);
		// Three townships without a mark, and the one figure that is asked of 孟河镇.
		expect(await text()).toContain('2026 年一季度还有 4 项没有打分。');
		await cell('三井街道：得分').fill('9');
		await cell('孟河镇：得分').fill('9.5');
		await cell('孟河镇：依据').fill('材料齐全');
		await cell('罗溪镇：得分').fill('7');
		await cell('孟河镇的佐证材料').setInputFiles({
			name: '现场照片.jpg',
			mimeType: 'image/jpeg',
			buffer: Buffer.from('abc')
		});
		await page.getByLabel('评分人').fill('李四');
		await page.getByRole('button', { name: '提交复核' }).click();
		await page.locator('.why').waitFor();
		expect(seen(await page.locator('.why').textContent())).toBe(
			'三井街道，现场考核：填的是 9，应在 0 至 8 分之间，最多六位小数'
		);
		expect(await cell('三井街道：得分').getAttribute('aria-invalid')).toBe('true');
		expect(await cell('孟河镇：得分').inputValue()).toBe('9.5');
		expect(await cell('孟河镇：依据').inputValue()).toBe('材料齐全');
		expect(await page.getByLabel('评分人').inputValue()).toBe('李四');
		expect(await text()).toContain('已上传：现场照片.jpg');
	});

	it('sends three marks, which count nowhere yet', async () => {
		await cell('三井街道：得分').fill('8');
		await page.getByRole('button', { name: '提交复核' }).click();
		await page.getByText('已提交 3 项，等待另一人复核。').waitFor();
		expect(await text()).toContain('待复核（李四）');
		// 5 of 5 points for discipline is all that counts so far.
		expect(await scoreOf(menghe)).toBe('100.0000');
	});

	it('cannot confirm under the same name', async () => {
		await page.getByRole('link', { name: /待复核/ }).click();
		await page.getByLabel('选择 孟河镇 现场考核').check();
		await page.getByLabel('选择 三井街道 现场考核').check();
		await page.getByLabel('复核人（必填）').fill('李 四');
		await page.getByRole('button', { name: '确认选中的' }).click();
		await page.getByText('李四 填的须由另一人复核：请换一位复核人').waitFor();
		expect(await page.getByLabel('选择 孟河镇 现场考核').isChecked()).toBe(true);
	});

	it('sees the score change once another person has confirmed', async () => {
		await page.getByLabel('复核人（必填）').fill('王五');
		await page.getByRole('button', { name: '确认选中的' }).click();
		await page.getByText(/已保存 2 项，记为第 2 批/).waitFor();
		// 9.5 + 5 of 15 points, as the figure is excluded until it is there: 96.6667.
		expect(await scoreOf(menghe)).toBe('96.6667');
		expect(await scoreOf(sanjing)).toBe('100.0000');
	});

	it('sends one back with a reason', async () => {
		await page.getByLabel('复核人（必填）').fill('王五');
		await page.getByLabel(/退回原因/).fill('与现场记录不符');
		await page.getByRole('button', { name: '退回选中的' }).click();
		await page.getByText('已退回 1 项。').waitFor();
		expect(await text()).toContain('没有等待复核的。');
	});

	it('finds the evidence beside the mark, to be saved and not shown', async () => {
		await page.getByRole('link', { name: /^人工评分/ }).click();
		const link = page.getByRole('link', { name: '现场照片.jpg' });
		await link.waitFor();
		const answer = await fetch(new URL((await link.getAttribute('href')) ?? '', served.url));
		expect(await answer.text()).toBe('abc');
		expect(Object.fromEntries(answer.headers)).toMatchObject({
			'content-type': 'application/octet-stream',
			'content-disposition': `attachment; filename="evidence"; filename*=UTF-8''${encodeURIComponent('现场照片.jpg')}`,
			'x-content-type-options': 'nosniff'
		});
		expect(await text()).toContain('王五复核');
		expect((await fetch(`${served.url}/marks/evidence/${'0'.repeat(64)}`)).status).toBe(404);
	});

	it('has the same as a table and for programs', async () => {
		const csv = await (await fetch(`${served.url}/marks.csv?period=2026Q1&item=mark.onsite`)).text();
		expect(csv).toContain(
			`${menghe},孟河镇,2026Q1|onsite,9.5,材料齐全,李四,王五,现场照片.jpg,2,打分复核-人工评分-2026Q1.csv,`
		);
		expect(csv).toContain('罗溪镇,,,');
		const json: unknown = await (await fetch(`${served.url}/marks.json?period=2026Q1&tab=deductions`)).json();
		expect(json).toMatchObject({ tab: 'deductions', item: { id: 'deduction.discipline', open: 0 } });
		expect((await fetch(`${served.url}/marks.csv?period=2026`)).status).toBe(400);
	});
});
