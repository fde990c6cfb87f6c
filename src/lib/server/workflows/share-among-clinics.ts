/** 二次分配: what a plan gives to each township, shared among its clinics by a plan of theirs (rules.md, 5). */
import { allocate, type Allocation, type PaidUnit } from '../../allocation/allocate.ts';
import type { Plan } from '../../allocation/plan.ts';
import type { Actor } from '../../basis/codes.ts';
import { type Fen, fen } from '../../basis/fen.ts';
import type { Period } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import { total } from '../../reports/finance.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { type AllocatedFund, allocateFund, misfit, paidUnits, reportFund } from './allocate-fund.ts';
import { type PeriodResult, scorePeriod } from './score-period.ts';

/** A scheme with the plan that pays by it. */
export interface PaidBy {
	readonly scheme: Scheme;
	readonly plan: Plan;
	/** The scores of the period, where they are known already. */
	readonly scored?: PeriodResult;
}

/** What clinics get, and of each township the sheet of its own. */
export interface SharedAmongClinics extends AllocatedFund {
	readonly allocation: Allocation & {
		/** What no township could pass on: it has no clinic that was scored, or its own plan carried it over. */
		readonly unshared: Fen;
	};
	/** By the code of a township: what it had to share, and among whom. */
	readonly within: ReadonlyMap<string, { readonly allocation: Allocation; readonly units: readonly PaidUnit[] }>;
}

/**
 * Shares a pool among townships, and what each gets among its clinics. What a township without a scored clinic gets is
 * carried over, so that always Σ paid + carried over = pool.
 * @throws Problem of both plans' weights and bounds, `plan_unit_unfit`, `period_not_covered`, `no_townships`, `no_clinics`
 */
export async function shareAmongClinics(
	{ engine }: Pick<Warehouse, 'engine'>,
	townships: PaidBy,
	clinics: PaidBy,
	{ period, pool }: { readonly period: Period; readonly pool: Fen },
	actor: Actor
): Promise<SharedAmongClinics> {
	const problem = misfit(clinics.plan, clinics.scheme);
	if (problem) throw problem;
	if (clinics.scheme.unit !== 'clinic')
		throw new Problem('plan_unit_unfit', { plan: clinics.plan.id, scheme: clinics.scheme.id });
	const dues = await allocateFund({ engine }, { ...townships, period, pool, advances: null }, actor);
	const { scheme, plan } = clinics;
	const result = clinics.scored ?? (await scorePeriod({ engine }, scheme, period, actor));
	const units = await paidUnits(engine, result);
	const townshipOf = new Map(result.units.map(({ code, township }) => [code, township]));
	const clinicsOf = Map.groupBy(units, ({ code }) => townshipOf.get(code) ?? '');
	const within = new Map<string, { allocation: Allocation; units: readonly PaidUnit[] }>();
	let unshared = dues.allocation.carriedOver as bigint;
	for (const { code, due } of dues.allocation.payments) {
		const own = clinicsOf.get(code);
		if (own) within.set(code, { allocation: allocate(plan, own, due, scheme.full), units: own });
		else unshared += due;
	}
	const shared = [...within.values()].map((one) => one.allocation);
	const allocation = { ...joined(plan, pool, shared), unshared: fen(unshared) };
	// The digest stands on that of the townships' sheet: their scores and plan decide what there is to share.
	const asked = { scheme, plan, period, pool, advances: new Map<string, Fen>() };
	const report = reportFund(asked, allocation, units, asked.advances, dues.report.inputsHash);
	return {
		report: {
			...report,
			townships: report.townships.map((row) => ({ ...row, township: townshipOf.get(row.code) ?? '' }))
		},
		allocation,
		units,
		advanced: asked.advances,
		within
	};
}

/** The sheets of all townships as one; what none of them pays is carried over. */
function joined({ tranches }: Plan, pool: Fen, shared: readonly Allocation[]): Allocation {
	const payments = shared.flatMap((one) => one.payments).sort((a, b) => (a.code < b.code ? -1 : 1));
	const amountOf = (key: string): bigint =>
		total(shared.flatMap((one) => one.tranches.filter((own) => own.key === key).map(({ amount }) => amount)));
	return {
		pool,
		tranches: tranches.map(({ key }) => ({ key, amount: fen(amountOf(key)) })),
		payments,
		carriedOver: fen(pool - total(payments.map(({ due }) => due)))
	};
}
