import { fail, redirect } from '@sveltejs/kit';
import { inLocale } from '#lib/basis/codes.ts';
import { linkTo } from '#lib/browser/address.ts';
import { kinds } from '#lib/intake/kinds/index.ts';
import { mapColumns } from '#lib/server/workflows/map-columns.ts';
import { saveMapping } from '#lib/server/workflows/save-mapping.ts';
import { looking } from '../../../../looking.ts';
import { acted, textIn } from '../../../asking.ts';
import { draftIn, sheetAsked } from './asked.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	looking(event, async (look) => {
		const { params, url, locals } = event;
		const { office, locale, actor } = locals;
		return {
			id: params.id,
			report: await mapColumns(look, sheetAsked(params.id, url), null, { clock: office.clock, locale }, actor),
			kinds: kinds.map(({ name, label }) => ({ name, label: inLocale(label, locale) }))
		};
	});

export const actions: Actions = {
	/** Shows what comes of what was said, for who has no scripts. */
	preview: async (event) => {
		const form = await event.request.formData();
		return { report: await seen(event, form), ...named(form) };
	},
	save: async (event) => {
		const { request, params, url, locals } = event;
		const { office, locale, actor } = locals;
		const form = await request.formData();
		const { name, replace } = named(form);
		const options = { name, replace, clock: office.clock, locale };
		const result = await acted(locale, () =>
			saveMapping(office.house, sheetAsked(params.id, url), draftIn(form), options, actor)
		);
		if ('message' in result)
			return fail(400, { message: result.message, report: await seen(event, form), name, replace });
		redirect(303, linkTo(url, `/data/waiting/${params.id}`, { saved: result.done }));
	}
};

const named = (form: FormData): { name: string; replace: boolean } => ({
	name: textIn(form, 'name'),
	replace: textIn(form, 'replace') === 'on'
});

/** The page as a form that was sent leaves it: nothing that was said in it is lost. */
const seen = (event: Parameters<Actions[string]>[0], form: FormData) =>
	looking(event, (look) => {
		const { params, url, locals } = event;
		const { office, locale, actor } = locals;
		return mapColumns(look, sheetAsked(params.id, url), draftIn(form), { clock: office.clock, locale }, actor);
	});
