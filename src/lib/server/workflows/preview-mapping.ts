/** What a mapping would make of the rows of a waiting sheet: each cell read as the import reads it. */
import { inLocale, type Locale, type Meaning } from '../../basis/codes.ts';
import type { RowProblemCode } from '../../basis/problem.ts';
import { type CellAnswer, type CellContext, partSeparator, readCell } from '../../intake/cells.ts';
import { requiredFields } from '../../intake/compose.ts';
import { bodyReader } from '../../intake/body.ts';
import { normaliseHeader } from '../../intake/headers.ts';
import { type Field, fieldLabel, type Kind } from '../../intake/kinds/declare.ts';
import type { Column, Mapping } from '../../intake/mapping.ts';
import { missingIn } from '../../intake/mapping-draft.ts';
import { masked } from '../../intake/private-columns.ts';
import { type KnownWords, meaningsOf, valueInWords } from '../../intake/meanings.ts';
import { absentValue, cellOf, cellReader } from '../../intake/read-column.ts';
import type { CellPreview, LookupShown, MappingPreview } from '../../reports/waiting.ts';
import type { CsvRecord } from '../workbooks/read-csv.ts';
import type { WaitingSheet } from './waiting-sheets.ts';

/** What a sheet is read with. */
export interface Reading {
	readonly kind: Kind;
	readonly mapping: Mapping;
	readonly headers: readonly (string | null)[];
	readonly headerLine: number;
	readonly context: CellContext;
	readonly words: KnownWords;
	readonly locale: Locale;
}

/** Rows that are shown as they would be read. */
const shownRows = 20;
/** Words of a column that are listed. */
const shownWords = 50;
/** Beyond so many meanings a word's meaning is written and not chosen. */
const mostMeanings = 200;

/** A field of the mapping, with the way from a row to its cell and from the cell to its meaning. */
interface Reader {
	readonly field: Field;
	/** Undefined where the field is told from another alone. */
	readonly column: Column | undefined;
	readonly label: string;
	readonly meanings: readonly Meaning[] | null;
	readonly required: boolean;
	readonly cell: (row: CsvRecord) => string | null;
	readonly read: (cell: string) => CellAnswer;
}

/** An answer for each distinct cell, asked for once. */
function remembering(read: (cell: string) => CellAnswer): (cell: string) => CellAnswer {
	const answers = new Map<string, CellAnswer>();
	return (cell) => {
		const known = answers.get(cell);
		if (known) return known;
		const answer = read(cell);
		answers.set(cell, answer);
		return answer;
	};
}

function readersOf({ kind, mapping, headers, context, words, locale }: Reading): Reader[] {
	const places = new Map<string, number>();
	for (const [i, header] of headers.entries()) {
		const form = normaliseHeader(header ?? '');
		if (form !== '' && !places.has(form)) places.set(form, i);
	}
	const under = ({ cells }: CsvRecord, header: string): string | null => {
		const cell = cells[places.get(normaliseHeader(header)) ?? -1]?.trim() ?? '';
		return cell === '' ? null : cell;
	};
	const required = new Set(requiredFields({ kind, mapping, headers, idIsLineNumber: false }));
	return kind.fields.flatMap((field): Reader[] => {
		const column = mapping.columns[field.name];
		if (!column && !(field.absentMeans && field.absentMeans.text in mapping.columns)) return [];
		return [
			{
				field,
				column,
				label: inLocale(fieldLabel(field), locale),
				meanings: meaningsOf(field, words, locale),
				required: required.has(field),
				cell: (row) => (column ? cellOf(column, (header) => under(row, header)) : null),
				read: remembering(cellReader(field, column, context))
			}
		];
	});
}

/** Reads a cell; a required one that is empty is a problem of its row, as in the import. */
function answerOf(reader: Reader, row: CsvRecord): { cell: string | null; answer: CellAnswer } {
	const cell = reader.cell(row);
	const answer: CellAnswer = cell === null ? { value: null } : reader.read(cell);
	const isMissing =
		reader.required && 'value' in answer && answer.value === null && !(reader.column && 'of' in reader.column);
	return { cell, answer: isMissing ? { problem: 'missing_value' } : answer };
}

/** The cells of a row; what no cell says is told from the text that tells it. */
function rowShown(readers: readonly Reader[], row: CsvRecord): CellPreview[] {
	const read = readers.map((reader) => answerOf(reader, row));
	const valueOf = (name: string): string | null => {
		const answer = read[readers.findIndex(({ field }) => field.name === name)]?.answer;
		return answer && 'value' in answer ? answer.value : null;
	};
	return readers.map(({ field, meanings }, i): CellPreview => {
		const { cell, answer } = read[i] as (typeof read)[number];
		const raw = cell === null ? null : masked(cell.replace(partSeparator, ' + '));
		if ('problem' in answer) return { raw, value: null, shown: null, problem: answer.problem };
		const value = answer.value ?? (field.absentMeans ? absentValue(field, valueOf(field.absentMeans.text)) : null);
		return { raw, value, shown: value === null ? null : valueInWords(field, value, meanings), problem: null };
	});
}

/** What a mapping makes of a sheet, whether it is finished or not. */
export function previewMapping(sheet: WaitingSheet, reading: Reading): MappingPreview {
	const { kind, mapping, headerLine, locale } = reading;
	const readers = readersOf(reading);
	const whyPassed = bodyReader(sheet.rows.filter(({ line }) => line <= headerLine).map(({ cells }) => cells));
	const rows = sheet.rows.filter(({ line, cells }) => line > headerLine && whyPassed(cells) === null);
	let wrong = 0;
	let ambiguousDates = 0;
	for (const row of rows) {
		const found = readers.flatMap((reader): RowProblemCode[] => {
			const { answer } = answerOf(reader, row);
			return 'problem' in answer ? [answer.problem] : [];
		});
		if (found.length > 0) wrong++;
		ambiguousDates += found.filter((code) => code === 'ambiguous_date').length;
	}
	return {
		columns: readers.map(({ field, label }) => ({ field: field.name, label })),
		rows: rows.slice(0, shownRows).map((row) => ({ line: row.line, cells: rowShown(readers, row) })),
		read: rows.length,
		wrong,
		more: sheet.more,
		ambiguousDates,
		lookups: readers.flatMap((reader) => lookupShown(reader, rows, reading.context) ?? []),
		missing: missingIn(mapping, kind).map((field) => inLocale(fieldLabel(field), locale))
	};
}

/** The words of a field that has to know them: those that are not understood first, then the most frequent. */
function lookupShown(
	{ field, column, label, meanings, cell }: Reader,
	rows: readonly CsvRecord[],
	context: CellContext
): LookupShown | null {
	if (!meanings || !column || !('header' in column)) return null;
	const counts = new Map<string, number>();
	for (const row of rows) {
		const word = cell(row);
		if (word !== null) counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	const words = [...counts].map(([word, rows]) => {
		const answer = readCell(field, word, context);
		const understood = 'value' in answer && answer.value !== null ? valueInWords(field, answer.value, meanings) : null;
		const { lookup } = column;
		return { word, rows, understood, means: lookup && Object.hasOwn(lookup, word) ? (lookup[word] ?? null) : null };
	});
	words.sort((a, b) => Number(a.understood !== null) - Number(b.understood !== null) || b.rows - a.rows);
	return {
		field: field.name,
		label,
		words: words.slice(0, shownWords),
		left: Math.max(0, words.length - shownWords),
		meanings: meanings.length > mostMeanings ? null : meanings
	};
}
