/** 上传: imports files that a page sent, and tells meanwhile how far the import has come. */
import type { Actor } from '../../basis/codes.ts';
import type { House } from '../warehouse/house.ts';
import { importFiles, type ImportOptions, type ImportReport } from './import-files.ts';
import type { Clock } from './office.ts';
import { type FileOptions, recogniseFiles } from './recognise-files.ts';
import { type SentFile, withStaged } from './stage-files.ts';

export interface UploadOptions
	extends FileOptions, Pick<ImportOptions, 'confirmRevisions' | 'snapshot' | 'dryRun' | 'locale'> {
	/** The name under which the sender asks how far it is; null where nobody will ask. */
	readonly job?: string | null;
	readonly clock: Clock;
}

/** How far an import has come. */
export interface ImportProgress {
	/** `waiting` until the acts before it are done. */
	readonly state: 'waiting' | 'running' | 'done' | 'failed';
	/** The sheet that is being taken. */
	readonly file: string | null;
	readonly done: number;
	readonly of: number;
	/** The batch, once it is there; null for a trial. */
	readonly batch: number | null;
}

/** Imports that are remembered; who asks later than that gets no answer. */
const remembered = 100;
/** A name of chance, as `crypto.randomUUID` makes them. */
const jobName = /^[\w-]{16,64}$/;

/** What runs in this process, by the name that its sender gave it; the oldest are forgotten first. */
const jobs = new Map<string, { readonly actor: string; readonly progress: ImportProgress }>();

/** How far an import has come that this actor sent; null where there is none of that name. */
export function progressOf(job: string, actor: Actor): ImportProgress | null {
	const known = jobs.get(job);
	return known?.actor === actor.name ? known.progress : null;
}

/** The way to tell of an import; without a usable name nothing is told. */
function teller(job: string | null, actor: Actor): (news: Partial<ImportProgress>) => void {
	if (job === null || !jobName.test(job) || (jobs.has(job) && jobs.get(job)?.actor !== actor.name))
		return () => undefined;
	let progress: ImportProgress = { state: 'waiting', file: null, done: 0, of: 0, batch: null };
	const tell = (news: Partial<ImportProgress>): void => {
		progress = { ...progress, ...news };
		jobs.set(job, { actor: actor.name, progress });
		for (const oldest of jobs.keys()) {
			if (jobs.size <= remembered) break;
			jobs.delete(oldest);
		}
	};
	tell({});
	return tell;
}

/**
 * Imports files in one batch, after all acts that asked before: all of them, or nothing.
 * @throws Problem of {@link recogniseFiles} and {@link importFiles}; the home is then as it was
 */
export async function takeUploads(
	house: House,
	files: readonly SentFile[],
	{ job = null, clock, confirmRevisions = false, snapshot = false, dryRun = false, locale, ...named }: UploadOptions,
	actor: Actor
): Promise<ImportReport> {
	const tell = teller(job, actor);
	try {
		const report = await house.act((warehouse) =>
			withStaged(warehouse, files, async (own, paths) => {
				tell({ state: 'running' });
				const recognised = recogniseFiles(paths, named, own.home);
				const options: ImportOptions = {
					confirmRevisions,
					snapshot,
					dryRun,
					locale,
					today: clock.today(),
					now: clock.now(),
					progress: ({ file, done, of }) => tell({ file, done, of })
				};
				return importFiles(own, recognised, options, actor);
			})
		);
		tell({ state: 'done', done: report.files.length, of: report.files.length, batch: dryRun ? null : report.batch });
		return report;
	} catch (problem) {
		tell({ state: 'failed' });
		throw problem;
	}
}
