/** Which kind a sheet is and which rows hold its header (rules.md, 2): by headers, never by position. */
import { Problem, type Where } from '../basis/problem.ts';
import { type HeaderRow, headerRows, type HeadRows } from './header-rows.ts';
import { lineNumberHeader, normaliseHeader } from './headers.ts';
import type { Kind } from './kinds/declare.ts';
import { kinds } from './kinds/index.ts';
import { type Column, fingerprintOf, type Mapping, neededHeaders } from './mapping.ts';

/** How sure a recognition is, in figures that anybody can check. */
export interface Confidence {
	/** Columns of the sheet that the kind or the mapping knows. */
	readonly known: number;
	/** Columns of the sheet that have a header. */
	readonly of: number;
	/** The kind that comes next for this header, and the columns that it would know; null where no other fits. */
	readonly rival: { readonly kind: string; readonly known: number } | null;
}

/** A sheet with its kind, its header and where each field is. */
export interface Recognised {
	readonly kind: Kind;
	/** The last line of the header; the rows below it are read. */
	readonly headerLine: number;
	/** The lines of the header and of the titles above it, as they stand: each may stand again on the next page. */
	readonly headerCells: readonly (readonly (string | null)[])[];
	/** The names of the columns. */
	readonly headers: readonly (string | null)[];
	readonly mapping: Mapping;
	/** Whether the id stands under 序号: bare integers there are line numbers. */
	readonly idIsLineNumber: boolean;
	readonly confidence: Confidence;
}

interface Candidate {
	readonly kind: Kind;
	readonly row: HeaderRow;
	readonly columns: Readonly<Record<string, Column>>;
	/** The names of the columns, by which the mapping finds them. */
	readonly headers: readonly (string | null)[];
	readonly known: number;
}

/** The columns of a header that a kind knows: the first listed header of a field that is there. */
export function columnsOf(kind: Kind, row: HeaderRow): Pick<Candidate, 'columns' | 'headers'> {
	const present = new Map<string, { place: number; name: string }>();
	for (const [place, spellings] of row.spellings.entries())
		for (const name of spellings) {
			const form = normaliseHeader(name);
			if (form !== '' && !present.has(form)) present.set(form, { place, name });
		}
	const columns: Record<string, Column> = {};
	const headers = [...row.names];
	for (const field of kind.fields) {
		const found = [...field.headers, field.name]
			.map((header) => present.get(normaliseHeader(header)))
			.find((one) => one !== undefined);
		if (!found) continue;
		columns[field.name] = { header: found.name };
		headers[found.place] = found.name;
	}
	return { columns, headers };
}

function candidate(kind: Kind, row: HeaderRow): Candidate | null {
	const { columns, headers } = columnsOf(kind, row);
	if (kind.fields.some((field) => field.required && !(field.name in columns))) return null;
	return { kind, row, columns, headers, known: Object.keys(columns).length };
}

const linesTo = (head: HeadRows, last: number): (readonly (string | null)[])[] =>
	head.filter(({ line }) => line <= last).map(({ cells }) => cells);

const filled = (row: HeaderRow): number => row.names.filter((name) => name !== null && name.trim() !== '').length;

/**
 * Recognises a sheet by its own headers.
 * @param wanted only this kind, when the user named one
 * @returns null when no row of the head is the header of a kind
 * @throws Problem `kind_ambiguous` naming the candidates, `kind_headers_missing` when the wanted kind lacks headers
 */
export function recognise(head: HeadRows, wanted: Kind | null, where: Where): Recognised | null {
	const rows = headerRows(head);
	const found = rows
		.flatMap((row) => (wanted ? [wanted] : kinds).flatMap((kind) => candidate(kind, row) ?? []))
		.sort((a, b) => b.known - a.known || a.row.cells.length - b.row.cells.length || a.row.line - b.row.line);
	const [best] = found;
	if (!best) {
		if (wanted) throw headersMissing(rows, wanted, where);
		return null;
	}
	const others = found.filter(({ kind, row }) => kind !== best.kind && row === best.row);
	const equals = others.filter(({ known }) => known === best.known);
	if (equals.length > 0)
		throw new Problem('kind_ambiguous', { kinds: [best, ...equals].map(({ kind }) => kind.name).join(', ') }, where);
	const id = best.columns['id'];
	return {
		kind: best.kind,
		headerLine: best.row.line,
		headerCells: linesTo(head, best.row.line),
		headers: best.headers,
		mapping: {
			name: '',
			kind: best.kind.name,
			dateOrder: null,
			lineNumbers: false,
			encoding: null,
			fingerprint: null,
			columns: best.columns
		},
		idIsLineNumber: id !== undefined && 'header' in id && normaliseHeader(id.header) === lineNumberHeader,
		confidence: {
			known: best.known,
			of: filled(best.row),
			rival: others[0] ? { kind: others[0].kind.name, known: others[0].known } : null
		}
	};
}

function headersMissing(rows: readonly HeaderRow[], wanted: Kind, where: Where): Problem {
	const closest = rows
		.map((row) => columnsOf(wanted, row).columns)
		.reduce((a, b) => (Object.keys(b).length > Object.keys(a).length ? b : a), {});
	const missing = wanted.fields.filter((field) => field.required && !(field.name in closest));
	return new Problem(
		'kind_headers_missing',
		{ kind: wanted.name, headers: missing.map((field) => field.headers[0] ?? field.name).join('、') },
		where
	);
}

/**
 * The saved mapping that was made for the header of a sheet, whatever the order of its columns. One that says the
 * township itself fits the files of one township only, and offices share their forms: it has to be named.
 * @throws Problem `mapping_ambiguous` naming those that fit where there are several: they have to be named
 */
export function mappingFor(head: HeadRows, mappings: readonly Mapping[], where: Where): Mapping | null {
	if (!mappings.some(({ fingerprint }) => fingerprint !== null)) return null;
	const prints = new Set(headerRows(head).map(({ names }) => fingerprintOf(names)));
	const found = mappings.filter(
		({ fingerprint, columns }) =>
			fingerprint !== null && prints.has(fingerprint) && !('constant' in (columns['township'] ?? {}))
	);
	if (found.length > 1)
		throw new Problem('mapping_ambiguous', { mappings: found.map(({ name }) => name).join(', ') }, where);
	return found[0] ?? null;
}

/**
 * Finds the header that a mapping speaks of.
 * @throws Problem `mapping_headers_missing` naming what the closest row lacks
 */
export function recogniseByMapping(head: HeadRows, mapping: Mapping, kind: Kind, where: Where): Recognised {
	const needed = neededHeaders(mapping);
	let fewest: string[] = needed;
	for (const row of headerRows(head)) {
		const places = new Map<string, number>();
		for (const [place, spellings] of row.spellings.entries())
			for (const name of spellings) {
				const form = normaliseHeader(name);
				if (form !== '' && !places.has(form)) places.set(form, place);
			}
		const missing = needed.filter((header) => !places.has(normaliseHeader(header)));
		if (missing.length === 0) {
			const headers = [...row.names];
			const read = new Set<number>();
			for (const header of needed) {
				const place = places.get(normaliseHeader(header)) as number;
				headers[place] = header;
				read.add(place);
			}
			return {
				kind,
				headerLine: row.line,
				headerCells: linesTo(head, row.line),
				headers,
				mapping,
				idIsLineNumber: false,
				confidence: { known: read.size, of: filled(row), rival: null }
			};
		}
		if (missing.length < fewest.length) fewest = missing;
	}
	throw new Problem('mapping_headers_missing', { mapping: mapping.name, headers: fewest.join('、') }, where);
}
