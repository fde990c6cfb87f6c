/** The problems of the rows that a batch held, as reports and pages show them: how many of each, and some of the rows. */
import type { Locale } from '../../basis/codes.ts';
import type { RowProblemCode } from '../../basis/problem.ts';
import type { Field, Kind } from '../../intake/kinds/declare.ts';
import { fieldNamed, kindNamed } from '../../intake/kinds/index.ts';
import { masked } from '../../intake/private-columns.ts';
import { rowProblemText } from '../../messages/problem-text.ts';
import { countOf, type Engine, textOf, textOrNull } from '../warehouse/engine.ts';

/** A problem of a row; numbers of persons in its cell are masked. */
export interface RowProblem {
	readonly hold: number;
	/** Whether the row is held to this day. */
	readonly isHeld: boolean;
	readonly file: string;
	readonly sheet: string | null;
	readonly line: number;
	readonly kind: Kind;
	/** The field's name as it was stored, and the field; null where the problem is of the whole row. */
	readonly name: string | null;
	readonly field: Field | null;
	readonly value: string | null;
	readonly message: string;
}

export interface RowProblems {
	readonly code: string;
	readonly count: number;
	readonly sample: readonly RowProblem[];
}

/**
 * The problems of a batch's rows, most frequent first, each with up to five of its rows.
 * @param heldFirst whether rows that are held to this day come before those that are settled
 */
export async function rowProblems(
	engine: Engine,
	batch: number,
	{ locale, heldFirst }: { readonly locale: Locale; readonly heldFirst: boolean }
): Promise<RowProblems[]> {
	const rows = await engine.rows(
		`SELECT *, row_number() OVER (PARTITION BY code ORDER BY $heldFirst AND status <> 'held', hold, field) AS place, count(*) OVER (PARTITION BY code) AS n FROM (
			SELECT hold, source_id, source_line, kind, status, unnest(CAST(problems AS STRUCT(field VARCHAR, code VARCHAR, value VARCHAR)[]), recursive := true)
			FROM quarantine WHERE batch = $batch
		) LEFT JOIN (SELECT source_id, file, sheet FROM source) USING (source_id) QUALIFY place <= 5 ORDER BY n DESC, code, place`,
		{ batch, heldFirst }
	);
	return [...Map.groupBy(rows, (row) => textOf(row['code']))].map(([code, sample]) => ({
		code,
		count: countOf(sample[0]?.['n']),
		sample: sample.map((row): RowProblem => {
			const kind = kindNamed(textOf(row['kind'])) as Kind;
			const [name, stored] = [textOrNull(row['field']), textOrNull(row['value'])];
			const value = stored === null ? null : masked(stored);
			const field = name === null ? null : (fieldNamed(kind, name) ?? null);
			return {
				hold: countOf(row['hold']),
				isHeld: row['status'] === 'held',
				file: textOf(row['file']),
				sheet: textOrNull(row['sheet']),
				line: countOf(row['source_line']),
				kind,
				name,
				field,
				value,
				message: rowProblemText(code as RowProblemCode, { kind, field, value }, locale)
			};
		})
	}));
}
