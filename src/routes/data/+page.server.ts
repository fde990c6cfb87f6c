import { fail, redirect } from '@sveltejs/kit';
import { inLocale } from '#lib/basis/codes.ts';
import { Problem } from '#lib/basis/problem.ts';
import { kinds } from '#lib/intake/kinds/index.ts';
import { linkTo } from '#lib/browser/address.ts';
import * as m from '#lib/paraglide/messages.js';
import { shelfNames } from '#lib/server/schemes/library.ts';
import type { ImportReport } from '#lib/server/workflows/import-files.ts';
import { showBatches, trialOf } from '#lib/server/workflows/show-batches.ts';
import { countDecisions } from '#lib/server/workflows/show-decisions.ts';
import { takeUploads } from '#lib/server/workflows/take-uploads.ts';
import { looking } from '../looking.ts';
import { pageOf } from '../ranking.ts';
import type { Actions, PageServerLoad } from './$types';
import { acted, kindGuide, textIn } from './asking.ts';

/** The largest file: a text of more than 2^29 characters is none that JavaScript can hold. */
const largestFile = 500_000_000;
/** The largest sending, all of whose files stand in memory at once. */
const largestSending = 1_000_000_000;

export const load: PageServerLoad = (event) =>
	looking(event, async (look) => {
		const { locals, url } = event;
		const batches = await showBatches(look, locals.actor);
		const { rows, page, pages } = pageOf(batches, url);
		const emptied = url.searchParams.get('emptied');
		return {
			count: batches.length,
			latest: batches.find(({ act, undoneBy }) => act === 'import' && undoneBy === null) ?? null,
			decisions: await countDecisions(look, locals.office.clock.today(), locals.actor),
			held: batches.reduce((sum, { stillHeld }) => sum + stillHeld, 0),
			batches: rows,
			page,
			pages,
			kinds: kinds.map(({ name, label }) => ({ name, label: inLocale(label, locals.locale) })),
			mappings: shelfNames('mappings', look.home),
			guide: kindGuide(locals.locale),
			limits: { file: largestFile, sending: largestSending },
			/** What the old warehouse is called now; empty where none was kept; null where nothing was emptied just now. */
			emptied: emptied === null ? null : /^kaoji-\d{14}\.duckdb$/.test(emptied) ? emptied : ''
		};
	});

const textOptions = ['kind', 'mapping', 'encoding', 'confirm', 'snapshot', 'dry'] as const;

export const actions: Actions = {
	import: async ({ request, url, locals }) => {
		const { office, locale, actor } = locals;
		const tooLarge = m.data_too_large({ size: String(largestFile / 1_000_000) });
		// Said before all of it is read: what comes is otherwise held in memory to the end.
		if (Number(request.headers.get('content-length')) > largestSending) return fail(413, { message: tooLarge });
		const form = await request.formData();
		const chosen = Object.fromEntries(textOptions.map((name) => [name, textIn(form, name)]));
		const files = form.getAll('files').filter((file): file is File => file instanceof File && file.name !== '');
		if (files.length === 0) return fail(400, { message: m.data_no_file(), chosen });
		if (files.some(({ size }) => size > largestFile)) return fail(413, { message: tooLarge, chosen });
		const dryRun = chosen['dry'] === 'on';
		const mapping = chosen['mapping'] || null;
		const mappings = shelfNames('mappings', office.house.home);
		const result = await acted(locale, () => {
			// A command may name a file; a form must not make the server open one.
			if (mapping !== null && !mappings.includes(mapping))
				throw new Problem('mapping_unknown', { name: mapping, known: mappings.join(', ') });
			return takeUploads(
				office.house,
				files.map((file) => ({ name: file.name, bytes: async () => new Uint8Array(await file.arrayBuffer()) })),
				{
					kind: chosen['kind'] || null,
					mapping,
					encoding: chosen['encoding'] || null,
					confirmRevisions: chosen['confirm'] === 'on',
					snapshot: chosen['snapshot'] === 'on',
					dryRun,
					locale,
					job: textIn(form, 'job'),
					clock: office.clock
				},
				actor
			);
		});
		if ('message' in result) return fail(400, { message: result.message, chosen });
		if (dryRun) return { trial: { ...trialOf(result.done), skipped: result.done.skipped }, chosen };
		const address = linkTo(url, `/data/batches/${result.done.batch}`);
		redirect(303, withSkipped(address, result.done));
	}
};

/** What a header of an answer may hold of names, in characters; a longer one the browser would refuse. */
const mostNamed = 4000;

/** Sheets that were not read are no part of a batch; the address carries them to its page. */
function withSkipped(address: string, { skipped }: ImportReport): string {
	const query: string[] = [];
	for (const { file, sheet, reason } of skipped) {
		query.push(`${reason}=${encodeURIComponent(`${file} · ${sheet}`)}`);
		if (query.join('&').length > mostNamed) {
			query.pop();
			break;
		}
	}
	if (query.length === 0) return address;
	return `${address}${address.includes('?') ? '&' : '?'}${query.join('&')}`;
}
