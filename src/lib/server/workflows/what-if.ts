/** 测算: what a what-if of a period stands on. The server and the browser work on the same; nothing is kept. */
import type { Plan } from '../../allocation/plan.ts';
import type { Actor } from '../../basis/codes.ts';
import type { Fen } from '../../basis/fen.ts';
import { zero } from '../../basis/fraction.ts';
import { type Period, periodId } from '../../basis/period.ts';
import { noParameters, tallyRequest } from '../../measures/request.ts';
import { type Ground, groundOf } from '../../whatif/answer.ts';
import { useLists } from '../../scoring/uses.ts';
import type { ScoredWindow, WhatIfBase } from '../../whatif/base.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import { readDomains } from '../schemes/library.ts';
import type { Look } from '../warehouse/house.ts';
import { unpayable } from './allocate-fund.ts';
import { requestsOf, settingsOf, type TalliedWindow, tallyOf, tallyPeriod } from './score-period.ts';
import { identityOf, type Rules } from './see-periods.ts';
import { takeTallies } from './tally-periods.ts';
import { visibleTo } from './units.ts';

/** What is asked: the same for every scenario, so that it is computed once. */
export interface WhatIfQuestion {
	readonly plan: Plan | null;
	readonly period: Period;
}

/** What is remembered: the base, and what the last pool made of it; a reader who tries many leaves one behind. */
interface Remembered {
	readonly base: WhatIfBase;
	ground: Ground | null;
}

const remembered = (look: Look, rules: Rules, { plan, period }: WhatIfQuestion, actor: Actor): Promise<Remembered> =>
	look.recall(
		`whatif ${rules.identity} ${plan ? identityOf(plan) : ''} ${periodId(period)} ${String(actor.townships)}`,
		async () => ({ base: await baseOf(look, rules.scheme, plan, period, actor), ground: null })
	);

/**
 * What a what-if stands on, remembered while facts, scheme and plan are the same.
 * @throws Problem `period_not_covered`, `no_townships`
 */
export const whatIfBase = async (
	look: Look,
	rules: Rules,
	question: WhatIfQuestion,
	actor: Actor
): Promise<WhatIfBase> => (await remembered(look, rules, question, actor)).base;

/**
 * The rules in force computed over it, with which every scenario is compared.
 * @throws Problem `period_not_covered`, `no_townships`
 */
export async function whatIfGround(
	look: Look,
	rules: Rules,
	question: WhatIfQuestion,
	pool: Fen | null,
	actor: Actor
): Promise<Ground> {
	const kept = await remembered(look, rules, question, actor);
	const shared = question.plan && pool;
	if (kept.ground?.pool !== shared || !kept.ground) kept.ground = groundOf(kept.base, shared);
	return kept.ground;
}

async function baseOf(
	look: Look,
	scheme: Scheme,
	plan: Plan | null,
	period: Period,
	actor: Actor
): Promise<WhatIfBase> {
	const problem = plan && unpayable(plan, scheme);
	if (problem) throw problem;
	const { units, windows, parts } = await tallyPeriod(look, scheme, period);
	const paid = visibleTo(units, actor);
	const [workload] = await takeTallies(
		look.engine,
		[tallyRequest('workload', period, settingsOf(scheme), noParameters)],
		paid
	);
	const scored = windows.map((window) => window.tallied && windowOf(scheme, window.period, window.tallied, actor));
	const visited = new Set(
		scored.flatMap((window) => window?.tallies.flat().flatMap(({ visits }) => Object.keys(visits ?? {})) ?? [])
	);
	return {
		period: periodId(period),
		scheme,
		plan,
		windows: scored,
		parts,
		units: paid.map(({ code, township, name, kind, population }) => ({
			code,
			township,
			name,
			kind,
			population,
			workload: workload?.get(code)?.n ?? zero
		})),
		domains: readDomains(look.home).flatMap(({ key, name }) =>
			visited.has(key) || key in scheme.visitsPerQuarter ? [{ key, name }] : []
		)
	};
}

function windowOf(scheme: Scheme, period: Period, { units, tallies }: TalliedWindow, actor: Actor): ScoredWindow {
	const visible = visibleTo(units, actor);
	const of = tallyOf(scheme, tallies, units);
	const uses = useLists.flatMap((list) => scheme[list].map((_, index) => ({ in: list, index })));
	const requests = requestsOf(scheme, period);
	return {
		id: periodId(period),
		units: visible.map(({ code, township, name, kind }) => ({ code, township, name, kind })),
		tallies: uses.map((use) => visible.map(({ code }) => of(use, code))),
		quarters: requests.map(({ quarters: { before, through } }) => through - before)
	};
}
