/** What the address of the funds asks for, and what is wrong with it. */
import type { Plan } from '#lib/allocation/plan.ts';
import type { Actor, Locale } from '#lib/basis/codes.ts';
import { type Fen, formatYuan } from '#lib/basis/fen.ts';
import { parsePeriod, period, type Period, periodId } from '#lib/basis/period.ts';
import { Problem, type ProblemCode } from '#lib/basis/problem.ts';
import { parsePool } from '#lib/reports/finance.ts';
import { defaultPlanAmong, plansThat, requireCovered } from '#lib/server/schemes/load.ts';
import type { Look } from '#lib/server/warehouse/house.ts';
import { latestPool, misfit } from '#lib/server/workflows/allocate-fund.ts';
import { rulesAt } from '#lib/server/workflows/see-periods.ts';
import { type FundQuestion, type FundsReport, planNamed, showFunds } from '#lib/server/workflows/show-funds.ts';
import type { View } from '../looking.ts';

const fields = ['pool', 'plan', 'basis', 'compare'] as const;
export type FundsField = (typeof fields)[number];

/** What was asked, field by field: the text as it came, what it means, and what is wrong with it. */
export interface FundsAsked {
	readonly plan: Plan | null;
	readonly compare: Plan | null;
	readonly period: Period;
	readonly pool: Fen | null;
	/** The pool is that of the latest allocation in the audit log. */
	readonly poolKnown: boolean;
	/** The plans to choose from: those that fit, and the one that is asked for. */
	readonly plans: readonly string[];
	readonly locale: Locale;
	readonly text: Readonly<Record<FundsField, string>>;
	readonly wrong: Readonly<Partial<Record<FundsField, Problem>>>;
}

/**
 * The scores on which a view pays: the year of its period; with `basis=period` that period; or the period that `basis`
 * names.
 * @returns null where `basis` names no period
 */
function basisOf(url: URL, viewed: Period): Period | null {
	const text = url.searchParams.get('basis') ?? '';
	if (text === '') return period('year', viewed.year, 1);
	if (text === 'period') return viewed;
	const named = parsePeriod(text);
	return named && named.kind !== 'month' ? named : null;
}

/**
 * The address of a form that was sent, as it is linked to: its basis becomes the period of the view, so that the bar
 * above shows it and moves it; nothing that is empty.
 * @returns null for an address that is so already
 */
export function settledAddress(url: URL): string | null {
	const query = new URLSearchParams([...url.searchParams].filter(([, value]) => value !== ''));
	const named = parsePeriod(query.get('basis') ?? '');
	if (named && named.kind !== 'month') {
		query.set('period', periodId(named));
		if (named.kind === 'year') query.delete('basis');
		else query.set('basis', 'period');
	}
	const text = query.toString();
	return text === url.searchParams.toString() ? null : `${url.pathname}?${text}`;
}

/** Runs a step of reading; its problem stands beside the field. */
function attempt<T>(wrong: Partial<Record<FundsField, Problem>>, field: FundsField, read: () => T): T | null {
	try {
		return read();
	} catch (problem) {
		if (!(problem instanceof Problem)) throw problem;
		wrong[field] = problem;
		return null;
	}
}

/**
 * Reads what is asked. Nothing is thrown for what the reader can mend in the form.
 * @param fits the plans that can be used; those of the units that the scheme scores where it is not given
 */
export async function readAsked(
	look: Look,
	{ rules }: View,
	viewed: Period,
	url: URL,
	locale: Locale,
	fits = (plan: Plan): boolean => misfit(plan, rules.scheme) === null
): Promise<FundsAsked> {
	const text = Object.fromEntries(fields.map((field) => [field, url.searchParams.get(field) ?? ''])) as Record<
		FundsField,
		string
	>;
	const wrong: Partial<Record<FundsField, Problem>> = {};
	const named = (field: 'plan' | 'compare', name: string): Plan | null =>
		attempt(wrong, field, () => planNamed(name, look.home, locale));
	const fitting = plansThat(fits, look.home, locale);
	const planName = text.plan || (defaultPlanAmong(fitting, look.home) ?? '');
	const plan = planName === '' ? null : named('plan', planName);
	const compare = text.compare === '' ? null : named('compare', text.compare);
	const basis = basisOf(url, viewed);
	if (!basis) wrong.basis = new Problem('period_invalid', { period: text.basis });
	const on = basis ?? period('year', viewed.year, 1);
	if (basis) attempt(wrong, 'basis', () => requireCovered(rulesAt(rules, basis).scheme, basis));
	const entered = text.pool.trim() !== '';
	const pool = entered
		? parsePool(text.pool)
		: plan && basis
			? await latestPool(look.engine, plan.id, periodId(on))
			: null;
	if (entered && pool === null) wrong.pool = new Problem('pool_invalid', { pool: text.pool });
	return {
		plan,
		compare,
		period: on,
		pool,
		poolKnown: !entered && pool !== null,
		plans: planName === '' || fitting.includes(planName) ? fitting : [...fitting, planName],
		locale,
		text: {
			pool: entered || pool === null ? text.pool : formatYuan(pool),
			plan: planName,
			basis: periodId(on),
			compare: text.compare
		},
		wrong
	};
}

/** What cannot be shared as it stands, though every field for itself is right. */
const ofTheFacts: ReadonlySet<ProblemCode> = new Set([
	'missing_weight',
	'missing_points',
	'pool_not_amounts',
	'negative_weight',
	'infeasible_bounds',
	'no_townships',
	'no_clinics',
	'plan_unit_unfit',
	// Of the scheme and plan from which a plan of clinics has its money.
	'plan_within_townships',
	'plan_unknown',
	'plan_invalid',
	'scheme_unknown',
	'scheme_invalid',
	'yaml_invalid',
	'version_changed',
	'version_unrecorded',
	'period_not_covered'
]);

/** A sheet, or why there is none. */
export interface Answered {
	readonly question: FundQuestion | null;
	readonly report: FundsReport | null;
	readonly problem: Problem | null;
	/** Why the plan of comparison gives nothing. */
	readonly compareProblem: Problem | null;
}

/** Shares the pool as asked; a plan of comparison that cannot be computed takes nothing from the sheet. */
export async function answer(look: Look, { rules }: View, asked: FundsAsked, actor: Actor): Promise<Answered> {
	const { plan, period: on, pool, compare, wrong, locale } = asked;
	const nothing: Answered = { question: null, report: null, problem: null, compareProblem: null };
	if (!plan || pool === null || wrong.basis) return nothing;
	const question: FundQuestion = { plan, period: on, pool, locale };
	const sheet = async (other: Plan | null): Promise<FundsReport | Problem> => {
		try {
			return await showFunds(look, rules, question, other, actor);
		} catch (problem) {
			if (problem instanceof Problem && ofTheFacts.has(problem.code)) return problem;
			throw problem;
		}
	};
	const alone = await sheet(null);
	if (alone instanceof Problem) return { ...nothing, problem: alone };
	if (!compare) return { ...nothing, question, report: alone };
	const both = await sheet(compare);
	return both instanceof Problem
		? { ...nothing, question, report: alone, compareProblem: both }
		: { ...nothing, question, report: both };
}
