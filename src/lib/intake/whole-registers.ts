/**
 * The statements that compare a register handed in whole with the one that is there (rules.md, 2, Registers handed in
 * whole). What the files of one import have of registers is gathered in the temporary table `register_seen`.
 */
import type { SheetPlan } from './compose.ts';
import { kindNamed } from './kinds/index.ts';
import type { Kind } from './kinds/declare.ts';

/** The registers that are compared, each with the day on which a row of it ends. */
export const registerEnds: Readonly<Record<string, string>> = {
	clinic: 'ended_on',
	subject: 'closed_on',
	staff: 'left_on'
};

/** The registers that can be handed in whole. */
export const registers: readonly Kind[] = Object.keys(registerEnds).flatMap((name) => kindNamed(name) ?? []);

export const isRegister = (kind: string): boolean => kind in registerEnds;

export const seenTable =
	'CREATE OR REPLACE TEMP TABLE register_seen (kind VARCHAR, township VARCHAR, fact_key VARCHAR)';

/**
 * Gathers what a sheet that was just taken has, its held rows too where their id can be read. A bare number under 序号 is
 * no id: of such sheets only the keys that were made from the content of rows that are not held are known.
 */
export function seeSheet({ kind, mapping, idIsLineNumber }: SheetPlan): string {
	const [key = 'id'] = kind.key;
	const lineNumbers = mapping.lineNumbers
		? 'false'
		: idIsLineNumber
			? `NOT regexp_full_match("${key}", '[0-9]+(\\.0+)?')`
			: 'true';
	return `INSERT INTO register_seen
	SELECT '${kind.name}', township, "${key}" FROM typed WHERE ${lineNumbers}
	UNION SELECT '${kind.name}', township, fact_key FROM keyed`;
}

/**
 * Settles open absences of a kind whose rows are back: named in a file of this import, or brought by it otherwise (a row
 * that was held and is free now). Binds `$batch`.
 */
export const noteReturned = ({ name }: Kind): string =>
	`INSERT INTO absence_decision
	SELECT open.batch, open.kind, open.township, open.fact_key, 'returned', $batch FROM (${openAbsences}) AS open
	SEMI JOIN (
		SELECT township, fact_key FROM register_seen WHERE kind = '${name}'
		UNION SELECT township, fact_key FROM fact_${name} WHERE batch_from = $batch
	) AS back ON back.township = open.township AND back.fact_key = open.fact_key
	WHERE open.kind = '${name}' AND open.batch < $batch`;

/**
 * Lists the rows of a kind that are current and absent from the files, in the townships that the files name. A held row
 * whose township cannot be read stands for its id wherever it is. Binds `$batch` and `$today`.
 */
export const findAbsent = ({ name }: Kind): string =>
	`INSERT INTO absence
	SELECT $batch, '${name}', now.township, now.fact_key FROM fact_${name} AS now
	SEMI JOIN (SELECT township FROM register_seen WHERE kind = '${name}') AS scope ON scope.township = now.township
	ANTI JOIN (FROM register_seen WHERE kind = '${name}') AS seen ON seen.township = now.township AND seen.fact_key = now.fact_key
	ANTI JOIN (FROM register_seen WHERE kind = '${name}' AND township IS NULL) AS nowhere ON nowhere.fact_key = now.fact_key
	WHERE now.batch_to IS NULL AND (now.${registerEnds[name] ?? 'ended_on'} IS NULL OR now.${registerEnds[name] ?? 'ended_on'} > CAST($today AS DATE))`;

/** Absences that stand and that nobody has decided on. */
const openAbsences = `SELECT * FROM absence WHERE batch NOT IN (SELECT batch FROM undone)
	AND NOT EXISTS (FROM absence_decision AS settled WHERE settled.absence_batch = absence.batch AND settled.kind = absence.kind
		AND settled.township = absence.township AND settled.fact_key = absence.fact_key
		AND settled.decided_batch NOT IN (SELECT batch FROM undone))`;

/** Settles all open absences of the rows in the temporary table `chosen`. Binds `$decision` and `$batch`. */
export const decideChosen = `INSERT INTO absence_decision
	SELECT open.batch, open.kind, open.township, open.fact_key, $decision, $batch FROM (${openAbsences}) AS open
	SEMI JOIN chosen ON chosen.kind = open.kind AND chosen.township = open.township AND chosen.fact_key = open.fact_key`;
