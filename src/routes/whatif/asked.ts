/** What the address of a what-if asks: the period of the bar, a plan and a pool as for the funds, and the scenario. */
import type { Actor, Locale } from '#lib/basis/codes.ts';
import type { Period } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import type { Scheme } from '#lib/scoring/scheme.ts';
import type { Ground } from '#lib/whatif/answer.ts';
import type { WhatIfBase } from '#lib/whatif/base.ts';
import { unpayable } from '#lib/server/workflows/allocate-fund.ts';
import { whatIfGround } from '#lib/server/workflows/what-if.ts';
import type { Look } from '#lib/server/warehouse/house.ts';
import { type FundsAsked, readAsked } from '../funds/asking.ts';
import type { View } from '../looking.ts';

export interface WhatIfAsked {
	readonly funds: FundsAsked;
	readonly base: WhatIfBase;
	readonly ground: Ground;
}

/**
 * What a what-if shares and on which scores: the question of the funds, on the very period of the bar. A plan by which no
 * what-if can pay is left out, and why is said.
 */
export async function fundsOf(look: Look, view: View, period: Period, url: URL, locale: Locale): Promise<FundsAsked> {
	const asked = new URL(url);
	asked.searchParams.set('basis', 'period');
	asked.searchParams.delete('compare');
	const { scheme } = view.rules;
	return withoutUnfit(
		await readAsked(look, view, period, asked, locale, (plan) => unpayable(plan, scheme) === null),
		scheme
	);
}

/**
 * Reads what is asked. A plan that cannot be used leaves the money out; the form says what is wrong with it.
 * @throws Problem `period_not_covered`, `no_townships`
 */
export async function readWhatIf(
	look: Look,
	view: View,
	period: Period,
	url: URL,
	{ locale, actor }: { readonly locale: Locale; readonly actor: Actor }
): Promise<WhatIfAsked> {
	const funds = await fundsOf(look, view, period, url, locale);
	const ground = await whatIfGround(look, view.rules, { plan: funds.plan, period }, funds.pool, actor);
	return { funds, base: ground.base, ground };
}

function withoutUnfit(funds: FundsAsked, scheme: Scheme): FundsAsked {
	const problem = funds.plan && unpayable(funds.plan, scheme);
	return problem ? { ...funds, plan: null, wrong: { ...funds.wrong, plan: problem } } : funds;
}

/** The period that a what-if is about; an error where there are no facts. */
export function requirePeriod({ period }: View): Period {
	if (period === null) throw new Problem('no_townships', { period: '—' });
	return period;
}
