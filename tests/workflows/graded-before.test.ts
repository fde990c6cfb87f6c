import { describe, expect, it } from 'vitest';
import type { Actor } from '#lib/basis/codes.ts';
import { day } from '#lib/basis/day.ts';
import { endOf, parsePeriod, type Period } from '#lib/basis/period.ts';
import { toExact } from '#lib/basis/fraction.ts';
import { noParameters, tallyRequest } from '#lib/measures/request.ts';
import { openWarehouse } from '#lib/server/warehouse/open.ts';
import { importPaths } from '#lib/server/workflows/import-paths.ts';
import { rollBack } from '#lib/server/workflows/roll-back.ts';
import { withStaged } from '#lib/server/workflows/stage-files.ts';
import { takeTallies } from '#lib/server/workflows/tally-periods.ts';
import { townshipsOn } from '#lib/server/workflows/units.ts';
import { townshipCsv } from '../intake/files.ts';
import { inFolder } from '../support/kaoji.ts';

const clerk: Actor = { name: 'test', role: 'clerk', townships: 'all' };
const when = { today: day(2026, 4, 30), now: '2026-04-30T08:00:00.000Z', locale: 'zh' } as const;
const settings = {
	cutoffDays: 5,
	graceDays: 0,
	visitsPerQuarter: {},
	forms: { monthlyDay: 19, monthly: true, quarterly: true },
	roll: 'none' as const,
	unit: 'township' as const,
	workload: {}
};
const periods = ['2024Q1', '2024Q2', '2025Q1', '2025Q2'];

/** Imports grades of one premises one after the other, and gives for each period whether it counts as graded. */
const gradedIn = (grades: readonly string[], undoLast = false): Promise<string[]> =>
	inFolder(async (folder) => {
		const warehouse = await openWarehouse(`${folder}/home`, { create: true, engineName: 'memory' });
		try {
			const texts = grades.map(
				(grade) => `单位编号,单位名称,专业类别,所属乡镇,量化等级,评级日期\nS1,甲,餐饮,三井街道,${grade}\n`
			);
			let batch = 0;
			for (const text of [townshipCsv, ...texts]) {
				const files = [{ name: '名册.csv', bytes: () => Promise.resolve(Buffer.from(text)) }];
				const report = await withStaged(warehouse, files, (own, paths) => importPaths(own, paths, {}, when, clerk));
				batch = report.batch;
			}
			if (undoLast) await rollBack(warehouse, { batch, reason: '有误', cascade: false, ...when }, clerk);
			const found: string[] = [];
			for (const id of periods) {
				const period = parsePeriod(id) as Period;
				const units = await townshipsOn(warehouse.engine, endOf(period), id);
				const [tallies] = await takeTallies(
					warehouse.engine,
					[tallyRequest('grading_rate', period, settings, noParameters)],
					units
				);
				const tally = tallies?.get('320411100');
				found.push(tally ? `${toExact(tally.n)}/${toExact(tally.d)}` : 'none');
			}
			return found;
		} finally {
			await warehouse.engine.close();
		}
	});

describe('a premises that is graded again', () => {
	it('has its earlier grade in the periods before, and none before that', async () => {
		expect(await gradedIn(['B,2024-05-01', 'A,2025-05-01'])).toEqual(['0/1', '1/1', '1/1', '1/1']);
	});

	it('has the only grade that it has from its day on', async () => {
		expect(await gradedIn(['A,2025-05-01'])).toEqual(['0/1', '0/1', '0/1', '1/1']);
	});

	it('has none once its grade is taken away', async () => {
		expect(await gradedIn(['B,2024-05-01', ','])).toEqual(['0/1', '0/1', '0/1', '0/1']);
	});

	it('does not have the grade of a batch that was undone', async () => {
		expect(await gradedIn(['A,2025-05-01', 'B,2024-01-05'], true)).toEqual(['0/1', '0/1', '0/1', '1/1']);
	});
});
