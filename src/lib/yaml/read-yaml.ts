/**
 * YAML 1.2 (and so JSON) as a {@link Tree}. Numbers keep their digits: the parser's own numbers are floating point,
 * and 0.693 of a pool must be exactly that.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { parseDecimal } from '../basis/fraction.ts';
import { Problem } from '../basis/problem.ts';
import type { Tree } from '../basis/tree.ts';

/**
 * Parses a document.
 * @throws Problem `yaml_invalid` with the line
 */
export function readYaml(text: string, file: string): Tree {
	const lines = new LineCounter();
	const document = parseDocument(text, { version: '1.2', schema: 'core', lineCounter: lines, uniqueKeys: true });
	const lineOf = (node: { range?: readonly number[] | null } | null | undefined): number =>
		node?.range ? lines.linePos(node.range[0] ?? 0).line : 1;
	const [error] = document.errors;
	if (error)
		throw new Problem(
			'yaml_invalid',
			{ reason: error.message.split('\n')[0] ?? '' },
			{ file, line: error.linePos?.[0].line ?? 1 }
		);

	function convert(node: Node | null | undefined, fallbackLine: number): Tree {
		const line = node ? lineOf(node) : fallbackLine;
		if (isAlias(node)) return convert(node.resolve(document), line);
		if (isMap(node))
			return {
				type: 'map',
				line,
				entries: new Map(
					node.items.map((pair) => {
						const key = pair.key as Node;
						const keyLine = lineOf(key);
						return [
							isScalar(key) ? String(key.source ?? key.value) : String(key),
							{ line: keyLine, value: convert(pair.value as Node | null, keyLine) }
						];
					})
				)
			};
		if (isSeq(node)) return { type: 'list', line, items: node.items.map((item) => convert(item as Node, line)) };
		if (!isScalar(node) || node.value === null)
			return { type: 'scalar', line, text: null, number: null, boolean: null };
		const source = node.source ?? String(node.value);
		return {
			type: 'scalar',
			line,
			text: source,
			number: typeof node.value === 'number' ? parseDecimal(source) : null,
			boolean: typeof node.value === 'boolean' ? node.value : null
		};
	}
	return convert(document.contents, 1);
}
