import { describe, expect, it } from 'vitest';
import type { Actor } from '#lib/basis/codes.ts';
import { day } from '#lib/basis/day.ts';
import type { Row } from '#lib/server/warehouse/engine.ts';
import { openWarehouse, type Warehouse } from '#lib/server/warehouse/open.ts';
import { type DecideOptions, type Decided, decideAbsent } from '#lib/server/workflows/decide-absent.ts';
import { type ImportOptions, type ImportReport } from '#lib/server/workflows/import-files.ts';
import { importPaths } from '#lib/server/workflows/import-paths.ts';
import type { AbsentRow } from '#lib/reports/decisions.ts';
import { listAbsent } from '#lib/server/workflows/list-absent.ts';
import { rollBack } from '#lib/server/workflows/roll-back.ts';
import { withStaged } from '#lib/server/workflows/stage-files.ts';
import { townshipCsv } from '../intake/files.ts';
import { everything, standing } from '../support/home-state.ts';
import { inFolder } from '../support/kaoji.ts';

const clerk: Actor = { name: 'test', role: 'clerk', townships: 'all' };
const when = { today: day(2026, 4, 30), locale: 'zh' } as const;
const head = '单位编号,单位名称,专业类别,所属乡镇,建档日期,开业日期,注销日期\n';
const [sanjing, menghe] = ['320411100', '320411105'] as const;

/** A row of the register of 三井街道, or of another township. */
const row = (id: string, { town = '三井街道', name = `${id}号餐饮店`, closed = '' } = {}): string =>
	`${id},${name},餐饮,${town},2024-01-05,2020-03-01,${closed}\n`;

interface Office {
	readonly warehouse: Warehouse;
	readonly take: (files: Readonly<Record<string, string>>, more?: Partial<ImportOptions>) => Promise<ImportReport>;
	readonly whole: (text: string, more?: Partial<ImportOptions>) => Promise<ImportReport>;
	readonly open: () => Promise<AbsentRow[]>;
	readonly decide: (ids: readonly string[], more?: Partial<DecideOptions>) => Promise<Decided>;
	readonly undo: (batch: number, cascade?: boolean) => Promise<unknown>;
	readonly register: () => Promise<Row[]>;
}

/** A home in memory with two townships and the premises S1 to S4 of 三井街道 and M1 of 孟河镇. */
const inOffice = (work: (office: Office) => Promise<void>): Promise<void> =>
	inFolder(async (folder) => {
		const warehouse = await openWarehouse(`${folder}/home`, { create: true, engineName: 'memory' });
		let minute = 0;
		const now = (): string => `2026-04-30T08:${String(minute++).padStart(2, '0')}:00.000Z`;
		const take: Office['take'] = (files, more = {}) =>
			withStaged(
				warehouse,
				Object.entries(files).map(([name, text]) => ({ name, bytes: () => Promise.resolve(Buffer.from(text)) })),
				(own, paths) => importPaths(own, paths, {}, { ...when, now: now(), ...more }, clerk)
			);
		try {
			const register = head + ['S1', 'S2', 'S3', 'S4'].map((id) => row(id)).join('') + row('M1', { town: '孟河镇' });
			await take({ '乡镇.csv': townshipCsv, '本底.csv': register });
			await work({
				warehouse,
				take,
				whole: (text, more = {}) => take({ '全量.csv': head + text }, { snapshot: true, ...more }),
				open: () => listAbsent(warehouse, {}, clerk),
				decide: (ids, more = {}) =>
					decideAbsent(
						warehouse,
						{
							rows: ids.map((id) => ({ kind: 'subject', township: sanjing, id })),
							decision: 'closed',
							on: day(2026, 3, 31),
							to: null,
							reason: '现场核实已停业',
							...when,
							now: now(),
							...more
						},
						clerk
					),
				undo: (batch, cascade = false) =>
					rollBack(warehouse, { batch, reason: '有误', cascade, today: when.today, now: now() }, clerk),
				register: () =>
					warehouse.engine.rows(
						`SELECT township, fact_key AS id, CAST(opened_on AS VARCHAR) AS opened, CAST(closed_on AS VARCHAR) AS closed FROM fact_subject
						WHERE batch_to IS NULL ORDER BY ALL`
					)
			});
		} finally {
			await warehouse.engine.close();
		}
	});

const ids = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

describe('a register handed in whole', () => {
	it('lists who is absent in the townships that it names, and ends nobody', () =>
		inOffice(async ({ whole, open, register }) => {
			const before = await register();
			const { absent } = await whole(row('S1') + row('S3'));
			expect(absent).toMatchObject([
				{ kind: 'subject', township: sanjing, townshipName: '三井街道', id: 'S2', name: 'S2号餐饮店', elsewhere: null },
				{ id: 'S4' }
			]);
			expect(await open()).toEqual(absent);
			expect(await register()).toEqual(before);
		}));

	it('tells the same in a trial, and records nothing', () =>
		inOffice(async ({ warehouse, whole, open }) => {
			const before = await everything(warehouse.engine);
			const { absent } = await whole(row('S1'), { dryRun: true });
			expect(ids(absent)).toEqual(['S2', 'S3', 'S4']);
			expect(await open()).toEqual([]);
			expect(await everything(warehouse.engine)).toEqual(before);
		}));

	it('lists nobody where it is not said to be whole', () =>
		inOffice(async ({ take, open }) => {
			expect((await take({ '本底.csv': head + row('S1') })).absent).toEqual([]);
			expect(await open()).toEqual([]);
		}));

	it('takes a held row for present where its id can be read, also without a township', () =>
		inOffice(async ({ whole }) => {
			const badDay = row('S2').replace('2024-01-05', '2024-02-31');
			const { absent } = await whole(row('S1') + badDay + row('S3', { town: '无此乡' }));
			expect(ids(absent)).toEqual(['S4']);
		}));

	it('takes a register in several files for one', () =>
		inOffice(async ({ take }) => {
			const { absent } = await take(
				{ '一.csv': head + row('S1') + row('S2'), '二.csv': head + row('S3') },
				{ snapshot: true }
			);
			expect(ids(absent)).toEqual(['S4']);
		}));

	it('does not list who is closed already, and lists who is to close later', () =>
		inOffice(async ({ take, whole }) => {
			await take({ '改.csv': head + row('S2', { closed: '2026-04-30' }) + row('S3', { closed: '2026-05-01' }) });
			expect(ids((await whole(row('S1'))).absent)).toEqual(['S3', 'S4']);
		}));

	it('says where an absent id stands now', () =>
		inOffice(async ({ whole }) => {
			const { absent } = await whole(
				row('S1') + row('S2') + row('S3') + row('S4', { town: '孟河镇' }) + row('M1', { town: '孟河镇' })
			);
			expect(absent).toMatchObject([{ id: 'S4', elsewhere: menghe, elsewhereName: '孟河镇' }]);
		}));

	it('is settled for who comes back in a later file, unchanged or not', () =>
		inOffice(async ({ take, whole, open, undo }) => {
			await whole(row('S1'));
			const { batch } = await take({ '补.csv': head + row('S2') + row('S3', { name: '改名店' }) });
			expect(ids(await open())).toEqual(['S4']);
			await undo(batch);
			expect(ids(await open())).toEqual(['S2', 'S3', 'S4']);
		}));

	it('knows staff and clinics too', () =>
		inOffice(async ({ take }) => {
			const staff = '编号,所属乡镇,岗位,到岗日期\n';
			const clinics = '机构编码,村卫生室,所属乡镇\n';
			await take({
				'人员.csv': `${staff}P1,三井街道,协管员,2024-01-01\nP2,三井街道,信息员,2024-01-01\n`,
				'卫生室.csv': `${clinics}C1,一村卫生室,三井街道\nC2,二村卫生室,三井街道\n`
			});
			const { absent } = await take(
				{ '人员.csv': `${staff}P2,三井街道,信息员,2024-01-01\n`, '卫生室.csv': `${clinics}C1,一村卫生室,三井街道\n` },
				{ snapshot: true }
			);
			expect(absent).toMatchObject([
				{ kind: 'clinic', id: 'C2', name: '二村卫生室' },
				{ kind: 'staff', id: 'P1', name: null }
			]);
		}));
});

describe('a decision on absent rows', () => {
	it('closes several as one batch from a file that can be traced, and its rollback opens them again', () =>
		inOffice(async ({ warehouse, whole, open, decide, undo, register }) => {
			await whole(row('S1') + row('S3'));
			const before = await standing(warehouse.engine);
			const decided = await decide(['S2', 'S4']);
			expect(decided).toMatchObject({ decision: 'closed', rows: 2, added: 0 });
			expect(await register()).toMatchObject([
				{ id: 'S1', closed: null },
				{ id: 'S2', closed: '2026-03-31', opened: '2020-03-01' },
				{ id: 'S3', closed: null },
				{ id: 'S4', closed: '2026-03-31' },
				{ id: 'M1' }
			]);
			const [source] = await warehouse.engine.rows('SELECT file, revised FROM source WHERE batch = $batch', {
				batch: decided.batch
			});
			expect(source).toEqual({ file: '名册缺席-注销-本底名册（2026-03-31）.csv', revised: 2n });
			expect(await open()).toEqual([]);
			await undo(decided.batch);
			expect(await standing(warehouse.engine)).toEqual(before);
			expect(ids(await open())).toEqual(['S2', 'S4']);
		}));

	it('moves a premises: it ends where it was, and begins with the same content where it went', () =>
		inOffice(async ({ whole, decide, register, open }) => {
			await whole(row('S1') + row('S2') + row('S3'));
			expect(await decide(['S4'], { decision: 'moved', to: '孟河镇' })).toMatchObject({ rows: 1, added: 1 });
			expect(await register()).toContainEqual({
				township: sanjing,
				id: 'S4',
				opened: '2020-03-01',
				closed: '2026-03-31'
			});
			expect(await register()).toContainEqual({ township: menghe, id: 'S4', opened: '2020-03-01', closed: null });
			expect(await open()).toEqual([]);
		}));

	it('does not add a moved premises where it stands already', () =>
		inOffice(async ({ whole, decide }) => {
			await whole(row('S1') + row('S2') + row('S3') + row('S4', { town: '孟河镇' }) + row('M1', { town: '孟河镇' }));
			expect(await decide(['S4'], { decision: 'moved', to: menghe })).toMatchObject({ added: 0 });
		}));

	it('is refused where another premises has the id in the township to which one moved', () =>
		inOffice(async ({ warehouse, whole, decide, open }) => {
			await whole(
				row('S1') +
					row('S2') +
					row('S3') +
					row('S4', { town: '孟河镇', name: '孟河小学' }) +
					row('M1', { town: '孟河镇' })
			);
			const before = await standing(warehouse.engine);
			await expect(decide(['S4'], { decision: 'moved', to: menghe })).rejects.toThrow('decision_id_taken');
			expect(await standing(warehouse.engine)).toEqual(before);
			expect(ids(await open())).toEqual(['S4']);
		}));

	it('keeps without changing a fact, and asks again only when a later register misses it', () =>
		inOffice(async ({ warehouse, whole, decide, open, undo }) => {
			await whole(row('S1') + row('S2') + row('S3'));
			const before = await standing(warehouse.engine);
			const { batch } = await decide(['S4'], { decision: 'kept', reason: '报表漏列' });
			expect(await standing(warehouse.engine)).toEqual(before);
			expect(await open()).toEqual([]);
			const again = await whole(row('S1') + row('S2') + row('S3'));
			expect(ids(again.absent)).toEqual(['S4']);
			await undo(again.batch);
			expect(await open()).toEqual([]);
			await undo(batch);
			expect(ids(await open())).toEqual(['S4']);
		}));

	it('reaches the same state a second time after it was undone and done again', () =>
		inOffice(async ({ whole, take, decide, register }) => {
			await whole(row('S1') + row('S2') + row('S3'));
			await decide(['S4']);
			await take({ '复业.csv': head + row('S4') });
			await whole(row('S1') + row('S2') + row('S3'));
			await decide(['S4']);
			expect(await register()).toContainEqual({
				township: sanjing,
				id: 'S4',
				opened: '2020-03-01',
				closed: '2026-03-31'
			});
		}));

	it('goes with the register that missed them, when that is undone', () =>
		inOffice(async ({ whole, open, undo }) => {
			const { batch } = await whole(row('S1'));
			await undo(batch);
			expect(await open()).toEqual([]);
		}));

	it.each([
		['no reason', ['S4'], { reason: ' ' }, 'reason_missing'],
		['a row that is not absent', ['S1'], {}, 'absence_unknown'],
		['no row', [], {}, 'absence_none_chosen'],
		['a township that there is none', ['S4'], { decision: 'moved', to: '无此乡' }, 'township_unknown'],
		['a day before any', ['S4'], { on: day(1999, 1, 1) }, 'decision_refused']
	] as const)('refuses %s, and nothing has changed', (_, chosen, more, code) =>
		inOffice(async ({ warehouse, whole, decide }) => {
			await whole(row('S1') + row('S2') + row('S3'));
			const before = await everything(warehouse.engine);
			await expect(decide(chosen, more)).rejects.toMatchObject({ code });
			expect(await everything(warehouse.engine)).toEqual(before);
		})
	);

	it('is not for who sees other townships', () =>
		inOffice(async ({ warehouse, whole }) => {
			await whole(row('S1'));
			const other: Actor = { name: 'other', role: 'clerk', townships: [menghe as never] };
			expect(await listAbsent(warehouse, {}, other)).toEqual([]);
		}));

	it('keeps a name that a spreadsheet would take for a formula as it is', () =>
		inOffice(async ({ warehouse, take, whole, decide }) => {
			await take({ '改.csv': head + row('S4', { name: '"-5°, “冷”饮 ""店"""' }) });
			await whole(row('S1') + row('S2') + row('S3'));
			await decide(['S4']);
			expect(
				await warehouse.engine.rows(`SELECT DISTINCT name FROM fact_subject WHERE fact_key = 'S4' AND name LIKE '%冷%'`)
			).toEqual([{ name: '-5°, “冷”饮 "店"' }]);
		}));
});
