/**
 * 收件夹: files that are put into a folder are imported by themselves. Off unless the server is told to; what was taken
 * and what was refused is moved aside, so that nothing is imported twice and nothing is lost.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor, Locale } from '../../basis/codes.ts';
import { Problem } from '../../basis/problem.ts';
import { problemText } from '../../messages/problem-text.ts';
import type { House } from '../warehouse/house.ts';
import { tableName } from '../workbooks/open-file.ts';
import { importFiles } from './import-files.ts';
import type { Clock } from './office.ts';
import { recogniseFiles, withReadingFolder } from './recognise-files.ts';
import { namesApart } from './stage-files.ts';

export interface InboxOptions {
	readonly clock: Clock;
	readonly locale: Locale;
}

/** What became of the files of one look. */
export type Looked =
	| { readonly taken: readonly string[]; readonly batch: number; readonly held: number }
	| { readonly refused: string; readonly reason: string };

/** The size and time of each file as it was at the last look: a file that is still being copied changes between two. */
export type LastLook = ReadonlyMap<string, string>;

/** The folder within a home, and those within it for what is done with. */
const inboxOf = (home: string): string => join(home, 'inbox');
const taken = 'taken';
const refused = 'refused';

function filesIn(folder: string): Map<string, string> {
	const files = new Map<string, string>();
	for (const name of readdirSync(folder).sort()) {
		if (name.startsWith('.') || name.startsWith('~$') || !(tableName.test(name) || /\.zip$/i.test(name))) continue;
		const state = statSync(join(folder, name), { throwIfNoEntry: false });
		if (state?.isFile()) files.set(name, `${state.size} ${state.mtimeMs}`);
	}
	return files;
}

/** Moves a file below a folder, under a name that is free there. */
function putAside(inbox: string, name: string, below: string): string {
	const folder = join(inbox, below);
	mkdirSync(folder, { recursive: true });
	const free = namesApart([...readdirSync(folder), name]).at(-1) as string;
	renameSync(join(inbox, name), join(folder, free));
	return join(folder, free);
}

/**
 * Looks into the folder once: files that have not changed since the last look are imported as one batch and moved to
 * `taken/BATCH`; one that is refused is moved to `refused` with the reason beside it, and the others wait for the next
 * look.
 * @returns what was done (null where nothing was ready), and what to compare the next look with
 */
export async function lookIntoInbox(
	house: House,
	last: LastLook,
	{ clock, locale }: InboxOptions,
	actor: Actor
): Promise<{ readonly done: Looked | null; readonly look: LastLook }> {
	const inbox = inboxOf(house.home);
	mkdirSync(inbox, { recursive: true });
	const look = filesIn(inbox);
	const ready = [...look].filter(([name, state]) => last.get(name) === state).map(([name]) => name);
	if (ready.length === 0) return { done: null, look };
	const paths = ready.map((name) => join(inbox, name));
	try {
		const report = await withReadingFolder(house.home, async (folder) => {
			const recognised = await recogniseFiles(paths, {}, house.home, folder);
			return house.act((warehouse) =>
				importFiles(warehouse, recognised, { today: clock.today(), now: clock.now(), locale }, actor)
			);
		});
		for (const name of ready) putAside(inbox, name, join(taken, String(report.batch)));
		const held = report.files.reduce((sum, { quarantined }) => sum + quarantined, 0);
		return { done: { taken: ready, batch: report.batch, held }, look };
	} catch (error) {
		if (!(error instanceof Problem)) throw error;
		// A member of an archive is named with its archive.
		const { file } = error.where;
		const name = ready.find((one) => file === one || file?.startsWith(`${one}/`)) ?? (ready[0] as string);
		const reason = problemText(error, locale);
		if (existsSync(join(inbox, name))) writeFileSync(`${putAside(inbox, name, refused)}.txt`, `${reason}\n`);
		return { done: { refused: name, reason }, look };
	}
}

/** Milliseconds from one look to the next. */
const pause = 5_000;

/**
 * Looks into the folder of a served home now and then, one look after the other.
 * @param tell what became of files, when something did
 * @returns the way to stop; it waits for a look that is under way
 */
export function watchInbox(
	house: House,
	options: InboxOptions,
	actor: Actor,
	tell: (done: Looked | { readonly failed: string }) => void
): () => Promise<void> {
	let last: LastLook = new Map();
	let looking: Promise<void> = Promise.resolve();
	let stopped = false;
	const once = async (): Promise<void> => {
		try {
			const { done, look } = await lookIntoInbox(house, last, options, actor);
			last = look;
			if (done) tell(done);
		} catch (error) {
			// A full disk or a folder without rights; the next look tries again.
			tell({ failed: error instanceof Error ? error.message : String(error) });
		}
	};
	const timer = setInterval(() => {
		looking = looking.then(() => (stopped ? undefined : once()));
	}, pause);
	return async () => {
		stopped = true;
		clearInterval(timer);
		await looking;
	};
}
