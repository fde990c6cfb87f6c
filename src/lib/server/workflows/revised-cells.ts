/** What a sheet would rewrite of what is there, cell by cell. */
import type { Kind } from '../../intake/kinds/declare.ts';
import { revisedCellsOf } from '../../intake/revised-cells.ts';
import { countOf, type Engine, textOf, textOrNull } from '../warehouse/engine.ts';

/** A cell that a line of a file would rewrite; dates and numbers in canonical form, null is empty. */
export interface RewrittenCell {
	readonly line: number;
	readonly township: string;
	readonly id: string;
	readonly field: string;
	readonly before: string | null;
	readonly after: string | null;
}

/** How many cells would be rewritten, and the first of them, changes of dates first. */
export interface Rewrites {
	readonly count: number;
	readonly sample: readonly RewrittenCell[];
}

/** Cells listed of a sheet. */
const most = 50;

/** The cells that the weighed sheet in `keyed` and `act` would rewrite. */
export async function revisedCells(engine: Engine, kind: Kind): Promise<Rewrites> {
	const rows = await engine.rows(revisedCellsOf(kind), { most });
	return {
		count: rows[0] ? countOf(rows[0]['n']) : 0,
		sample: rows.map((row) => ({
			line: countOf(row['line']),
			township: textOf(row['township']),
			id: textOf(row['id']),
			field: textOf(row['field']),
			before: textOrNull(row['before']),
			after: textOrNull(row['after'])
		}))
	};
}
