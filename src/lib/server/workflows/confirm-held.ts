/** 确认改写: takes a batch's files that are held whole as they were read, as one new batch. */
import type { Actor, Locale } from '../../basis/codes.ts';
import type { Day } from '../../basis/day.ts';
import { Problem, retryableCodes } from '../../basis/problem.ts';
import { holdAgain } from '../../intake/compose-holds.ts';
import type { Engine } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { recordAct } from './audit.ts';
import { readWholeHeld, type WholeHeld, wholeHeld } from './held-whole.ts';
import { importFiles } from './import-files.ts';
import { listBatches } from './list-batches.ts';

export interface ConfirmOptions {
	/** The batch whose files are held whole. */
	readonly batch: number;
	readonly today: Day;
	/** When the act is recorded to have happened, ISO. */
	readonly now: string;
	readonly locale: Locale;
}

/** What became of the rows of a confirmed file. */
export interface ConfirmedFile {
	readonly file: string;
	readonly sheet: string | null;
	readonly kind: string;
	readonly rows: number;
	readonly added: number;
	readonly revised: number;
	readonly withdrawn: number;
	readonly unchanged: number;
	/** Rows that something else is wrong with: they are held for that. */
	readonly quarantined: number;
}

export interface Confirmed {
	/** The new batch. */
	readonly batch: number;
	/** The batch that it confirms. */
	readonly confirms: number;
	readonly files: readonly ConfirmedFile[];
}

/**
 * Confirms the files of a batch that are held whole. Rows of keys that a later file has brought since stay as that file
 * has them.
 * @throws Problem `batch_unknown` (none of that number, or not for this actor), `nothing_to_confirm`
 */
export async function confirmHeld(
	warehouse: Warehouse,
	{ batch: confirms, today, now, locale }: ConfirmOptions,
	actor: Actor
): Promise<Confirmed> {
	if (!(await listBatches(warehouse, actor)).some(({ batch }) => batch === confirms))
		throw new Problem('batch_unknown', { batch: confirms });
	const sheets = await wholeHeld(warehouse.engine, confirms);
	if (sheets.length === 0) throw new Problem('nothing_to_confirm', { batch: confirms });
	const files: ConfirmedFile[] = [];
	const { batch } = await importFiles(
		warehouse,
		{ sheets: [], skipped: [] },
		{
			today,
			now,
			locale,
			decision: async (own, batch) => {
				for (const sheet of sheets) files.push(await take(own, sheet, batch, today));
				await recordAct(own.engine, actor, now, 'confirm', { batch, confirms, files });
				return sheets.map(({ kind }) => kind.name);
			}
		},
		actor
	);
	return { batch, confirms, files };
}

async function take(warehouse: Warehouse, sheet: WholeHeld, batch: number, today: Day): Promise<ConfirmedFile> {
	const { engine } = warehouse;
	const taken = await readWholeHeld(warehouse, sheet, { batch, today, weigh: false });
	await settle(engine, sheet.source, batch, taken.held > 0);
	const { added, revised, withdrawn, unchanged, held } = taken;
	const { file, sheet: name, kind, rows } = sheet;
	return { file, sheet: name, kind: kind.name, rows, added, revised, withdrawn, unchanged, quarantined: held };
}

/** The rows that were taken are held no more; the others are held for what else is wrong with them. */
async function settle(engine: Engine, source: number, batch: number, someHeld: boolean): Promise<void> {
	await engine.run(
		`UPDATE quarantine SET status = CASE WHEN act.outcome = 'overtaken' THEN 'superseded' ELSE 'released' END, status_batch = $batch
		FROM raw LEFT JOIN act USING (line) WHERE quarantine.source_id = $source AND quarantine.status = 'held'
		AND quarantine.source_line = raw.line AND raw.line NOT IN (SELECT line FROM problem)`,
		{ batch, source }
	);
	if (someHeld) await engine.run(holdAgain, { source, retryable: retryableCodes });
}
