import { fail, redirect } from '@sveltejs/kit';
import { Problem } from '#lib/basis/problem.ts';
import { linkTo } from '#lib/browser/address.ts';
import { confirmHeld } from '#lib/server/workflows/confirm-held.ts';
import { rollBack } from '#lib/server/workflows/roll-back.ts';
import { showBatch } from '#lib/server/workflows/show-batches.ts';
import { absentIn } from '#lib/server/workflows/show-decisions.ts';
import { showHeldWhole } from '#lib/server/workflows/show-held-whole.ts';
import { looking } from '../../../looking.ts';
import { acted, numberOf, refuse, textIn } from '../../asking.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	looking(event, async (look) => {
		const { locals, params, url } = event;
		const number = numberOf(params.batch);
		const report = number === null ? null : await showBatch(look, number, locals.locale, locals.actor);
		if (number === null || !report) refuse(new Problem('batch_unknown', { batch: params.batch }), locals.locale);
		return {
			...report,
			/** Rows absent from the registers of this batch that wait for a decision. */
			absent: (await absentIn(look, { batch: number }, locals.actor)).length,
			heldWhole: await showHeldWhole(
				look,
				{ batch: number, today: locals.office.clock.today(), visible: [number] },
				locals.locale
			),
			/** Sheets that the import left alone, as the address tells right after it. */
			skipped: { hidden: url.searchParams.getAll('hidden'), unrecognised: url.searchParams.getAll('unrecognised') }
		};
	});

export const actions: Actions = {
	confirm: async ({ params, url, locals }) => {
		const { office, locale, actor } = locals;
		const result = await acted(locale, async () => {
			const batch = numberOf(params.batch);
			if (batch === null) throw new Problem('batch_unknown', { batch: params.batch });
			return office.house.act((warehouse) => {
				const { clock } = office;
				return confirmHeld(warehouse, { batch, today: clock.today(), now: clock.now(), locale }, actor);
			});
		});
		if ('message' in result) return fail(400, { unconfirmed: result.message });
		redirect(303, linkTo(url, `/data/batches/${result.done.batch}`));
	},
	rollback: async ({ request, params, url, locals }) => {
		const { office, locale, actor } = locals;
		const form = await request.formData();
		const [reason, cascade] = [textIn(form, 'reason'), textIn(form, 'cascade') === 'on'];
		const result = await acted(locale, async () => {
			const batch = numberOf(params.batch);
			if (batch === null) throw new Problem('batch_unknown', { batch: params.batch });
			return office.house.act((warehouse) => {
				const { clock } = office;
				return rollBack(warehouse, { batch, reason, cascade, today: clock.today(), now: clock.now() }, actor);
			});
		});
		if ('message' in result) return fail(400, { message: result.message, reason, cascade });
		redirect(303, linkTo(url, `/data/batches/${result.done.batch}`));
	}
};
