/** 经费分配: shares a pool by a plan on the scores of a period, and settles it against what was paid in advance. */
import { createHash } from 'node:crypto';
import { allocate, type Allocation, type PaidUnit } from '../../allocation/allocate.ts';
import { awardedFactor, type Plan } from '../../allocation/plan.ts';
import type { Actor } from '../../basis/codes.ts';
import { isoDay } from '../../basis/day.ts';
import { type Fen, fen, formatYuan, parseYuan } from '../../basis/fen.ts';
import { isFraction, toExact, zero } from '../../basis/fraction.ts';
import { endOf, type Period, periodId, startOf } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import { canonicalJson, noParameters, tallyRequest } from '../../measures/request.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import { awardedOf, scoreText } from '../../scoring/score.ts';
import { type Engine, textOf } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { openFile } from '../workbooks/open-file.ts';
import { normaliseHeader } from '../../intake/headers.ts';
import { isTotalsRow } from '../../intake/body.ts';
import { recordAct } from './audit.ts';
import { registeredTownships } from './cell-context.ts';
import { type PeriodResult, scorePeriod, settingsOf } from './score-period.ts';
import { takeTallies } from './tally-periods.ts';
import type { Unit } from './units.ts';

export interface FundOptions {
	readonly scheme: Scheme;
	readonly plan: Plan;
	readonly period: Period;
	readonly pool: Fen;
	/** Advances by township code; null to take them from the ledger of disbursements. */
	readonly advances: ReadonlyMap<string, Fen> | null;
	/** The scores of the period where they are known already; they depend on facts, scheme and period alone. */
	readonly scored?: PeriodResult;
}

export interface FundReport {
	readonly period: string;
	readonly scheme: string;
	readonly version: string;
	readonly pool: string;
	readonly plan: string;
	readonly basis: 'preview';
	readonly tranches: readonly { readonly key: string; readonly amount: string }[];
	readonly townships: readonly {
		readonly code: string;
		/** The township of a clinic; only where clinics are paid. */
		readonly township?: string;
		readonly name: string;
		readonly due: string;
		readonly advanced: string;
		/** Due less advanced; negative where money is to be given back (应扣回). */
		readonly settlement: string;
		readonly byTranche: Readonly<Record<string, string>>;
		readonly withheld: Readonly<Record<string, string>>;
		readonly weights: Readonly<Record<string, string>>;
	}[];
	readonly carriedOver: string;
	readonly inputsHash: string;
}

/** A pool that was shared: for programs and people, and in the exact amounts behind that. */
export interface AllocatedFund {
	readonly report: FundReport;
	readonly allocation: Allocation;
	readonly units: readonly PaidUnit[];
	/** By township code, also of townships that are not paid in this period. */
	readonly advanced: ReadonlyMap<string, Fen>;
}

/** The units of a period as a plan weighs them. */
export async function paidUnits(engine: Engine, { scheme, period, units, scores }: PeriodResult): Promise<PaidUnit[]> {
	const [workload] = await takeTallies(
		engine,
		[tallyRequest('workload', period, settingsOf(scheme), noParameters)],
		units
	);
	const byCode = new Map<string, Unit>(units.map((unit) => [unit.code, unit]));
	return scores.map((score) => ({
		code: score.code,
		name: score.name,
		population: byCode.get(score.code)?.population ?? null,
		score: score.score,
		grade: score.grade,
		workload: workload?.get(score.code)?.n ?? zero,
		// A year made of its quarters has no points of its own.
		awarded: 'indicators' in score ? awardedOf(score) : {}
	}));
}

/** Why a plan is not of the units that a scheme scores; null where it is. */
export const misfit = (plan: Plan, scheme: Scheme): Problem | null =>
	plan.unitOf === scheme.unit ? null : new Problem('plan_unit_unfit', { plan: plan.id, scheme: scheme.id });

/** Why a plan cannot share a pool on the scores of a scheme alone; null where it can. */
export const unpayable = (plan: Plan, scheme: Scheme): Problem | null =>
	misfit(plan, scheme) ?? (plan.of ? new Problem('plan_within_townships', { plan: plan.id }) : null);

/**
 * Shares a pool. Always Σ paid + carried over = pool.
 * @throws Problem of the plan's weights and bounds, `plan_unit_unfit`, `plan_within_townships` for one that
 *   shares what another gives to townships, `period_not_covered`, `no_townships`
 */
export async function allocateFund(
	{ engine }: Pick<Warehouse, 'engine'>,
	{ scheme, plan, period, pool, advances, scored }: FundOptions,
	actor: Actor
): Promise<AllocatedFund> {
	const problem = unpayable(plan, scheme);
	if (problem) throw problem;
	const units = await paidUnits(engine, scored ?? (await scorePeriod({ engine }, scheme, period, actor)));
	const allocation = allocate(plan, units, pool, scheme.full);
	const advanced = advances ?? (await advancesFromLedger(engine, plan, period));
	const report = reportFund({ scheme, plan, period, pool, advances: advanced }, allocation, units, advanced);
	return { report, allocation, units, advanced };
}

/**
 * The sheet of an allocation, for programs and people.
 * @param standsOn the digest of another sheet from which the pool came
 */
export function reportFund(
	options: Omit<FundOptions, 'scored'>,
	allocation: Allocation,
	units: readonly PaidUnit[],
	advanced: ReadonlyMap<string, Fen>,
	standsOn: string | null = null
): FundReport {
	const { scheme, plan, period, pool } = options;
	const yuanOf = (amounts: Readonly<Record<string, Fen>>): Record<string, string> =>
		Object.fromEntries(Object.entries(amounts).map(([key, amount]) => [key, formatYuan(amount)]));
	return {
		period: periodId(period),
		scheme: scheme.id,
		version: scheme.version,
		pool: formatYuan(pool),
		plan: plan.id,
		basis: 'preview',
		tranches: allocation.tranches.map(({ key, amount }) => ({ key, amount: formatYuan(amount) })),
		townships: allocation.payments.map(({ code, name, due, byTranche, withheld, weights }) => {
			const paid = advanced.get(code) ?? fen(0n);
			return {
				code,
				name,
				due: formatYuan(due),
				advanced: formatYuan(paid),
				settlement: formatYuan(fen(due - paid)),
				byTranche: yuanOf(byTranche),
				withheld: yuanOf(withheld),
				weights: Object.fromEntries(Object.entries(weights).map(([key, weight]) => [key, toExact(weight)]))
			};
		}),
		carriedOver: formatYuan(allocation.carriedOver),
		inputsHash: hashInputs(options, units, standsOn)
	};
}

/** Keeps an allocation for the view `payment`, in place of an earlier one of the same plan, period and scheme. */
export async function keepPayments(
	engine: Engine,
	{ report, allocation }: AllocatedFund,
	actor: Actor,
	now: string
): Promise<void> {
	const { period, plan, scheme, version, pool, inputsHash } = report;
	await engine.transaction(async () => {
		await engine.run(
			'DELETE FROM payment WHERE period = $period AND plan = $plan AND scheme = $scheme AND version = $version',
			{
				period,
				plan,
				scheme,
				version
			}
		);
		await engine.appendText(
			'payment',
			allocation.payments.flatMap(({ code, byTranche }) =>
				Object.entries(byTranche).map(([tranche, amount]) => [
					period,
					plan,
					scheme,
					version,
					code,
					tranche,
					amount.toString(),
					inputsHash
				])
			)
		);
		await recordAct(engine, actor, now, 'allocate', { period, plan, scheme, version, pool, inputsHash });
	});
}

/** The pool of the latest allocation of a plan for a period; null where there was none. */
export async function latestPool(engine: Engine, plan: string, period: string): Promise<Fen | null> {
	const [row] = await engine.rows(engine.statement('latest-pool'), { plan, period });
	return row === undefined ? null : parseYuan(textOf(row['pool']));
}

/** What was paid in advance for a plan within a period. */
async function advancesFromLedger(engine: Engine, plan: Plan, period: Period): Promise<Map<string, Fen>> {
	const rows = await engine.rows(engine.statement('advances'), {
		plan: plan.id,
		start: isoDay(startOf(period)),
		end: isoDay(endOf(period))
	});
	return new Map(rows.map((row) => [textOf(row['township']), fen(BigInt(String(row['amount'])))]));
}

/** The digest of everything that an allocation depends on. */
function hashInputs(
	{ plan, scheme, period, pool, advances }: FundOptions,
	units: readonly PaidUnit[],
	standsOn: string | null
): string {
	const plain = (value: unknown): unknown => {
		if (typeof value === 'bigint') return value.toString();
		if (Array.isArray(value)) return value.map(plain);
		if (value === null || typeof value !== 'object') return value;
		if (isFraction(value)) return toExact(value);
		return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
	};
	const inputs = {
		pool: pool.toString(),
		period: periodId(period),
		scheme: scheme.id,
		version: scheme.version,
		full: toExact(scheme.full),
		plan: plain(plan),
		advances: Object.fromEntries([...(advances ?? [])].map(([code, amount]) => [code, amount.toString()])),
		...(standsOn === null ? {} : { standsOn }),
		units: units.map(({ code, population, score, grade, workload, awarded }) => ({
			code,
			population: population?.toString() ?? null,
			score: scoreText(score),
			grade,
			workload: toExact(workload),
			// Digests of plans that name no indicator stay what they were.
			...(namesIndicators(plan)
				? { awarded: Object.fromEntries(Object.entries(awarded).map(([key, points]) => [key, scoreText(points)])) }
				: {})
		}))
	};
	return createHash('sha256').update(canonicalJson(inputs)).digest('hex');
}

const namesIndicators = ({ tranches }: Plan): boolean =>
	tranches.some(({ weight }) => weight.some((name) => awardedFactor.test(name)));

const townshipHeaders = ['township', '所属乡镇', '乡镇', '街道', '机构名称', '行政区划代码'].map(normaliseHeader);
const amountHeaders = ['amount', '金额', '预拨', '预拨金额'].map(normaliseHeader);

/**
 * Reads a file of advances (township, amount in yuan).
 * @throws Problem of the file; `kind_headers_missing`; `township_unknown` or `pool_invalid` with the line
 */
export async function readAdvances({ engine }: Pick<Warehouse, 'engine'>, path: string): Promise<Map<string, Fen>> {
	const [opened] = await openFile(path, null);
	if (!opened) throw new Problem('archive_empty', {}, { file: path });
	const rows = [...(opened.sheets[0]?.rows() ?? [])];
	const header = rows.findIndex(
		({ cells }) =>
			cells.some((cell) => townshipHeaders.includes(normaliseHeader(cell ?? ''))) &&
			cells.some((cell) => amountHeaders.includes(normaliseHeader(cell ?? '')))
	);
	if (header < 0)
		throw new Problem('kind_headers_missing', { kind: 'advances', headers: '所属乡镇、金额' }, { file: opened.file });
	const cellsOf = rows[header]?.cells ?? [];
	const townshipColumn = cellsOf.findIndex((cell) => townshipHeaders.includes(normaliseHeader(cell ?? '')));
	const amountColumn = cellsOf.findIndex((cell) => amountHeaders.includes(normaliseHeader(cell ?? '')));
	const resolve = await registeredTownships(engine);
	const advances = new Map<string, Fen>();
	for (const { line, cells } of rows.slice(header + 1)) {
		if (isTotalsRow(cells)) continue;
		const where = { file: opened.file, line };
		const [name, text] = [cells[townshipColumn] ?? '', cells[amountColumn] ?? ''];
		const answer = resolve(name);
		if ('problem' in answer) throw new Problem('township_unknown', { code: name }, where);
		const amount = parseYuan(text);
		if (amount === null) throw new Problem('pool_invalid', { pool: text }, where);
		advances.set(answer.code, fen((advances.get(answer.code) ?? 0n) + amount));
	}
	return advances;
}
