import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Actor } from '#lib/basis/codes.ts';
import { day } from '#lib/basis/day.ts';
import { Problem } from '#lib/basis/problem.ts';
import type { Progress } from '#lib/intake/progress.ts';
import { type House, openHouse } from '#lib/server/warehouse/house.ts';
import { importPaths } from '#lib/server/workflows/import-paths.ts';
import { namesApart, safeName, type SentFile, withStaged } from '#lib/server/workflows/stage-files.ts';
import { cancelUpload, progressOf, takeUploads } from '#lib/server/workflows/take-uploads.ts';
import { patrolCsv, subjectCsv, townshipCsv } from '../intake/files.ts';
import { everything } from '../support/home-state.ts';
import { inFolder } from '../support/kaoji.ts';

const clerk: Actor = { name: 'test', role: 'clerk', townships: 'all' };
const clock = { now: () => '2026-04-30T08:00:00.000Z', today: () => day(2026, 4, 30) };
const options = { clock, locale: 'zh' } as const;

const sent = (files: Readonly<Record<string, string>>): SentFile[] =>
	Object.entries(files).map(([name, text]) => ({ name, bytes: () => Promise.resolve(Buffer.from(text)) }));

const inHouse = (work: (house: House) => Promise<void>): Promise<void> =>
	inFolder(async (folder) => {
		const house = await openHouse(join(folder, 'home'));
		try {
			await work(house);
		} finally {
			await house.close();
		}
	});

const staged = (house: House): string[] => readdirSync(join(house.home, 'staging'));

/** What names are made of that want to lead somewhere, and of what offices write. */
const nasty = fc
	.array(
		fc.oneof(
			fc.constantFrom('..', '/', '\\', '\0', '\n', 'C:', '%2e', '.csv', 'CON', ' ', '巡查', '\u202e'),
			fc.string()
		),
		{
			maxLength: 12
		}
	)
	.map((parts) => parts.join(''));

describe('the name of a file that was sent', () => {
	it('stays what the office calls it', () => {
		expect(safeName('2025年 巡查登记表（三井街道）[1].xlsx')).toBe('2025年 巡查登记表（三井街道）[1].xlsx');
	});

	it('loses every part of a path and every character that is not to be seen', () => {
		expect(safeName('../../kaoji.duckdb')).toBe('kaoji.duckdb');
		expect(safeName('C:\\export\\patrol.csv')).toBe('patrol.csv');
		expect(safeName('a\u0000b\u202ec\n.csv')).toBe('abc.csv');
		expect(safeName('..')).toBe('file');
	});

	it('is a plain name within its folder, whatever was sent', () => {
		fc.assert(
			fc.property(fc.array(nasty, { maxLength: 4 }), (names) => {
				const safe = namesApart(names);
				expect(new Set(safe.map((name) => name.toLowerCase())).size).toBe(names.length);
				for (const name of safe) {
					expect(relative('/staging/files', resolve('/staging/files', name))).toBe(name);
					expect(name).not.toMatch(/[/\\\p{Cc}]/u);
					expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
				}
			})
		);
	});

	it('tells two of one name apart, also where only their case differs', () => {
		expect(namesApart(['表.csv', '旧/表.csv', 'A.csv', 'a.CSV'])).toEqual([
			'表.csv',
			'表 (2).csv',
			'A.csv',
			'a (2).CSV'
		]);
	});
});

describe('files that were sent', () => {
	it('cannot leave the folder of their own, which is gone afterwards', () =>
		inFolder(async (folder) => {
			const home = join(folder, 'home');
			const warehouse = { home, staging: join(home, 'staging') } as Parameters<typeof withStaged>[0];
			const files = sent({ '../../out.csv': 'one', '/etc/out.csv': 'two', '..\\..\\out.csv': 'three' });
			const paths = await withStaged(warehouse, files, (own, paths) => {
				for (const path of paths) expect(path.startsWith(own.staging)).toBe(true);
				expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(['one', 'two', 'three']);
				return Promise.resolve(paths);
			});
			expect(paths.filter((path) => existsSync(path))).toEqual([]);
			expect(readdirSync(folder)).toEqual(['home']);
			expect(readdirSync(warehouse.staging)).toEqual([]);
		}));

	it('go in as one batch, registers first, and leave nothing behind', () =>
		inHouse(async (house) => {
			const report = await takeUploads(
				house,
				sent({ '本底.csv': subjectCsv(3), '乡镇.csv': townshipCsv, 'landing.csv': subjectCsv(4) }),
				options,
				clerk
			);
			// The second register of premises tells three of them again.
			expect(report.files.map(({ file, added, unchanged }) => [file, added, unchanged])).toEqual([
				['乡镇.csv', townshipCsv.trim().split('\n').length - 1, 0],
				['本底.csv', 3, 0],
				['landing.csv', 1, 3]
			]);
			expect(staged(house)).toEqual([]);
		}));

	it('leave the home as it was where one of them is of no known kind', () =>
		inHouse(async (house) => {
			await takeUploads(house, sent({ '乡镇.csv': townshipCsv }), options, clerk);
			const before = await house.act(({ engine }) => everything(engine));
			const wrong = sent({ '本底.csv': subjectCsv(3), '什么.csv': '甲,乙\n1,2\n' });
			await expect(takeUploads(house, wrong, options, clerk)).rejects.toMatchObject({
				code: 'kind_unrecognised',
				where: { file: '什么.csv' }
			});
			expect(staged(house)).toEqual([]);
			expect(await house.act(({ engine }) => everything(engine))).toEqual(before);
		}));

	it('leave the home as it was where the import fails when rows of it are already written', () =>
		inHouse(async (house) => {
			await takeUploads(house, sent({ '乡镇.csv': townshipCsv }), options, clerk);
			const before = await house.act(({ engine }) => everything(engine));
			// The premises are taken before the activities, whose file corrects a hold that nobody has.
			const wrong = sent({
				'本底.csv': subjectCsv(3),
				'更正.csv': '暂存编号,编号,所属乡镇,类别,日期\n77,A1,三井街道,培训,2025-02-01\n'
			});
			await expect(takeUploads(house, wrong, options, clerk)).rejects.toThrow('hold_unknown');
			expect(staged(house)).toEqual([]);
			expect(await house.act(({ engine }) => everything(engine))).toEqual(before);
		}));

	it('leave the home as it was where they are only tried, and the report says what would have been', () =>
		inHouse(async (house) => {
			await takeUploads(house, sent({ '乡镇.csv': townshipCsv }), options, clerk);
			const before = await house.act(({ engine }) => everything(engine));
			const report = await takeUploads(house, sent({ '本底.csv': subjectCsv(3) }), { ...options, dryRun: true }, clerk);
			expect(report).toMatchObject({ dryRun: true, files: [{ added: 3 }] });
			expect(staged(house)).toEqual([]);
			expect(await house.act(({ engine }) => everything(engine))).toEqual(before);
		}));

	it('wait for the act before them, and tell that and the end to whom has sent them alone', () =>
		inHouse(async (house) => {
			const { promise: finished, resolve: finish } = Promise.withResolvers<undefined>();
			const other = house.act(() => finished);
			const job = 'a-name-made-by-chance';
			const taken = takeUploads(house, sent({ '乡镇.csv': townshipCsv }), { ...options, job }, clerk);
			await vi.waitUntil(() => progressOf(job, clerk, 'zh')?.state === 'waiting');
			expect(progressOf(job, clerk, 'zh')).toMatchObject({
				batch: null,
				text: expect.stringContaining('乡镇.csv') as string
			});
			finish(undefined);
			await other;
			await taken;
			expect(progressOf(job, clerk, 'zh')).toMatchObject({ state: 'done', progress: null, batch: 1 });
			expect(progressOf(job, { ...clerk, name: 'other' }, 'zh')).toBeNull();
			expect(progressOf('another-name-of-chance', clerk, 'zh')).toBeNull();
		}));

	it('are not taken when they are cancelled while they wait, by whom has sent them alone', () =>
		inHouse(async (house) => {
			const before = await house.act(({ engine }) => everything(engine));
			const { promise: finished, resolve: finish } = Promise.withResolvers<undefined>();
			const other = house.act(() => finished);
			const job = 'an-import-to-be-cancelled';
			const taken = takeUploads(house, sent({ '乡镇.csv': townshipCsv }), { ...options, job }, clerk);
			const refused = expect(taken).rejects.toThrow('import_cancelled');
			await vi.waitUntil(() => progressOf(job, clerk, 'zh')?.state === 'waiting');
			expect(cancelUpload(job, { ...clerk, name: 'other' })).toBe(false);
			expect(cancelUpload(job, clerk)).toBe(true);
			finish(undefined);
			await Promise.all([other, refused]);
			expect(progressOf(job, clerk, 'zh')).toMatchObject({ state: 'failed' });
			expect(cancelUpload(job, clerk)).toBe(false);
			expect(await house.act(({ engine }) => everything(engine))).toEqual(before);
			expect(readdirSync(house.home).filter((name) => name.startsWith('reading-'))).toEqual([]);
		}));

	it('are not taken when they are cancelled before all of them have come', () =>
		inHouse(async (house) => {
			const job = 'cancelled-while-it-came';
			expect(cancelUpload(job, clerk)).toBe(true);
			await expect(takeUploads(house, sent({ '乡镇.csv': townshipCsv }), { ...options, job }, clerk)).rejects.toThrow(
				'import_cancelled'
			);
			expect((await takeUploads(house, sent({ '乡镇.csv': townshipCsv }), options, clerk)).batch).toBe(1);
		}));

	it('are undone when they are cancelled at any step of the taking', () =>
		inHouse(async (house) => {
			await takeUploads(house, sent({ '乡镇.csv': townshipCsv, '本底.csv': subjectCsv(3) }), options, clerk);
			const before = await house.act(({ engine }) => everything(engine));
			for (let step = 0; step < 6; step++) {
				const controller = new AbortController();
				let steps = 0;
				const progress = ({ stage }: Progress): void => {
					if (stage === 'taking' && steps++ === step) controller.abort(new Problem('import_cancelled'));
				};
				const path = join(house.home, '..', 'patrol.csv');
				writeFileSync(path, patrolCsv(3));
				const { signal } = controller;
				await expect(
					house.act((warehouse) =>
						importPaths(
							warehouse,
							[path],
							{},
							{ ...options, today: clock.today(), now: clock.now(), signal, progress },
							clerk
						)
					)
				).rejects.toThrow('import_cancelled');
				expect(await house.act(({ engine }) => everything(engine))).toEqual(before);
			}
			const report = await takeUploads(house, sent({ '巡查.csv': patrolCsv(3) }), options, clerk);
			expect(report.files[0]).toMatchObject({ added: 3 });
		}));

	it('tell that they failed', () =>
		inHouse(async (house) => {
			const job = 'a-failing-import-of-chance';
			const failing = takeUploads(house, sent({ '空.csv': '' }), { ...options, job }, clerk);
			await expect(failing).rejects.toBeInstanceOf(Problem);
			expect(progressOf(job, clerk, 'zh')).toMatchObject({ state: 'failed', batch: null });
			expect(statSync(join(house.home, 'staging')).isDirectory()).toBe(true);
		}));
});
