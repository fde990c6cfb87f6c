import { redirect } from '@sveltejs/kit';
import { type Bilingual, inLocale } from '#lib/basis/codes.ts';
import { formatYuan } from '#lib/basis/fen.ts';
import { toExact } from '#lib/basis/fraction.ts';
import { periodId } from '#lib/basis/period.ts';
import { linkTo } from '#lib/browser/address.ts';
import { problemText } from '#lib/messages/problem-text.ts';
import type { WhatIfNames } from '#lib/messages/whatif-words.ts';
import * as m from '#lib/paraglide/messages.js';
import { plansCalled } from '#lib/server/workflows/show-funds.ts';
import { answerScenario } from '#lib/whatif/answer.ts';
import { groupOf, leverGroups, scenarioOfForm } from '#lib/whatif/levers.ts';
import { looking } from '../looking.ts';
import type { PageServerLoad } from './$types';
import { readWhatIf } from './asked.ts';
import { shownWhatIf } from './shown.ts';

/** The fields of a form without scripts become a scenario, and its link the address; nothing that is empty stays. */
function settledAddress(url: URL, scenarioOf: (fields: URLSearchParams) => string): string | null {
	const fields = new URLSearchParams([...url.searchParams].filter(([name]) => name.startsWith('f.')));
	if (fields.size === 0) return null;
	const query = new URLSearchParams(
		[...url.searchParams].filter(([name, value]) => !name.startsWith('f.') && value !== '' && name !== 's')
	);
	const scenario = scenarioOf(fields);
	if (scenario !== '') query.set('s', scenario);
	return `${url.pathname}?${query.toString()}`;
}

export const load: PageServerLoad = async (event) => {
	const { url, locals } = event;
	const answered = await looking(event, async (look, view) => {
		if (view.period === null || view.known.reach === null) return { settled: null, whatif: null };
		const { funds, base, ground } = await readWhatIf(look, view, view.period, url, locals);
		const settled = settledAddress(url, (fields) => scenarioOfForm(fields, ground.levers));
		const { plan } = funds;
		const named = (list: readonly { readonly key: string; readonly name: Bilingual }[]) =>
			list.map(({ key, name }) => ({ key, name }));
		const { indicators, bonuses, grades } = base.scheme;
		const names: WhatIfNames = {
			unit: base.scheme.unit,
			scheme: { indicators: named(indicators), bonuses: named(bonuses), grades: named(grades) },
			plan: plan && { tranches: named(plan.tranches) },
			domains: base.domains
		};
		return {
			settled,
			whatif: {
				period: periodId(view.period),
				state: view.known.stateOf(view.period),
				scenario: url.searchParams.get('s') ?? '',
				names,
				plan: plan && { id: plan.id, name: inLocale(plan.name, locals.locale), version: plan.version },
				levers: leverGroups
					.map((group) => ({
						group,
						levers: ground.levers
							.filter((lever) => groupOf(lever) === group)
							.map(({ path, of, form, most, value }) => ({
								path,
								of,
								form,
								most: most && toExact(most),
								value: toExact(value)
							}))
					}))
					.filter(({ levers }) => levers.length > 0),
				/** Whence the browser gets what it computes with. */
				source: linkTo(url, '/api/whatif', { period: periodId(view.period), plan: funds.text.plan }),
				form: {
					pool: funds.text.pool,
					poolRead: ground.pool === null ? null : formatYuan(ground.pool),
					poolKnown: funds.poolKnown,
					plan: funds.text.plan,
					plans: plansCalled(funds.plans, look.home, locals.locale),
					wrong: {
						pool: funds.wrong.pool ? m.funds_pool_invalid({ pool: funds.wrong.pool.facts['pool'] ?? '' }) : null,
						plan: funds.wrong.plan ? problemText(funds.wrong.plan, locals.locale) : null
					}
				},
				shown: shownWhatIf(answerScenario(ground, url.searchParams.get('s') ?? ''), url, names)
			}
		};
	});
	if (answered.settled !== null) redirect(303, answered.settled);
	return { whatif: answered.whatif };
};
