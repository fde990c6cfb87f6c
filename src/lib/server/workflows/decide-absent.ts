/** 缺席的处理: closes, moves or keeps rows of registers that were absent, several of them as one batch. */
import type { Actor } from '../../basis/codes.ts';
import { type Day, isoDay } from '../../basis/day.ts';
import { Problem } from '../../basis/problem.ts';
import { kindNamed } from '../../intake/kinds/index.ts';
import type { Kind } from '../../intake/kinds/declare.ts';
import { decideChosen, isRegister, registerEnds } from '../../intake/whole-registers.ts';
import type { AbsentRow } from '../../reports/decisions.ts';
import { type Engine, textOf, textOrNull } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { recordAct } from './audit.ts';
import { registeredTownships } from './cell-context.ts';
import { type Deciding, importDecision, type StatedFile } from './decision-import.ts';
import { listAbsent } from './list-absent.ts';
import { type Restated, restatedFile } from './restate-rows.ts';

export const absenceDecisions = ['closed', 'moved', 'kept'] as const;
export type AbsenceDecision = (typeof absenceDecisions)[number];

/** A row of a register by its key. */
export interface AbsentKey {
	readonly kind: string;
	readonly township: string;
	readonly id: string;
}

export interface DecideOptions extends Deciding {
	readonly rows: readonly AbsentKey[];
	readonly decision: AbsenceDecision;
	/** The day on which they end where they are; not needed for rows that are kept. */
	readonly on: Day;
	/** Where moved rows go, by code or name; null where that is not known. */
	readonly to: string | null;
	readonly reason: string;
}

export interface Decided {
	readonly batch: number;
	readonly decision: AbsenceDecision;
	readonly rows: number;
	/** How many of the moved rows were added in their new township. */
	readonly added: number;
}

const words: Readonly<Record<AbsenceDecision, string>> = { closed: '注销', moved: '迁出', kept: '保留' };

/**
 * Decides on open absences. What changes facts is the import of a file that states the rows again; what is kept is a
 * batch without files. A rollback of the batch opens the absences again.
 * @throws Problem `reason_missing`; `absence_unknown` (not open, or not for this actor); `township_unknown` for `to`;
 * `decision_refused` (a row would be held, as a day that its register does not take)
 */
export async function decideAbsent(
	warehouse: Warehouse,
	{ rows, decision, on, to, reason, today, now, locale }: DecideOptions,
	actor: Actor
): Promise<Decided> {
	const why = reason.trim();
	if (why === '') throw new Problem('reason_missing');
	const { engine } = warehouse;
	const open = await openRows(warehouse, rows, actor);
	const target = decision === 'moved' && to !== null && to.trim() !== '' ? await townshipOf(engine, to.trim()) : null;
	if (target !== null && actor.townships !== 'all' && !actor.townships.some((own) => own === target))
		throw new Problem('township_unknown', { code: to ?? '' });
	const files: StatedFile[] = [];
	for (const [name, own] of Map.groupBy(decision === 'kept' ? [] : open, ({ kind }) => kind)) {
		const kind = kindNamed(name) as Kind;
		const stated = await statedRows(engine, kind, own, isoDay(on), target);
		const label = `名册缺席-${words[decision]}-${kind.label.zh}（${isoDay(on)}）.csv`;
		files.push({ kind, file: await restatedFile(engine, kind, stated, { name: label, reason: why, now }) });
	}
	const report = await importDecision(
		warehouse,
		files,
		{ today, now, locale },
		async (own, batch) => {
			await choose(own, open);
			await own.run(decideChosen, { decision, batch });
			await recordAct(own, actor, now, 'decide_absent', {
				batch,
				decision,
				...(decision === 'kept' ? {} : { on: isoDay(on) }),
				...(target === null ? {} : { to: target }),
				reason: why,
				rows: open.map(({ kind, township, id }) => ({ kind, township, id }))
			});
		},
		actor
	);
	const added = report.files.reduce((sum, file) => sum + file.added, 0);
	return { batch: report.batch, decision, rows: open.length, added };
}

const textOfKey = ({ kind, township, id }: AbsentKey): string => [kind, township, id].join('\u001f');

/** The length of a credit code (统一社会信用代码), which is that of one premises wherever it stands. */
const creditCode = 18;

/** The open absences of the keys. */
async function openRows(warehouse: Warehouse, keys: readonly AbsentKey[], actor: Actor): Promise<AbsentRow[]> {
	const open = new Map((await listAbsent(warehouse, {}, actor)).map((row) => [textOfKey(row), row]));
	const wanted = [...new Map(keys.map((key) => [textOfKey(key), key])).values()];
	if (wanted.length === 0) throw new Problem('absence_none_chosen');
	return wanted.map((key) => {
		const row = open.get(textOfKey(key));
		if (!row || !isRegister(key.kind))
			throw new Problem('absence_unknown', { kind: key.kind, township: key.township, id: key.id });
		return row;
	});
}

/**
 * The rows as they end in their township, and as they begin in the one to which they moved, where they are not open there.
 * @throws Problem `decision_refused` where another premises has the id there: ids are unique within a township only
 */
async function statedRows(
	engine: Engine,
	kind: Kind,
	rows: readonly AbsentRow[],
	on: string,
	target: string | null
): Promise<Restated[]> {
	const end = registerEnds[kind.name] ?? '';
	const ending = rows.map(({ township, id }): Restated => ({ township, id, changes: { [end]: on } }));
	if (target === null) return ending;
	const called = kind.fields.some(({ name }) => name === 'name') ? 'name' : 'NULL';
	const found = await engine.rows(
		`SELECT fact_key, ${called} AS name, ${end} IS NULL AS open FROM fact_${kind.name} WHERE batch_to IS NULL AND township = $target`,
		{ target }
	);
	const there = new Map(found.map((row) => [textOf(row['fact_key']), row]));
	const taken = rows.find(({ id, name, township }) => {
		const known = there.get(id);
		return township !== target && known !== undefined && id.length !== creditCode && textOrNull(known['name']) !== name;
	});
	if (taken) throw new Problem('decision_id_taken', { id: taken.id, township: target });
	const beginning = rows
		.filter(({ id, township }) => township !== target && there.get(id)?.['open'] !== true)
		.map(({ township, id }): Restated => ({ township, id, changes: { township: target, [end]: null } }));
	return [...ending, ...beginning];
}

async function choose(engine: Engine, rows: readonly AbsentKey[]): Promise<void> {
	await engine.run('CREATE OR REPLACE TEMP TABLE chosen (kind VARCHAR, township VARCHAR, fact_key VARCHAR)');
	await engine.appendText(
		'chosen',
		rows.map(({ kind, township, id }) => [kind, township, id])
	);
}

/** The code of a township by its code or name. */
async function townshipOf(engine: Engine, text: string): Promise<string> {
	const found = (await registeredTownships(engine))(text);
	if (!('code' in found)) throw new Problem('township_unknown', { code: text });
	return found.code;
}
