/**
 * 待导入的文件: files that were sent to be looked at before they are imported. They wait in the home under a name of
 * chance, survive a restart, and change no fact; what waits too long is removed.
 */
import {
	chmodSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Actor } from '../../basis/codes.ts';
import { addDays, isoDay, parseIsoDay } from '../../basis/day.ts';
import { Problem } from '../../basis/problem.ts';
import type { Clock } from './office.ts';
import { namesApart, type SentFile } from './stage-files.ts';

/** What the clerk has said of a waiting file; null is found out by itself. */
export interface FileChoice {
	readonly kind: string | null;
	readonly mapping: string | null;
	readonly encoding: string | null;
}

export interface WaitingFile extends FileChoice {
	readonly name: string;
	/** In bytes. */
	readonly size: number;
	/** The mappings that were made for sheets of this file; the sheet of a text file is null. */
	readonly sheets: readonly { readonly sheet: string | null; readonly mapping: string }[];
}

/** Files that were sent together and will be one batch. */
export interface WaitingFiles {
	readonly id: string;
	/** ISO time and day of their coming. */
	readonly receivedAt: string;
	readonly receivedOn: string;
	readonly actor: string;
	readonly files: readonly WaitingFile[];
}

/** Days after which files that nobody imports are removed. */
export const daysKept = 7;
/** All that may wait in a home at once, in bytes. */
const mostWaiting = 2_000_000_000;
/** As `crypto.randomUUID` makes them. */
const idForm = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const ownFolder = 0o700;

const folderOf = (home: string): string => join(home, 'waiting');
const listOf = (folder: string): string => join(folder, 'waiting.json');

/** The path of a waiting file. */
export const pathOf = (home: string, { id }: Pick<WaitingFiles, 'id'>, { name }: Pick<WaitingFile, 'name'>): string =>
	join(folderOf(home), id, 'files', name);

function readOne(home: string, id: string): WaitingFiles | null {
	const path = listOf(join(folderOf(home), id));
	return existsSync(path) ? { ...(JSON.parse(readFileSync(path, 'utf8')) as Omit<WaitingFiles, 'id'>), id } : null;
}

const all = (home: string): WaitingFiles[] =>
	existsSync(folderOf(home))
		? readdirSync(folderOf(home))
				.filter((id) => idForm.test(id))
				.flatMap((id) => readOne(home, id) ?? [])
		: [];

/** Whoever sees all townships sees what all have sent; others see their own. */
const mayUse = (waiting: WaitingFiles, actor: Actor): boolean =>
	actor.townships === 'all' || waiting.actor === actor.name;

const sizeOf = ({ files }: WaitingFiles): number => files.reduce((sum, { size }) => sum + size, 0);

/** Removes what has waited too long. */
function removeOld(home: string, clock: Clock): void {
	const today = clock.today();
	for (const { id, receivedOn } of all(home)) {
		const received = parseIsoDay(receivedOn);
		if (received === null || addDays(received, daysKept) < today) remove(home, id);
	}
}

const remove = (home: string, id: string): void => rmSync(join(folderOf(home), id), { recursive: true, force: true });

/** What waits, newest first. */
export function listWaiting(home: string, clock: Clock, actor: Actor): WaitingFiles[] {
	removeOld(home, clock);
	return all(home)
		.filter((waiting) => mayUse(waiting, actor))
		.sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : a.receivedAt > b.receivedAt ? -1 : a.id < b.id ? -1 : 1));
}

/**
 * The files that wait under an id.
 * @throws Problem `waiting_unknown`
 */
export function findWaiting(home: string, id: string, actor: Actor): WaitingFiles {
	const waiting = idForm.test(id) ? readOne(home, id) : null;
	if (!waiting || !mayUse(waiting, actor)) throw new Problem('waiting_unknown');
	return waiting;
}

/**
 * Keeps files that were sent until they are imported or given up. They come into their place whole or not at all.
 * @throws Problem `waiting_full` where more would wait than the home takes
 */
export async function keepWaiting(
	home: string,
	sent: readonly SentFile[],
	choice: FileChoice,
	clock: Clock,
	actor: Actor
): Promise<WaitingFiles> {
	removeOld(home, clock);
	const names = namesApart(sent.map(({ name }) => name));
	let room = mostWaiting - all(home).reduce((sum, waiting) => sum + sizeOf(waiting), 0);
	// The staging is emptied at every opening: what a crash leaves half written is gone then.
	mkdirSync(join(home, 'staging'), { recursive: true });
	const making = mkdtempSync(join(home, 'staging', 'waiting-'));
	try {
		chmodSync(making, ownFolder);
		mkdirSync(join(making, 'files'), { mode: ownFolder });
		const files: WaitingFile[] = [];
		for (const [i, file] of sent.entries()) {
			const bytes = await file.bytes();
			room -= bytes.length;
			if (room < 0) throw new Problem('waiting_full', { size: mostWaiting / 1_000_000 });
			const name = names[i] as string;
			await writeFile(join(making, 'files', name), bytes, { mode: 0o600 });
			files.push({ name, size: bytes.length, ...choice, sheets: [] });
		}
		const kept = { receivedAt: clock.now(), receivedOn: isoDay(clock.today()), actor: actor.name, files };
		await writeFile(listOf(making), JSON.stringify(kept), { mode: 0o600 });
		mkdirSync(folderOf(home), { recursive: true, mode: ownFolder });
		const id = randomUUID();
		renameSync(making, join(folderOf(home), id));
		return { id, ...kept };
	} catch (error) {
		rmSync(making, { recursive: true, force: true });
		throw error;
	}
}

/**
 * Keeps what the clerk has said of one of the files; without a change the file is taken out, and with its last file all.
 * @returns whether something waits still
 * @throws Problem `waiting_unknown` also for a file that is not among them
 */
export function changeWaiting(
	home: string,
	{ id, file }: { readonly id: string; readonly file: string },
	change: ((file: WaitingFile) => WaitingFile) | null,
	actor: Actor
): boolean {
	const waiting = findWaiting(home, id, actor);
	if (!waiting.files.some(({ name }) => name === file)) throw new Problem('waiting_unknown');
	const files = waiting.files.flatMap((one) => (one.name !== file ? [one] : change ? [change(one)] : []));
	if (files.length === 0) {
		remove(home, id);
		return false;
	}
	const path = listOf(join(folderOf(home), id));
	const { receivedAt, receivedOn, actor: sender } = waiting;
	writeFileSync(`${path}.new`, JSON.stringify({ receivedAt, receivedOn, actor: sender, files }), { mode: 0o600 });
	renameSync(`${path}.new`, path);
	if (change === null) rmSync(pathOf(home, waiting, { name: file }), { force: true });
	return true;
}

/**
 * Gives up files that wait, or lets go of those that were imported.
 * @throws Problem `waiting_unknown`
 */
export function discardWaiting(home: string, id: string, actor: Actor): void {
	remove(home, findWaiting(home, id, actor).id);
}
