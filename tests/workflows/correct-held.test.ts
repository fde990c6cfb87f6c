import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#lib/basis/codes.ts';
import { day } from '#lib/basis/day.ts';
import type { Row } from '#lib/server/warehouse/engine.ts';
import { openWarehouse, type Warehouse } from '#lib/server/warehouse/open.ts';
import {
	type Corrected,
	type Correction,
	correctHeld,
	correctionFields,
	correctionSeen
} from '#lib/server/workflows/correct-held.ts';
import { type ImportReport } from '#lib/server/workflows/import-files.ts';
import { importPaths } from '#lib/server/workflows/import-paths.ts';
import { type HeldRow, listQuarantine } from '#lib/server/workflows/list-quarantine.ts';
import { rollBack } from '#lib/server/workflows/roll-back.ts';
import { withStaged } from '#lib/server/workflows/stage-files.ts';
import { subjectCsv, townshipCsv } from '../intake/files.ts';
import { standing } from '../support/home-state.ts';
import { inFolder } from '../support/kaoji.ts';

const clerk: Actor = { name: 'test', role: 'clerk', townships: 'all' };
const when = { today: day(2026, 4, 30), now: '2026-04-30T08:00:00.000Z', locale: 'zh' } as const;
const patrolHead = '流水号,单位编号,所属乡镇,专业类别,巡查日期,巡查内容,问题数,修改标志\n';

interface Office {
	readonly warehouse: Warehouse;
	readonly take: (files: Readonly<Record<string, string>>) => Promise<ImportReport>;
	readonly held: () => Promise<HeldRow[]>;
	readonly correct: (
		hold: number,
		values: Readonly<Record<string, string>>,
		more?: Partial<Correction>
	) => Promise<Corrected>;
	readonly patrols: () => Promise<Row[]>;
	readonly status: (hold: number) => Promise<unknown>;
}

/** A home in memory with townships and premises S1 to S3. */
const inOffice = (work: (office: Office) => Promise<void>): Promise<void> =>
	inFolder(async (folder) => {
		const warehouse = await openWarehouse(join(folder, 'home'), { create: true, engineName: 'memory' });
		const { engine } = warehouse;
		const take: Office['take'] = (files) =>
			withStaged(
				warehouse,
				Object.entries(files).map(([name, text]) => ({ name, bytes: () => Promise.resolve(Buffer.from(text)) })),
				(own, paths) => importPaths(own, paths, {}, when, clerk)
			);
		try {
			await take({ '乡镇.csv': townshipCsv, '本底.csv': subjectCsv(3) });
			await work({
				warehouse,
				take,
				held: () => listQuarantine(warehouse, { locale: 'zh' }, clerk),
				correct: (hold, values, more = {}) => correctHeld(warehouse, { hold, values, ...when, ...more }, clerk),
				patrols: () =>
					engine.rows(
						`SELECT fact_key AS id, CAST(patrolled_on AS VARCHAR) AS day, content, problems FROM fact_patrol
						WHERE batch_to IS NULL ORDER BY ALL`
					),
				status: async (hold) =>
					(await engine.rows('SELECT status FROM quarantine WHERE hold = $hold', { hold }))[0]?.['status']
			});
		} finally {
			await engine.close();
		}
	});

/** Two patrols, the second on a day that no calendar has. */
const impossibleDay = `${patrolHead}P1,S1,三井街道,餐饮,2025-02-10,例行,0,\nP2,S2,三井街道,餐饮,2025-02-30,"台账,""证照""",1,\n`;

describe('a held row that is corrected', () => {
	it('is added with its other cells as they were, its hold is settled, and undoing the correction holds it again', () =>
		inOffice(async ({ warehouse, take, held, correct, patrols, status }) => {
			await take({ '巡查.csv': impossibleDay });
			const [row] = await held();
			expect(row).toMatchObject({ file: '巡查.csv', line: 3, problems: [{ field: 'patrolled_on', code: 'bad_date' }] });
			const hold = row?.hold ?? 0;
			const before = await standing(warehouse.engine);

			const corrected = await correct(hold, { patrolled_on: '2025-02-28' });
			expect(corrected).toMatchObject({
				batch: 3,
				stillHeld: null,
				report: { files: [{ kind: 'patrol', read: 1, added: 1, quarantined: 0 }] }
			});
			expect(corrected.report.files[0]?.file).toMatch(/^更正-巡查.*\.csv$/);
			expect(await patrols()).toEqual([
				{ id: 'P1', day: '2025-02-10', content: '例行', problems: 0n },
				{ id: 'P2', day: '2025-02-28', content: '台账,"证照"', problems: 1n }
			]);
			expect(await held()).toEqual([]);
			expect(await correctionSeen(warehouse, 3, clerk)).toEqual({ batch: 3, line: 3, stillHeld: false });
			expect(readdirSync(warehouse.staging)).toEqual([]);

			await rollBack(warehouse, { batch: 3, reason: '改错了', cascade: false, ...when }, clerk);
			expect(await status(hold)).toBe('held');
			expect(await standing(warehouse.engine)).toEqual(before);
		}));

	it('is held anew with its problems where it is still wrong, and then tells where it stood at first', () =>
		inOffice(async ({ warehouse, take, held, correct, patrols }) => {
			await take({ '巡查.csv': impossibleDay });
			const first = (await held())[0]?.hold ?? 0;
			const again = await correct(first, { patrolled_on: '2025-02-31', problems: '一' });
			const [row, ...others] = await held();
			expect(others).toEqual([]);
			expect(again.stillHeld).toBe(row?.hold);
			expect(row?.problems.map(({ field, code }) => [field, code])).toEqual([
				['patrolled_on', 'bad_date'],
				['problems', 'bad_number']
			]);
			expect(await correctionSeen(warehouse, again.batch, clerk)).toMatchObject({ line: 3, stillHeld: true });

			const done = await correct(row?.hold ?? 0, { patrolled_on: '2025-02-27', problems: '2' });
			expect(done.stillHeld).toBeNull();
			expect(await held()).toEqual([]);
			expect((await patrols()).map(({ id, problems }) => [id, problems])).toEqual([
				['P1', 0n],
				['P2', 2n]
			]);
			expect(await correctionSeen(warehouse, done.batch, clerk)).toMatchObject({ line: 3, stillHeld: false });
		}));

	it('settles no other: rows of one id in two townships that nobody knows stay two rows', () =>
		inOffice(async ({ take, held, correct, patrols }) => {
			const row = (township: string): string => `P1,,${township},餐饮,2025-02-10,例行,0,\n`;
			await take({ '甲.csv': patrolHead + row('无名镇'), '乙.csv': patrolHead + row('无姓镇') });
			const [one, other] = await held();
			// The first is still wrong, the second is right now: they have one id, one line and no township in common.
			const again = await correct(one?.hold ?? 0, { township: '无处镇' });
			await correct(other?.hold ?? 0, { township: '三井街道' });
			expect((await held()).map(({ hold }) => hold)).toEqual([again.stillHeld]);
			expect(await patrols()).toHaveLength(1);
		}));

	it('keeps its place beyond the header until that is cleared', () =>
		inOffice(async ({ warehouse, take, held, correct }) => {
			await take({ '巡查.csv': `${patrolHead}P1,S1,三井街道,餐饮,2025-02-10,例行,0,,错列\n` });
			const row = (await held())[0] as HeldRow;
			const fields = await correctionFields(warehouse, row, 'zh', clerk);
			expect(fields.at(-1)).toMatchObject({
				name: 'surplus',
				value: '错列',
				problems: [expect.stringContaining('表头')]
			});
			const again = await correct(row.hold, { content: '例行检查' });
			expect(again.stillHeld).not.toBeNull();
			expect((await correct(again.stillHeld ?? 0, { surplus: '' })).stillHeld).toBeNull();
		}));

	it('rewrites what is there only where that is confirmed', () =>
		inOffice(async ({ take, held, correct, patrols }) => {
			await take({ '巡查.csv': `${patrolHead}P1,S1,三井街道,餐饮,2025-02-10,例行,0,\n` });
			// The same id on another day: the file is held whole.
			await take({ '再报.csv': `${patrolHead}P1,S1,三井街道,餐饮,2025-02-11,例行,0,\n` });
			const [row] = await held();
			expect(row?.problems).toMatchObject([{ code: 'suspicious_revision' }]);
			const again = await correct(row?.hold ?? 0, {});
			expect(again.stillHeld).not.toBeNull();
			expect(await patrols()).toMatchObject([{ id: 'P1', day: '2025-02-10' }]);
			await correct(again.stillHeld ?? 0, {}, { confirmRevisions: true });
			expect(await patrols()).toMatchObject([{ id: 'P1', day: '2025-02-11' }]);
		}));

	it('keeps the line breaks of a cell that the form gave back unchanged', () =>
		inOffice(async ({ take, held, correct, patrols }) => {
			await take({ '巡查.csv': `${patrolHead}P2,S2,三井街道,餐饮,2025-02-30,"一\n二",1,\n` });
			await correct((await held())[0]?.hold ?? 0, { patrolled_on: '2025-02-28', content: '一\r\n二' });
			expect(await patrols()).toMatchObject([{ id: 'P2', content: '一\n二' }]);
		}));

	it('takes a cell that looks like a formula as the text that it is', () =>
		inOffice(async ({ take, held, correct, patrols }) => {
			await take({ '巡查.csv': impossibleDay });
			await correct((await held())[0]?.hold ?? 0, { patrolled_on: '2025-02-28', content: '=1+1' });
			expect(await patrols()).toMatchObject([{ id: 'P1' }, { id: 'P2', content: '=1+1' }]);
		}));
});

describe('a correction is refused, and the home stays as it was,', () => {
	it('where the kind of the row has no such field', () =>
		inOffice(async ({ warehouse, take, held, correct }) => {
			await take({ '巡查.csv': impossibleDay });
			const hold = (await held())[0]?.hold ?? 0;
			const before = await standing(warehouse.engine);
			for (const name of ['population', '暂存编号', 'constructor', '__proto__'])
				await expect(correct(hold, Object.fromEntries([[name, '1']]))).rejects.toThrow('usage');
			expect(await standing(warehouse.engine)).toEqual(before);
		}));

	it('where no such row is held: another number, or one that is settled already', () =>
		inOffice(async ({ take, held, correct }) => {
			await take({ '巡查.csv': impossibleDay });
			const hold = (await held())[0]?.hold ?? 0;
			await expect(correct(hold + 1, {})).rejects.toThrow('hold_unknown');
			await correct(hold, { patrolled_on: '2025-02-28' });
			await expect(correct(hold, { patrolled_on: '2025-02-27' })).rejects.toThrow('hold_unknown');
		}));

	it('where the row is of a township that is none of the user’s', () =>
		inOffice(async ({ warehouse, take, held }) => {
			await take({ '巡查.csv': impossibleDay });
			const hold = (await held())[0]?.hold ?? 0;
			const other: Actor = { name: 'other', role: 'township', townships: [] };
			await expect(correctHeld(warehouse, { hold, values: {}, ...when }, other)).rejects.toThrow('hold_unknown');
		}));
});

describe('the form of a held row', () => {
	it('says at each field what is wrong, what is required and which words it takes', () =>
		inOffice(async ({ warehouse, take, held }) => {
			await take({ '报表.csv': '所属乡镇,报表类型,所属期,报送日期\n三井街道,年报,2025-03,2025-03-19\n' });
			const fields = await correctionFields(warehouse, (await held())[0] as HeldRow, 'zh', clerk);
			expect(fields.map(({ name, label, value, required }) => [name, label, value, required])).toEqual([
				['township', '所属乡镇', '三井街道', true],
				['form', '报表类型', '年报', true],
				['covers', '所属期', '2025-03', true],
				['submitted_on', '报送日期', '2025-03-19', false],
				['returned', '是否退回', '', false]
			]);
			const form = fields.find(({ name }) => name === 'form');
			expect(form?.choices).toEqual(['月报', '季报']);
			expect(form?.problems).toEqual([expect.stringContaining('年报')]);
			expect(fields.filter(({ problems }) => problems.length > 0)).toHaveLength(1);
		}));
});
