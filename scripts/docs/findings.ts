/** What the linter can find, read out of the calls that report it, for docs/rules.md. */
import ts from 'typescript';
import { code, table } from './markdown.ts';

/** A source file, with the kind of document that its findings are about. */
export interface Source {
	readonly of: 'scheme' | 'plan' | 'both';
	readonly text: string;
}

interface Finding {
	readonly code: string;
	readonly level: string;
	readonly of: Source['of'];
}

/** `findings.error(line, 'code', …)` and `findings.warning(…)`, however the collector was reached. */
function reportIn(node: ts.Node): { level: string; code: string } | null {
	if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return null;
	const { name, expression } = node.expression;
	const collector = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
	if (!ts.isIdentifier(collector) || collector.text !== 'findings') return null;
	if (name.text !== 'error' && name.text !== 'warning') return null;
	const [, argument] = node.arguments;
	if (!argument || !ts.isStringLiteral(argument)) throw new TypeError(`no code in ${node.getText()}`);
	return { level: name.text, code: argument.text };
}

function findingsIn({ of, text }: Source): Finding[] {
	const found: Finding[] = [];
	const visit = (node: ts.Node): void => {
		const report = reportIn(node);
		if (report) found.push({ ...report, of });
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true));
	return found;
}

/**
 * One line a code, errors first.
 * @param messages the English messages by key
 */
export function findingLines(sources: readonly Source[], messages: Readonly<Record<string, string>>): string[] {
	const byCode = Map.groupBy(sources.flatMap(findingsIn), (finding) => `${finding.level} ${finding.code}`);
	return table(
		['level', 'code', 'in', 'what it says'],
		[...byCode.values()]
			.map((same) => {
				const [{ level, code: name }] = same as [Finding];
				const kinds = new Set(same.map(({ of }) => of));
				const where = kinds.size > 1 || kinds.has('both') ? 'scheme, plan' : [...kinds].join('');
				return [level, code(name), where, messages[`finding_${name}`] ?? ''];
			})
			.sort((a, b) => (a.join() < b.join() ? -1 : 1))
	);
}
