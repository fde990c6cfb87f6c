import { describe, expect, it } from 'vitest';
import type { Actor } from '#lib/basis/codes.ts';
import { day } from '#lib/basis/day.ts';
import { openWarehouse, type Warehouse } from '#lib/server/warehouse/open.ts';
import { decideDoubles, type DecideDoublesOptions, type DoublesDecided } from '#lib/server/workflows/decide-doubles.ts';
import { importPaths } from '#lib/server/workflows/import-paths.ts';
import type { Double } from '#lib/reports/decisions.ts';
import { type Doubles, listDoubles } from '#lib/server/workflows/list-doubles.ts';
import { rollBack } from '#lib/server/workflows/roll-back.ts';
import { withStaged } from '#lib/server/workflows/stage-files.ts';
import { townshipCsv } from '../intake/files.ts';
import { standing } from '../support/home-state.ts';
import { inFolder } from '../support/kaoji.ts';

const clerk: Actor = { name: 'test', role: 'clerk', townships: 'all' };
const when = { today: day(2026, 4, 30), now: '2026-04-30T08:00:00.000Z', locale: 'zh' } as const;
const subjects = '单位编号,单位名称,专业类别,所属乡镇,地址,注销日期\n';
const patrols = '流水号,单位编号,所属乡镇,专业类别,巡查日期,巡查人,问题数\n';

interface Office {
	readonly warehouse: Warehouse;
	readonly doubles: () => Promise<Doubles>;
	readonly decide: (pairs: readonly Double[], more: Partial<DecideDoublesOptions>) => Promise<DoublesDecided>;
	readonly undo: (batch: number) => Promise<unknown>;
}

/** A home in memory with these rows of the two registers. */
const inOffice = (
	{ register, visits = '' }: { readonly register: string; readonly visits?: string },
	work: (office: Office) => Promise<void>
): Promise<void> =>
	inFolder(async (folder) => {
		const warehouse = await openWarehouse(`${folder}/home`, { create: true, engineName: 'memory' });
		const files = { '乡镇.csv': townshipCsv, '本底.csv': subjects + register, '巡查.csv': patrols + visits };
		try {
			await withStaged(
				warehouse,
				Object.entries(files).map(([name, text]) => ({ name, bytes: () => Promise.resolve(Buffer.from(text)) })),
				(own, paths) => importPaths(own, paths, {}, when, clerk)
			);
			await work({
				warehouse,
				doubles: () => listDoubles(warehouse, { today: when.today }, clerk),
				decide: (pairs, more) =>
					decideDoubles(
						warehouse,
						{ pairs, decision: 'different', on: day(2026, 4, 1), reason: '现场核实', ...when, ...more },
						clerk
					),
				undo: (batch) => rollBack(warehouse, { batch, reason: '有误', cascade: false, ...when }, clerk)
			});
		} finally {
			await warehouse.engine.close();
		}
	});

/** Pairs in short: `S1+S2 name`. */
const inShort = ({ pairs }: Doubles): string[] =>
	pairs.map(({ one, other, reasons }) => `${one.id}+${other.id} ${reasons.join(',')}`);

describe('premises that look like one', () => {
	it.each([
		['the same name', '春江饭店', '春江饭店'],
		['full-width and half-width characters', 'ＡＢ１２饭店（东门）', 'ab12饭店(东门)'],
		['white space and brackets', '春江 饭店【东门】', '春江饭店　(东门)'],
		['the legal form of a company', '春江餐饮有限公司', '春江餐饮有限责任公司'],
		['a sole trader in brackets', '春江饭店（个体工商户）', '春江饭店']
	])('are found by their name: %s', (_, one, other) =>
		inOffice({ register: `S1,${one},餐饮,三井街道,,\nS2,${other},餐饮,三井街道,,\n` }, async ({ doubles }) => {
			expect(inShort(await doubles())).toEqual(['S1+S2 name']);
		})
	);

	it.each([
		['another branch', 'S1,春江饭店（东门店）,餐饮,三井街道,,\nS2,春江饭店（西门店）,餐饮,三井街道,,\n'],
		['another domain', 'S1,春江饭店,餐饮,三井街道,,\nS2,春江饭店,公共场所,三井街道,,\n'],
		['another township', 'S1,春江饭店,餐饮,三井街道,,\nS2,春江饭店,餐饮,孟河镇,,\n'],
		['one that is closed', 'S1,春江饭店,餐饮,三井街道,,2026-04-30\nS2,春江饭店,餐饮,三井街道,,\n'],
		['a name that is a legal form alone', 'S1,有限公司,餐饮,三井街道,,\nS2,公司,餐饮,三井街道,,\n']
	])('are not: %s', (_, register) =>
		inOffice({ register }, async ({ doubles }) => {
			expect(inShort(await doubles())).toEqual([]);
		})
	);

	it('are found by name and address across domains and townships, and by a credit code that two townships have', () =>
		inOffice(
			{
				register:
					'S1,春江饭店,餐饮,三井街道,东路 1 号,\nS2,春江饭店,公共场所,三井街道,东路1号,\n91320411MA1W2B3C4D,秋江浴室,公共场所,三井街道,,\n91320411MA1W2B3C4D,冬江浴室,公共场所,孟河镇,,\n001,夏江浴室,公共场所,三井街道,,\n001,孟河小学,学校卫生,孟河镇,,\n'
			},
			async ({ doubles }) => {
				expect(inShort(await doubles())).toEqual(['91320411MA1W2B3C4D+91320411MA1W2B3C4D id', 'S1+S2 address']);
			}
		));

	it('are every pair of a small group, and a chain of a large one', () => {
		const group = (size: number): string =>
			Array.from({ length: size }, (_, i) => `S${String(i).padStart(4, '0')},农家乐,餐饮,三井街道,,\n`).join('');
		return inOffice({ register: group(5) }, async ({ doubles }) => {
			expect((await doubles()).counts).toEqual({ subject: 10, patrol: 0 });
		}).then(() =>
			inOffice({ register: group(1000) }, async ({ doubles }) => {
				expect((await doubles()).counts).toEqual({ subject: 999, patrol: 0 });
			})
		);
	});

	it('that are different are not shown again, until that is undone', () =>
		inOffice(
			{ register: 'S1,甲,餐饮,三井街道,,\nS2,甲,餐饮,三井街道,,\n' },
			async ({ warehouse, doubles, decide, undo }) => {
				const before = await standing(warehouse.engine);
				const { batch } = await decide((await doubles()).pairs, { decision: 'different' });
				expect(await standing(warehouse.engine)).toEqual(before);
				expect(inShort(await doubles())).toEqual([]);
				await undo(batch);
				expect(inShort(await doubles())).toEqual(['S1+S2 name']);
			}
		));

	it('that are the same lose one on a day, by a file that can be undone', () =>
		inOffice(
			{ register: 'S1,甲,餐饮,三井街道,,\nS2,甲,餐饮,三井街道,,\nS3,甲,餐饮,三井街道,,\n' },
			async ({ warehouse, doubles, decide, undo }) => {
				const before = await standing(warehouse.engine);
				const pairs = (await doubles()).pairs.filter(({ one }) => one.id === 'S1');
				const decided = await decide(pairs, { decision: 'keep_first' });
				expect(decided).toMatchObject({ pairs: 2, ended: 2 });
				const closed = (): Promise<unknown> =>
					warehouse.engine.rows(
						`SELECT fact_key AS id, CAST(closed_on AS VARCHAR) AS closed FROM fact_subject WHERE batch_to IS NULL ORDER BY id`
					);
				expect(await closed()).toEqual([
					{ id: 'S1', closed: null },
					{ id: 'S2', closed: '2026-04-01' },
					{ id: 'S3', closed: '2026-04-01' }
				]);
				expect(inShort(await doubles())).toEqual([]);
				await undo(decided.batch);
				expect(await standing(warehouse.engine)).toEqual(before);
				expect(inShort(await doubles())).toHaveLength(3);
			}
		));
});

describe('patrols that look like one', () => {
	const register = 'S1,甲,餐饮,三井街道,,\nS2,乙,餐饮,三井街道,,\n';

	it('are of one premises on one day by one inspector; the one that does not stay is withdrawn', () =>
		inOffice(
			{
				register,
				visits:
					'P1,S1,三井街道,餐饮,2026-03-05,张三,0\nP2,S1,三井街道,餐饮,2026-03-05,张三,1\nP3,S1,三井街道,餐饮,2026-03-06,张三,0\n' +
					'P4,S2,三井街道,餐饮,2026-03-05,张三,0\nP5,S2,三井街道,餐饮,2026-03-05,李四,0\nP6,S2,三井街道,餐饮,2026-03-07,,0\nP7,S2,三井街道,餐饮,2026-03-07,,0\n'
			},
			async ({ warehouse, doubles, decide, undo }) => {
				const found = await doubles();
				expect(inShort(found)).toEqual(['P1+P2 visit']);
				const before = await standing(warehouse.engine);
				const { batch, ended } = await decide(found.pairs, { decision: 'keep_second' });
				expect(ended).toBe(1);
				expect(
					await warehouse.engine.rows(`SELECT fact_key AS id FROM fact_patrol WHERE ended_by = 'withdrawal'`)
				).toEqual([{ id: 'P1' }]);
				expect(inShort(await doubles())).toEqual([]);
				await undo(batch);
				expect(await standing(warehouse.engine)).toEqual(before);
			}
		));

	it('are withdrawn too where their file has line numbers for ids', () =>
		inOffice({ register }, async ({ warehouse, doubles, decide }) => {
			const visits =
				'序号,单位编号,所属乡镇,专业类别,巡查日期,巡查人,问题数\n1,S1,三井街道,餐饮,2026-03-05,张三,0\n2,S1,三井街道,餐饮,2026-03-05,张三,0\n';
			await withStaged(
				warehouse,
				[{ name: '三月.csv', bytes: () => Promise.resolve(Buffer.from(visits)) }],
				(own, paths) => importPaths(own, paths, { kind: 'patrol' }, when, clerk)
			);
			await decide((await doubles()).pairs, { decision: 'keep_first' });
			expect(await warehouse.engine.rows('SELECT count(*) AS n FROM fact_patrol WHERE batch_to IS NULL')).toEqual([
				{ n: 1n }
			]);
			expect(inShort(await doubles())).toEqual([]);
		}));
});

describe('a decision on doubles', () => {
	it.each([
		[
			'a pair that does not wait',
			{ kind: 'subject', one: { township: '320411100', id: 'S1' }, other: { township: '320411100', id: 'S9' } },
			'核实',
			'double_unknown'
		],
		['no reason', null, '', 'reason_missing']
	] as const)('is refused for %s', (_, pair, reason, code) =>
		inOffice({ register: 'S1,甲,餐饮,三井街道,,\nS2,甲,餐饮,三井街道,,\n' }, async ({ warehouse, doubles, decide }) => {
			const before = await standing(warehouse.engine);
			const pairs = pair ? [pair as unknown as Double] : (await doubles()).pairs;
			await expect(decide(pairs, { reason, decision: 'keep_first' })).rejects.toMatchObject({ code });
			expect(await standing(warehouse.engine)).toEqual(before);
		})
	);

	it('is only offered to who sees both rows', () =>
		inOffice({ register: 'S1,甲,餐饮,三井街道,,\nS1,甲,餐饮,孟河镇,,\n' }, async ({ warehouse }) => {
			const one: Actor = { name: 'one', role: 'clerk', townships: ['320411100' as never] };
			expect((await listDoubles(warehouse, { today: when.today }, one)).pairs).toEqual([]);
		}));
});
