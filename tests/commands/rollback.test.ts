/** What a rollback does, as a user sees it. Long, because each way of building on a batch has its own three imports. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#lib/basis/codes.ts';
import { openDuckdb } from '#lib/server/warehouse/duckdb/engine.ts';
import { migrations } from '#lib/server/warehouse/open.ts';
import type { FileReport, ImportReport } from '#lib/server/workflows/import-files.ts';
import { listBatches } from '#lib/server/workflows/list-batches.ts';
import type { HeldRow } from '#lib/server/workflows/list-quarantine.ts';
import { dependentsOf, type RollbackReport } from '#lib/server/workflows/roll-back.ts';
import { subjectCsv, townshipCsv, write } from '../intake/files.ts';
import { contents, everything, lookInto, standing, type State } from '../support/home-state.ts';
import { inFolder, kaoji, type Ran } from '../support/kaoji.ts';

const patrolHead = '流水号,单位编号,所属乡镇,专业类别,巡查日期,问题数,修改标志\n';
/** One patrol of 三井街道 in February 2025. */
const patrol = (
	id: string,
	{ subject = '', day = '10', problems = 0, flag = '', township = '三井街道' } = {}
): string => `${id},${subject},${township},餐饮,2025-02-${day},${problems},${flag}\n`;

const clerk: Actor = { name: 'test', role: 'clerk', townships: 'all' };

/** A home of a test's own, and what one does in it. */
interface Office {
	readonly home: string;
	/** Imports texts as files of those names, in one batch. */
	readonly take: (files: Readonly<Record<string, string>>) => Promise<ImportReport>;
	/** The file of the rows of a kind that are held now. */
	readonly held: (kind: string) => Promise<string>;
	readonly undo: (batch: number, ...options: readonly string[]) => Promise<RollbackReport>;
	readonly refused: (batch: number, ...options: readonly string[]) => Promise<Ran>;
	readonly ask: (sql: string) => Promise<unknown>;
	readonly score: () => Promise<unknown>;
	readonly standing: () => Promise<State>;
	readonly contents: () => Promise<State>;
	readonly everything: () => Promise<State>;
}

const inOffice = (work: (office: Office) => Promise<void>): Promise<void> =>
	inFolder(async (folder) => {
		const home = join(folder, 'home');
		const json = async <T>(...args: readonly string[]): Promise<T> => {
			const ran = await kaoji(home, ...args, '--json');
			if (ran.stdout === '') throw new Error(ran.stderr);
			return ran.json() as T;
		};
		await work({
			home,
			take: (files) => json('import', ...Object.values(write(folder, files)), '--today', '2026-04-30'),
			held: async (kind) => (await kaoji(home, 'quarantine', '--kind', kind, '--format', 'csv')).stdout,
			undo: (batch, ...options) => json('rollback', String(batch), '--reason', '导错了文件', ...options),
			refused: (batch, ...options) => kaoji(home, 'rollback', String(batch), '--reason', '导错了文件', ...options),
			ask: (sql) => json('query', sql),
			score: () => json('score', '--period', '2025Q1'),
			standing: () => lookInto(home, standing),
			contents: () => lookInto(home, contents),
			everything: () => lookInto(home, everything)
		});
	});

const counts = ({ files }: ImportReport): (readonly [string, ...number[]])[] =>
	files.map(({ file, read, added, revised, withdrawn, unchanged, quarantined, released }: FileReport) => [
		file,
		read,
		added,
		revised,
		withdrawn,
		unchanged,
		quarantined,
		released
	]);

/** Townships, premises S1 to S6 with a patrol each, a patrol for premises S7 that is not registered, one on no day. */
const first = {
	'township.csv': townshipCsv,
	'subject.csv': subjectCsv(6),
	'patrol.csv':
		patrolHead +
		Array.from({ length: 6 }, (_, i) => patrol(`P${i + 1}`, { subject: `S${i + 1}` })).join('') +
		patrol('P7', { subject: 'S7' }) +
		patrol('P8', { day: '30' }) +
		patrol('P9')
};

describe('a rollback', () => {
	it('leaves rows, held rows and scores as they were before the batch, which then comes in again as it did at first', () =>
		inOffice(async ({ take, held, undo, score, standing, contents }) => {
			await take(first);
			await take({ 'withdrawal.csv': patrolHead + patrol('P9', { flag: '3' }) });
			const [before, scored] = [await standing(), await score()];
			const files = {
				'more-subjects.csv': `${subjectCsv(8).replace('第1餐饮店', '第1大酒店').split('\n').toSpliced(2, 5).join('\n')}`,
				'changes.csv':
					patrolHead +
					patrol('P1', { subject: 'S1', problems: 2, flag: '2' }) +
					patrol('P2', { subject: 'S2', flag: '3' }) +
					patrol('P9', { problems: 1 }) +
					patrol('P10', { subject: 'S8' }) +
					patrol('P11', { subject: 'S99' }) +
					patrol('P12') +
					patrol('P12', { problems: 1, flag: '2' }),
				'corrected.csv': (await held('patrol'))
					.split('\n')
					.filter((line) => !line.includes('P7'))
					.join('\n')
					.replaceAll('2025-02-30', '2025-02-27')
			};
			const taken = await take(files);
			// S7 and S8 are new, S1 has another name; S7 releases P7. P11 names premises that nobody registered.
			expect(counts(taken)).toEqual([
				['more-subjects.csv', 3, 2, 1, 0, 0, 0, 1],
				['changes.csv', 7, 2, 3, 1, 0, 1, 0],
				['corrected.csv', 1, 1, 0, 0, 0, 0, 0]
			]);
			const after = await contents();
			expect(await score()).not.toEqual(scored);

			expect(await undo(3)).toEqual({
				batch: 4,
				undone: [3],
				kinds: [
					// S7, S8 and the new name of S1 go, the old name is back.
					{ kind: 'subject', removed: 3, restored: 1 },
					// P1 as revised, P9 as entered anew, P10, P12, P7 as released and P8 as corrected go; P1 and P2 are back.
					{ kind: 'patrol', removed: 6, restored: 2 }
				],
				// P7 and P8 are held again; P11 is held no more.
				holds: { restored: 2, removed: 1 }
			});
			expect(await standing()).toEqual(before);
			expect(await score()).toEqual(scored);

			const again = await take(files);
			expect(counts(again)).toEqual(counts(taken));
			expect(again.problems).toEqual(taken.problems);
			expect(await contents()).toEqual(after);
			expect(await score()).not.toEqual(scored);
			await undo(again.batch);
			expect(await standing()).toEqual(before);
			expect(await score()).toEqual(scored);
		}));

	it('deletes nothing: what it undid stays readable, with the number of the rollback', () =>
		inOffice(async ({ home, take, undo }) => {
			await take(first);
			await undo(1);
			await lookInto(home, async (engine) => {
				expect(
					await engine.rows(
						'SELECT DISTINCT batch_from, batch_to, ended_by FROM fact_patrol UNION FROM (SELECT DISTINCT batch_from, batch_to, ended_by FROM fact_subject)'
					)
				).toEqual([{ batch_from: 1, batch_to: 2, ended_by: 'rollback' }]);
				expect(await engine.rows('SELECT DISTINCT status, status_batch FROM quarantine')).toEqual([
					{ status: 'rolled_back', status_batch: 2 }
				]);
			});
		}));

	it('gives the held rows the problems back that they had', () =>
		inOffice(async ({ home, take, undo }) => {
			await take({
				'township.csv': townshipCsv,
				'patrol.csv': patrolHead + patrol('P1', { subject: 'S1', township: '丙镇' })
			});
			const codes = async (): Promise<string[]> =>
				((await kaoji(home, 'quarantine', '--json')).json() as HeldRow[]).flatMap(({ problems }) =>
					problems.map(({ code }) => code)
				);
			expect(await codes()).toEqual(['unknown_township']);
			await take({ 'more.csv': '行政区划代码,乡镇名称\n320411109,丙镇\n' });
			expect(await codes()).toEqual(['unknown_subject']);
			expect((await undo(2)).holds).toEqual({ restored: 1, removed: 0 });
			expect(await codes()).toEqual(['unknown_township']);
		}));

	it('takes the held rows of its batch away, and a correction of them is no longer taken', () =>
		inOffice(async ({ home, take, held, undo }) => {
			await take({ 'township.csv': townshipCsv });
			await take({ 'patrol.csv': patrolHead + patrol('P1', { day: '30' }) });
			const corrected = (await held('patrol')).replace('2025-02-30', '2025-02-28');
			expect((await undo(2)).holds).toEqual({ restored: 0, removed: 1 });
			expect((await kaoji(home, 'quarantine', '--json')).json()).toEqual([]);
			await expect(take({ 'corrected.csv': corrected })).rejects.toThrow('暂存编号');
		}));

	it('shows in the published copy', () =>
		inOffice(async ({ take, undo, ask }) => {
			await take(first);
			expect(await ask('SELECT count(*) AS n FROM patrol')).toEqual([{ n: 7 }]);
			await undo(1);
			expect(await ask('SELECT count(*) AS n FROM patrol')).toEqual([{ n: 0 }]);
			expect(await ask('SELECT DISTINCT status FROM quarantine')).toEqual([{ status: 'rolled_back' }]);
			expect(await ask('SELECT batch, act, undone_by FROM batch ORDER BY batch')).toEqual([
				{ batch: 1, act: 'import', undone_by: 2 },
				{ batch: 2, act: 'rollback', undone_by: null }
			]);
		}));

	it('leaves later batches alone that do not build on the batch', () =>
		inOffice(async ({ take, undo, ask }) => {
			await take(first);
			await take({ 'wrong.csv': patrolHead + patrol('P20', { subject: 'S1' }) });
			await take({ 'right.csv': patrolHead + patrol('P21', { subject: 'S1' }) });
			expect(await undo(2)).toMatchObject({ undone: [2], kinds: [{ kind: 'patrol', removed: 1, restored: 0 }] });
			expect(await ask(`SELECT id FROM patrol WHERE id LIKE 'P2_' ORDER BY id`)).toEqual([{ id: 'P21' }]);
		}));

	it('takes a row with it that a later file only told again, until that file is imported anew', () =>
		inOffice(async ({ take, undo, ask }) => {
			await take(first);
			await take({ 'one.csv': patrolHead + patrol('P20') });
			const same = { 'same.csv': patrolHead + patrol('P20') };
			expect(counts(await take(same))).toEqual([['same.csv', 1, 0, 0, 0, 1, 0, 0]]);
			await undo(2);
			expect(await ask(`SELECT count(*) AS n FROM patrol WHERE id = 'P20'`)).toEqual([{ n: 0 }]);
			expect(counts(await take(same))).toEqual([['same.csv', 1, 1, 0, 0, 0, 0, 0]]);
		}));

	it('lets a held row be released that a row since undone had overtaken', () =>
		inOffice(async ({ take, undo, ask }) => {
			await take({ 'township.csv': townshipCsv });
			// P2 is replaced by the same file, so that the rows are not simply added.
			const early = ['', '2'].map((flag) => patrol('P2', { subject: 'S1', problems: flag === '' ? 0 : 1, flag }));
			await take({ 'early.csv': patrolHead + patrol('P1', { subject: 'S1', problems: 5 }) + early.join('') });
			await take({ 'later.csv': patrolHead + patrol('P1', { problems: 2 }) });
			await undo(3);
			expect((await take({ 'subject.csv': subjectCsv(1) })).files).toMatchObject([{ released: 3 }]);
			expect(await ask('SELECT id, source_file, problems FROM patrol ORDER BY id')).toEqual([
				{ id: 'P1', source_file: 'early.csv', problems: 5 },
				{ id: 'P2', source_file: 'early.csv', problems: 1 }
			]);
		}));

	it('lets a file bring a row as if for the first time when what it had brought was undone', () =>
		inOffice(async ({ take, undo }) => {
			const early = { 'early.csv': patrolHead + patrol('P1', { subject: 'S1', problems: 5 }) };
			await take({ 'township.csv': townshipCsv, ...early });
			expect((await take({ 'subject.csv': subjectCsv(1) })).files).toMatchObject([{ released: 1 }]);
			await undo(2);
			await take({ 'later.csv': patrolHead + patrol('P1', { problems: 2 }) });
			await take({ 'subject.csv': subjectCsv(1) });
			expect((await take(early)).files).toMatchObject([{ revised: 1, unchanged: 0 }]);
		}));

	it('counts equal rows under line numbers anew, so that none is taken for one that was undone', () =>
		inOffice(async ({ take, undo, contents }) => {
			const twice =
				'序号,单位编号,所属乡镇,专业类别,巡查日期\n1,S1,三井街道,餐饮,2025-02-01\n2,S1,三井街道,餐饮,2025-02-01\n';
			await take({ 'township.csv': townshipCsv, 'patrol.csv': twice });
			const released = async (): Promise<State> => {
				expect((await take({ 'subject.csv': subjectCsv(1) })).files).toMatchObject([{ added: 1, released: 2 }]);
				return contents();
			};
			const after = await released();
			await undo(2);
			expect(await released()).toEqual(after);
		}));
});

/** What a second batch brings, how a third builds on it, and why. */
interface Case {
	readonly second: Readonly<Record<string, string>>;
	readonly third: Readonly<Record<string, string>>;
	readonly because: readonly { readonly reason: string; readonly rows: number }[];
}

const base = {
	'township.csv': townshipCsv,
	'subject.csv': subjectCsv(2),
	'patrol.csv':
		patrolHead +
		patrol('P1', { subject: 'S1' }) +
		patrol('P2') +
		patrol('P3', { subject: 'S9', township: '丙镇' }) +
		patrol('P4', { township: '三井分院' })
};
const subjectHead = '单位编号,单位名称,专业类别,所属乡镇\n';

const cases: Readonly<Record<string, Case>> = {
	'replaces a row that it brought': {
		second: { 'b.csv': patrolHead + patrol('P5') + patrol('P6') },
		third: { 'c.csv': patrolHead + patrol('P5', { problems: 1, flag: '2' }) },
		because: [{ reason: 'revised', rows: 1 }]
	},
	'withdraws two rows that it brought': {
		second: { 'b.csv': patrolHead + patrol('P5') + patrol('P6') },
		third: { 'c.csv': patrolHead + patrol('P5', { flag: '3' }) + patrol('P6', { flag: '3' }) },
		because: [{ reason: 'revised', rows: 2 }]
	},
	'replaces again a row that it replaced': {
		second: { 'b.csv': patrolHead + patrol('P1', { subject: 'S1', problems: 1, flag: '2' }) },
		third: { 'c.csv': patrolHead + patrol('P1', { subject: 'S1', problems: 2, flag: '2' }) },
		because: [{ reason: 'revised', rows: 1 }]
	},
	'enters anew a row that it withdrew': {
		second: { 'b.csv': patrolHead + patrol('P2', { flag: '3' }) },
		third: { 'c.csv': patrolHead + patrol('P2', { problems: 1 }) },
		because: [{ reason: 'revised', rows: 1 }]
	},
	'has patrols of premises that only it brought': {
		second: { 'b.csv': `${subjectHead}S8,八店,餐饮,三井街道\nS2,二店,餐饮,三井街道\n` },
		third: { 'c.csv': patrolHead + patrol('P5', { subject: 'S8' }) + patrol('P6', { subject: 'S2' }) },
		because: [{ reason: 'refers', rows: 1 }]
	},
	'has findings of a patrol that only it brought': {
		second: { 'b.csv': patrolHead + patrol('P5') },
		third: { 'c.csv': '编号,流水号,所属乡镇,严重程度\nF1,P5,三井街道,严重\nF2,P5,,一般\nF3,P1,,一般\n' },
		because: [{ reason: 'refers', rows: 2 }]
	},
	'has rows of a township that only it brought': {
		second: { 'b.csv': '行政区划代码,乡镇名称\n320411111,丁镇\n' },
		third: { 'c.csv': '编号,机构名称,发现时间,信息类别\nC1,丁镇,2025-02-01,食品\nC2,孟河镇,2025-02-01,食品\n' },
		because: [{ reason: 'refers', rows: 1 }]
	},
	'settles a row that it held': {
		second: { 'b.csv': patrolHead + patrol('P5', { day: '30' }) },
		third: { 'c.csv': patrolHead + patrol('P5', { day: '28' }) },
		because: [{ reason: 'holds', rows: 1 }]
	},
	'releases a held row in which it had found another problem': {
		second: { 'b.csv': '行政区划代码,乡镇名称\n320411109,丙镇\n' },
		third: { 'c.csv': `${subjectHead}S9,九店,餐饮,丙镇\n` },
		// The premises and the patrol that they release are of the township that only it brought.
		because: [
			{ reason: 'refers', rows: 2 },
			{ reason: 'holds', rows: 1 }
		]
	},
	'settles a held row in whose place it had brought a later one': {
		second: { 'b.csv': patrolHead + patrol('P4') },
		third: { 'c.csv': '行政区划代码,乡镇名称,机构名称,统计日期\n320411100,三井街道,三井分院,2025-01-01\n' },
		because: [{ reason: 'holds', rows: 1 }]
	}
};

describe('a batch on which a later one builds', () => {
	it.each(Object.keys(cases))('because it %s is not undone, and with --cascade both are', (name) =>
		inOffice(async ({ home, take, undo, refused, standing, everything }) => {
			const { second, third, because } = cases[name] as Case;
			await take(base);
			const before = await standing();
			await take(second);
			await take(third);
			const all = await everything();
			const found = await lookInto(home, (engine) => dependentsOf(engine, 2));
			expect(found).toEqual(because.map((one) => ({ batch: 3, ...one })));
			const { code, stdout, stderr } = await refused(2);
			expect([code, stdout]).toEqual([1, '']);
			expect(stderr).toContain('第 3 批');
			expect(stderr).toContain('--cascade');
			expect(await everything()).toEqual(all);
			expect(await undo(2, '--cascade')).toMatchObject({ batch: 4, undone: [3, 2] });
			expect(await standing()).toEqual(before);
		})
	);

	it('is undone with all that builds on it, and on that, newest first; the others stay', () =>
		inOffice(async ({ home, take, undo, standing, ask }) => {
			await take(base);
			const before = await standing();
			await take({ 'b.csv': `${subjectHead}S8,八店,餐饮,三井街道\n` });
			await take({ 'c.csv': patrolHead + patrol('P5', { subject: 'S8' }) });
			await take({ 'other.csv': patrolHead + patrol('P6', { subject: 'S1' }) });
			await take({ 'd.csv': '编号,流水号,所属乡镇,严重程度\nF1,P5,三井街道,严重\n' });
			await take({ 'e.csv': '编号,流水号,所属乡镇,严重程度\nF1,P5,三井街道,一般\n' });
			expect(await lookInto(home, (engine) => dependentsOf(engine, 2))).toEqual([
				{ batch: 6, reason: 'revised', rows: 1 },
				{ batch: 6, reason: 'refers', rows: 1 },
				{ batch: 5, reason: 'refers', rows: 1 },
				{ batch: 3, reason: 'refers', rows: 1 }
			]);
			expect(await undo(2, '--cascade')).toEqual({
				batch: 7,
				undone: [6, 5, 3, 2],
				kinds: [
					{ kind: 'subject', removed: 1, restored: 0 },
					{ kind: 'patrol', removed: 1, restored: 0 },
					{ kind: 'finding', removed: 1, restored: 0 }
				],
				holds: { restored: 0, removed: 0 }
			});
			expect(await ask(`SELECT id FROM patrol ORDER BY id`)).toEqual([{ id: 'P1' }, { id: 'P2' }, { id: 'P6' }]);
			await undo(4);
			expect(await standing()).toEqual(before);
		}));

	it('can be undone once the later batch has been undone', () =>
		inOffice(async ({ take, undo, refused, standing }) => {
			await take(base);
			const before = await standing();
			await take({ 'b.csv': patrolHead + patrol('P5') });
			await take({ 'c.csv': patrolHead + patrol('P5', { flag: '3' }) });
			expect((await refused(2)).code).toBe(1);
			await undo(3);
			expect(await undo(2)).toMatchObject({ batch: 5, undone: [2] });
			expect(await standing()).toEqual(before);
		}));
});

describe('the command rollback', () => {
	it('says that there is no such batch, that it is a rollback, and that it was undone already', () =>
		inOffice(async ({ take, undo, refused, everything }) => {
			await take(first);
			await undo(1);
			const all = await everything();
			for (const [batch, text] of [
				[7, '没有第 7 批'],
				[2, '第 2 批本身是一次撤销'],
				[1, '第 1 批已由第 2 批撤销']
			] as const) {
				const { code, stdout, stderr } = await refused(batch);
				expect([code, stdout, stderr.includes(text)]).toEqual([1, '', true]);
			}
			expect(await everything()).toEqual(all);
		}));

	it.each([
		['without a reason', ['1']],
		['with an empty reason', ['1', '--reason', ' ']],
		['without a batch', ['--reason', '导错']],
		['with a batch that is no number', ['first', '--reason', '导错']]
	])('is bad usage %s', (_, args) =>
		inOffice(async ({ home, take, everything }) => {
			await take(first);
			const all = await everything();
			expect((await kaoji(home, 'rollback', ...args)).code).toBe(2);
			expect(await everything()).toEqual(all);
		})
	);

	it('tells in Chinese and in English what it undid', () =>
		inOffice(async ({ home, take }) => {
			await take(first);
			const chinese = await kaoji(home, 'rollback', '1', '--reason', '导错');
			expect(chinese.stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
				['第 2 批：已撤销第 1 批'],
				['表类', '移出', '恢复'],
				expect.anything(),
				['乡镇名册', '2', '0'],
				['本底名册', '6', '0'],
				['巡查登记', '7', '0'],
				['暂存的行：恢复原状 0 行，移出 2 行'],
				['']
			]);
			await take(first);
			const english = await kaoji(home, 'rollback', '3', '--reason', 'wrong file', '--lang', 'en');
			expect(english.stdout).toContain('batch 4: undid batch 3\n');
			expect(english.stdout).toContain('rows held: 0 as they were before, 2 removed\n');
		}));

	it('writes who undid what, and why, into the audit log', () =>
		inOffice(async ({ home, take, undo }) => {
			await take(first);
			await undo(1);
			const [entry] = await lookInto(home, (engine) =>
				engine.rows(`SELECT actor, details FROM audit WHERE act = 'rollback'`)
			);
			expect(entry?.['actor']).toBe('test (administrator)');
			expect(JSON.parse(String(entry?.['details']))).toEqual({ batch: 2, undone: [1], reason: '导错了文件' });
		}));
});

describe('the list of batches', () => {
	it('names for each batch its files, their reconciliation, what is still held, and what undid it', () =>
		inOffice(async ({ home, take, undo }) => {
			await take(first);
			const { files } = await take({ 'subject7.csv': `${subjectHead}S7,七店,餐饮,三井街道\n` });
			await undo(2);
			const batches = await lookInto(home, (engine) => listBatches({ engine }, clerk));
			expect(batches.map(({ batch, act, undoneBy, reason, undoes }) => [batch, act, undoneBy, reason, undoes])).toEqual(
				[
					[3, 'rollback', null, '导错了文件', [2]],
					[2, 'import', 3, null, []],
					[1, 'import', null, null, []]
				]
			);
			expect(batches[0]).toMatchObject({
				actor: 'test',
				actedAt: '2026-04-30T08:00:00.000Z',
				today: '2026-04-30',
				files: []
			});
			expect(batches[1]?.files).toEqual([{ ...files[0], released: 1, sourceId: 4, stillHeld: 0 }]);
			expect(
				batches[2]?.files.map(({ file, read, quarantined, stillHeld }) => [file, read, quarantined, stillHeld])
			).toEqual([
				['township.csv', 2, 0, 0],
				['subject.csv', 6, 0, 0],
				['patrol.csv', 9, 2, 2]
			]);
		}));

	it('shows somebody who sees some townships only the batches of their own', () =>
		inOffice(async ({ home, take }) => {
			await take(first);
			const own = (name: string): Promise<number[]> =>
				lookInto(home, async (engine) =>
					(await listBatches({ engine }, { name, role: 'township', townships: [] })).map(({ batch }) => batch)
				);
			expect([await own('test'), await own('other')]).toEqual([[1], []]);
		}));
});

describe('a home from before there was a rollback', () => {
	it('puts back a held row that an import of that time had released', () =>
		inFolder(async (home) => {
			const old = await openDuckdb(join(home, 'kaoji.duckdb'));
			await old.run('CREATE TABLE migration (number INTEGER NOT NULL, name VARCHAR NOT NULL)');
			await old.run(migrations()[0]?.sql ?? '');
			await old.run(`INSERT INTO migration VALUES (1, '0001-home.sql')`);
			await old.run(
				`INSERT INTO batch VALUES (1, 'import', '', 'x', '2025-03-01'), (2, 'import', '', 'x', '2025-03-02')`
			);
			await old.run(
				`INSERT INTO quarantine VALUES (1, 1, 1, 2, 'patrol', '1', 'P1', '[]', '[{"code":"unknown_subject"}]', true, 'released', 2)`
			);
			await old.close();
			expect((await kaoji(home, 'rollback', '2', '--reason', '导错', '--json')).json()).toMatchObject({
				holds: { restored: 1, removed: 0 }
			});
			expect(await lookInto(home, (engine) => engine.rows('SELECT status, status_batch FROM quarantine'))).toEqual([
				{ status: 'held', status_batch: null }
			]);
		}));
});
