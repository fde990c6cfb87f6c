/**
 * Reads files in a thread of its own: a workbook of a hundred thousand rows would stop every page for as long as its
 * parser works, and a file that makes the parser turn in circles would stop them for good.
 */
import { basename } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Problem, type ProblemCode, type Where } from '../../basis/problem.ts';
import { Turns } from '../../basis/turns.ts';
import { kindNamed } from '../../intake/kinds/index.ts';
import type { Kind } from '../../intake/kinds/declare.ts';
import { shipped } from '../shipped/folder.ts';
import { readFile } from './read-file.ts';
import { type ReadFile, type ReadingProgress, type ReadRequest } from './read-request.ts';
import { firstBytes, formOf, sizeOf } from './sniff.ts';

/** A problem as it crosses between threads. */
export interface SentProblem {
	readonly code: ProblemCode;
	readonly facts: Readonly<Record<string, string | number>>;
	readonly where: Where;
}

/** What the thread says. */
export type Said =
	| { readonly type: 'ready' }
	| ({ readonly type: 'progress' } & ReadingProgress)
	| { readonly type: 'done'; readonly files: readonly ReadFile[]; readonly problems: readonly (SentProblem | null)[] }
	| { readonly type: 'problem'; readonly problem: SentProblem }
	| { readonly type: 'internal'; readonly message: string };

export interface ReadingOptions {
	readonly signal?: AbortSignal | undefined;
	readonly tell?: ((progress: ReadingProgress) => void) | undefined;
}

/** Texts up to this size are read at once where they are asked for: no thread starts as fast. */
const small = 1_000_000;

/** The heap of the thread: more than the largest workbook that Excel itself can open needs. */
const heapMegabytes = 4_096;

/**
 * What a file may take of a processor, in milliseconds: a small one some seconds, a large one its share. No reader is as
 * slow as this. On a busy machine it takes longer by the clock; beyond so many times, it is stopped by the clock too.
 */
const patience = (bytes: number): number => 4_000 + bytes / 50;
const byTheClock = 10;
const lookEvery = 500;

/** Calls back when a thread has worked too long; gives the way to stop watching. */
async function watch(worker: Worker, bytes: number, stalled: () => void): Promise<() => void> {
	const before = await worker.cpuUsage();
	const clock = setTimeout(stalled, patience(bytes) * byTheClock);
	const looking = setInterval(() => {
		void worker.cpuUsage(before).then(
			({ user, system }) => (user + system) / 1_000 > patience(bytes) && stalled(),
			() => undefined
		);
	}, lookEvery);
	return () => {
		clearTimeout(clock);
		clearInterval(looking);
	};
}

/**
 * Reads a file as {@link readFile} does.
 * @throws Problem of it; `file_stalls` where its reader does not come to an end; `file_too_large` where it needs more
 * memory than there is; `import_cancelled`
 */
export async function readApart(
	request: ReadRequest,
	{ signal, tell = () => undefined }: ReadingOptions = {}
): Promise<readonly ReadFile[]> {
	signal?.throwIfAborted();
	if (isSmallText(request.path)) return readFile(request, tell);
	return turns.take(() => readInThread(request, signal, tell));
}

/** Whether a file is a small text, which a look at its first bytes tells; whatever else is wrong with it is said later. */
function isSmallText(path: string): boolean {
	try {
		return sizeOf(path) <= small && formOf(firstBytes(path, 2_048)) === 'text';
	} catch {
		return true;
	}
}

/** One reading at a time: two large workbooks together would need twice the memory. */
const turns = new Turns();
let waiting: Worker | null = null;

/** A thread that waits for work, so that the next file need not load the reader again; it holds no process open. */
async function thread(): Promise<Worker> {
	const known = waiting;
	waiting = null;
	if (known) return known;
	const worker = new Worker(shipped('src/lib/server/workbooks/reader-thread.ts'), {
		resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
		// What the library mutters of odd records is for nobody's log, and may quote a cell.
		stdout: true,
		stderr: true
	});
	await new Promise<void>((resolve, reject) => {
		worker.once('message', () => resolve());
		worker.once('error', reject);
	});
	return worker;
}

async function readInThread(
	request: ReadRequest,
	signal: AbortSignal | undefined,
	tell: (progress: ReadingProgress) => void
): Promise<readonly ReadFile[]> {
	const worker = await thread();
	worker.ref();
	let stalls: () => void = () => undefined;
	const watched = await watch(worker, sizeOf(request.path), () => stalls());
	let reusable = false;
	let stop: () => void = () => undefined;
	try {
		const files = await new Promise<readonly ReadFile[]>((resolve, reject) => {
			const where = { file: basename(request.path) };
			stalls = (): void => reject(new Problem('file_stalls', {}, where));
			const cancel = (): void =>
				reject(signal?.reason instanceof Error ? signal.reason : new Problem('import_cancelled'));
			const hear = (said: Said): void => {
				if (said.type === 'progress') tell(said);
				else if (said.type === 'done') {
					reusable = true;
					resolve(revived(said));
				} else if (said.type === 'problem') {
					reusable = true;
					reject(new Problem(said.problem.code, said.problem.facts, said.problem.where));
				} else if (said.type === 'internal') reject(new Error(said.message));
			};
			const fail = (error: Error): void =>
				reject(
					(error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
						? new Problem('file_too_large', {}, where)
						: error
				);
			worker.on('message', hear);
			worker.on('error', fail);
			const leave = (): void => reject(new Problem('file_damaged', {}, where));
			worker.on('exit', leave);
			signal?.addEventListener('abort', cancel, { once: true });
			stop = (): void => {
				worker.off('message', hear).off('error', fail).off('exit', leave);
				signal?.removeEventListener('abort', cancel);
			};
			if (signal?.aborted) cancel();
			else worker.postMessage(request);
		});
		return files;
	} finally {
		watched();
		stop();
		worker.unref();
		if (reusable && waiting === null) waiting = worker;
		else {
			worker.on('error', () => undefined);
			await worker.terminate();
		}
	}
}

/** Data that crossed between threads is a copy: kinds become the ones that everybody compares with, problems errors again. */
function revived({ files, problems }: Said & { type: 'done' }): ReadFile[] {
	let at = 0;
	return files.map((file) => ({
		...file,
		sheets: file.sheets.map((sheet) => {
			const sent = problems[at++] ?? null;
			const { recognised } = sheet;
			return {
				...sheet,
				recognised: recognised && { ...recognised, kind: kindNamed(recognised.kind.name) as Kind },
				problem: sent && new Problem(sent.code, sent.facts, sent.where)
			};
		})
	}));
}
