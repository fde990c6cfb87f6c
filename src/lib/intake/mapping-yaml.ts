/** A mapping as the text of its file (data/mappings/*.yaml). Read back, the text gives the same mapping. */
import type { Column, Mapping } from './mapping.ts';

/** YAML takes a key of at most 1024 characters that is not announced by a question mark. */
const longestPlainKey = 1000;

/**
 * A text in double quotes: the escapes of JSON are those of YAML. Whatever a reader might take for something else, as
 * `yes` or `2025-03-05`, is then a text; what cannot be seen is escaped too.
 */
const quoted = (text: string): string =>
	JSON.stringify(text).replace(
		/[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
	);

function columnLines(column: Column): string[] {
	if ('constant' in column) return [`constant: ${quoted(column.constant)}`];
	if ('of' in column) return ['of: subject'];
	if ('date' in column) return [`date: ${quoted(column.date)}`, `plus_days: ${quoted(column.plusDays)}`];
	if ('join' in column) {
		const parts = column.join.map(({ header, isDay }) => (isDay ? `{ date: ${quoted(header)} }` : quoted(header)));
		return [`join: [${parts.join(', ')}]`, `with: ${quoted(column.between)}`];
	}
	const { header, lookup, split } = column;
	return [
		`header: ${quoted(header)}`,
		...(split
			? [
					`split: { at: ${quoted(split.at)}, take: ${split.take}${split.until === undefined ? '' : `, until: ${quoted(split.until)}`} }`
				]
			: []),
		...(lookup ? ['lookup:', ...Object.entries(lookup).flatMap(lookupLines)] : [])
	];
}

function lookupLines([cell, meaning]: readonly [string, string]): string[] {
	const key = quoted(cell);
	return key.length <= longestPlainKey ? [`  ${key}: ${quoted(meaning)}`] : [`  ? ${key}`, `  : ${quoted(meaning)}`];
}

/**
 * The text of a mapping's file.
 * @param headers the header row that it was made for, by which a file is known again
 */
export function mappingYaml(mapping: Mapping, headers: readonly (string | null)[]): string {
	const named = headers.filter((header): header is string => header !== null && header.trim() !== '');
	return [
		`name: ${quoted(mapping.name)}`,
		`kind: ${mapping.kind}`,
		...(mapping.dateOrder === null ? [] : [`date_order: ${mapping.dateOrder}`]),
		...(mapping.encoding === null ? [] : [`encoding: ${quoted(mapping.encoding)}`]),
		...(mapping.lineNumbers ? ['line_numbers: true'] : []),
		...(named.length === 0 ? [] : ['headers:', ...named.map((header) => `  - ${quoted(header)}`)]),
		'columns:',
		...Object.entries(mapping.columns).flatMap(([field, column]) => [
			`  ${field}:`,
			...columnLines(column).map((line) => `    ${line}`)
		]),
		''
	].join('\n');
}
