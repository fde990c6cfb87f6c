/** 批次: what was done to the facts, newest first, with the files that each batch read. */
import type { Actor } from '../../basis/codes.ts';
import type { Mapping } from '../../intake/mapping.ts';
import type { Confidence } from '../../intake/recognise.ts';
import type { Deed } from '../../reports/decisions.ts';
import { countOf, type Row, textOf, textOrNull } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import type { FileReport, SheetNotes } from './import-files.ts';

/** A file of a batch with its reconciliation as it was when the file was read. */
export interface BatchFile extends FileReport {
	readonly sourceId: number;
	/** How many of its quarantined rows are held to this day. */
	readonly stillHeld: number;
}

/** A batch: an import, or a rollback. */
export interface Batch {
	readonly batch: number;
	readonly act: string;
	/** ISO. */
	readonly actedAt: string;
	readonly actor: string;
	/** The day of the act, ISO. */
	readonly today: string;
	/** The rollback that undid it, null while it stands. */
	readonly undoneBy: number | null;
	/** Why, of a rollback. */
	readonly reason: string | null;
	/** The batches that a rollback undid, newest first. */
	readonly undoes: readonly number[];
	readonly files: readonly BatchFile[];
	/** What it decided; null where it only read files. */
	readonly deed: Deed | null;
}

/** All batches, newest first. Who sees only some townships sees only what they did themselves: files mix townships. */
export async function listBatches({ engine }: Pick<Warehouse, 'engine'>, actor: Actor): Promise<Batch[]> {
	const files = Map.groupBy(await engine.rows(engine.statement('batch-files')), (row) => countOf(row['batch']));
	const deeds = new Map(
		(await engine.rows(engine.statement('batch-deeds'))).map((row) => [countOf(row['batch']), deedOf(row)])
	);
	const batches = (await engine.rows(engine.statement('batches'))).map((row): Batch => {
		const batch = countOf(row['batch']);
		const undoneBy = row['undone_by'] ?? null;
		return {
			batch,
			act: textOf(row['act']),
			actedAt: textOf(row['acted_at']),
			actor: textOf(row['actor']),
			today: textOf(row['today']),
			undoneBy: undoneBy === null ? null : countOf(undoneBy),
			reason: textOrNull(row['reason']),
			undoes: (row['undoes'] as readonly number[]).map(countOf),
			files: (files.get(batch) ?? []).map(fileOf),
			deed: deeds.get(batch) ?? null
		};
	});
	return batches.filter((batch) => actor.townships === 'all' || batch.actor === actor.name);
}

const deedOf = (row: Row): Deed => ({
	act: textOf(row['act']) as Deed['act'],
	decision: textOrNull(row['decision']),
	rows: countOf(row['rows']),
	reason: textOrNull(row['reason']),
	confirms: row['confirms'] == null ? null : countOf(row['confirms'])
});

const fileOf = (row: Row): BatchFile => ({
	sourceId: countOf(row['source_id']),
	file: textOf(row['file']),
	sha256: textOf(row['sha256']),
	sheet: textOrNull(row['sheet']),
	kind: textOf(row['kind']),
	encoding: textOrNull(row['encoding']),
	headerRow: countOf(row['header_line']),
	read: countOf(row['rows_read']),
	added: countOf(row['added']),
	revised: countOf(row['revised']),
	withdrawn: countOf(row['withdrawn']),
	unchanged: countOf(row['unchanged']),
	quarantined: countOf(row['quarantined']),
	released: countOf(row['released']),
	stillHeld: countOf(row['still_held']),
	...notesOf(textOf(row['recognised']))
});

/** What was noticed as a sheet was read, as its source keeps it; sources of before kept less. */
function notesOf(stored: string): SheetNotes {
	const { confidence, mapping, passedOver, leftOut, guessed, macros } = JSON.parse(stored) as {
		mapping: Mapping;
		confidence?: Confidence;
	} & Partial<SheetNotes>;
	return {
		recognised: confidence ? { ...confidence, mapping: mapping.name === '' ? null : mapping.name } : null,
		passedOver: passedOver ?? [],
		leftOut: leftOut ?? [],
		guessed: guessed ?? false,
		macros: macros ?? false
	};
}
