import { fail, redirect } from '@sveltejs/kit';
import { isoDay, parseIsoDay } from '#lib/basis/day.ts';
import { Problem } from '#lib/basis/problem.ts';
import { linkTo } from '#lib/browser/address.ts';
import { keyParts, keyText } from '#lib/components/data/keys.ts';
import { absenceDecisions, decideAbsent } from '#lib/server/workflows/decide-absent.ts';
import { listAbsent } from '#lib/server/workflows/list-absent.ts';
import { showAbsent } from '#lib/server/workflows/show-decisions.ts';
import { looking } from '../../looking.ts';
import { absentFilter, acted, numberOf, textIn } from '../asking.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	looking(event, async (look) => {
		const { url, locals } = event;
		const filter = absentFilter(url, locals.locale);
		const page = numberOf(url.searchParams.get('page')) ?? 1;
		return {
			...(await showAbsent(look, { ...filter, page }, locals.actor)),
			filter,
			today: isoDay(locals.office.clock.today()),
			decided: numberOf(url.searchParams.get('decided'))
		};
	});

const entered = ['decision', 'on', 'to', 'reason', 'all'] as const;

export const actions: Actions = {
	decide: async ({ request, url, locals }) => {
		const { office, locale, actor } = locals;
		const form = await request.formData();
		const values = Object.fromEntries(entered.map((name) => [name, textIn(form, name)]));
		const chosen = form.getAll('row').filter((row): row is string => typeof row === 'string');
		const filter = absentFilter(url, locale);
		const result = await acted(locale, async () => {
			const decision = absenceDecisions.find((one) => one === values['decision']);
			if (!decision) throw new Problem('usage', { reason: values['decision'] ?? '', command: 'decide' });
			const on = parseIsoDay(values['on'] ?? '');
			if (on === null) throw new Problem('day_invalid', { day: values['on'] ?? '' });
			return office.house.act(async (warehouse) => {
				const { clock } = office;
				const all = values['all'] === 'on' ? await listAbsent(warehouse, filter, actor) : [];
				const rows = [...chosen, ...all.map(({ kind, township, id }) => keyText([kind, township, id]))].map((text) => {
					const [kind = '', township = '', id = ''] = keyParts(text, 3) ?? [];
					return { kind, township, id };
				});
				return decideAbsent(
					warehouse,
					{
						rows,
						decision,
						on,
						to: values['to'] || null,
						reason: values['reason'] ?? '',
						today: clock.today(),
						now: clock.now(),
						locale
					},
					actor
				);
			});
		});
		if ('message' in result) return fail(400, { message: result.message, values, chosen });
		redirect(303, linkTo(url, '/data/absent', { ...filter, decided: result.done.batch }));
	}
};
