/** The import of files that were written for a decision of a person, which stands in the same transaction. */
import type { Actor, Locale } from '../../basis/codes.ts';
import type { Day } from '../../basis/day.ts';
import type { Kind } from '../../intake/kinds/declare.ts';
import type { Engine } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { importFiles, type ImportReport } from './import-files.ts';
import { recogniseFiles, type RecognisedSheet } from './recognise-files.ts';
import { type SentFile, withStaged } from './stage-files.ts';

/** When and for whom something is decided. */
export interface Deciding {
	readonly today: Day;
	/** When the act is recorded to have happened, ISO. */
	readonly now: string;
	readonly locale: Locale;
}

/** A file that states rows of one kind. */
export interface StatedFile {
	readonly kind: Kind;
	readonly file: SentFile;
}

/**
 * Imports the files as one batch; without files the batch holds the decision alone.
 * @param record writes down what was decided, with the number of the batch
 * @throws Problem `decision_refused` where a row of the files would be held
 */
export const importDecision = (
	warehouse: Warehouse,
	files: readonly StatedFile[],
	{ today, now, locale }: Deciding,
	record: (engine: Engine, batch: number) => Promise<void>,
	actor: Actor
): Promise<ImportReport> =>
	withStaged(
		warehouse,
		files.map(({ file }) => file),
		async (own, paths) => {
			const sheets: RecognisedSheet[] = [];
			for (const [first, path] of paths.entries()) {
				const named = { kind: files[first]?.kind.name ?? null };
				sheets.push(...(await recogniseFiles([path], named, own.home, own.staging, { first })).sheets);
			}
			const decision = async ({ engine }: Warehouse, batch: number): Promise<[]> => {
				await record(engine, batch);
				return [];
			};
			return importFiles(own, { sheets, skipped: [] }, { today, now, locale, confirmRevisions: true, decision }, actor);
		}
	);
