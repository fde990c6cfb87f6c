/** The statements that hold rows back, hold them again, and let a later file supersede them; beside {@link ./compose.ts}. */
import { keyExpression, type SheetPlan } from './compose.ts';

/**
 * Stores the held rows of `raw` as read, with every problem. Binds `$batch`, `$source`, `$first`, `$retryable`.
 * A key made of the content names its columns without their table, and a patrol has a column `problems` too.
 */
export function holdRows(plan: SheetPlan): string {
	const cells = plan.headers.map((_, i) => `c${i}`).join(', ');
	return `INSERT INTO quarantine
	SELECT $first + row_number() OVER (ORDER BY raw.line), $batch, $source, raw.line, '${plan.kind.name}', typed.township, ${keyExpression(plan)},
		to_json([${cells}, raw.surplus]), found.reasons, found.may_be_retried, 'held', NULL
	FROM raw JOIN typed ON typed.line = raw.line JOIN (${problemsOfRows}) AS found(line, reasons, may_be_retried) ON found.line = raw.line`;
}

/** The problems of each held row as JSON, and whether another import can take all of them away. Binds `$retryable`. */
const problemsOfRows = `SELECT line, to_json(list({'field': field, 'code': code, 'value': value} ORDER BY field, code)) AS problems,
	bool_and(list_contains($retryable, code)) AS retryable FROM problem GROUP BY line`;

/** Brings the stored problems of rows up to date that were tried again and still have some. */
export const holdAgain = `UPDATE quarantine SET problems = found.problems, retryable = found.retryable
	FROM (${problemsOfRows}) AS found WHERE quarantine.source_id = $source AND quarantine.source_line = found.line AND quarantine.status = 'held'`;

/**
 * Held rows of which a later file has brought the key: they are superseded. A held replacement is not, because the
 * row that it was to replace may only now have come; nor is one whose township is not known, unless the same line of a
 * file of the same name has brought its key: ids are only unique within a township. Binds `$batch`, `$source`, `$kind`,
 * `$file`, `$sheet`.
 */
export const supersedeHolds = `UPDATE quarantine SET status = 'superseded', status_batch = $batch
	WHERE status = 'held' AND kind = $kind AND source_id < $source AND NOT contains(CAST(problems AS VARCHAR), 'nothing_to_revise')
	AND EXISTS (FROM keyed WHERE keyed.fact_key = quarantine.fact_key AND keyed.line NOT IN (SELECT line FROM problem)
		AND (keyed.township = quarantine.township OR (quarantine.township IS NULL AND keyed.line = quarantine.source_line
			AND quarantine.source_id IN (SELECT source_id FROM source WHERE file = $file AND sheet IS NOT DISTINCT FROM $sheet))))`;
