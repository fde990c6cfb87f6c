/** The audit log: each act with who and when, in the transaction of the act itself. */
import type { Actor } from '../../basis/codes.ts';
import type { Engine } from '../warehouse/engine.ts';

/** Writes the audit entry of an act. `now` is the clock's ISO time, given so that tests can set it. */
export async function recordAct(
	engine: Engine,
	actor: Actor,
	now: string,
	act: string,
	details: Readonly<Record<string, unknown>>
): Promise<void> {
	await engine.run(`INSERT INTO audit SELECT coalesce(max(seq), 0) + 1, $now, $actor, $act, $details FROM audit`, {
		now,
		actor: `${actor.name} (${actor.role})`,
		act,
		details: JSON.stringify(details)
	});
}
