/**
 * 收件夹: files that are put into a folder are imported by themselves. Off unless the server is told to; what was taken
 * and what was refused is moved aside, so that nothing is imported twice and nothing is lost.
 */
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor, Locale } from '../../basis/codes.ts';
import { Problem } from '../../basis/problem.ts';
import { problemText } from '../../messages/problem-text.ts';
import type { House } from '../warehouse/house.ts';
import { isTableFile } from '../workbooks/open-file.ts';
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
	/** The file that was put aside; null where none of them was at fault, and they wait. */
	| { readonly refused: string | null; readonly reason: string };

/** The size and time of each file as it was at the last look: a file that is still being copied changes between two. */
export type LastLook = ReadonlyMap<string, string>;

/** The folder within a home, and those within it for what is done with. */
const inboxOf = (home: string): string => join(home, 'inbox');
const taken = 'taken';
const refused = 'refused';

function filesIn(folder: string): Map<string, string> {
	const files = new Map<string, string>();
	for (const name of readdirSync(folder).filter(isTableFile).sort()) {
		const state = statSync(join(folder, name), { throwIfNoEntry: false });
		if (state?.isFile()) files.set(name, `${state.size} ${state.mtimeMs}`);
	}
	return files;
}

/** Moves a file into a folder, under a name that is free there; gives its path. */
function moveInto(folder: string, from: string, name: string): string {
	mkdirSync(folder, { recursive: true });
	const free = namesApart([...readdirSync(folder), name]).at(-1) as string;
	renameSync(join(from, name), join(folder, free));
	return join(folder, free);
}

/** Folders in which files stand while they are imported: what is put into the inbox meanwhile is another file. */
const working = '.working-';

/** Puts back what a killed process left: what of it was imported already is found unchanged. */
function putBackLeftovers(inbox: string): void {
	for (const name of readdirSync(inbox).filter((one) => one.startsWith(working))) {
		const folder = join(inbox, name);
		for (const file of readdirSync(folder)) moveInto(inbox, folder, file);
		rmdirSync(folder);
	}
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
	options: InboxOptions,
	actor: Actor
): Promise<{ readonly done: Looked | null; readonly look: LastLook }> {
	const inbox = inboxOf(house.home);
	mkdirSync(inbox, { recursive: true });
	putBackLeftovers(inbox);
	const look = filesIn(inbox);
	const ready = [...look].filter(([name, state]) => last.get(name) === state).map(([name]) => name);
	return { done: ready.length === 0 ? null : await take(house, inbox, ready, options, actor), look };
}

/** Imports files of the inbox together; where one of them breaks the import in a way that nobody foresaw, one by one. */
async function take(
	house: House,
	inbox: string,
	ready: readonly string[],
	options: InboxOptions,
	actor: Actor
): Promise<Looked> {
	const folder = mkdtempSync(join(inbox, working));
	try {
		for (const name of ready) renameSync(join(inbox, name), join(folder, name));
		const { batch, held } = await importAll(
			house,
			ready.map((name) => join(folder, name)),
			options,
			actor
		);
		for (const name of ready) moveInto(join(inbox, taken, String(batch)), folder, name);
		return { taken: ready, batch, held };
	} catch (error) {
		const guilty = guiltyOf(error, ready);
		if (guilty === null && !(error instanceof Problem)) {
			for (const name of ready) moveInto(inbox, folder, name);
			for (const name of ready.slice(0, -1)) await take(house, inbox, [name], options, actor);
			return take(house, inbox, ready.slice(-1), options, actor);
		}
		const reason = error instanceof Problem ? problemText(error, options.locale) : String(error);
		if (guilty !== null) writeFileSync(`${moveInto(join(inbox, refused), folder, guilty)}.txt`, `${reason}\n`);
		return { refused: guilty, reason };
	} finally {
		for (const name of readdirSync(folder)) moveInto(inbox, folder, name);
		rmdirSync(folder);
	}
}

/** The file for which an import was refused; null where it is none of them, as a mapping that cannot be read. */
function guiltyOf(error: unknown, ready: readonly string[]): string | null {
	if (!(error instanceof Problem)) return ready.length === 1 ? (ready[0] ?? null) : null;
	// A member of an archive is named with its archive.
	const { file } = error.where;
	return ready.find((one) => file === one || file?.startsWith(`${one}/`)) ?? null;
}

const importAll = (
	house: House,
	paths: readonly string[],
	{ clock, locale }: InboxOptions,
	actor: Actor
): Promise<{ batch: number; held: number }> =>
	withReadingFolder(house.home, async (folder) => {
		const recognised = await recogniseFiles(paths, {}, house.home, folder);
		const { batch, files } = await house.act((warehouse) =>
			importFiles(warehouse, recognised, { today: clock.today(), now: clock.now(), locale }, actor)
		);
		return { batch, held: files.reduce((sum, { quarantined }) => sum + quarantined, 0) };
	});

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
	let told = '';
	/** What is the same at every look is said once. */
	const say = (news: Looked | { readonly failed: string }): void => {
		const words = JSON.stringify(news);
		if (words !== told) tell(news);
		told = words;
	};
	const once = async (): Promise<void> => {
		try {
			const { done, look } = await lookIntoInbox(house, last, options, actor);
			last = look;
			if (done) say(done);
		} catch (error) {
			// A full disk or a folder without rights; the next look tries again.
			say({ failed: error instanceof Error ? error.message : String(error) });
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
