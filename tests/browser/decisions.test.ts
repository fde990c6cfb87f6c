/** What a clerk decides: who is absent from a whole register, a file that is held whole, premises that look like one. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { csvText } from '#lib/server/workbooks/write-csv.ts';
import { closeAfterwards, seen, startReader } from '../support/browser.ts';
import { kaoji, ownFolder } from '../support/kaoji.ts';
import { serve, type Served } from '../support/server.ts';

const subjects = ['单位编号', '单位名称', '专业类别', '所属乡镇', '开业日期'];
const patrols = ['流水号', '单位编号', '所属乡镇', '专业类别', '巡查日期', '问题数'];

describe.each([true, false])('a clerk who decides (JavaScript: %s)', (javaScriptEnabled) => {
	const { path, remove } = ownFolder();
	let served: Served;
	let reader: Awaited<ReturnType<typeof startReader>>;
	let page: Page;

	function file(name: string, rows: readonly (readonly string[])[]): string {
		mkdirSync(path, { recursive: true });
		writeFileSync(join(path, name), csvText(rows.map((row) => [...row])));
		return join(path, name);
	}
	const text = async (): Promise<string> => seen(await page.locator('main').textContent());
	const json = async (name: string): Promise<unknown> => (await fetch(`${served.url}/data/${name}.json`)).json();

	beforeAll(async () => {
		const home = join(path, 'home');
		const register = ['S1', 'S2', 'S3', 'S4'].map((id) => [id, `${id}号饭店`, '食品安全', '三井街道', '2020-03-01']);
		const { code, stderr } = await kaoji(
			home,
			'import',
			file('乡镇.csv', [
				['行政区划代码', '乡镇名称'],
				['320411100', '三井街道'],
				['320411105', '孟河镇']
			]),
			file('本底.csv', [subjects, ...register, ['S5', 'S4号 饭店', '食品安全', '三井街道', '']]),
			file('巡查.csv', [patrols, ['P1', 'S1', '三井街道', '食品安全', '2026-03-05', '0']]),
			'--today',
			'2026-04-30'
		);
		if (code !== 0) throw new Error(stderr);
		[served, reader] = await Promise.all([serve(home, '--today', '2026-04-30'), startReader()]);
		page = await reader.page({ javaScriptEnabled });
		page.setDefaultTimeout(15_000);
	});
	closeAfterwards(() => ({ reader, served }), remove);

	async function handIn(name: string, rows: readonly (readonly string[])[], box: string | null): Promise<void> {
		await page.goto(`${served.url}/data`);
		await page.locator('input[type=file]').setInputFiles(file(name, rows));
		if (box !== null) {
			await page.locator('summary', { hasText: '更多选项' }).click();
			await page.getByLabel(box).check();
		}
		await page.getByRole('button', { name: '导入', exact: true }).click();
	}

	it('hands in a whole register, and sees who is absent', async () => {
		const rows = ['S1', 'S4', 'S5'].map((id) => [
			id,
			`${id === 'S5' ? 'S4号 ' : `${id}号`}饭店`,
			'食品安全',
			'三井街道',
			'2020-03-01'
		]);
		await handIn('全量.csv', [subjects, ...rows], '这是全量名册：列出缺席的单位');
		await page.waitForURL(/batches\/2/);
		await page.getByRole('link', { name: /这一批名册里缺席 2 条/ }).click();
		await page.waitForURL(/data\/absent/);
		expect(await text()).toContain('全量名册里缺席 2 条');
		expect(await json('absent')).toMatchObject([{ id: 'S2' }, { id: 'S3' }]);
	});

	it('is told what is missing, and keeps what was entered', async () => {
		await page.getByLabel(/已注销、歇业/).check();
		await page.getByLabel('理由（必填）').fill('现场核实已停业');
		await page.getByRole('button', { name: '处理选中的行' }).click();
		await page.getByText('没有选中任何一行').waitFor();
		expect(await page.getByLabel('理由（必填）').inputValue()).toBe('现场核实已停业');
	});

	it('closes one as of a day, as a batch of its own', async () => {
		await page.getByLabel('选择 S2号饭店 S2').check();
		await page.getByLabel(/已注销、歇业/).check();
		await page.locator('input[name=on]').fill('2026-03-31');
		await page.getByRole('button', { name: '处理选中的行' }).click();
		await page.getByText('已处理，记为第 3 批').waitFor();
		expect(await json('absent')).toMatchObject([{ id: 'S3' }]);
		await page.getByRole('link', { name: '查看这一批' }).click();
		await page.waitForURL(/batches\/3/);
		expect(await text()).toContain('名册缺席：注销 1 条');
		expect(await text()).toContain('现场核实已停业');
	});

	it('undoes that, and it waits again', async () => {
		await page.locator('summary', { hasText: '撤销' }).click();
		await page.getByLabel('撤销的原因（必填）').fill('看错了');
		await page.locator('button.danger').click();
		await page.waitForURL(/batches\/4/);
		expect(await json('absent')).toMatchObject([{ id: 'S2' }, { id: 'S3' }]);
	});

	it('sees what a file that is held whole would rewrite, and confirms it', async () => {
		await handIn('改.csv', [patrols, ['P1', 'S1', '三井街道', '食品安全', '2026-03-09', '0']], null);
		await page.waitForURL(/batches\/5/);
		expect(await text()).toMatch(/整份暂存：会改写 1 格.*巡查日期.*2026-03-05.*2026-03-09/);
		await page.goto(`${served.url}/data/held`);
		await page.getByRole('button', { name: '确认：按文件改写' }).click();
		await page.waitForURL(/batches\/6/);
		expect(await text()).toContain('确认第 5 批整份暂存的文件，改动 1 行');
		await page.goto(`${served.url}/data/held`);
		expect(await text()).toContain('没有暂存的行');
	});

	it('says that two premises are one, and one of them closes', async () => {
		await page.goto(`${served.url}/data`);
		await page.locator('p', { hasText: '1 对疑似重复' }).getByRole('link').click();
		await page.waitForURL(/data\/doubles/);
		await page.getByLabel(/^选择 S4号/).check();
		await page.getByLabel('是同一个：保留第一个').check();
		await page.getByLabel('理由（必填）').fill('同一执照');
		await page.getByRole('button', { name: '处理选中的各对' }).click();
		await page.getByText('已处理，记为第 7 批').waitFor();
		expect(await json('doubles')).toMatchObject({ counts: { subject: 0, patrol: 0 } });
	});
});
