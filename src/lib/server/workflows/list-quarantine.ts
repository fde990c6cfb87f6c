/** 暂存: the rows that were held back, as read, with where they stood and everything that is wrong with them. */
import { type Actor, type Locale, ownTownships } from '../../basis/codes.ts';
import { Problem, type RowProblemCode } from '../../basis/problem.ts';
import { cellToCorrect, holdColumns, idsToCorrect, surplusHeader } from '../../intake/holds.ts';
import { fieldNamed, kindNamed } from '../../intake/kinds/index.ts';
import type { Kind } from '../../intake/kinds/declare.ts';
import { normaliseHeader } from '../../intake/headers.ts';
import type { Mapping } from '../../intake/mapping.ts';
import { rowProblemText } from '../../messages/problem-text.ts';
import { countOf, textOf, textOrNull } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';

export interface HeldRow {
	readonly hold: number;
	readonly batch: number;
	readonly file: string;
	readonly sheet: string | null;
	readonly line: number;
	readonly kind: string;
	/** Whether another file can release it by itself. */
	readonly retryable: boolean;
	/** Cells by their own header, as read. */
	readonly row: Readonly<Record<string, string | null>>;
	/** Cells by field, in words that need no mapping. */
	readonly fields: Readonly<Record<string, string | null>>;
	/** Whether the rows of its sheet may be told apart by line numbers. */
	readonly lineNumbers: boolean;
	readonly problems: readonly {
		readonly field: string | null;
		readonly code: string;
		readonly value: string | null;
		readonly message: string;
	}[];
}

/** Which of the held rows: of one batch, of one kind, one alone, a page of them; all where nothing is said. */
export interface WhichHeld {
	readonly batch?: number | null;
	readonly kind?: string | null;
	readonly hold?: number | null;
	/** How many are passed over, and how many are listed at the most. */
	readonly from?: number;
	readonly most?: number | null;
}

/** The rows that are held now, in the order in which they were read. */
export async function listQuarantine(
	{ engine }: Pick<Warehouse, 'engine'>,
	{ batch = null, kind = null, hold = null, from = 0, most = null, locale }: WhichHeld & { readonly locale: Locale },
	actor: Actor
): Promise<HeldRow[]> {
	const townships = ownTownships(actor);
	const rows = await engine.rows(engine.statement('held-rows'), { batch, kind, hold, townships, from, most });
	return rows.map((row) => heldRow(row, locale));
}

function heldRow(row: Readonly<Record<string, unknown>>, locale: Locale): HeldRow {
	const cell = (name: string): never => row[name] as never;
	const kind = kindNamed(textOf(cell('kind'))) as Kind;
	const { headers, mapping, idIsLineNumber, date1904 } = JSON.parse(textOf(cell('recognised'))) as {
		headers: (string | null)[];
		mapping: Mapping;
		idIsLineNumber: boolean;
		date1904: boolean;
	};
	const cells = JSON.parse(textOf(cell('cells'))) as (string | null)[];
	const problems = JSON.parse(textOf(cell('problems'))) as {
		field: string | null;
		code: RowProblemCode;
		value: string | null;
	}[];
	const surplus = cells[headers.length] ?? null;
	const named: [string, string | null][] = headers.map((header, i) => [header ?? `(${i + 1})`, cells[i] ?? null]);
	if (surplus !== null) named.push([surplusHeader, surplus]);
	const byHeader = new Map(headers.map((header, i) => [normaliseHeader(header ?? ''), cells[i] ?? null]));
	const cellUnder = (header: string): string | null => byHeader.get(normaliseHeader(header)) ?? null;
	const line = countOf(cell('source_line'));
	const dates = { dateOrder: mapping.dateOrder, date1904 };
	const fields = Object.fromEntries(
		kind.fields.flatMap((field): [string, string | null][] => {
			const column = mapping.columns[field.name];
			if (column) return [[field.name, cellToCorrect(field, column, cellUnder, dates)]];
			return field.name === 'id' && mapping.lineNumbers ? [['id', String(line)]] : [];
		})
	);
	return {
		hold: countOf(cell('hold')),
		batch: countOf(cell('batch')),
		file: textOf(cell('file')),
		sheet: textOrNull(cell('sheet')),
		line,
		kind: kind.name,
		retryable: cell('retryable') === true,
		row: Object.fromEntries(named),
		fields,
		lineNumbers: mapping.lineNumbers || idIsLineNumber,
		problems: problems.map(({ field, code, value }) => ({
			field,
			code,
			value,
			message: rowProblemText(
				code,
				{ kind, field: field === null ? null : (fieldNamed(kind, field) ?? null), value },
				locale
			)
		}))
	};
}

/**
 * Held rows as a table that can be corrected and imported again: where each came from, then the fields of its kind.
 * @throws Problem `kinds_mixed`: one file has one kind
 */
export function quarantineTable(rows: readonly HeldRow[]): (string | null)[][] {
	const found = [...new Set(rows.map(({ kind }) => kind))];
	if (found.length > 1) throw new Problem('kinds_mixed', { kinds: found.join(', ') });
	const kind = kindNamed(found[0] ?? '');
	if (!kind) return [[...holdColumns]];
	const surplus = rows.some(({ row }) => surplusHeader in row);
	const [id] = kind.fields.filter(({ name }) => name === 'id');
	const ids = id
		? idsToCorrect(
				id,
				rows.map(({ fields, lineNumbers }) => ({ id: fields['id'] ?? null, lineNumbers }))
			)
		: null;
	return [
		[
			...holdColumns,
			...kind.fields.map((field) => (field === id && ids ? ids.header : (field.headers[0] ?? field.name))),
			...(surplus ? [surplusHeader] : [])
		],
		...rows.map(({ hold, file, sheet, line, problems, fields, row: cells }, row) => [
			String(hold),
			file,
			sheet,
			String(line),
			problems.map(({ message }) => message).join('；'),
			...kind.fields.map((field) => (field === id && ids ? (ids.cells[row] ?? null) : (fields[field.name] ?? null))),
			...(surplus ? [cells[surplusHeader] ?? null] : [])
		])
	];
}
