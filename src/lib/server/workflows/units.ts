/** The units of a period: townships in the version in force at its end (rules.md, 2). */
import { type Day, isoDay } from '../../basis/day.ts';
import { Problem } from '../../basis/problem.ts';
import { type Actor, maySee } from '../../basis/codes.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import { countOf, type Engine, textOf, textOrNull } from '../warehouse/engine.ts';

/** What is scored: a township in the version in force on a day, or a clinic. */
export interface Unit {
	/** The township's code; of a clinic, the township's and its own. */
	readonly code: string;
	/** The township that a clinic belongs to; a township is its own. */
	readonly township: string;
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
		township: textOf(row['township']),
		name: textOf(row['name']),
		kind: textOrNull(row['kind']),
		population: row['population'] == null ? null : BigInt(countOf(row['population'])),
		minStaff: row['min_staff'] == null ? null : BigInt(countOf(row['min_staff']))
	}));
}

/**
 * The names of the townships in force on a day, by code.
 * @throws Problem `no_townships`
 */
export const namesOn = async (engine: Engine, on: Day, period: string): Promise<ReadonlyMap<string, string>> =>
	new Map((await townshipsOn(engine, on, period)).map(({ code, name }) => [code, name]));

/**
 * The clinics in force on a day, of townships in force, by township and code. A clinic is of its township's kind; what a register of townships
 * says of people and staff is not said of its clinics.
 * @throws Problem `no_townships`, `no_clinics`
 */
async function clinicsOn(engine: Engine, on: Day, period: string): Promise<Unit[]> {
	const kinds = new Map((await townshipsOn(engine, on, period)).map(({ code, kind }) => [code, kind]));
	const all = await engine.rows(engine.statement('clinics-on'), { on: isoDay(on) });
	const rows = all.filter((row) => kinds.has(textOf(row['township'])));
	if (rows.length === 0) throw new Problem('no_clinics', { period });
	return rows.map((row) => ({
		code: textOf(row['unit']),
		township: textOf(row['township']),
		name: textOf(row['name']),
		kind: kinds.get(textOf(row['township'])) ?? null,
		population: null,
		minStaff: null
	}));
}

/**
 * The units that a scheme scores, in force on a day.
 * @throws Problem `no_townships`, `no_clinics`
 */
export const unitsOn = (engine: Engine, { unit }: Pick<Scheme, 'unit'>, on: Day, period: string): Promise<Unit[]> =>
	unit === 'clinic' ? clinicsOn(engine, on, period) : townshipsOn(engine, on, period);

/** The units that an actor may see: a township's user sees only its own, and its clinics. */
export const visibleTo = <T extends { readonly code: string; readonly township?: string }>(
	units: readonly T[],
	actor: Actor
): T[] => units.filter(({ code, township }) => maySee(actor, township ?? code));
