import { fail, redirect } from '@sveltejs/kit';
import { linkTo } from '#lib/browser/address.ts';
import { additionOf, removalsOf } from '#lib/messages/scheme-additions.ts';
import { editsOf } from '#lib/messages/scheme-form.ts';
import * as m from '#lib/paraglide/messages.js';
import { discardDraft, publishDraft, saveDraft } from '#lib/server/workflows/draft-scheme.ts';
import { draftInForm, showDraft } from '#lib/server/workflows/show-draft.ts';
import { editYaml } from '#lib/yaml/edit-yaml.ts';
import { acted, textIn } from '../../../data/asking.ts';
import { lookingAtHome } from '../../../looking.ts';
import { given } from './given.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	lookingAtHome(event, async (look) => {
		const { params, url, locals } = event;
		const options = { today: locals.office.clock.today(), locale: locals.locale };
		const draft = await showDraft(look, params.id, options);
		const yaml = draft.sections === null || url.searchParams.get('as') === 'yaml';
		return { draft, yaml, saved: url.searchParams.has('saved') };
	});

/** What a form that was refused leaves behind: the reason, and what was entered. */
interface Refused {
	readonly message: string | null;
	/** The paths of fields that are not right. */
	readonly wrong: readonly string[];
	readonly entered: Readonly<Record<string, string>> | null;
	readonly text: string | null;
	/** Why it is not published. */
	readonly refused: string | null;
	readonly last: { readonly from: string; readonly reason: string; readonly past: boolean } | null;
}

const nothing: Refused = { message: null, wrong: [], entered: null, text: null, refused: null, last: null };
const left = (status: number, refused: Partial<Refused>) => fail(status, { ...nothing, ...refused });

export const actions: Actions = {
	/** Takes what was entered in the form; where one field is wrong nothing is kept, and nothing is lost. */
	form: async (event) => {
		const { request, params, url, locals } = event;
		const { office, locale, actor } = locals;
		const form = await request.formData();
		const draft = await lookingAtHome(event, (look) => Promise.resolve(draftInForm(look.home, params.id, locale)));
		if (!draft) return left(409, { message: m.draft_title_unread() });
		const { sections, scheme } = draft;
		const changed = editsOf(sections, (field) => given(form, field));
		const added = additionOf(scheme, (name) => (form.has(name) ? textIn(form, name) : null));
		const ticked = form.getAll('remove').filter((place) => typeof place === 'string');
		const edits = [...changed.edits, ...added.edits, ...removalsOf(sections, ticked)];
		const wrong = [...changed.wrong, ...added.wrong];
		const entered = Object.fromEntries(
			[...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))
		);
		if (wrong.length > 0) return left(400, { message: m.draft_wrong({ count: String(wrong.length) }), wrong, entered });
		const result = await acted(locale, () =>
			saveDraft(
				office.house,
				{ id: params.id, text: editYaml(draft.text, edits), base: textIn(form, 'base'), clock: office.clock },
				actor
			)
		);
		if ('message' in result) return left(409, { message: result.message, entered });
		redirect(303, linkTo(url, url.pathname, { saved: 1 }));
	},
	yaml: async ({ request, params, url, locals }) => {
		const { office, locale, actor } = locals;
		const form = await request.formData();
		const text = textIn(form, 'text');
		const result = await acted(locale, () =>
			saveDraft(office.house, { id: params.id, text, base: textIn(form, 'base'), clock: office.clock }, actor)
		);
		if ('message' in result) return left(409, { message: result.message, text });
		redirect(303, linkTo(url, url.pathname, { as: 'yaml', saved: 1 }));
	},
	publish: async ({ request, params, url, locals }) => {
		const { office, locale, actor } = locals;
		const form = await request.formData();
		const [from, reason] = [textIn(form, 'from'), textIn(form, 'reason')];
		const past = textIn(form, 'past') === 'on';
		const result = await acted(locale, () =>
			publishDraft(
				office.house,
				{ id: params.id, base: textIn(form, 'base'), from, reason, past, clock: office.clock, locale },
				actor
			)
		);
		if ('message' in result) return left(400, { refused: result.message, last: { from, reason, past } });
		redirect(303, linkTo(url, `/schemes/${params.id}`, { version: result.done.version, published: 1 }));
	},
	discard: async ({ params, url, locals }) => {
		const { office, locale, actor } = locals;
		const result = await acted(locale, () => discardDraft(office.house, { id: params.id, clock: office.clock }, actor));
		if ('message' in result) return left(400, { refused: result.message });
		redirect(303, linkTo(url, '/schemes'));
	}
};
