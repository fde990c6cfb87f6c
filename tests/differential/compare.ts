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
import type { Level } from '#lib/scoring/levels.ts';
import { openWarehouse, type Warehouse } from '#lib/server/warehouse/open.ts';
import { allocateFund } from '#lib/server/workflows/allocate-fund.ts';
import { importPaths } from '#lib/server/workflows/import-paths.ts';
import { reportScores, type UnitReport } from '#lib/server/workflows/report-scores.ts';
import { scoreLevels } from '#lib/server/workflows/score-levels.ts';
import { scorePeriod } from '#lib/server/workflows/score-period.ts';
import { allocate, allocationUnits } from '../reference/allocate.ts';
import { randomClinicScheme, randomCounty, randomPlan, randomPool, randomScheme } from '../reference/random.ts';
import type { County } from '../reference/rows.ts';
import type { Plan, Scheme } from '../reference/scheme.ts';
import { countyOfClinics } from '../reference/clinics.ts';
import { levelMeans, levelScores } from '../reference/levels.ts';
import { scores } from '../reference/score.ts';
import { exportFiles } from '../reference/write-exports.ts';
import { inFolder } from '../support/kaoji.ts';

const actor: Actor = { name: 'test', role: 'administrator', townships: 'all' };
const now = '2026-04-30T08:00:00.000Z';

/** The product's report without what the reference does not speak of. */
function compared({ rankLow, rankHigh, indistinct, flags, indicators, of, township, ...unit }: UnitReport): unknown {
	void [rankLow, rankHigh, indistinct, flags, township];
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

/** Compares a level above: pooled with all its tallies, or the mean of scores with score, grade and rank. */
async function compareLevel(
	warehouse: Warehouse,
	county: County,
	scheme: Scheme,
	schemePath: string,
	id: string,
	level: Level
): Promise<void> {
	const digits = { district: 6, city: 4, province: 2 }[level];
	const loaded = loadScheme(schemePath, null, 'zh');
	const reported = async (): Promise<UnitReport[]> => {
		const result = await scoreLevels(warehouse, loaded, parsePeriod(id) as Period, level, actor);
		return [...reportScores(result).townships];
	};
	if (scheme.rollup !== 'mean') {
		const expected = levelScores(county, scheme, id, digits).map((unit) => ({
			...unit,
			...(unit.rank === null ? { of: null } : {})
		}));
		// A level has no list of quarters of its own where it is scored directly.
		const plain = <T extends object>(unit: T): T => ({ ...unit, quarters: undefined });
		expect((await reported()).map(compared).map((unit) => plain(unit as object))).toEqual(expected.map(plain));
		return;
	}
	const expected = levelMeans(county, scheme, id, digits, scores(county, scheme, id));
	if (!expected) await expect(reported()).rejects.toThrow('missing_weight');
	else
		expect(
			(await reported()).map(({ code, score, grade, rank, provisional }) => ({ code, score, grade, rank, provisional }))
		).toEqual(expected.map(({ code, score, grade, rank, provisional }) => ({ code, score, grade, rank, provisional })));
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

/** Compares the clinics of a county: the reference takes them for the townships of a county of their own. */
async function compareClinics(
	warehouse: Warehouse,
	county: County,
	scheme: Scheme,
	schemePath: string,
	ids: readonly string[],
	refused: boolean
): Promise<void> {
	const { from = '', to = '9' } = scheme.periods ?? {};
	for (const id of ids.filter((id) => (id === '2025' ? !refused : from <= id && id <= to)))
		await compareScores(warehouse, countyOfClinics(county), scheme, schemePath, parsePeriod(id) as Period, id);
}

/** Compares everything for one seed: a quarter, a half and the year in full, and the payments of the year. */
export async function compareSeed(seed: number): Promise<void> {
	const county = randomCounty(seed);
	const scheme = randomScheme(seed, county);
	const plan = randomPlan(seed, county, scheme);
	const clinics = randomClinicScheme(seed, county);
	await inFolder(async (folder) => {
		const paths = {
			scheme: join(folder, 'scheme.json'),
			plan: join(folder, 'plan.json'),
			clinics: join(folder, 'clinics.json')
		};
		writeFileSync(paths.clinics, JSON.stringify(clinics, null, 1));
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
			const [rolled = '2025'] = ids.filter((id) => (id === '2025' ? !refused : from <= id && id <= to));
			const level = (['district', 'district', 'city', 'province'] as const)[seed % 4] ?? 'district';
			if (rolled !== '2025' || !refused) await compareLevel(warehouse, county, scheme, paths.scheme, rolled, level);
			await compareClinics(warehouse, county, clinics, paths.clinics, ids, refused);
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
