/** Why rows are held, for docs/rules.md. */
import { retryableCodes, rowProblemCodes } from '#lib/basis/problem.ts';
import { code, table } from './markdown.ts';

/** @param messages the English messages by key */
export const rowProblemLines = (messages: Readonly<Record<string, string>>): string[] =>
	table(
		['code', 'tried again by itself', 'what the row is told'],
		rowProblemCodes.map((name) => [
			code(name),
			retryableCodes.includes(name) ? 'yes' : '',
			messages[`problem_${name}`] ?? ''
		])
	);
