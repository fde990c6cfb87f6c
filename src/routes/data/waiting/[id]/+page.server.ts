import { fail, redirect } from '@sveltejs/kit';
import { inLocale } from '#lib/basis/codes.ts';
import { Problem } from '#lib/basis/problem.ts';
import { linkTo } from '#lib/browser/address.ts';
import { kindNamed, kinds } from '#lib/intake/kinds/index.ts';
import { shelfNames } from '#lib/server/schemes/library.ts';
import { importWaiting } from '#lib/server/workflows/import-waiting.ts';
import { trialOf } from '#lib/server/workflows/show-batches.ts';
import { showWaiting } from '#lib/server/workflows/show-waiting.ts';
import { changeWaiting, discardWaiting } from '#lib/server/workflows/waiting-files.ts';
import { looking } from '../../../looking.ts';
import { acted, textIn } from '../../asking.ts';
import { addressOfBatch } from '../../done.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	looking(event, async (look) => {
		const { params, locals, url } = event;
		return {
			...(await showWaiting(look.home, params.id, locals.locale, locals.actor)),
			kinds: kinds.map(({ name, label }) => ({ name, label: inLocale(label, locals.locale) })),
			mappings: shelfNames('mappings', look.home),
			/** The name of a mapping that was saved just now. */
			saved: url.searchParams.get('saved')
		};
	});

export const actions: Actions = {
	/** Keeps what is said of one file; its sheets are then recognised anew. */
	choose: async ({ request, params, url, locals }) => {
		const { office, locale, actor } = locals;
		const { home } = office.house;
		const form = await request.formData();
		const [kind, mapping, encoding] = ['kind', 'mapping', 'encoding'].map((name) => textIn(form, name) || null) as [
			string | null,
			string | null,
			string | null
		];
		const result = await acted(locale, () => {
			const mappings = shelfNames('mappings', home);
			if (kind !== null && !kindNamed(kind))
				throw new Problem('kind_unknown', { kind, known: kinds.map(({ name }) => name).join(', ') });
			// A command may name a file; a form must not make the server open one.
			if (mapping !== null && !mappings.includes(mapping))
				throw new Problem('mapping_unknown', { name: mapping, known: mappings.join(', ') });
			const change = { id: params.id, file: textIn(form, 'file') };
			return Promise.resolve(changeWaiting(home, change, (file) => ({ ...file, kind, mapping, encoding }), actor));
		});
		if ('message' in result) return fail(400, { message: result.message });
		redirect(303, linkTo(url, url.pathname));
	},
	/** Takes one file out. */
	leave: async ({ request, params, url, locals }) => {
		const file = textIn(await request.formData(), 'file');
		const result = await acted(locals.locale, () =>
			Promise.resolve(changeWaiting(locals.office.house.home, { id: params.id, file }, null, locals.actor))
		);
		if ('message' in result) return fail(400, { message: result.message });
		redirect(303, result.done ? linkTo(url, url.pathname) : linkTo(url, '/data', { given_up: 1 }));
	},
	try: ({ request, params, locals }) => taken(request, params.id, locals, true),
	import: async ({ request, params, url, locals }) => {
		const answer = await taken(request, params.id, locals, false);
		if (!('report' in answer)) return answer;
		redirect(303, addressOfBatch(url, answer.report));
	},
	discard: async ({ params, url, locals }) => {
		const result = await acted(locals.locale, () => {
			discardWaiting(locals.office.house.home, params.id, locals.actor);
			return Promise.resolve();
		});
		if ('message' in result) return fail(400, { message: result.message });
		redirect(303, linkTo(url, '/data', { given_up: 1 }));
	}
};

/** Imports what waits, or tries it, and keeps what was ticked for the form. */
async function taken(request: Request, id: string, { office, locale, actor }: App.Locals, dryRun: boolean) {
	const form = await request.formData();
	const [confirmRevisions, snapshot] = [textIn(form, 'confirm') === 'on', textIn(form, 'snapshot') === 'on'];
	const { house, clock } = office;
	const result = await acted(locale, () =>
		importWaiting(house, id, { confirmRevisions, snapshot, dryRun, clock, locale }, actor)
	);
	if ('message' in result) return fail(400, { message: result.message, confirm: confirmRevisions, snapshot });
	const report = result.done;
	return dryRun
		? { trial: { ...trialOf(report, locale), skipped: report.skipped }, confirm: confirmRevisions, snapshot }
		: { report };
}
