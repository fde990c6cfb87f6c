/** 上传: imports files that a page sent, tells meanwhile how far the import has come, and stops it when it is cancelled. */
import type { Actor, Locale } from '../../basis/codes.ts';
import { Problem } from '../../basis/problem.ts';
import type { Progress } from '../../intake/progress.ts';
import { progressText } from '../../messages/progress-text.ts';
import type { House } from '../warehouse/house.ts';
import { importFiles, type ImportOptions, type ImportReport } from './import-files.ts';
import type { Clock } from './office.ts';
import { type FileOptions, recogniseFiles, withReadingFolder } from './recognise-files.ts';
import { type SentFile, writeSent } from './stage-files.ts';

export interface UploadOptions
	extends FileOptions, Pick<ImportOptions, 'confirmRevisions' | 'snapshot' | 'dryRun' | 'locale'> {
	/** The name under which the sender asks how far it is; null where nobody will ask. */
	readonly job?: string | null;
	readonly clock: Clock;
}

type State = 'running' | 'waiting' | 'done' | 'failed';

/** How far an import has come. */
export interface ImportProgress {
	/** `waiting` once the files are read, until the acts before it are done. */
	readonly state: State;
	/** How far the stage has come; null until its first sign, and once it has ended. */
	readonly progress: Progress | null;
	/** The same in words. */
	readonly text: string | null;
	/** The batch, once it is there; null for a trial. */
	readonly batch: number | null;
}

interface Job {
	readonly actor: string;
	readonly cancel: AbortController;
	state: State;
	progress: Progress | null;
	/** When its stage began, in milliseconds of a clock that only runs forward. */
	began: number;
	batch: number | null;
}

/** Imports that are remembered; who asks later than that gets no answer. */
const remembered = 100;
/** A name of chance, as `crypto.randomUUID` makes them. */
const jobName = /^[\w-]{16,64}$/;

/** What runs in this process, by the name that its sender gave it; the oldest are forgotten first. */
const jobs = new Map<string, Job>();

/** Imports that were cancelled before their files had all come: by name and actor, the oldest forgotten first. */
const cancelledEarly = new Set<string>();

/** The job of that name that this actor sent; null where there is none. */
function jobOf(name: string, actor: Actor): Job | null {
	const job = jobs.get(name);
	return job?.actor === actor.name ? job : null;
}

/** How far an import has come that this actor sent; null where there is none of that name. */
export function progressOf(name: string, actor: Actor, locale: Locale): ImportProgress | null {
	const job = jobOf(name, actor);
	if (!job) return null;
	const { state, progress, batch } = job;
	const seconds = (performance.now() - job.began) / 1000;
	return { state, progress, text: progress && progressText(progress, seconds, locale), batch };
}

/**
 * Stops an import that this actor sent; what it has done so far is undone.
 * @returns whether there was one that could still be stopped
 */
export function cancelUpload(name: string, actor: Actor): boolean {
	const job = jobOf(name, actor);
	if (!job && jobName.test(name) && !jobs.has(name)) {
		// The files are still coming in: it is cancelled as soon as it begins.
		cancelledEarly.add(`${actor.name} ${name}`);
		for (const oldest of cancelledEarly) {
			if (cancelledEarly.size <= remembered) break;
			cancelledEarly.delete(oldest);
		}
		return true;
	}
	if (!job || job.state === 'done' || job.state === 'failed') return false;
	job.cancel.abort(new Problem('import_cancelled'));
	return true;
}

/** Begins a job; without a usable name nobody can ask for it. */
function begin(name: string | null, actor: Actor): Job {
	const job: Job = {
		actor: actor.name,
		cancel: new AbortController(),
		state: 'running',
		progress: null,
		began: performance.now(),
		batch: null
	};
	const usable = name !== null && jobName.test(name) && (!jobs.has(name) || jobs.get(name)?.actor === actor.name);
	if (!usable) return job;
	jobs.delete(name);
	jobs.set(name, job);
	if (cancelledEarly.delete(`${actor.name} ${name}`)) job.cancel.abort(new Problem('import_cancelled'));
	for (const oldest of jobs.keys()) {
		if (jobs.size <= remembered) break;
		jobs.delete(oldest);
	}
	return job;
}

/**
 * Imports files in one batch: all of them, or nothing. They are read beside other acts, and taken after all that asked
 * before.
 * @throws Problem of {@link recogniseFiles} and {@link importFiles}; the home is then as it was
 */
export async function takeUploads(
	house: House,
	files: readonly SentFile[],
	{
		job: name = null,
		clock,
		confirmRevisions = false,
		snapshot = false,
		dryRun = false,
		locale,
		...named
	}: UploadOptions,
	actor: Actor
): Promise<ImportReport> {
	const job = begin(name, actor);
	const { signal } = job.cancel;
	const progress = (now: Progress): void => {
		if (job.progress?.stage !== now.stage) job.began = performance.now();
		job.state = 'running';
		job.progress = now;
	};
	try {
		signal.throwIfAborted();
		const report = await withReadingFolder(house.home, async (folder) => {
			const paths = await writeSent(files, folder);
			const recognised = await recogniseFiles(paths, named, house.home, folder, { signal, progress });
			job.state = 'waiting';
			return house.act((warehouse) => {
				const how = { confirmRevisions, snapshot, dryRun, locale };
				const options = { ...how, today: clock.today(), now: clock.now(), signal, progress };
				return importFiles(warehouse, recognised, options, actor);
			});
		});
		Object.assign(job, { state: 'done', progress: null, batch: dryRun ? null : report.batch });
		return report;
	} catch (problem) {
		Object.assign(job, { state: 'failed', progress: null });
		throw problem;
	}
}
