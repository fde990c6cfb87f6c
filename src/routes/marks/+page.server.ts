import { fail, redirect } from '@sveltejs/kit';
import { isoDay } from '#lib/basis/day.ts';
import { periodId } from '#lib/basis/period.ts';
import { linkTo } from '#lib/browser/address.ts';
import { keyParts } from '#lib/components/data/keys.ts';
import { pageProblemText } from '#lib/messages/page-problem-text.ts';
import { entryKinds } from '#lib/scoring/enterable.ts';
import { EntriesRefused } from '#lib/server/workflows/check-entries.ts';
import { type EntryKey, enterMarks, withdrawEntries } from '#lib/server/workflows/enter-marks.ts';
import { evidenceEndings } from '#lib/server/workflows/keep-evidence.ts';
import { confirmEntries, rejectEntries } from '#lib/server/workflows/pending-entries.ts';
import { acted, numberOf, textIn } from '../data/asking.ts';
import { looking } from '../looking.ts';
import { pageOf } from '../ranking.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { frameOf, marksAsked, marksOf } from './asked.ts';
import { readTyped } from './typed.ts';

export const load: PageServerLoad = (event) =>
	looking(event, async (look, view) => {
		const { url, locals } = event;
		const marks = await marksOf(look, view, event);
		const paged = pageOf(marks?.units ?? [], url);
		const done = ['saved', 'sent', 'rejected', 'rows'].map((name) => numberOf(url.searchParams.get(name)));
		return {
			asked: view.period && periodId(view.period),
			marks: marks && { ...marks, units: paged.rows },
			page: paged.page,
			pages: paged.pages,
			today: isoDay(locals.office.clock.today()),
			endings: evidenceEndings,
			done: { saved: done[0] ?? null, sent: done[1] ?? null, rejected: done[2] ?? null, rows: done[3] ?? null }
		};
	});

/** The page that a form leads back to, with what was done. */
function back({ url }: Pick<RequestEvent, 'url'>, done: Record<string, number>): never {
	const { tab, item } = marksAsked(url);
	redirect(303, linkTo(url, '/marks', { tab, item, page: url.searchParams.get('page'), ...done }));
}

/** What an act gave: a batch, or entries that wait. */
const doneOf = ({ batch, rows }: { batch: number | null; rows: number }): Record<string, number> =>
	batch === null ? { sent: rows } : { saved: batch, rows };

/** When and for whom a form acts. */
const deciding = ({ office: { clock }, locale }: App.Locals) => ({
	today: clock.today(),
	now: clock.now(),
	locale
});

export const actions: Actions = {
	save: async (event) => {
		const { request, locals } = event;
		const { office, locale, actor } = locals;
		const form = await request.formData();
		let values: Readonly<Record<string, string>> = {};
		let kept = {};
		/** What is wrong, by township. */
		let errors: Record<string, string> = {};
		const result = await acted(locale, async () => {
			const frame = frameOf(event);
			const filled = await readTyped(form, office.house.home);
			({ values, kept } = filled);
			const refused = Object.entries(filled.refused);
			errors = Object.fromEntries(refused.map(([code, problem]) => [code, pageProblemText(problem, locale)]));
			if (refused[0]) throw refused[0][1];
			try {
				return await office.house.act((warehouse) =>
					enterMarks(warehouse, { ...frame, ...deciding(locals), typed: filled.typed, by: values['by'] ?? '' }, actor)
				);
			} catch (problem) {
				if (problem instanceof EntriesRefused)
					for (const { place, problem: own } of problem.refusals)
						errors[filled.typed[place]?.township ?? ''] = pageProblemText(own, locale);
				throw problem;
			}
		});
		if ('message' in result) return fail(400, { act: 'save' as const, message: result.message, values, kept, errors });
		back(event, doneOf(result.done));
	},
	withdraw: async (event) => {
		const { request, locals } = event;
		const form = await request.formData();
		const chosen = form.getAll('entry').filter((entry): entry is string => typeof entry === 'string');
		const values = { by: textIn(form, 'by'), reason: textIn(form, 'reason') };
		const entries = chosen.flatMap((text): EntryKey[] => {
			const [name = '', key = '', township = '', id = ''] = keyParts(text, 4) ?? [];
			const kind = entryKinds.find((one) => one === name);
			return kind ? [{ kind, key, township, id }] : [];
		});
		const result = await acted(locals.locale, async () => {
			const frame = frameOf(event);
			return locals.office.house.act((warehouse) =>
				withdrawEntries(warehouse, { ...frame, ...deciding(locals), entries, ...values }, locals.actor)
			);
		});
		if ('message' in result)
			return fail(400, { act: 'withdraw' as const, message: result.message, values, chosen, errors: {}, kept: {} });
		back(event, doneOf(result.done));
	},
	confirm: (event) => second(event, 'confirm'),
	reject: (event) => second(event, 'reject')
};

/** What a second person does with entries that wait. */
async function second(event: RequestEvent, act: 'confirm' | 'reject') {
	const { request, locals } = event;
	const { office, locale, actor } = locals;
	const form = await request.formData();
	const chosen = form.getAll('entry').filter((entry): entry is string => typeof entry === 'string');
	const values = { by: textIn(form, 'by'), reason: textIn(form, 'reason') };
	const result = await acted(locale, async (): Promise<Record<string, number>> => {
		const options = {
			...frameOf(event),
			...deciding(locals),
			...values,
			entries: chosen.flatMap((text) => numberOf(text) ?? [])
		};
		return office.house.act(async (warehouse) =>
			act === 'confirm'
				? doneOf(await confirmEntries(warehouse, options, actor))
				: { rejected: await rejectEntries(warehouse, options, actor) }
		);
	});
	if ('message' in result) return fail(400, { act, message: result.message, values, chosen, errors: {}, kept: {} });
	back(event, result.done);
}
