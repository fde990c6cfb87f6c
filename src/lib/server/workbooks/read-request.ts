/** What a reading of a file is asked, and what it gives: plain data, which can cross between threads. */
import { basename } from 'node:path';
import { Problem, type Where } from '../../basis/problem.ts';
import type { HeadRows } from '../../intake/header-rows.ts';
import { kindNamed } from '../../intake/kinds/index.ts';
import type { Mapping } from '../../intake/mapping.ts';
import { mappingFor, type Recognised, recognise, recogniseByMapping } from '../../intake/recognise.ts';
import type { LandedRows } from './land-rows.ts';
import type { OpenedFile } from './open-file.ts';

export interface ReadRequest {
	readonly path: string;
	/** What the user named; null where it is to be found out. */
	readonly encoding: string | null;
	readonly kind: string | null;
	readonly sheet: string | null;
	readonly mapping: Mapping | null;
	/** Mappings that were chosen for single sheets, by their {@link sheetKey}. */
	readonly sheetMappings: Readonly<Record<string, Mapping>>;
	/** Saved mappings, found by the header that they were made for. */
	readonly mappings: readonly Mapping[];
	/** The beginning of the paths of landed files; null to look and land nothing. */
	readonly into: string | null;
	/** Whether a plain text may be left for the engine to read in place. */
	readonly inPlace: boolean;
	/** How many rows of each sheet are given back as they stand. */
	readonly headRows: number;
}

/** A plain text below its header, one row a line. */
export interface PlainRows {
	readonly path: string;
	readonly delimiter: string;
	readonly rows: number;
	readonly leftOut: readonly number[];
}

/** How far the reading of a file has come: the share is of its sheet. */
export interface ReadingProgress {
	readonly file: string;
	readonly sheet: string | null;
	readonly rows: number;
	readonly share: number;
}

export interface ReadSheet {
	readonly sheet: string | null;
	readonly encoding: string | null;
	readonly guessed: boolean;
	readonly date1904: boolean;
	/** The first rows as they stand. */
	readonly head: HeadRows;
	/** Whether there are more than those. */
	readonly more: boolean;
	readonly recognised: Recognised | null;
	/** Why it could not be recognised, where there is more to say than that. */
	readonly problem: Problem | null;
	readonly landed:
		{ readonly way: 'rows'; readonly rows: LandedRows } | { readonly way: 'plain'; readonly plain: PlainRows } | null;
}

export interface ReadFile extends Omit<OpenedFile, 'sheets'> {
	/** The visible sheets; of a name that was asked for, only that. */
	readonly sheets: readonly ReadSheet[];
	/** The names of all visible sheets. */
	readonly sheetNames: readonly string[];
}

/** How far down a sheet its header may stand. */
export const headerDepth = 30;

/** The name of a sheet within what was handed in: empty for a text; for a file of an archive its name stands before. */
export function sheetKey(handedIn: string, file: string, sheet: string | null): string {
	const member = file === handedIn ? null : file.slice(handedIn.length + 1);
	return [member, sheet].filter((part) => part !== null).join(' · ');
}

/** What the head of a sheet is recognised as. */
export function recogniseHead(head: HeadRows, request: ReadRequest, where: Where): Recognised | null {
	const { file = '', sheet = null } = where;
	const chosen = request.mapping ?? request.sheetMappings[sheetKey(basename(request.path), file, sheet)] ?? null;
	const mapping = chosen ?? (request.kind === null ? mappingFor(head, request.mappings, where) : null);
	if (!mapping) return recognise(head, request.kind === null ? null : (kindNamed(request.kind) ?? null), where);
	const kind = kindNamed(mapping.kind);
	if (!kind) throw new Problem('kind_unknown', { kind: mapping.kind, known: '' }, where);
	return recogniseByMapping(head, mapping, kind, where);
}
