/** 全量名册: what an import tells of registers beside their rows: who is absent, and who is back (rules.md, 2). */
import type { Actor } from '../../basis/codes.ts';
import { type Day, isoDay } from '../../basis/day.ts';
import type { SheetPlan } from '../../intake/compose.ts';
import { findAbsent, isRegister, noteReturned, registers, seenTable, seeSheet } from '../../intake/whole-registers.ts';
import type { AbsentRow } from '../../reports/decisions.ts';
import { countOf, type Engine } from '../warehouse/engine.ts';
import { listAbsent } from './list-absent.ts';

/** Begins to gather what the files of an import have of registers. */
export const beginRegisters = async (engine: Engine): Promise<void> => void (await engine.run(seenTable));

/** Gathers from the sheet that was just taken, where it is of a register. */
export async function seeRegister(engine: Engine, plan: SheetPlan): Promise<void> {
	if (isRegister(plan.kind.name)) await engine.run(seeSheet(plan));
}

/**
 * Settles absences whose rows are back. With `whole` the registers of this import are all that there is of the townships
 * that they name, and what is absent from them is listed.
 * @returns what is listed now by this batch
 */
export async function settleRegisters(
	engine: Engine,
	batch: number,
	{ whole, today }: { readonly whole: boolean; readonly today: Day },
	actor: Actor
): Promise<AbsentRow[]> {
	const [known] = await engine.rows('SELECT count(*) AS n FROM absence');
	if (countOf(known?.['n']) > 0) for (const kind of registers) await engine.run(noteReturned(kind), { batch });
	if (!whole) return [];
	for (const kind of registers) await engine.run(findAbsent(kind), { batch, today: isoDay(today) });
	return listAbsent({ engine }, { batch }, actor);
}
