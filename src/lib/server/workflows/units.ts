/** The units of a period: townships in the version in force at its end (rules.md, 2). */
import { type Day, isoDay } from '../../basis/day.ts';
import { Problem } from '../../basis/problem.ts';
import type { Actor } from '../../basis/codes.ts';
import { countOf, type Engine, textOf, textOrNull } from '../warehouse/engine.ts';

/** A township in the version in force on a day. */
export interface Unit {
	readonly code: string;
	readonly name: string;
	readonly kind: string | null;
	readonly population: bigint | null;
	readonly minStaff: bigint | null;
}

/**
 * The townships in force on a day, by code. A register that was only handed in later stands for the time before it:
 * without one, nothing could be scored.
 * @throws Problem `no_townships`
 */
export async function townshipsOn(engine: Engine, on: Day, period: string): Promise<Unit[]> {
	const rows = await engine.rows(engine.statement('townships-on'), { on: isoDay(on) });
	if (rows.length === 0) throw new Problem('no_townships', { period });
	return rows.map((row) => ({
		code: textOf(row['township']),
		name: textOf(row['name']),
		kind: textOrNull(row['kind']),
		population: row['population'] == null ? null : BigInt(countOf(row['population'])),
		minStaff: row['min_staff'] == null ? null : BigInt(countOf(row['min_staff']))
	}));
}

/** The units that an actor may see: a township's user sees only its own. */
export const visibleTo = <T extends { readonly code: string }>(units: readonly T[], { townships }: Actor): T[] =>
	units.filter(({ code }) => townships === 'all' || townships.some((own) => own === code));
