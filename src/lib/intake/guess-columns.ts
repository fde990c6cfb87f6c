/** A first guess at which column of an unknown file is which field, for a clerk to look at and mend. */
import { lineNumberHeader, normaliseHeader } from './headers.ts';
import type { Field, Kind } from './kinds/declare.ts';
import { type Assignment, columnsToChoose, hasIds, type MappingDraft, unassigned } from './mapping-draft.ts';
import { headerOf, type HeadRows } from './header-rows.ts';
import { columnsOf } from './recognise.ts';

/** A word of one character is in too many headers to tell anything. */
const shortestWord = 2;
/** A longer text is no header, but may well hold the words of one. */
const longestHeader = 16;
/** Headers under which offices count the rows of a page. */
const countsLines: ReadonlySet<string> = new Set([lineNumberHeader, '序', 'no', 'no.', '行号']);

/** How much of two headers is the same word, in characters: 单位名称 in 被检查单位名称 is 4; 0 where neither holds the other. */
function shared(one: string, other: string): number {
	const [short, long] = one.length < other.length ? [one, other] : [other, one];
	return short.length >= shortestWord && long.length <= longestHeader && long.includes(short) ? short.length : 0;
}

/** Words that tell a field by what it is, where no header of its own does: 所在镇, 场所类型, 去的日期. */
function tellingWords(kind: Kind, { name, type }: Field): readonly string[] {
	if (type === 'township') return ['乡镇', '街道', '镇', '乡'];
	if (type === 'domain') return ['专业', '类别', '类型'];
	return name === kind.eventDate ? ['日期', '时间'] : [];
}

/** How close a header is to a field: by the length of what they share, or just at all by a word that tells it. */
function closeness(kind: Kind, field: Field, header: string): number {
	const form = normaliseHeader(header);
	const close = Math.max(...[...field.headers, field.name].map((known) => shared(normaliseHeader(known), form)));
	const isTold = form.length <= longestHeader && tellingWords(kind, field).some((word) => form.includes(word));
	return close > 0 ? close : isTold ? 1 : 0;
}

const fromColumn = (header: string, guessed: boolean): Assignment => ({
	...unassigned,
	from: 'column',
	header,
	guessed
});

/**
 * Assigns the columns whose headers are known, and then, as guesses, those whose headers hold the word of a field or are
 * held in it, the longest word first. No column is guessed twice.
 */
export function guessDraft(kind: Kind, headers: readonly (string | null)[]): MappingDraft {
	const fields: Record<string, Assignment> = {};
	const free = new Set(columnsToChoose(headers).map(({ header }) => header));
	const lineNumbers = hasIds(kind) && headers.some((header) => countsLines.has(normaliseHeader(header ?? '')));
	for (const [name, column] of Object.entries(columnsOf(kind, headerOf([{ line: 1, cells: headers }])).columns)) {
		if (!('header' in column) || (name === 'id' && lineNumbers)) continue;
		fields[name] = fromColumn(column.header, false);
		free.delete(column.header);
	}
	const pairs = kind.fields
		.filter(({ name }) => !(name in fields) && !(name === 'id' && lineNumbers))
		.flatMap((field) => [...free].map((header) => ({ field, header, close: closeness(kind, field, header) })))
		.filter(({ close }) => close > 0)
		.sort((a, b) => b.close - a.close);
	for (const { field, header } of pairs) {
		if (field.name in fields || !free.has(header)) continue;
		fields[field.name] = fromColumn(header, true);
		free.delete(header);
	}
	return { kind, dateOrder: null, lineNumbers, fields };
}

const known = (kind: Kind, headers: readonly (string | null)[]): number =>
	Object.keys(guessDraft(kind, headers).fields).length;

/** A single column may be known by chance. */
const fewest = 2;

/** The kind that knows most of a header row, the first of those that know as many; null where none knows two columns. */
export function likeliestKind(kinds: readonly Kind[], headers: readonly (string | null)[]): Kind | null {
	const counts = kinds.map((kind) => known(kind, headers));
	const most = Math.max(...counts);
	return most < fewest ? null : (kinds[counts.indexOf(most)] ?? null);
}

/** What stands in rows of facts and in no header: numbers and days. */
const figure = /^[\d¥][\d,.:/年月日号\s-]*$/u;

/** The row that is most likely the header: without figures, then the one that kinds know most of, then the fullest. */
export function likeliestHeader(kinds: readonly Kind[], rows: HeadRows): HeadRows[number] | null {
	const filled = ({ cells }: HeadRows[number]): string[] =>
		cells.filter((cell): cell is string => cell !== null && cell.trim() !== '');
	const wordy = rows.filter((row) => filled(row).length > 1 && !filled(row).some((cell) => figure.test(cell.trim())));
	let best: { row: HeadRows[number]; known: number; filled: number } | null = null;
	for (const row of wordy) {
		const one = { row, known: Math.max(...kinds.map((kind) => known(kind, row.cells))), filled: filled(row).length };
		if (!best || one.known > best.known || (one.known === best.known && one.filled > best.filled)) best = one;
	}
	return best?.row ?? rows[0] ?? null;
}
