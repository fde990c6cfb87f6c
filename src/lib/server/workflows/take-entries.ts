/** The batch of what was entered by hand: the import of its file, its evidence and its audit entry in one transaction. */
import type { Actor } from '../../basis/codes.ts';
import { type Period, periodId } from '../../basis/period.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import type { Engine } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { recordAct } from './audit.ts';
import { type Deciding, importDecision } from './decision-import.ts';
import { entryFiles, type StatedEntry } from './entry-file.ts';

/** A row with where it belongs. */
export interface EntryToTake extends StatedEntry {
	/** The indicator or figure. */
	readonly key: string;
	readonly township: string;
}

interface Taking {
	/** How the file is called. */
	readonly act: string;
	/** How the act is called in the audit log. */
	readonly audit: 'enter_marks' | 'withdraw_entries' | 'confirm_entries';
	readonly scheme: Scheme;
	readonly period: Period;
	readonly rows: readonly EntryToTake[];
	/** What else the audit entry says. */
	readonly details: Readonly<Record<string, unknown>>;
	readonly deciding: Deciding;
	/** Written down with the batch, in its transaction. */
	readonly also?: (engine: Engine, batch: number) => Promise<void>;
}

/**
 * Takes the rows as one batch.
 * @throws Problem `decision_refused` where a row would be held
 */
export async function takeEntries(
	warehouse: Warehouse,
	{ act, audit, scheme, period, rows, details, deciding, also }: Taking,
	actor: Actor
): Promise<number> {
	const files = entryFiles(warehouse.home, rows, { act, period: periodId(period), now: deciding.now }, actor);
	const { batch } = await importDecision(
		warehouse,
		files,
		deciding,
		async (engine, own) => {
			for (const row of rows) await proves(engine, own, row);
			await also?.(engine, own);
			await recordAct(engine, actor, deciding.now, audit, {
				batch: own,
				scheme: scheme.id,
				version: scheme.version,
				period: periodId(period),
				...details,
				rows: rows.map(({ kind, key, township, cells, evidence, enteredBy }) => ({
					kind,
					key,
					township,
					cells,
					enteredBy,
					...(evidence ? { evidence } : {})
				}))
			});
		},
		actor
	);
	return batch;
}

/** Records what proves a row, by the key that the row has among the facts. */
async function proves(
	engine: Engine,
	batch: number,
	{ kind, key, township, cells, evidence }: EntryToTake
): Promise<void> {
	if (!evidence) return;
	const { sha256, name, size } = evidence;
	const id = cells['id'] ?? `${cells['period'] ?? ''}|${key}`;
	await engine.run('INSERT INTO evidence_of_fact VALUES ($batch, $kind, $township, $id, $sha256, $name, $size)', {
		batch,
		kind,
		township,
		id,
		sha256,
		name,
		size
	});
}
