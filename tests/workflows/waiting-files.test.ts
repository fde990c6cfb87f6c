/** Files that wait to be looked at: kept, listed, changed, imported, removed; the facts know nothing of them. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#lib/basis/codes.ts';
import { addDays, day } from '#lib/basis/day.ts';
import { type House, openHouse } from '#lib/server/warehouse/house.ts';
import { importWaiting } from '#lib/server/workflows/import-waiting.ts';
import type { Clock } from '#lib/server/workflows/office.ts';
import { showAllWaiting, showWaiting } from '#lib/server/workflows/show-waiting.ts';
import type { SentFile } from '#lib/server/workflows/stage-files.ts';
import {
	changeWaiting,
	discardWaiting,
	findWaiting,
	keepWaiting,
	listWaiting,
	type WaitingFiles
} from '#lib/server/workflows/waiting-files.ts';
import { patrolCsv, subjectCsv, townshipCsv } from '../intake/files.ts';
import { everything } from '../support/home-state.ts';
import { inFolder } from '../support/kaoji.ts';

const clerk: Actor = { name: 'test', role: 'clerk', townships: 'all' };
const received = day(2026, 4, 30);
const clockOn = (days: number): Clock => ({
	now: () => '2026-04-30T08:00:00.000Z',
	today: () => addDays(received, days)
});
const clock = clockOn(0);
const unsaid = { kind: null, mapping: null, encoding: null };
const options = { confirmRevisions: false, dryRun: false, clock, locale: 'zh' } as const;

const sent = (files: Readonly<Record<string, string>>): SentFile[] =>
	Object.entries(files).map(([name, text]) => ({ name, bytes: () => Promise.resolve(Buffer.from(text)) }));

const keep = (house: House, files: Readonly<Record<string, string>>, actor = clerk): Promise<WaitingFiles> =>
	keepWaiting(house.home, sent(files), unsaid, clock, actor);

const inHouse = (work: (house: House) => Promise<void>): Promise<void> =>
	inFolder(async (folder) => {
		const house = await openHouse(join(folder, 'home'));
		try {
			await work(house);
		} finally {
			await house.close();
		}
	});

const three = { '乡镇.csv': townshipCsv, '本底.csv': subjectCsv(3), '巡查.csv': patrolCsv(3) };

describe('files that wait', () => {
	it('are there for their owner alone, and no table knows of them', () =>
		inHouse(async (house) => {
			const before = await house.act(({ engine }) => everything(engine));
			const { id } = await keep(house, { '../../乡镇.csv': townshipCsv });
			const folder = join(house.home, 'waiting', id);
			expect(statSync(folder).mode & 0o777).toBe(0o700);
			expect(readFileSync(join(folder, 'files', '乡镇.csv'), 'utf8')).toBe(townshipCsv);
			expect(readdirSync(join(house.home, 'staging'))).toEqual([]);
			expect(await house.act(({ engine }) => everything(engine))).toEqual(before);
		}));

	it('survive a restart', () =>
		inFolder(async (folder) => {
			const home = join(folder, 'home');
			const first = await openHouse(home);
			const { id } = await keep(first, three);
			await first.close();
			const second = await openHouse(home);
			expect(listWaiting(home, clock, clerk).map((waiting) => waiting.id)).toEqual([id]);
			expect(await importWaiting(second, id, options, clerk)).toMatchObject({ batch: 1 });
			await second.close();
		}));

	it('say of each what it was recognised as, and which of its columns are not known', () =>
		inHouse(async (house) => {
			const odd = '单位编号,单位名称,专业类别,所属乡镇,量化分\nS1,一店,餐饮,三井街道,93\n';
			const { id } = await keep(house, { '乡镇.csv': townshipCsv, '本底.csv': odd });
			const report = await showWaiting(house.home, id, 'zh', clerk);
			expect(report.ready).toBe(true);
			expect(report.shown.map(({ sheets }) => sheets[0]?.recognised)).toMatchObject([
				{ kindName: 'township', headerRow: 1, columns: 5, known: 5, unknown: [] },
				{ kindName: 'subject', headerRow: 1, columns: 5, known: 4, unknown: ['量化分'], mapping: null }
			]);
			expect(report.shown[1]?.sheets[0]).toMatchObject({ rows: 2, more: false, encoding: 'utf-8' });
			expect(showAllWaiting(house.home, clock, clerk)).toMatchObject([
				{ id, files: ['乡镇.csv', '本底.csv'], receivedAt: '2026-04-30 16:00', keptTo: '2026-05-07' }
			]);
		}));

	it('say what stops them in words, with the rows as they stand, and go in once it is mended', () =>
		inHouse(async (house) => {
			const unknown = '甲,乙\n1,2\n';
			const { id } = await keep(house, { '乡镇.csv': townshipCsv, '什么.csv': unknown, '空.csv': '' });
			const report = await showWaiting(house.home, id, 'zh', clerk);
			expect(report.ready).toBe(false);
			expect(report.shown.map(({ problem }) => problem)).toMatchObject([
				null,
				expect.stringContaining('认不出这是哪种表') as string,
				expect.stringContaining('文件是空的') as string
			]);
			expect(report.shown[1]?.sheets[0]?.head).toEqual([
				{ line: 1, cells: ['甲', '乙'] },
				{ line: 2, cells: ['1', '2'] }
			]);
			await expect(importWaiting(house, id, options, clerk)).rejects.toMatchObject({ code: 'kind_unrecognised' });
			expect(findWaiting(house.home, id, clerk).files).toHaveLength(3);
			for (const file of ['什么.csv', '空.csv']) changeWaiting(house.home, { id, file }, null, clerk);
			expect(await importWaiting(house, id, options, clerk)).toMatchObject({ files: [{ file: '乡镇.csv', added: 2 }] });
		}));

	it('are read as the kind that was chosen for one of them', () =>
		inHouse(async (house) => {
			const { id } = await keep(house, { '巡查.csv': patrolCsv(1) });
			const choose = (kind: string): boolean =>
				changeWaiting(house.home, { id, file: '巡查.csv' }, (file) => ({ ...file, kind }), clerk);
			choose('complaint');
			expect((await showWaiting(house.home, id, 'zh', clerk)).shown[0]).toMatchObject({
				choice: { kind: 'complaint' },
				problem: expect.stringContaining('受理') as string
			});
			choose('patrol');
			expect((await showWaiting(house.home, id, 'zh', clerk)).ready).toBe(true);
		}));

	it('are tried without a trace, then imported as one batch and wait no more', () =>
		inHouse(async (house) => {
			const { id } = await keep(house, three);
			const before = await house.act(({ engine }) => everything(engine));
			const trial = await importWaiting(house, id, { ...options, dryRun: true }, clerk);
			expect(trial.files.map(({ file, added }) => [file, added])).toEqual([
				['乡镇.csv', 2],
				['本底.csv', 3],
				['巡查.csv', 3]
			]);
			expect(await house.act(({ engine }) => everything(engine))).toEqual(before);
			expect(await importWaiting(house, id, options, clerk)).toMatchObject({ batch: 1, files: trial.files });
			expect(listWaiting(house.home, clock, clerk)).toEqual([]);
			expect(existsSync(join(house.home, 'waiting', id))).toBe(false);
			expect(readdirSync(join(house.home, 'staging'))).toEqual([]);
		}));

	it('go in once where the button was pressed twice', () =>
		inHouse(async (house) => {
			const { id } = await keep(house, three);
			const [once, twice] = await Promise.allSettled([
				importWaiting(house, id, options, clerk),
				importWaiting(house, id, options, clerk)
			]);
			expect(once).toMatchObject({ status: 'fulfilled', value: { batch: 1 } });
			expect(twice).toMatchObject({ status: 'rejected', reason: { code: 'waiting_unknown' } });
		}));

	it('are given up at once, or file by file', () =>
		inHouse(async (house) => {
			const { id } = await keep(house, { '乡镇.csv': townshipCsv, '本底.csv': subjectCsv(1) });
			const { id: other } = await keep(house, { '乡镇.csv': townshipCsv });
			expect(changeWaiting(house.home, { id, file: '乡镇.csv' }, null, clerk)).toBe(true);
			expect(readdirSync(join(house.home, 'waiting', id, 'files'))).toEqual(['本底.csv']);
			expect(changeWaiting(house.home, { id, file: '本底.csv' }, null, clerk)).toBe(false);
			discardWaiting(house.home, other, clerk);
			expect(readdirSync(join(house.home, 'waiting'))).toEqual([]);
			expect(() => discardWaiting(house.home, other, clerk)).toThrow('waiting_unknown');
		}));

	it('are removed after seven days, and not before', () =>
		inHouse(async (house) => {
			const { id } = await keep(house, { '乡镇.csv': townshipCsv });
			expect(listWaiting(house.home, clockOn(7), clerk)).toHaveLength(1);
			expect(listWaiting(house.home, clockOn(8), clerk)).toEqual([]);
			expect(() => findWaiting(house.home, id, clerk)).toThrow('waiting_unknown');
		}));

	it('are seen by who sent them and by who sees all townships, and by no path in place of their id', () =>
		inHouse(async (house) => {
			const own: Actor = { name: '三井', role: 'township', townships: [] };
			const { id } = await keep(house, { '乡镇.csv': townshipCsv }, own);
			const other: Actor = { ...own, name: '孟河' };
			for (const actor of [own, clerk]) expect(findWaiting(house.home, id, actor).id).toBe(id);
			expect(listWaiting(house.home, clock, other)).toEqual([]);
			expect(() => findWaiting(house.home, id, other)).toThrow('waiting_unknown');
			for (const odd of ['', '.', '..', `../waiting/${id}`, `${id}/files`])
				expect(() => discardWaiting(house.home, odd, clerk)).toThrow('waiting_unknown');
			expect(listWaiting(house.home, clock, own)).toHaveLength(1);
		}));

	it('are refused where more would wait than the home takes, and nothing of them stays', () =>
		inHouse(async (house) => {
			// Only its length is looked at before it is refused.
			const huge = { length: 2_000_000_000 } as Uint8Array;
			const first = await keep(house, { '乡镇.csv': townshipCsv });
			const tooMuch: SentFile[] = [
				{ name: '小.csv', bytes: () => Promise.resolve(Buffer.from('a')) },
				{ name: '大.csv', bytes: () => Promise.resolve(huge) }
			];
			await expect(keepWaiting(house.home, tooMuch, unsaid, clock, clerk)).rejects.toMatchObject({
				code: 'waiting_full'
			});
			expect(readdirSync(join(house.home, 'waiting'))).toEqual([first.id]);
			expect(readdirSync(join(house.home, 'staging'))).toEqual([]);
		}));
});
