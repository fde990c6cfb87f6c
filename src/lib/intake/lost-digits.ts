/** Ids that Excel has cut: it keeps fifteen digits of a number, and shows a longer one as 3.20411E+17. */
import { literal, rawExpression, type SheetPlan } from './compose.ts';
import type { Field } from './kinds/declare.ts';

/** Fields by which rows are told apart or found again: a number that lost its last digits is another number. */
const namesSomething = (plan: SheetPlan): Field[] =>
	plan.kind.fields.filter(
		({ name, type }) =>
			type === 'text' &&
			(name === 'id' || ['subject', 'patrol', 'code', 'clinic'].includes(name) || plan.kind.key.includes(name))
	);

/** What is left of a long number where a program took it for a measurement: 3.20411E+17, 3.20411e+17, in Java 3.20411E17. */
const cutNumber = String.raw`[0-9](\.[0-9]+)?[Ee]\+[0-9]+|[0-9]\.[0-9]+E[0-9]+`;

/** Statements that put the rows into `problem` whose id is such a rest. */
export const lostDigits = (plan: SheetPlan): string[] =>
	namesSomething(plan).flatMap((field) => {
		const cell = rawExpression(plan, field);
		return cell === null
			? []
			: `INSERT INTO problem SELECT line, ${literal(field.name)}, 'digits_lost', ${cell} FROM raw
			WHERE (contains(${cell}, 'E') OR contains(${cell}, 'e+')) AND regexp_full_match(${cell}, ${literal(cutNumber)})`;
	});
