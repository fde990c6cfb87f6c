/**
 * Brings the rows of a sheet into the engine and gives them their meaning, before anything of the home is written; and
 * tells how far the taking of the sheets has come.
 */
import type { Day } from '../../basis/day.ts';
import type { CellContext } from '../../intake/cells.ts';
import type { SheetPlan } from '../../intake/compose.ts';
import type { Field } from '../../intake/kinds/declare.ts';
import { kinds } from '../../intake/kinds/index.ts';
import type { Progress } from '../../intake/progress.ts';
import { land, type Landed } from '../warehouse/land.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { cellContext } from './cell-context.ts';
import type { RecognisedSheet, WholeSheet } from './recognise-files.ts';
import { readRows } from './take-sheet.ts';

/** What the taking of sheets depends on beside them. */
interface Taking {
	/** The day of import: nothing may be dated after it. */
	readonly today: Day;
	readonly signal?: AbortSignal | undefined;
	readonly progress?: ((progress: Progress) => void) | undefined;
}

/** Steps of a sheet of which none is much longer than the others: landed, cells, rows, problems, keys, facts. */
const stepsOfSheet = 6;

/** Tells after each step of a sheet how far the taking has come, and stops it there when it is cancelled. */
export function stepper(
	sheets: readonly RecognisedSheet[],
	current: RecognisedSheet,
	{ progress, signal }: Taking
): () => void {
	const done = sheets.indexOf(current);
	const before = sheets.slice(0, done).reduce((sum, { rows }) => sum + rows, 0);
	const all = sheets.reduce((sum, { rows }) => sum + rows, 0);
	const own = current.rows;
	let steps = 0;
	const tell = (): void => {
		const rows = before + Math.floor((own * steps) / stepsOfSheet);
		const share = all === 0 ? 1 : rows / all;
		const { file, sheet } = current;
		progress?.({ stage: 'taking', file, sheet, done, of: sheets.length, rows, share });
	};
	tell();
	return () => {
		signal?.throwIfAborted();
		steps = Math.min(stepsOfSheet, steps + 1);
		tell();
	};
}

/**
 * Prepares the sheet that is taken first, before the transaction begins: it stands on the home as it is, and what a
 * transaction has brought itself the engine reads with one core only. Acts come one after the other, so nothing changes
 * between.
 */
export async function prepareFirst(
	warehouse: Warehouse,
	sheets: readonly RecognisedSheet[],
	options: Taking
): Promise<{ sheet: RecognisedSheet; step: () => void; prepared: PreparedSheet } | null> {
	const sheet = kinds.flatMap((kind) => sheets.filter(({ recognised }) => recognised.kind === kind))[0];
	if (!sheet) return null;
	const step = stepper(sheets, sheet, options);
	return { sheet, step, prepared: await prepareSheet(warehouse, sheet, options, step, true) };
}

/** A sheet whose rows stand in the engine with their meaning. */
export interface PreparedSheet extends WholeSheet {
	readonly landed: Landed;
	readonly context: CellContext;
	readonly read: readonly Field[];
}

export const planOf = ({ recognised: { kind, headers, mapping, idIsLineNumber } }: RecognisedSheet): SheetPlan => ({
	kind,
	headers,
	mapping,
	idIsLineNumber
});

/** Brings the rows of a sheet into the engine and gives them their meaning; nothing of the home is written. */
export async function prepareSheet(
	warehouse: Warehouse,
	recognisedSheet: RecognisedSheet,
	options: Taking,
	step: () => void,
	early: boolean
): Promise<PreparedSheet> {
	const { recognised } = recognisedSheet;
	const { landed, opened, sheet } = await land(warehouse.engine, recognisedSheet, early);
	step();
	const context = await cellContext(warehouse, options.today, recognised.mapping.dateOrder, sheet.date1904);
	return {
		opened,
		sheet,
		landed,
		context,
		read: await readRows(warehouse.engine, { ...planOf(recognisedSheet), context, step })
	};
}
