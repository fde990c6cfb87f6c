import { fail, redirect } from '@sveltejs/kit';
import { isoDay, parseIsoDay } from '#lib/basis/day.ts';
import { Problem } from '#lib/basis/problem.ts';
import { linkTo } from '#lib/browser/address.ts';
import { keyParts } from '#lib/components/data/keys.ts';
import { doubleKinds } from '#lib/reports/decisions.ts';
import { decideDoubles, doubleDecisions, type DoubleKey } from '#lib/server/workflows/decide-doubles.ts';
import { showDoubles } from '#lib/server/workflows/show-decisions.ts';
import { looking } from '../../looking.ts';
import { acted, numberOf, textIn } from '../asking.ts';
import type { Actions, PageServerLoad } from './$types';

const kindIn = (url: URL): DoubleKey['kind'] | null =>
	doubleKinds.find((kind) => kind === url.searchParams.get('kind')) ?? null;

export const load: PageServerLoad = (event) =>
	looking(event, async (look) => {
		const { url, locals } = event;
		const today = locals.office.clock.today();
		const kind = kindIn(url);
		const page = numberOf(url.searchParams.get('page')) ?? 1;
		return {
			...(await showDoubles(look, { kind, page, today }, locals.locale, locals.actor)),
			kind,
			today: isoDay(today),
			decided: numberOf(url.searchParams.get('decided'))
		};
	});

/** The pair that a box of the form stands for. */
function pairOf(text: string): DoubleKey {
	const [kind, township = '', id = '', otherTownship = '', otherId = ''] = keyParts(text, 5) ?? [];
	const known = doubleKinds.find((one) => one === kind);
	if (!known) throw new Problem('double_unknown', { id, other: otherId });
	return { kind: known, one: { township, id }, other: { township: otherTownship, id: otherId } };
}

const entered = ['decision', 'on', 'reason'] as const;

export const actions: Actions = {
	decide: async ({ request, url, locals }) => {
		const { office, locale, actor } = locals;
		const form = await request.formData();
		const values = Object.fromEntries(entered.map((name) => [name, textIn(form, name)]));
		const chosen = form.getAll('pair').filter((pair): pair is string => typeof pair === 'string');
		const result = await acted(locale, async () => {
			const decision = doubleDecisions.find((one) => one === values['decision']);
			if (!decision) throw new Problem('usage', { reason: values['decision'] ?? '', command: 'doubles' });
			const on = parseIsoDay(values['on'] ?? '');
			if (on === null) throw new Problem('day_invalid', { day: values['on'] ?? '' });
			const pairs = chosen.map(pairOf);
			return office.house.act((warehouse) => {
				const when = { today: office.clock.today(), now: office.clock.now(), locale };
				return decideDoubles(warehouse, { pairs, decision, on, reason: values['reason'] ?? '', ...when }, actor);
			});
		});
		if ('message' in result) return fail(400, { message: result.message, values, chosen });
		redirect(303, linkTo(url, '/data/doubles', { kind: kindIn(url), decided: result.done.batch }));
	}
};
