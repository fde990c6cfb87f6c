/**
 * Townships that went into others (并入, rules.md, 2): a row that names one which the register does not have, or that goes
 * round in a circle, is held; and of a township all that went into it, one way or through others.
 */

/** Townships by code and name: those of the sheet, and those of the register. */
const places = `SELECT code, name FROM typed WHERE code IS NOT NULL
	UNION SELECT township, name FROM fact_township WHERE batch_to IS NULL`;

/** Statements that put the rows of a township register into `problem` whose 并入 leads nowhere, or back. */
export const mergerProblems: readonly string[] = [
	`INSERT INTO problem SELECT line, 'merged_into', 'unknown_township', merged_into FROM typed
	WHERE merged_into IS NOT NULL AND merged_into NOT IN (SELECT code FROM (${places}) UNION SELECT name FROM (${places}) WHERE name IS NOT NULL)`,
	`INSERT INTO problem
	WITH RECURSIVE place AS (${places}), stated AS (
		SELECT code, merged_into FROM typed WHERE merged_into IS NOT NULL AND code IS NOT NULL
		UNION SELECT township, merged_into FROM fact_township WHERE batch_to IS NULL AND merged_into IS NOT NULL
			AND township NOT IN (SELECT code FROM typed WHERE code IS NOT NULL)
	), step AS (
		SELECT DISTINCT stated.code, place.code AS into_code FROM stated JOIN place ON place.code = stated.merged_into OR place.name = stated.merged_into
	), reached AS (
		SELECT code, into_code FROM step
		UNION SELECT reached.code, step.into_code FROM reached JOIN step ON step.code = reached.into_code
	)
	SELECT line, 'merged_into', 'merger_circle', merged_into FROM typed
	WHERE merged_into IS NOT NULL AND code IN (SELECT code FROM reached WHERE code = into_code)`
];

/** A township and where it went, by code or name as its register says; null where it stands by itself. */
export interface Merger {
	readonly code: string;
	readonly name: string;
	readonly into: string | null;
}

/** The codes of all townships that went into one, by themselves or through others, ascending. A code wins over a name. */
export function predecessorsOf(code: string, register: readonly Merger[]): string[] {
	const codes = new Set(register.map((one) => one.code));
	const byName = new Map(register.map((one) => [one.name, one.code]));
	const steps = register.flatMap(({ code: from, into }) => {
		const to = into === null ? undefined : codes.has(into) ? into : byName.get(into);
		return to === undefined ? [] : [{ from, to }];
	});
	const found = new Set([code]);
	for (const one of found) for (const { from, to } of steps) if (to === one) found.add(from);
	found.delete(code);
	return [...found].sort();
}
