import { fail, redirect } from '@sveltejs/kit';
import { linkTo } from '#lib/browser/address.ts';
import * as m from '#lib/paraglide/messages.js';
import { showsDemonstration, startWithOwnData } from '#lib/server/workflows/demonstration.ts';
import { showBatches } from '#lib/server/workflows/show-batches.ts';
import { looking } from '../../looking.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	looking(event, async (look) => ({
		shown: await showsDemonstration(look.engine),
		batches: (await showBatches(look, event.locals.actor)).length
	}));

export const actions: Actions = {
	empty: async ({ url, locals }) => {
		const { house, clock } = locals.office;
		// A home that holds a bureau's own data is not emptied by a page that was left open.
		if (!(await house.look((look) => showsDemonstration(look.engine))))
			return fail(400, { message: m.data_own_none() });
		const kept = await startWithOwnData(house, clock, locals.actor);
		redirect(303, linkTo(url, '/data', { emptied: kept ?? 'all', period: null }));
	}
};
