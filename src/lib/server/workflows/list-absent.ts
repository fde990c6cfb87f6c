/** 名册缺席: the rows of registers that were not in a register handed in whole, and that wait for a decision. */
import { type Actor, ownTownships } from '../../basis/codes.ts';
import type { AbsentRow } from '../../reports/decisions.ts';
import { countOf, textOf, textOrNull } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';

/** Which of them; all where nothing is said. */
export interface WhichAbsent {
	readonly batch?: number | null;
	readonly kind?: string | null;
	readonly township?: string | null;
}

/** The open absences that an actor may see, by kind, township and id. */
export async function listAbsent(
	{ engine }: Pick<Warehouse, 'engine'>,
	{ batch = null, kind = null, township = null }: WhichAbsent,
	actor: Actor
): Promise<AbsentRow[]> {
	const townships = ownTownships(actor);
	const rows = await engine.rows(engine.statement('open-absences'), { batch, kind, township, townships });
	return rows.map((row) => ({
		kind: textOf(row['kind']),
		township: textOf(row['township']),
		townshipName: textOf(row['township_name']),
		id: textOf(row['id']),
		name: textOrNull(row['name']),
		elsewhere: textOrNull(row['elsewhere']),
		elsewhereName: textOrNull(row['elsewhere_name']),
		batch: countOf(row['batch'])
	}));
}

/** The table of absent rows as a file, one row each. */
export const absentTable = (rows: readonly AbsentRow[]): (string | null)[][] => [
	['表类', '乡镇代码', '乡镇', '编号', '名称', '现在所在乡镇代码', '现在所在乡镇', '批次'],
	...rows.map((row) => [
		row.kind,
		row.township,
		row.townshipName,
		row.id,
		row.name,
		row.elsewhere,
		row.elsewhereName,
		String(row.batch)
	])
];
