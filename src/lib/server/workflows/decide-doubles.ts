/** 疑似重复的处理: two rows are different, or one of them ends; several pairs as one batch. */
import type { Actor } from '../../basis/codes.ts';
import { type Day, isoDay } from '../../basis/day.ts';
import { Problem } from '../../basis/problem.ts';
import { kindNamed } from '../../intake/kinds/index.ts';
import type { Kind } from '../../intake/kinds/declare.ts';
import type { Double, DoubleKind, DoubleRow } from '../../reports/decisions.ts';
import type { Engine } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { recordAct } from './audit.ts';
import { type Deciding, importDecision, type StatedFile } from './decision-import.ts';
import { listDoubles } from './list-doubles.ts';
import { restatedFile } from './restate-rows.ts';

export const doubleDecisions = ['different', 'keep_first', 'keep_second'] as const;
/** Different rows; or the same, of which the first or the second stays. */
export type DoubleDecision = (typeof doubleDecisions)[number];

type RowKey = Pick<DoubleRow, 'township' | 'id'>;

/** A pair by the keys of its rows, in the order in which it is listed. */
export interface DoubleKey {
	readonly kind: DoubleKind;
	readonly one: RowKey;
	readonly other: RowKey;
}

export interface DecideDoublesOptions extends Deciding {
	readonly pairs: readonly DoubleKey[];
	readonly decision: DoubleDecision;
	/** The day on which the premises that does not stay is closed. */
	readonly on: Day;
	readonly reason: string;
}

export interface DoublesDecided {
	readonly batch: number;
	readonly decision: DoubleDecision;
	readonly pairs: number;
	/** Rows that were closed or withdrawn. */
	readonly ended: number;
}

const textOfPair = ({ kind, one, other }: DoubleKey): string =>
	[kind, one.township, one.id, other.township, other.id].join('\u001f');

/**
 * Decides on pairs that look like one. Of the same premises the one that does not stay is closed, of the same patrols it
 * is withdrawn, by the import of a file; different rows are a batch without files. A rollback shows the pairs again.
 * @throws Problem `reason_missing`, `absence_none_chosen`; `double_unknown` (no such pair waits); `decision_refused`
 */
export async function decideDoubles(
	warehouse: Warehouse,
	{ pairs, decision, on, reason, today, now, locale }: DecideDoublesOptions,
	actor: Actor
): Promise<DoublesDecided> {
	const why = reason.trim();
	if (why === '') throw new Problem('reason_missing');
	const chosen = await waiting(warehouse, pairs, today, actor);
	const files: StatedFile[] = [];
	let ended = 0;
	for (const [name, own] of Map.groupBy(decision === 'different' ? [] : chosen, ({ kind }) => kind)) {
		const kind = kindNamed(name) as Kind;
		const ending = new Map(
			own.map(({ one, other }) => {
				const { township, id } = decision === 'keep_first' ? other : one;
				return [`${township}\u001f${id}`, { township, id }];
			})
		);
		ended += ending.size;
		const changes: Readonly<Record<string, string>> =
			name === 'subject' ? { closed_on: isoDay(on) } : { revision: '3' };
		const label = name === 'subject' ? `注销（${isoDay(on)}）` : '撤回';
		const file = await restatedFile(
			warehouse.engine,
			kind,
			[...ending.values()].map((key) => ({ ...key, changes })),
			{ name: `疑似重复-${kind.label.zh}-${label}.csv`, reason: why, now }
		);
		files.push({ kind, file });
	}
	const { batch } = await importDecision(
		warehouse,
		files,
		{ today, now, locale },
		async (engine, batch) => {
			await record(engine, chosen, decision, batch);
			await recordAct(engine, actor, now, 'decide_doubles', {
				batch,
				decision,
				...(decision === 'different' ? {} : { on: isoDay(on) }),
				reason: why,
				pairs: chosen.map(({ kind, one, other }) => ({ kind, one: keyOf(one), other: keyOf(other) }))
			});
		},
		actor
	);
	return { batch, decision, pairs: chosen.length, ended };
}

const keyOf = ({ township, id }: RowKey): RowKey => ({ township, id });

/** The pairs of the keys, all of which must wait for a decision. */
async function waiting(warehouse: Warehouse, keys: readonly DoubleKey[], today: Day, actor: Actor): Promise<Double[]> {
	const wanted = [...new Map(keys.map((key) => [textOfPair(key), key])).values()];
	if (wanted.length === 0) throw new Problem('absence_none_chosen');
	const known = new Map((await listDoubles(warehouse, { today }, actor)).pairs.map((pair) => [textOfPair(pair), pair]));
	return wanted.map((key) => {
		const pair = known.get(textOfPair(key));
		if (!pair) throw new Problem('double_unknown', { id: key.one.id, other: key.other.id });
		return pair;
	});
}

async function record(
	engine: Engine,
	pairs: readonly Double[],
	decision: DoubleDecision,
	batch: number
): Promise<void> {
	for (const { kind, one, other } of pairs)
		await engine.run(
			'INSERT INTO double_decision VALUES ($kind, $township, $id, $otherTownship, $otherId, $decision, $batch)',
			{
				kind,
				township: one.township,
				id: one.id,
				otherTownship: other.township,
				otherId: other.id,
				decision: decision === 'different' ? 'different' : 'same',
				batch
			}
		);
}
