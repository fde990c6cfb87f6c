import { fail, redirect } from '@sveltejs/kit';
import { linkTo } from '#lib/browser/address.ts';
import { listSchemes } from '#lib/server/workflows/list-schemes.ts';
import { beginDraft } from '#lib/server/workflows/draft-scheme.ts';
import { listPlans } from '#lib/server/workflows/show-funds.ts';
import { acted, textIn } from '../data/asking.ts';
import { lookingAtHome } from '../looking.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	lookingAtHome(event, async (look) => {
		const { office, locale } = event.locals;
		return {
			schemes: await listSchemes(look, office.clock.today(), locale),
			plans: listPlans(look.home, locale)
		};
	});

export const actions: Actions = {
	/** Begins a draft from a version, or opens the one that there is. */
	draft: async ({ request, url, locals }) => {
		const form = await request.formData();
		const id = textIn(form, 'id');
		const { office, locale, actor } = locals;
		const result = await acted(locale, () =>
			beginDraft(office.house, { id, version: textIn(form, 'version'), clock: office.clock }, actor)
		);
		if ('message' in result) return fail(400, { message: result.message });
		redirect(303, linkTo(url, `/schemes/${id}/draft`));
	}
};
