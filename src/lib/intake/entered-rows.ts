/** Statements over rows that people enter: more points than a row is worth, and who answers for it. */
import {
	cellJoins,
	fieldValue,
	keyExpression,
	literal,
	quoted,
	rawExpression,
	readable,
	sameContent,
	type SheetPlan,
	valueExpression
} from './compose.ts';
import { fieldNamed } from './kinds/index.ts';

/** Puts the rows into `problem` in which a number is above the bound that the row itself states. What is taken back is not. */
export function aboveBound(plan: SheetPlan): string[] {
	const { kind } = plan;
	if (!kind.atMost) return [];
	const [field, bound] = [kind.atMost.field, kind.atMost.bound].map((name) => fieldNamed(kind, name));
	const cell = field && rawExpression(plan, field);
	if (!cell || !bound || rawExpression(plan, bound) === null) return [];
	return [
		`INSERT INTO problem SELECT raw.line, ${literal(field.name)}, 'above_full_points', ${readable(cell)}
		FROM raw JOIN typed USING (line) ${cellJoins(plan)} WHERE typed.flag <> '3' AND typed.${quoted(field.name)} > ${valueExpression(plan, bound)}`
	];
}

/**
 * The rows that state what somebody entered, and would change what stands: line, period, key, who entered it, who
 * confirmed it. Null for kinds of which nobody enters rows with their name.
 */
export function enteredRows(plan: SheetPlan): string | null {
	const { name, enteredFor } = plan.kind;
	if (!enteredFor) return null;
	return `SELECT keyed.line, keyed.period, keyed.${quoted(enteredFor)} AS "key", keyed."by", ${fieldValue(plan, 'confirmed_by')} AS second
	FROM (SELECT *, ${keyExpression(plan)} AS fact_key FROM typed) AS keyed JOIN raw USING (line) ${cellJoins(plan)}
	WHERE keyed.period IS NOT NULL AND keyed.${quoted(enteredFor)} IS NOT NULL AND (keyed.flag = '3' OR NOT EXISTS (
		FROM fact_${name} AS stored WHERE stored.batch_to IS NULL AND stored.township = keyed.township
			AND stored.fact_key = keyed.fact_key AND ${sameContent(plan.kind)}))
	ORDER BY keyed.line`;
}
