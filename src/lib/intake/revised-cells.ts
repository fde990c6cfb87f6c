/** The statement that tells, of the rows that `act` replaces, which cells change (rules.md, 2, Revision). */
import type { Kind } from './kinds/declare.ts';
import { storedFields } from './kinds/index.ts';

/**
 * The cells that the rows of a weighed sheet would rewrite: line, township, id, field, before, after, and how many there
 * are. The date that puts a row into its period comes first, because a change of it moves the row to another period.
 * Where several rows of the sheet have one key, the first that replaces the stored row is told. Binds `$most`.
 */
export function revisedCellsOf(kind: Kind): string {
	const fields = storedFields(kind);
	const quoted = (name: string): string => `"${name}"`;
	const pairs = fields.map(
		({ name }) =>
			`keyed.${quoted(name)} AS ${quoted(`now_${name}`)}, stored.${quoted(name)} AS ${quoted(`was_${name}`)}`
	);
	const cells = fields.map(
		({ name }, i) => `SELECT line, township, fact_key, ${name === kind.eventDate ? -1 : i} AS place, '${name}' AS field,
			CAST(${quoted(`was_${name}`)} AS VARCHAR) AS before, CAST(${quoted(`now_${name}`)} AS VARCHAR) AS after FROM pairs
			WHERE ${quoted(`was_${name}`)} IS DISTINCT FROM ${quoted(`now_${name}`)}`
	);
	return `WITH pairs AS MATERIALIZED (
		SELECT keyed.line, keyed.township, keyed.fact_key, ${pairs.join(', ')} FROM keyed JOIN act USING (line)
		JOIN (SELECT rowid, * FROM fact_${kind.name}) AS stored ON stored.rowid = act.stored WHERE act.outcome = 'revised'
	)
	SELECT line, township, fact_key AS id, field, before, after, count(*) OVER () AS n FROM (${cells.join(' UNION ALL ')})
	ORDER BY place >= 0, line, place LIMIT $most`;
}
