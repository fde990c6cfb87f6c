/** Small invented counties: their rows go through the real import, and a shipped system scores and pays them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Actor } from '#lib/basis/codes.ts';
import { type Day, parseIsoDay } from '#lib/basis/day.ts';
import { type Fen, formatYuan, parseYuan } from '#lib/basis/fen.ts';
import { parsePeriod, type Period } from '#lib/basis/period.ts';
import { loadPlan, loadScheme } from '#lib/server/schemes/load.ts';
import { openWarehouse, type Warehouse } from '#lib/server/warehouse/open.ts';
import { csvText } from '#lib/server/workbooks/write-csv.ts';
import { type AllocatedFund, allocateFund } from '#lib/server/workflows/allocate-fund.ts';
import { explainScore } from '#lib/server/workflows/explain-score.ts';
import { importPaths } from '#lib/server/workflows/import-paths.ts';
import { reportScores } from '#lib/server/workflows/report-scores.ts';
import type { ExplainedPayment } from '#lib/reports/payment-reasons.ts';
import type { Look } from '#lib/server/warehouse/house.ts';
import { rulesFor } from '#lib/server/workflows/see-periods.ts';
import { explainPayment, type FundQuestion, type FundsReport, showFunds } from '#lib/server/workflows/show-funds.ts';
import { scorePeriod } from '#lib/server/workflows/score-period.ts';
import { shareAmongClinics } from '#lib/server/workflows/share-among-clinics.ts';
import { ownFolder } from '../../support/kaoji.ts';

/** A row by field; fields that are not there are empty cells. */
export type Row = Readonly<Record<string, string | number>>;
/** Rows by kind, one file each. */
export type County = Readonly<Record<string, readonly Row[]>>;

/** The townships of every county here: code and name, and the people whom they serve unless the test says otherwise. */
export const jia = '430381101';
export const yi = '430381102';
export const bing = '430381103';
export const townships = (populations: Partial<Record<string, number>> = {}, more: Record<string, Row> = {}): Row[] =>
	[
		{ code: jia, name: '甲镇' },
		{ code: yi, name: '乙镇' },
		{ code: bing, name: '丙街道' }
	].map((row) => ({ ...row, population: populations[row.code] ?? 10_000, ...more[row.code] }));

/** The same row so many times, each told by its place. */
export const times = (count: number, row: (i: number) => Row): Row[] => Array.from({ length: count }, (_, i) => row(i));

const actor: Actor = { name: 'test', role: 'administrator', townships: 'all' };
const clock = { today: parseIsoDay('2026-04-30') as Day, now: '2026-04-30T08:00:00.000Z', locale: 'zh' } as const;

/** What a unit got: points by indicator, bonus and work item (null where left out), and what is made of them. */
export interface Got {
	readonly score: string | null;
	readonly grade: string;
	readonly rank: number | null;
	readonly provisional: boolean;
	readonly vetoes: readonly string[];
	readonly flags: readonly string[];
	readonly points: Readonly<Record<string, string | null>>;
}

interface Paid {
	readonly due: Record<string, string>;
	readonly tranches: Record<string, string>;
	readonly carriedOver: string;
}

/** A county that was imported. */
export interface Office {
	/** By township code. */
	readonly scores: (scheme: string, period: string) => Promise<Readonly<Record<string, Got>>>;
	/** Yuan by township code; `tranches` by key, as they were shared. */
	readonly pays: (scheme: string, plan: string, period: string, pool: string) => Promise<Paid>;
	/** The same of a plan of clinics, by the code of their units. */
	readonly paysClinics: Office['pays'];
	/** The sheet of the page 经费, and why one unit gets its amount. */
	readonly sheet: (scheme: string, plan: string, period: string, pool: string) => Promise<FundsReport>;
	readonly whyPaid: (
		scheme: string,
		plan: string,
		period: string,
		pool: string,
		unit: string
	) => Promise<ExplainedPayment>;
	/** The rule of an indicator, bonus or work item in words, and how many rows were counted and missed. */
	readonly why: (
		scheme: string,
		period: string,
		township: string,
		key: string
	) => Promise<{ words: string; counted: number; missed: number } | null>;
}

const paid = ({ allocation }: AllocatedFund): Paid => ({
	due: Object.fromEntries(allocation.payments.map(({ code, due }) => [code, formatYuan(due)])),
	tranches: Object.fromEntries(allocation.tranches.map(({ key, amount }) => [key, formatYuan(amount)])),
	carriedOver: formatYuan(allocation.carriedOver)
});

const periodOf = (id: string): Period => parsePeriod(id) as Period;

function officeOf(warehouse: Warehouse): Office {
	const look: Look = { ...warehouse, facts: 1, recall: (_, make) => make() };
	const question = (plan: string, period: string, pool: string): FundQuestion => ({
		plan: loadPlan(plan, null, 'zh'),
		period: periodOf(period),
		pool: parseYuan(pool) as Fen,
		locale: 'zh'
	});
	const scored = (scheme: string, period: string) =>
		scorePeriod(warehouse, loadScheme(scheme, null, 'zh'), periodOf(period), actor);
	return {
		scores: async (scheme, period) =>
			Object.fromEntries(
				reportScores(await scored(scheme, period)).townships.map((unit) => [
					unit.code,
					{
						score: unit.score,
						grade: unit.grade,
						rank: unit.rank,
						provisional: unit.provisional,
						vetoes: unit.vetoes ?? [],
						flags: unit.flags,
						points: Object.fromEntries(
							[...(unit.indicators ?? []), ...(unit.bonuses ?? []), ...(unit.workItems ?? [])].map(
								({ key, awarded }) => [key, awarded]
							)
						)
					}
				])
			),
		pays: async (scheme, plan, period, pool) => {
			const options = {
				scheme: loadScheme(scheme, null, 'zh'),
				plan: loadPlan(plan, null, 'zh'),
				period: periodOf(period),
				pool: parseYuan(pool) as Fen,
				advances: null
			};
			return paid(await allocateFund(warehouse, options, actor));
		},
		paysClinics: async (scheme, plan, period, pool) => {
			const clinics = { scheme: loadScheme(scheme, null, 'zh'), plan: loadPlan(plan, null, 'zh') };
			const of = clinics.plan.of ?? { scheme: '', plan: '' };
			const above = { scheme: loadScheme(of.scheme, null, 'zh'), plan: loadPlan(of.plan, null, 'zh') };
			const options = { period: periodOf(period), pool: parseYuan(pool) as Fen };
			return paid(await shareAmongClinics(warehouse, above, clinics, options, actor));
		},
		sheet: (scheme, plan, period, pool) =>
			showFunds(look, rulesFor(warehouse.home, scheme, 'zh'), question(plan, period, pool), null, actor),
		whyPaid: (scheme, plan, period, pool, unit) =>
			explainPayment(look, rulesFor(warehouse.home, scheme, 'zh'), question(plan, period, pool), unit, actor),
		why: async (scheme, period, township, indicator) => {
			const options = { township, indicator, rows: 0, money: null, locale: 'zh' } as const;
			const { indicators } = await explainScore(warehouse, await scored(scheme, period), options, actor);
			const [one] = indicators;
			return one ? { words: one.words, counted: one.counted.total, missed: one.missed.total } : null;
		}
	};
}

/** Imports a county, of which nothing may be held back. */
async function imported(county: County, folder: string): Promise<Warehouse> {
	const files = Object.entries(county).map(([kind, rows]) => {
		const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))];
		const path = join(folder, `${kind}.csv`);
		writeFileSync(path, csvText([fields, ...rows.map((row) => fields.map((field) => String(row[field] ?? '')))]));
		return path;
	});
	const warehouse = await openWarehouse(join(folder, 'home'), { create: true, engineName: 'memory' });
	const { files: read, problems } = await importPaths(warehouse, files, {}, clock, actor);
	if (problems.length > 0) throw new Error(JSON.stringify(problems));
	const kinds = read.map(({ kind }) => kind).sort();
	if (kinds.join() !== Object.keys(county).sort().join()) throw new Error(`read as ${kinds.join()}`);
	return warehouse;
}

/** The county of a test file or of a part of it, imported once before its tests. */
export function officeOver(county: County): Office {
	const { path, remove } = ownFolder();
	let warehouse: Warehouse;
	beforeAll(async () => {
		warehouse = await imported(county, path);
	});
	afterAll(async () => {
		await warehouse.engine.close();
		remove();
	});
	return {
		scores: (...asked) => officeOf(warehouse).scores(...asked),
		pays: (...asked) => officeOf(warehouse).pays(...asked),
		paysClinics: (...asked) => officeOf(warehouse).paysClinics(...asked),
		sheet: (...asked) => officeOf(warehouse).sheet(...asked),
		whyPaid: (...asked) => officeOf(warehouse).whyPaid(...asked),
		why: (...asked) => officeOf(warehouse).why(...asked)
	};
}
