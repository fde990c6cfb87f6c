/** Markdown as the documents under docs/ have it: tables, and the parts between markers that are made from the code. */

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Lines of a table. */
export const table = (headers: readonly string[], rows: readonly (readonly string[])[]): string[] => [
	`| ${headers.join(' | ')} |`,
	`|${headers.map(() => '---').join('|')}|`,
	...rows.map((row) => `| ${row.map(cell).join(' | ')} |`)
];

/** A name as it is written in files and on the command line. */
export const code = (name: string): string => `\`${name}\``;

/** Names one after the other, a dash where there are none. */
export const list = (names: readonly string[]): string => (names.length === 0 ? '—' : names.map(code).join(', '));

const closing = '<!-- /generated -->';

/**
 * Puts new lines between `<!-- generated: NAME -->` and the closing marker after it.
 * @throws RangeError where the document has no such part
 */
export function withGenerated(document: string, name: string, lines: readonly string[]): string {
	const opening = `<!-- generated: ${name} -->`;
	const from = document.indexOf(opening);
	const to = from < 0 ? -1 : document.indexOf(closing, from);
	if (to < 0) throw new RangeError(`no generated part ${name}`);
	return `${document.slice(0, from + opening.length)}\n\n${lines.join('\n').trim()}\n\n${document.slice(to)}`;
}
