import { fail, redirect } from '@sveltejs/kit';
import { Problem } from '#lib/basis/problem.ts';
import { linkTo } from '#lib/browser/address.ts';
import { correctHeld, correctionSeen } from '#lib/server/workflows/correct-held.ts';
import { showBatches } from '#lib/server/workflows/show-batches.ts';
import { showHeldWhole } from '#lib/server/workflows/show-held-whole.ts';
import { showHeld } from '#lib/server/workflows/show-held.ts';
import { looking } from '../../looking.ts';
import { acted, heldFilter, numberOf, textIn } from '../asking.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	looking(event, async (look) => {
		const { url, locals } = event;
		const filter = heldFilter(url, locals.locale);
		const asked = {
			...filter,
			page: numberOf(url.searchParams.get('page')) ?? 1,
			hold: numberOf(url.searchParams.get('hold'))
		};
		const seen = await showHeld(look, asked, locals.locale, locals.actor);
		const corrected = numberOf(url.searchParams.get('corrected'));
		return {
			...seen,
			filter,
			heldWhole: await showHeldWhole(
				look,
				{
					batch: filter.batch,
					today: locals.office.clock.today(),
					visible: (await showBatches(look, locals.actor)).map(({ batch }) => batch)
				},
				locals.locale
			),
			/** A row that was asked for and is held no more. */
			gone: url.searchParams.has('hold') && seen.correcting === null,
			corrected: corrected === null ? null : await correctionSeen(look, corrected, locals.actor)
		};
	});

/** Fields of a form that are cells of the row. */
const cellName = /^field\.(\w+)$/;

export const actions: Actions = {
	correct: async ({ request, url, locals }) => {
		const { office, locale, actor } = locals;
		const form = await request.formData();
		const values = Object.fromEntries(
			[...form.keys()].flatMap((key) => {
				const name = cellName.exec(key)?.[1];
				return name === undefined ? [] : [[name, textIn(form, key)]];
			})
		);
		const result = await acted(locale, async () => {
			const asked = url.searchParams.get('hold');
			const hold = numberOf(asked);
			if (hold === null) throw new Problem('hold_unknown', { hold: asked ?? '' });
			const confirmRevisions = textIn(form, 'confirm') === 'on';
			return office.house.act((warehouse) => {
				const { clock } = office;
				const when = { today: clock.today(), now: clock.now() };
				return correctHeld(warehouse, { hold, values, confirmRevisions, ...when, locale }, actor);
			});
		});
		if ('message' in result) return fail(400, { message: result.message, values });
		const { batch, stillHeld } = result.done;
		const kept = Object.fromEntries(['batch', 'kind', 'page'].map((name) => [name, url.searchParams.get(name)]));
		// A row that is still wrong is a row of the correction's own batch, and not of the one that the list was of.
		const list = stillHeld === null ? kept : { kind: kept['kind'] ?? null, hold: stillHeld };
		const address = linkTo(url, '/data/held', { ...list, corrected: batch });
		redirect(303, stillHeld === null ? address : `${address}#hold-${stillHeld}`);
	}
};
