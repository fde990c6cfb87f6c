import { plansCalled } from '#lib/server/workflows/show-funds.ts';
import { showScheme } from '#lib/server/workflows/show-scheme.ts';
import { lookingAtHome } from '../../../looking.ts';
import { askedTrial } from './asked.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	lookingAtHome(event, async (look) => {
		const { params, locals } = event;
		const options = { today: locals.office.clock.today(), locale: locals.locale };
		const { plan, plans, ...trial } = await askedTrial(look, event, event.url.searchParams.has('all'));
		return {
			id: params.id,
			name: (await showScheme(look, params.id, 'draft', options)).name,
			plan: plan && { id: plan.id, name: plan.name },
			plans: plansCalled(plans, look.home, locals.locale),
			...trial
		};
	});
