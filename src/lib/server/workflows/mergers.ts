/** 并入: which townships went into one, by the register as it is now. */
import type { Actor } from '../../basis/codes.ts';
import { type Merger, predecessorsOf } from '../../intake/mergers.ts';
import { type Engine, textOf, textOrNull } from '../warehouse/engine.ts';
import { visibleTo } from './units.ts';

/** The codes of the townships that went into one and that an actor may see. The latest version of each register row counts. */
export async function predecessors(engine: Engine, code: string, actor: Actor): Promise<string[]> {
	const rows = await engine.rows(
		`SELECT township, name, merged_into FROM fact_township WHERE batch_to IS NULL
		QUALIFY row_number() OVER (PARTITION BY township ORDER BY as_of DESC NULLS LAST) = 1`
	);
	const register = rows.map((row): Merger => ({
		code: textOf(row['township']),
		name: textOf(row['name']),
		into: textOrNull(row['merged_into'])
	}));
	return visibleTo(
		predecessorsOf(code, register).map((one) => ({ code: one })),
		actor
	).map((one) => one.code);
}
