import { type ActionFailure, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { inLocale } from '#lib/basis/codes.ts';
import { Problem } from '#lib/basis/problem.ts';
import { kinds } from '#lib/intake/kinds/index.ts';
import { linkTo } from '#lib/browser/address.ts';
import { pageProblemText } from '#lib/messages/page-problem-text.ts';
import * as m from '#lib/paraglide/messages.js';
import { shelfNames } from '#lib/server/schemes/library.ts';
import { showBatches, trialOf } from '#lib/server/workflows/show-batches.ts';
import { showAllWaiting } from '#lib/server/workflows/show-waiting.ts';
import type { SentFile } from '#lib/server/workflows/stage-files.ts';
import { countDecisions } from '#lib/server/workflows/show-decisions.ts';
import { takeUploads } from '#lib/server/workflows/take-uploads.ts';
import { daysKept, discardWaiting, keepWaiting } from '#lib/server/workflows/waiting-files.ts';
import { looking } from '../looking.ts';
import { pageOf } from '../ranking.ts';
import type { Actions, PageServerLoad } from './$types';
import { acted, kindGuide, textIn } from './asking.ts';
import { addressOfBatch } from './done.ts';

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
			waiting: showAllWaiting(look.home, locals.office.clock, locals.actor),
			daysKept,
			givenUp: url.searchParams.has('given_up'),
			limits: { file: largestFile, sending: largestSending },
			/** What the old warehouse is called now; empty where none was kept; null where nothing was emptied just now. */
			emptied: emptied === null ? null : /^kaoji-\d{14}\.duckdb$/.test(emptied) ? emptied : ''
		};
	});

const textOptions = ['kind', 'mapping', 'encoding', 'confirm', 'snapshot', 'dry'] as const;

/** Files as a form hands them in, with what was chosen for them. */
interface Received {
	readonly files: readonly SentFile[];
	readonly form: FormData;
	readonly chosen: Readonly<Record<string, string>>;
	/** A mapping that the home or Kaoji has; null for none. */
	readonly mapping: string | null;
}

type Refused = ActionFailure<{ message: string; chosen?: Readonly<Record<string, string>> }>;

/** Reads the form of files, or says why they are not taken. */
async function received({ request, locals }: Pick<RequestEvent, 'request' | 'locals'>): Promise<Received | Refused> {
	const tooLarge = m.data_too_large({ size: String(largestFile / 1_000_000) });
	// Said before all of it is read: what comes is otherwise held in memory to the end.
	if (Number(request.headers.get('content-length')) > largestSending) return fail(413, { message: tooLarge });
	const form = await request.formData();
	const chosen = Object.fromEntries(textOptions.map((name) => [name, textIn(form, name)]));
	const files = form.getAll('files').filter((file): file is File => file instanceof File && file.name !== '');
	if (files.length === 0) return fail(400, { message: m.data_no_file(), chosen });
	if (files.some(({ size }) => size > largestFile)) return fail(413, { message: tooLarge, chosen });
	const mapping = chosen['mapping'] || null;
	const mappings = shelfNames('mappings', locals.office.house.home);
	// A command may name a file; a form must not make the server open one.
	if (mapping !== null && !mappings.includes(mapping)) {
		const problem = new Problem('mapping_unknown', { name: mapping, known: mappings.join(', ') });
		return fail(400, { message: pageProblemText(problem, locals.locale), chosen });
	}
	const sent = files.map((file) => ({
		name: file.name,
		bytes: async () => new Uint8Array(await file.arrayBuffer())
	}));
	return { files: sent, form, chosen, mapping };
}

export const actions: Actions = {
	/** Keeps the files to be looked at; nothing is imported. */
	look: async (event) => {
		const { url, locals } = event;
		const { office, locale, actor } = locals;
		const given = await received(event);
		if (!('files' in given)) return given;
		const { files, chosen, mapping } = given;
		const choice = { kind: chosen['kind'] || null, mapping, encoding: chosen['encoding'] || null };
		const result = await acted(locale, () => keepWaiting(office.house.home, files, choice, office.clock, actor));
		if ('message' in result) return fail(400, { message: result.message, chosen });
		redirect(303, linkTo(url, `/data/waiting/${result.done.id}`));
	},
	import: async (event) => {
		const { url, locals } = event;
		const { office, locale, actor } = locals;
		const given = await received(event);
		if (!('files' in given)) return given;
		const { files, form, chosen, mapping } = given;
		const dryRun = chosen['dry'] === 'on';
		const options = {
			kind: chosen['kind'] || null,
			mapping,
			encoding: chosen['encoding'] || null,
			confirmRevisions: chosen['confirm'] === 'on',
			snapshot: chosen['snapshot'] === 'on',
			dryRun,
			locale,
			job: textIn(form, 'job'),
			clock: office.clock
		};
		const result = await acted(locale, () => takeUploads(office.house, files, options, actor));
		if ('message' in result) return fail(400, { message: result.message, chosen });
		if (dryRun) return { trial: { ...trialOf(result.done, locale), skipped: result.done.skipped }, chosen };
		redirect(303, addressOfBatch(url, result.done));
	},
	/** Deletes files that wait. */
	discard: async ({ request, url, locals }) => {
		const id = textIn(await request.formData(), 'id');
		const result = await acted(locals.locale, () => {
			discardWaiting(locals.office.house.home, id, locals.actor);
			return Promise.resolve();
		});
		if ('message' in result) return fail(400, { message: result.message });
		redirect(303, linkTo(url, '/data', { given_up: 1 }));
	}
};
