/** 经费: a pool shared by a plan on the scores of a period, as a finance officer looks at it. Nothing is kept by looking. */
import { factorOf, qualityCoefficient } from '../../allocation/allocate.ts';
import type { Plan } from '../../allocation/plan.ts';
import type { Actor, Bilingual, Locale } from '../../basis/codes.ts';
import { type Fen, formatYuan } from '../../basis/fen.ts';
import { type Period, periodId, periodsOfYear } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import { problemText } from '../../messages/problem-text.ts';
import {
	type KnownPlan,
	paymentRows,
	type PaymentRow,
	type PaymentTotals,
	percentText,
	planDifference,
	type PlanDifference,
	total,
	totalsOf,
	type TrancheTerms
} from '../../reports/finance.ts';
import { type ExplainedPayment, reasonsOf } from '../../reports/payment-reasons.ts';
import { reconcile, type Reconciliation } from '../../reports/reconciliation.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import { scoreText } from '../../scoring/score.ts';
import { shelfNames } from '../schemes/library.ts';
import { loadPlan, loadScheme } from '../schemes/load.ts';
import type { Look } from '../warehouse/house.ts';
import { type AllocatedFund, allocateFund, type FundReport } from './allocate-fund.ts';
import { requireUnchanged } from './published-schemes.ts';
import { isAnnual, lastDayOf, type PeriodResult } from './score-period.ts';
import { identityOf, type Rules, scoresSeen } from './see-periods.ts';
import { shareAmongClinics } from './share-among-clinics.ts';
import { namesOn } from './units.ts';

/** What is to be shared, how, and on which scores. */
export interface FundQuestion {
	readonly plan: Plan;
	readonly period: Period;
	readonly pool: Fen;
	/** For the problems of the scheme and plan from which a plan of clinics has its money. */
	readonly locale: Locale;
}

export interface FundsReport {
	/** The sheet as the command line gives it. */
	readonly fund: FundReport;
	readonly rows: readonly PaymentRow[];
	readonly totals: PaymentTotals;
	readonly reconciliation: Reconciliation;
	/** How many units of each grade something was withheld from, worst last. */
	readonly withheldFrom: readonly { readonly grade: string; readonly units: number }[];
	/** The tranches that received it; a null among them stands for what is carried over. */
	readonly withheldTo: readonly (Bilingual | null)[];
	readonly provisional: number;
	/** The periods of the year that have a score; the period itself where it is no year made of others. */
	readonly periods: readonly string[];
	/** Advances of the ledger to townships that are not paid in this period, in yuan. */
	readonly advancedElsewhere: string;
	readonly comparison: PlanDifference | null;
	/** Of clinics: the scheme and plan by which their townships got what is shared; null where townships are paid. */
	readonly above: { readonly scheme: Bilingual; readonly plan: Bilingual } | null;
}

/** Plans with their names; one that cannot be read is named by its file. */
export const plansCalled = (ids: readonly string[], home: string, locale: Locale): KnownPlan[] =>
	ids.map((id) => ({ id, name: planNameOr(id, home, locale) }));

function planNameOr(id: string, home: string, locale: Locale): Bilingual {
	try {
		return loadPlan(id, home, locale).name;
	} catch (problem) {
		if (problem instanceof Problem) return { zh: id };
		throw problem;
	}
}

/**
 * The plan of a name that a home knows. A path is no name: what a reader asks for must not open any file.
 * @throws Problem `plan_unknown`, `yaml_invalid`, `plan_invalid`
 */
export function planNamed(name: string, home: string, locale: Locale): Plan {
	const known = shelfNames('plans', home);
	if (!known.includes(name)) throw new Problem('plan_unknown', { name, known: known.join(', ') });
	return loadPlan(name, home, locale);
}

/** A plan's tranches as they are said in words. */
export const termsOf = ({ tranches }: Plan): TrancheTerms[] =>
	tranches.map(({ key, name, share, weight, keep, withheldTo, only, bounds }) => ({
		key,
		name,
		share: percentText(share),
		weight,
		keep: Object.entries(keep)
			.filter(([, part]) => part.n !== part.d)
			.map(([grade, part]) => ({ grade, percent: percentText(part) })),
		withheldTo: tranches.find((one) => one.key === withheldTo)?.name ?? null,
		only,
		bounds: bounds && { floor: formatYuan(bounds.floor), cap: bounds.cap === null ? null : formatYuan(bounds.cap) }
	}));

interface SharedFund extends AllocatedFund {
	readonly result: PeriodResult;
	readonly above: FundsReport['above'];
	/** The names of the townships of clinics, by the code of the clinic; empty where townships are paid. */
	readonly townshipOf: ReadonlyMap<string, { readonly code: string; readonly name: string }>;
	/** The sheet in which a unit's share is reckoned: its township's own where clinics are paid. */
	readonly sheetOf: (unit: string) => Pick<AllocatedFund, 'allocation' | 'units'>;
}

const sharedFund = (
	look: Look,
	rules: Rules,
	{ plan, period, pool, locale }: FundQuestion,
	actor: Actor
): Promise<SharedFund> => {
	const above = plan.of && {
		scheme: loadScheme(plan.of.scheme, look.home, locale, period),
		plan: loadPlan(plan.of.plan, look.home, locale)
	};
	const identities = [rules.identity, identityOf(plan), ...(above ? [above.scheme, above.plan].map(identityOf) : [])];
	return look.recall(
		`fund ${identities.join(' ')} ${periodId(period)} ${pool} ${String(actor.townships)}`,
		async (): Promise<SharedFund> => {
			const result = await scoresSeen(look, rules, period, actor);
			const { scheme } = result;
			if (!above) {
				const fund = await allocateFund(look, { scheme, plan, period, pool, advances: null, scored: result }, actor);
				return { ...fund, result, above: null, townshipOf: new Map(), sheetOf: () => fund };
			}
			await requireUnchanged(look, above.scheme.id);
			const townships = { scheme: above.scheme, identity: identityOf(above.scheme), pinned: true, known: [] };
			const scored = await scoresSeen(look, townships, period, actor);
			const clinics = { scheme, plan, scored: result };
			const fund = await shareAmongClinics(look, { ...above, scored }, clinics, { period, pool }, actor);
			const names = await namesOn(look.engine, lastDayOf(scheme, period), periodId(period));
			const townshipOf = new Map(
				result.units.map(({ code, township }) => [code, { code: township, name: names.get(township) ?? township }])
			);
			return {
				...fund,
				result,
				above: { scheme: above.scheme.name, plan: above.plan.name },
				townshipOf,
				sheetOf: (unit) => fund.within.get(townshipOf.get(unit)?.code ?? '') ?? fund
			};
		}
	);
};

/**
 * The payment sheet of a pool, and beside it what another plan would give.
 * @throws Problem `period_not_covered`, `no_townships`, and those of the plan's weights and bounds
 */
export async function showFunds(
	look: Look,
	rules: Rules,
	question: FundQuestion,
	other: Plan | null,
	actor: Actor
): Promise<FundsReport> {
	const { plan } = question;
	const { report, allocation, advanced, result, above, townshipOf } = await sharedFund(look, rules, question, actor);
	const compared = other && (await sharedFund(look, rules, { ...question, plan: other }, actor));
	const results = new Map(
		result.scores.map(({ code, score, grade, provisional }) => [
			code,
			{ township: townshipOf.get(code)?.name ?? null, score: scoreText(score), grade, provisional }
		])
	);
	const rows = paymentRows(allocation, plan.tranches, results, advanced, compared?.allocation ?? null);
	const reconciliation = reconcile(allocation, plan.tranches);
	const reduced = Map.groupBy(
		rows.filter(({ withheld }) => withheld !== '0.00'),
		({ grade }) => grade
	);
	const place = (grade: string): number => result.scheme.grades.findIndex(({ key }) => key === grade);
	return {
		fund: report,
		rows,
		totals: totalsOf(rows, plan.tranches),
		reconciliation,
		withheldFrom: [...reduced]
			.map(([grade, { length: units }]) => ({ grade, units }))
			.sort((a, b) => place(a.grade) - place(b.grade)),
		withheldTo: [
			...new Set(
				reconciliation.accounts.filter(({ withheld }) => withheld !== '0.00').map(({ withheldTo }) => withheldTo)
			)
		],
		provisional: rows.filter(({ provisional }) => provisional).length,
		periods: periodsOf(result.scheme, result),
		advancedElsewhere: formatYuan(
			total([...advanced].filter(([code]) => !results.has(code)).map(([, amount]) => amount))
		),
		comparison: compared ? planDifference(rows) : null,
		above
	};
}

/** The periods of which the scores of a result are made, by place in `quarters`; none where a year is one window. */
function partsOf({ scheme, period }: PeriodResult): Period[] {
	if (period.kind !== 'year' || scheme.frequency === 'year') return [];
	return periodsOfYear(scheme.frequency, period.year);
}

function periodsOf(scheme: Scheme, result: PeriodResult): string[] {
	if (scheme.annual.method === 'direct') return [periodId(result.period)];
	const parts = partsOf(result).filter((_, i) =>
		result.scores.some((score) => isAnnual(score) && score.quarters[i] != null)
	);
	return parts.length === 0 ? [periodId(result.period)] : parts.map(periodId);
}

/**
 * Explains one unit's amount: a township's, or a clinic's out of that of its township.
 * @throws Problem `township_unknown`, and those of {@link showFunds}
 */
export async function explainPayment(
	look: Look,
	rules: Rules,
	question: FundQuestion,
	township: string,
	actor: Actor
): Promise<ExplainedPayment> {
	const { plan } = question;
	const { result, townshipOf, sheetOf } = await sharedFund(look, rules, question, actor);
	const { allocation, units } = sheetOf(township);
	const { full, annual } = result.scheme;
	const reasons = reasonsOf(
		{
			shared: allocation,
			tranches: plan.tranches,
			step: plan.unit,
			units,
			factorOf: (name, unit) => factorOf(name, unit, plan, full),
			coefficientOf: ({ score }) => qualityCoefficient(plan.points, score, full)
		},
		township
	);
	const score = result.scores.find(({ code }) => code === township);
	if (!reasons || !score) throw new Problem('township_unknown', { code: township });
	return {
		reasons,
		score: scoreText(score.score),
		grade: score.grade,
		provisional: score.provisional,
		within: townshipOf.has(township)
			? {
					township: townshipOf.get(township)?.name ?? '',
					amount: formatYuan(allocation.pool),
					clinics: allocation.payments.length
				}
			: null,
		parts: isAnnual(score)
			? partsOf(result).map((part, i) => ({ period: periodId(part), score: scoreText(score.quarters[i] ?? null) }))
			: [],
		annual: annual.method
	};
}

/** A plan in a list: its tranches, or why it cannot be read. */
export interface ListedPlan extends KnownPlan {
	readonly tranches: readonly Pick<TrancheTerms, 'name' | 'share'>[];
	readonly problem: string | null;
}

/** All plans of a home with their tranches; one that cannot be read says why. */
export const listPlans = (home: string, locale: Locale): ListedPlan[] =>
	shelfNames('plans', home).map((id) => {
		try {
			const plan = loadPlan(id, home, locale);
			return { id, name: plan.name, tranches: termsOf(plan), problem: null };
		} catch (problem) {
			if (!(problem instanceof Problem)) throw problem;
			return { id, name: { zh: id }, tranches: [], problem: problemText(problem, locale) };
		}
	});
