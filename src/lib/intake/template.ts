/** A workbook to fill in, made from the declaration of a kind: what a spreadsheet program is told of each column. */
import { type Day, parseIsoDay } from '../basis/day.ts';
import type { RowProblemCode } from '../basis/problem.ts';
import type { Domain } from './domains.ts';
import type { Field, Kind } from './kinds/declare.ts';

/** What a column takes. An open list only advises: a bureau has domains of its own. */
export type Takes =
	| { readonly type: 'any' }
	| { readonly type: 'list'; readonly words: readonly string[]; readonly open: boolean }
	| { readonly type: 'date'; readonly earliest: Day; readonly mayBeFuture: boolean }
	| { readonly type: 'whole' }
	| { readonly type: 'decimal' };

/** How the cells of a column are formatted. Text keeps 001 and 2025-03 as they are typed. */
export type CellFormat = 'text' | 'date' | 'whole' | 'decimal';

export interface TemplateColumn {
	readonly header: string;
	readonly required: boolean;
	readonly format: CellFormat;
	readonly takes: Takes;
	/** What stands beside a cell while it is filled in. */
	readonly prompt: string;
	/** What is said of a cell that the column does not take. */
	readonly refusal: string;
}

export interface Template {
	readonly sheet: string;
	readonly columns: readonly TemplateColumn[];
	/** The second sheet, which explains the first. */
	readonly notes: {
		readonly sheet: string;
		readonly headers: readonly string[];
		readonly rows: readonly (readonly string[])[];
	};
}

export function takesOf(field: Field, domains: readonly Domain[]): Takes {
	switch (field.type) {
		case 'date':
			return { type: 'date', earliest: parseIsoDay(field.earliest) as Day, mayBeFuture: field.mayBeFuture };
		case 'count':
			return { type: 'whole' };
		case 'decimal':
		case 'money':
			return { type: 'decimal' };
		case 'boolean':
			return { type: 'list', words: ['是', '否'], open: false };
		case 'choice':
			return {
				type: 'list',
				words: Object.entries(field.choices).map(([key, words]) => words[0] ?? key),
				open: false
			};
		case 'flag':
			return { type: 'list', words: ['1', '2', '3'], open: false };
		case 'domain':
			return { type: 'list', words: domains.map(({ name }) => name.zh), open: true };
		default:
			return { type: 'any' };
	}
}

export function formatOf({ type }: Field): CellFormat {
	switch (type) {
		case 'date':
			return 'date';
		case 'count':
		// As text, a 1 that is typed would not be the 1 of the list.
		case 'flag':
			return 'whole';
		case 'decimal':
		case 'money':
			return 'decimal';
		default:
			return 'text';
	}
}

/** What can be wrong with a filled cell of each type, the most common first. */
const cellProblems: Readonly<Record<Field['type'], readonly RowProblemCode[]>> = {
	text: [],
	date: ['bad_date', 'date_too_early', 'date_in_future'],
	count: ['bad_number'],
	decimal: ['bad_number'],
	money: ['bad_number'],
	boolean: ['bad_boolean'],
	choice: ['unknown_choice'],
	township: ['unknown_township', 'ambiguous_township'],
	domain: ['unknown_domain'],
	period: ['bad_period'],
	covers: ['bad_period'],
	flag: ['bad_flag', 'nothing_to_revise']
};

/** What the checks can say of a field: empty where it must not be, wrong, or naming what is not there. */
export function problemsOf(kind: Kind, field: Field): RowProblemCode[] {
	const found: RowProblemCode[] = field.required ? ['missing_value'] : [];
	found.push(
		...cellProblems[field.type].filter(
			(code) => code !== 'date_in_future' || (field.type === 'date' && !field.mayBeFuture)
		)
	);
	if (kind.name === 'patrol' && field.name === 'subject') found.push('unknown_subject');
	if (kind.name === 'finding' && field.name === 'patrol') found.push('unknown_patrol', 'ambiguous_patrol');
	if (kind.key.length === 1 && kind.key[0] === field.name) found.push('conflicting_rows');
	return found;
}
