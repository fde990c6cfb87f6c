/** What the address of a trial asks for. */
import type { RequestEvent } from '@sveltejs/kit';
import type { Plan } from '#lib/allocation/plan.ts';
import { formatYuan } from '#lib/basis/fen.ts';
import { type Period, periodId } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import { pageProblemText } from '#lib/messages/page-problem-text.ts';
import * as m from '#lib/paraglide/messages.js';
import { parsePool } from '#lib/reports/finance.ts';
import type { TrialPeriod } from '#lib/reports/trial.ts';
import { defaultPlanAmong, plansThat } from '#lib/server/schemes/load.ts';
import type { Look } from '#lib/server/warehouse/house.ts';
import { latestPool, unpayable } from '#lib/server/workflows/allocate-fund.ts';
import { planNamed } from '#lib/server/workflows/show-funds.ts';
import { rulesOfTrial, trialPeriods, tryPeriod } from '#lib/server/workflows/trial-scheme.ts';

/** A trial: the period that is looked at, with money where a pool is given, and the others without. */
export interface AskedTrial {
	/** Null where no plan fits. */
	readonly plan: Plan | null;
	/** The plans to choose from. */
	readonly plans: readonly string[];
	/** The pool as it was entered, or in yuan. */
	readonly pool: string;
	readonly shared: string | null;
	/** Why no money is shared. */
	readonly wrong: string | null;
	readonly periods: readonly string[];
	readonly chosen: TrialPeriod | null;
	/** The other periods where all are asked for. */
	readonly others: readonly TrialPeriod[];
}

/**
 * Runs the trial that an address asks for.
 * @param all whether all past periods are tried: a page shows the one that is asked for at once
 */
export async function askedTrial(
	look: Look,
	{ params, url, locals }: Pick<RequestEvent, 'url' | 'locals'> & { readonly params: { readonly id: string } },
	all: boolean
): Promise<AskedTrial> {
	const { office, locale, actor } = locals;
	const rules = rulesOfTrial(look.home, params.id, locale);
	const periods = await trialPeriods(look, rules.official, office.clock.today());
	const { scheme } = rules.official;
	const fitting = plansThat((one) => unpayable(one, scheme) === null, look.home, locale);
	const asked = url.searchParams.get('plan') || defaultPlanAmong(fitting, look.home);
	const plan = asked ? planNamed(asked, look.home, locale) : null;
	const named = periods.find((one) => periodId(one) === url.searchParams.get('on'));
	// The last whole year says most; where none is over, the last period.
	const at = named ?? periods.find(({ kind }) => kind === 'year') ?? periods[0];
	const text = url.searchParams.get('pool') ?? '';
	const known = at && plan && text === '' ? await latestPool(look.engine, plan.id, periodId(at)) : null;
	const pool = text === '' ? known : parsePool(text);
	let wrong: string | null = text !== '' && pool === null ? m.funds_pool_invalid({ pool: text }) : null;
	const attempt = async (one: Period, withMoney: boolean): Promise<TrialPeriod | null> => {
		const fund = withMoney && plan && pool !== null ? { plan, pool } : null;
		return tryPeriod(look, rules, one, fund, { locale, actor });
	};
	let chosen: TrialPeriod | null = null;
	if (at)
		try {
			chosen = await attempt(at, true);
		} catch (problem) {
			if (!(problem instanceof Problem)) throw problem;
			// A pool that cannot be shared takes nothing from the scores.
			wrong = pageProblemText(problem, locale);
			chosen = await attempt(at, false);
		}
	const others: TrialPeriod[] = [];
	for (const one of all ? periods : []) {
		const tried = one === at ? null : await attempt(one, false);
		if (tried) others.push(tried);
	}
	return {
		plan,
		plans: asked && !fitting.includes(asked) ? [...fitting, asked] : fitting,
		pool: text === '' && known !== null ? formatYuan(known) : text,
		shared: wrong === null && pool !== null ? formatYuan(pool) : null,
		wrong,
		periods: periods.map(periodId),
		chosen,
		others
	};
}
