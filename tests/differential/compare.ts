/** One random county under one random scheme and plan: the product against the deliberately simple reference. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Actor } from '#lib/basis/codes.ts';
import { type Day, parseIsoDay } from '#lib/basis/day.ts';
import { fen } from '#lib/basis/fen.ts';
import { parsePeriod, type Period } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import { loadPlan, loadScheme } from '#lib/server/schemes/load.ts';
import { openWarehouse, type Warehouse } from '#lib/server/warehouse/open.ts';
import { allocateFund } from '#lib/server/workflows/allocate-fund.ts';
import { importPaths } from '#lib/server/workflows/import-paths.ts';
import { reportScores, type UnitReport } from '#lib/server/workflows/report-scores.ts';
import { scorePeriod } from '#lib/server/workflows/score-period.ts';
import { allocate, allocationUnits } from '../reference/allocate.ts';
import { randomCounty, randomPlan, randomPool, randomScheme } from '../reference/random.ts';
import type { County } from '../reference/rows.ts';
import type { Plan, Scheme } from '../reference/scheme.ts';
import { scores } from '../reference/score.ts';
import { exportFiles } from '../reference/write-exports.ts';
import { inFolder } from '../support/kaoji.ts';

const actor: Actor = { name: 'test', role: 'administrator', townships: 'all' };
const now = '2026-04-30T08:00:00.000Z';

/** The product's report without what the reference does not speak of. */
function compared({ rankLow, rankHigh, indistinct, flags, indicators, of, ...unit }: UnitReport): unknown {
	void [rankLow, rankHigh, indistinct, flags];
	return {
		...unit,
		of: unit.rank === null ? null : of,
		...(indicators ? { indicators: indicators.map(({ of: points, ...rest }) => (void points, rest)) } : {})
	};
}

async function compareScores(
	warehouse: Warehouse,
	county: County,
	scheme: Scheme,
	schemePath: string,
	period: Period,
	id: string
): Promise<void> {
	const result = await scorePeriod(warehouse, loadScheme(schemePath, null, 'zh'), period, actor);
	const expected = scores(county, scheme, id).map((unit) => ({ ...unit, of: unit.rank === null ? null : unit.of }));
	expect(reportScores(result).townships.map(compared)).toEqual(expected);
}

async function comparePayments(
	warehouse: Warehouse,
	county: County,
	scheme: Scheme,
	plan: Plan,
	paths: { scheme: string; plan: string },
	pool: bigint
): Promise<void> {
	const period = parsePeriod('2025') as Period;
	const outcome = async (work: () => Promise<unknown>): Promise<unknown> => {
		try {
			return await work();
		} catch (error) {
			return error instanceof Problem ? error.code : (error as Error).message;
		}
	};
	const product = await outcome(async () => {
		const options = {
			scheme: loadScheme(paths.scheme, null, 'zh'),
			plan: loadPlan(paths.plan, null, 'zh'),
			period,
			pool: fen(pool),
			advances: null
		};
		const { allocation } = await allocateFund(warehouse, options, actor);
		return {
			tranches: allocation.tranches.map(({ key, amount }) => ({ key, amountFen: amount })),
			townships: allocation.payments.map(({ code, due, byTranche }) => ({ code, dueFen: due, byTranche })),
			carriedOverFen: allocation.carriedOver
		};
	});
	const reference = await outcome(() =>
		Promise.resolve().then(() => allocate(plan, allocationUnits(county, scheme, '2025'), pool, scheme.full ?? 100))
	);
	expect(product).toEqual(reference);
}

/** Compares everything for one seed: a quarter, a half and the year in full, and the payments of the year. */
export async function compareSeed(seed: number): Promise<void> {
	const county = randomCounty(seed);
	const scheme = randomScheme(seed, county);
	const plan = randomPlan(seed, county, scheme);
	await inFolder(async (folder) => {
		const paths = { scheme: join(folder, 'scheme.json'), plan: join(folder, 'plan.json') };
		writeFileSync(paths.scheme, JSON.stringify(scheme, null, 1));
		writeFileSync(paths.plan, JSON.stringify(plan, null, 1));
		mkdirSync(join(folder, 'exports'));
		const files = exportFiles(county).map(({ name, text }) => {
			const path = join(folder, 'exports', name);
			writeFileSync(path, text);
			return path;
		});
		const warehouse = await openWarehouse(join(folder, 'home'), { create: true, engineName: 'memory' });
		try {
			const today = parseIsoDay('2026-04-30') as Day;
			const report = await importPaths(warehouse, files, {}, { today, now, locale: 'zh' }, actor);
			expect(report.problems).toEqual([]);
			const quarters = ['2024Q3', '2024Q4', '2025Q1', '2025Q2', '2025Q3', '2025Q4'];
			const ids = [quarters[seed % quarters.length] as string, ...(seed % 5 === 0 ? ['2025H1'] : []), '2025'];
			const { from = '', to = '9' } = scheme.periods ?? {};
			// A direct year is one window: a scheme that is not in force for all of it refuses the year.
			const refused = scheme.annual?.method === 'direct' && (from > '2025Q1' || to < '2025Q4');
			for (const id of ids.filter((id) => (id === '2025' ? !refused : from <= id && id <= to)))
				await compareScores(warehouse, county, scheme, paths.scheme, parsePeriod(id) as Period, id);
			if (!refused) await comparePayments(warehouse, county, scheme, plan, paths, randomPool(seed));
			else
				await expect(
					compareScores(warehouse, county, scheme, paths.scheme, parsePeriod('2025') as Period, '2025')
				).rejects.toThrow('period_not_covered');
		} finally {
			await warehouse.engine.close();
		}
	});
}
