/** The kinds of fact with their fields and headers, for docs/rules.md. */
import type { Field, Kind } from '#lib/intake/kinds/declare.ts';
import { code, table } from './markdown.ts';

/** What a cell of a field may hold. */
function valueOf(field: Field): string {
	switch (field.type) {
		case 'date': {
			const from = field.earliest === '2000-01-01' ? '' : ` from ${field.earliest.slice(0, 4)} on`;
			return field.mayBeFuture ? `day${from}, may lie ahead` : `day${from}`;
		}
		case 'count':
			return absentOf(field, 'whole number');
		case 'decimal':
			return 'number';
		case 'money':
			return 'yuan';
		case 'boolean':
			return 'yes or no';
		case 'choice':
			return Object.entries(field.choices)
				.map(([key, names]) => `${code(key)} ${names.join(', ')}`)
				.join('; ');
		case 'period':
			return 'quarter, half or year';
		case 'covers':
			return 'month or quarter';
		case 'flag':
			return '1 adds, 2 replaces, 3 withdraws';
		default:
			return field.type;
	}
}

const absentOf = ({ absentMeans }: Field, value: string): string =>
	absentMeans
		? `${value}; where it is absent 0 if ${code(absentMeans.text)} is empty or one of ${absentMeans.nothing.join(' ')}, else 1`
		: value;

const keyOf = (kind: Kind): string =>
	['township', ...kind.key]
		.map((name) => code(name === 'township' && kind.name === 'township' ? 'code' : name))
		.join(', ');

/** A heading, the key and a table of fields for each kind. */
export const kindLines = (kinds: readonly Kind[]): string[] =>
	kinds.flatMap((kind) => [
		'',
		`### ${kind.name} ${kind.label.zh}`,
		'',
		`Key: ${keyOf(kind)}.${kind.eventDate === null ? '' : ` Event date: ${code(kind.eventDate)}.`}`,
		'',
		...table(
			['field', 'what it is', 'headers', 'value'],
			kind.fields.map((field) => [
				`${code(field.name)}${field.required ? '\\*' : ''}`,
				field.en,
				field.headers.join(', '),
				valueOf(field)
			])
		)
	]);
