import { describe, expect, it } from 'vitest';
import type { Actor } from '#lib/basis/codes.ts';
import { day } from '#lib/basis/day.ts';
import { openWarehouse, type Warehouse } from '#lib/server/warehouse/open.ts';
import { type Confirmed, confirmHeld } from '#lib/server/workflows/confirm-held.ts';
import { weighWholeHeld, type WholeRewrites } from '#lib/server/workflows/held-whole.ts';
import { type ImportOptions, type ImportReport } from '#lib/server/workflows/import-files.ts';
import { importPaths } from '#lib/server/workflows/import-paths.ts';
import { listQuarantine } from '#lib/server/workflows/list-quarantine.ts';
import { rollBack } from '#lib/server/workflows/roll-back.ts';
import { withStaged } from '#lib/server/workflows/stage-files.ts';
import { subjectCsv, townshipCsv } from '../intake/files.ts';
import { contents, everything, standing, type State } from '../support/home-state.ts';
import { inFolder } from '../support/kaoji.ts';

const clerk: Actor = { name: 'test', role: 'clerk', townships: 'all' };
const when = { today: day(2026, 4, 30), now: '2026-04-30T08:00:00.000Z', locale: 'zh' } as const;
const head = '流水号,单位编号,所属乡镇,专业类别,巡查日期,巡查内容,问题数,填报日期\n';

interface Visit {
	readonly on: string;
	readonly content: string;
	readonly problems: string;
	readonly reported: string;
}
const visit = (change: Partial<Visit> = {}): Visit => ({
	on: '2025-02-10',
	content: '日常',
	problems: '0',
	reported: '2025-02-12',
	...change
});
/** Patrols P1, P2, … of S1, S2, … */
const patrols = (visits: readonly Visit[]): string =>
	head +
	visits
		.map(
			({ on, content, problems, reported }, i) =>
				`P${i + 1},S${i + 1},三井街道,食品安全,${on},${content},${problems},${reported}\n`
		)
		.join('');

interface Office {
	readonly warehouse: Warehouse;
	readonly take: (files: Readonly<Record<string, string>>, more?: Partial<ImportOptions>) => Promise<ImportReport>;
	readonly confirm: (batch: number) => Promise<Confirmed>;
	readonly weigh: (batch: number) => Promise<WholeRewrites[]>;
}

/** A home in memory with ten premises. */
const inOffice = (work: (office: Office) => Promise<void>): Promise<void> =>
	inFolder(async (folder) => {
		const warehouse = await openWarehouse(`${folder}/home`, { create: true, engineName: 'memory' });
		const take: Office['take'] = (files, more = {}) =>
			withStaged(
				warehouse,
				Object.entries(files).map(([name, text]) => ({ name, bytes: () => Promise.resolve(Buffer.from(text)) })),
				(own, paths) => importPaths(own, paths, {}, { ...when, ...more }, clerk)
			);
		try {
			await take({ '乡镇.csv': townshipCsv, '本底.csv': subjectCsv(10) });
			await work({
				warehouse,
				take,
				confirm: (batch) => confirmHeld(warehouse, { batch, ...when }, clerk),
				weigh: (batch) => weighWholeHeld(warehouse, batch, when.today)
			});
		} finally {
			await warehouse.engine.close();
		}
	});

const ten = Array.from({ length: 10 }, () => visit());
const changed = ten
	.with(1, visit({ content: '复查' }))
	.with(3, visit({ on: '2025-03-01', problems: '2' }))
	.with(4, visit({ reported: '' }));

/** The facts without the held rows. */
const facts = ({ quarantine, ...rest }: State): unknown => (void quarantine, rest);

describe('a file that is held whole', () => {
	it('tells exactly the cells that it would rewrite, its dates first', () =>
		inOffice(async ({ take, weigh }) => {
			await take({ '巡查.csv': patrols(ten) });
			const { batch, revisions } = await take({ '改.csv': patrols(changed) });
			const cells = [
				{ line: 5, township: '320411100', id: 'P4', field: 'patrolled_on', before: '2025-02-10', after: '2025-03-01' },
				{ line: 3, township: '320411100', id: 'P2', field: 'content', before: '日常', after: '复查' },
				{ line: 5, township: '320411100', id: 'P4', field: 'problems', before: '0', after: '2' },
				{ line: 6, township: '320411100', id: 'P5', field: 'reported_on', before: '2025-02-12', after: null }
			];
			expect(revisions).toEqual({ count: 4, sample: cells.map((cell) => ({ file: '改.csv', sheet: null, ...cell })) });
			expect(await weigh(batch)).toMatchObject([{ file: '改.csv', rows: 10, count: 4, sample: cells }]);
		}));

	it('tells how many there are where it cannot list all, and the same in a trial', () =>
		inOffice(async ({ take }) => {
			await take({ '巡查.csv': patrols(ten) });
			const all = ten.map(() => visit({ on: '2025-03-01', content: '新', problems: '1', reported: '2025-03-02' }));
			expect((await take({ '改.csv': patrols(all) }, { dryRun: true })).revisions.count).toBe(40);
			const { revisions } = await take({ '改.csv': patrols(all) });
			expect(revisions.count).toBe(40);
			expect(revisions.sample.map(({ field }) => field).slice(0, 10)).toEqual(ten.map(() => 'patrolled_on'));
		}));

	it('tells what it would rewrite now, after another file has changed a row', () =>
		inOffice(async ({ take, weigh }) => {
			await take({ '巡查.csv': patrols(ten) });
			const { batch } = await take({ '改.csv': patrols(changed) });
			await take({ '又改.csv': patrols([visit(), visit({ content: '抽查' })]) });
			// The later file brought P1 and P2, whose held rows are settled by it.
			expect((await weigh(batch)).flatMap(({ sample }) => sample).map(({ id }) => id)).toEqual(['P4', 'P4', 'P5']);
		}));

	it('writes nothing while it is only weighed', () =>
		inOffice(async ({ warehouse, take, weigh }) => {
			await take({ '巡查.csv': patrols(ten) });
			const { batch } = await take({ '改.csv': patrols(changed) });
			const before = await everything(warehouse.engine);
			await weigh(batch);
			expect(await everything(warehouse.engine)).toEqual(before);
		}));

	it('becomes, once confirmed, what it would have been with --confirm-revisions, and is undone exactly', () =>
		inOffice(async ({ warehouse, take, confirm, weigh }) => {
			const { engine } = warehouse;
			// Two rows are new, one is wrong, and one stands beyond the header.
			const file =
				`${patrols([...changed, visit()])}P12,S1,三井街道,食品安全,2025-02-30,,0,\nP13,S1,三井街道,食品安全,2025-02-20,,0,,多出\n`.replace(
					'P11,S11',
					'P11,S1'
				);
			await take({ '巡查.csv': patrols(ten) });
			const asIfConfirmed = await take({ '改.csv': file }, { confirmRevisions: true });
			const wanted = facts(await contents(engine));
			const wantedHeld = (await listQuarantine(warehouse, { locale: 'zh' }, clerk)).map(({ line, problems }) => ({
				line,
				problems
			}));
			await rollBack(warehouse, { batch: asIfConfirmed.batch, reason: '重来', cascade: false, ...when }, clerk);

			const { batch } = await take({ '改.csv': file });
			const held = await standing(engine);
			const confirmed = await confirm(batch);
			expect(confirmed).toMatchObject({
				confirms: batch,
				files: [{ file: '改.csv', rows: 13, added: 1, revised: 3, unchanged: 7, quarantined: 2 }]
			});
			expect(facts(await contents(engine))).toEqual(wanted);
			expect(
				(await listQuarantine(warehouse, { locale: 'zh' }, clerk)).map(({ line, problems }) => ({ line, problems }))
			).toEqual(wantedHeld);
			expect(await weigh(batch)).toEqual([]);
			await rollBack(warehouse, { batch: confirmed.batch, reason: '有误', cascade: false, ...when }, clerk);
			expect(await standing(engine)).toEqual(held);
		}));

	it('is confirmed once', () =>
		inOffice(async ({ take, confirm }) => {
			await take({ '巡查.csv': patrols(ten) });
			const { batch } = await take({ '改.csv': patrols(changed) });
			await confirm(batch);
			await expect(confirm(batch)).rejects.toMatchObject({ code: 'nothing_to_confirm' });
			await expect(confirm(1)).rejects.toMatchObject({ code: 'nothing_to_confirm' });
			await expect(confirm(99)).rejects.toMatchObject({ code: 'batch_unknown' });
		}));

	it('takes the confirmation with it when it is undone', () =>
		inOffice(async ({ warehouse, take, confirm }) => {
			await take({ '巡查.csv': patrols(ten) });
			const before = await standing(warehouse.engine);
			const { batch } = await take({ '改.csv': patrols(changed) });
			const confirmed = await confirm(batch);
			const undo = { batch, reason: '有误', ...when };
			await expect(rollBack(warehouse, { ...undo, cascade: false }, clerk)).rejects.toMatchObject({
				code: 'batch_built_on'
			});
			const { undone } = await rollBack(warehouse, { ...undo, cascade: true }, clerk);
			expect(undone).toEqual([confirmed.batch, batch]);
			expect(await standing(warehouse.engine)).toEqual(before);
		}));
});
