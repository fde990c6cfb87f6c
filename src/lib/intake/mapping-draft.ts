/**
 * A mapping while it is being made: what the clerk has said of each field so far, which may be too little yet. It comes
 * from a form and goes back into it, so that nothing is lost on an error.
 */
import { normaliseHeader } from './headers.ts';
import type { Field, Kind } from './kinds/declare.ts';
import { type Column, fingerprintOf, type Mapping } from './mapping.ts';

/** Where a field's cells come from, as a form says it. */
export interface Assignment {
	readonly from: 'nothing' | 'column' | 'constant' | 'subject';
	/** The header of the column; empty where it comes from none. */
	readonly header: string;
	readonly take: 'whole' | 'first' | 'rest';
	/** The characters at which the cell is parted. */
	readonly at: string;
	readonly constant: string;
	/** What the words of the column mean; an empty meaning leaves the cell empty. */
	readonly lookup: Readonly<Record<string, string>>;
	/** Made by {@link guessDraft} and seen by nobody yet. */
	readonly guessed: boolean;
}

export interface MappingDraft {
	readonly kind: Kind;
	readonly dateOrder: Mapping['dateOrder'];
	readonly lineNumbers: boolean;
	/** By field. */
	readonly fields: Readonly<Record<string, Assignment>>;
}

export const unassigned: Assignment = {
	from: 'nothing',
	header: '',
	take: 'whole',
	at: '',
	constant: '',
	lookup: {},
	guessed: false
};

/** The columns that a mapping can name: each header once, the first where two are alike. */
export function columnsToChoose(headers: readonly (string | null)[]): { header: string; at: number }[] {
	const seen = new Set<string>();
	return headers.flatMap((header, at) => {
		const form = normaliseHeader(header ?? '');
		if (header === null || form === '' || seen.has(form)) return [];
		seen.add(form);
		return [{ header, at }];
	});
}

/** Whether the township of this kind's rows can be looked up by the premises that they name. */
export const canFollowSubject = (kind: Kind): boolean => kind.fields.some(({ name }) => name === 'subject');

/** Whether rows of this kind have an id, which a file without one replaces by their content. */
export const hasIds = (kind: Kind): boolean => kind.key.length === 1 && kind.key[0] === 'id';

/** What an assignment says, if it says enough. */
function columnOf({ type }: Field, { from, header, take, at, constant, lookup }: Assignment): Column | null {
	switch (from) {
		case 'nothing':
			return null;
		case 'constant':
			return constant.trim() === '' ? null : { constant: constant.trim() };
		case 'subject':
			return type === 'township' ? { of: 'subject' } : null;
		case 'column':
			if (header === '') return null;
			return {
				header,
				...(take !== 'whole' && at !== '' ? { split: { at, take } } : {}),
				...(Object.keys(lookup).length > 0 ? { lookup } : {})
			};
	}
}

/** The mapping that a draft makes. An id is left out where the rows are said to have none. */
export function mappingOf(draft: MappingDraft, name: string, headers: readonly (string | null)[]): Mapping {
	const lineNumbers = draft.lineNumbers && hasIds(draft.kind);
	const columns: Record<string, Column> = {};
	for (const field of draft.kind.fields) {
		const column = columnOf(field, draft.fields[field.name] ?? unassigned);
		if (column && !(lineNumbers && field.name === 'id')) columns[field.name] = column;
	}
	const fingerprint = fingerprintOf(headers);
	return {
		name,
		kind: draft.kind.name,
		dateOrder: draft.dateOrder,
		lineNumbers,
		encoding: null,
		fingerprint: fingerprint === '' ? null : fingerprint,
		columns
	};
}

/** The required fields that a mapping does not say. */
export const missingIn = (mapping: Mapping, kind: Kind): Field[] =>
	kind.fields.filter(
		({ name, required }) => required && !(name in mapping.columns) && !(name === 'id' && mapping.lineNumbers)
	);

/** A mapping as a draft, to be changed. A day that is made of two columns has no place in the form and is left out. */
export const draftOf = (mapping: Mapping, kind: Kind): MappingDraft => ({
	kind,
	dateOrder: mapping.dateOrder,
	lineNumbers: mapping.lineNumbers,
	fields: Object.fromEntries(Object.entries(mapping.columns).map(([name, column]) => [name, assignmentOf(column)]))
});

function assignmentOf(column: Column): Assignment {
	if ('constant' in column) return { ...unassigned, from: 'constant', constant: column.constant };
	if ('of' in column) return { ...unassigned, from: 'subject' };
	if (!('header' in column)) return unassigned;
	const { header, split, lookup = {} } = column;
	return { ...unassigned, from: 'column', header, take: split?.take ?? 'whole', at: split?.at ?? '', lookup };
}
