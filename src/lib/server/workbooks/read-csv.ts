/**
 * Delimited text as records with the line on which each begins. Our own because a trace must name that line, also
 * where a quoted cell holds line ends, and no CSV package on npm tells it at a speed fit for a million rows.
 */
import { Problem, type Where } from '../../basis/problem.ts';

export interface CsvRecord {
	/** The line of the file on which the record begins, from 1. */
	readonly line: number;
	readonly cells: readonly (string | null)[];
}

/** How a text is divided into cells. */
export interface Dialect {
	readonly delimiter: string;
	/** How a quote within a quoted cell is written: doubled, or behind a backslash as some databases do. */
	readonly escape: 'doubled' | 'backslash';
	/** Lines before the first record: `sep=;` is a word to Excel, not a row. */
	readonly skip: 0 | 1;
}

const delimiters = [',', '\t', ';', '|'] as const;

/** Records that are looked at to tell the delimiter. */
const sample = 60;

/**
 * The dialect of a text: the delimiter that gives most of its first records one and the same width, so that commas
 * within the sentences of a file with semicolons do not count; a comma where none divides anything.
 */
export function dialectOf(text: string): Dialect {
	const head = text.slice(0, 60_000);
	const told = /^sep=([,;|\t])\r?\n/i.exec(head);
	if (told) return weighed(head, told[1] as string, 1).dialect;
	let best = weighed(head, ',', 0);
	for (const delimiter of delimiters) {
		const candidate = weighed(head, delimiter, 0);
		if (candidate.weight > best.weight) best = candidate;
	}
	return best.dialect;
}

/**
 * A delimiter with the custom of quotes that goes with it, and how much it divides. Where the quotes themselves do not
 * tell for certain, the custom by which the records come out more regular is the one: a quote may stand right before a
 * delimiter that belongs to the cell, behind a backslash that does too.
 */
function weighed(head: string, delimiter: string, skip: Dialect['skip']): { dialect: Dialect; weight: number } {
	const weigh = (escape: Dialect['escape']): { dialect: Dialect; weight: number } => {
		const dialect: Dialect = { delimiter, escape, skip };
		return { dialect, weight: regularity(head, dialect) };
	};
	const [likely, other] = customs(head, delimiter);
	const first = weigh(likely);
	if (other === undefined) return first;
	const second = weigh(other);
	return second.weight > first.weight ? second : first;
}

/** How much a delimiter divides: records of the most frequent width beyond one, times the columns that it makes. */
function regularity(head: string, dialect: Dialect): number {
	const widths = new Map<number, number>();
	try {
		let seen = 0;
		for (const { cells } of readCsv(head, dialect, {})) {
			widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
			if (++seen >= sample) break;
		}
	} catch {
		// The head ends within quotes; what came before tells enough.
	}
	return Math.max(0, ...[...widths].map(([width, records]) => (width - 1) * records));
}

/**
 * How quotes within cells can be written, the likelier first. A quote behind a backslash that goes on within the cell, or
 * ends it, is of the one custom; two quotes within a cell are of the other, also behind a backslash that is one.
 */
function customs(head: string, delimiter: string): [Dialect['escape'], Dialect['escape']?] {
	if (!head.includes('\\"')) return ['doubled'];
	const ends = `${delimiter === '|' ? '\\|' : delimiter}\\r\\n`;
	if (new RegExp(String.raw`[^\\${ends}]""[^${ends}]|\\""[^${ends}]`).test(head)) return ['doubled'];
	const behindBackslash = new RegExp(String.raw`\\"[^"${ends}]|\\""(?:[${ends}]|$)`);
	return behindBackslash.test(head) ? ['backslash', 'doubled'] : ['doubled', 'backslash'];
}

/**
 * Reads the records of a text. CR, LF and CRLF end records; blank lines are passed over; an empty cell is null.
 * @throws Problem `file_truncated` when the text ends inside quotes
 */
export function* readCsv(text: string, { delimiter, escape, skip }: Dialect, where: Where): Generator<CsvRecord> {
	const end = text.length;
	let at = skip === 0 ? 0 : text.indexOf('\n') + 1;
	let line = 1 + skip;
	const closing = escape === 'doubled' ? closingQuote : closingBehindBackslash;
	while (at < end) {
		const startLine = line;
		const cells: (string | null)[] = [];
		let filled = false;
		for (;;) {
			let cell: string;
			if (text[at] === '"') {
				const close = closing(text, at + 1);
				if (close < 0) throw new Problem('file_truncated', {}, { ...where, line: startLine });
				cell = text.slice(at + 1, close);
				line += lineEndsIn(cell);
				if (escape === 'backslash') cell = cell.replaceAll(/\\(["\\])/g, '$1');
				else if (cell.includes('""')) cell = cell.replaceAll('""', '"');
				at = close + 1;
				const rest = cellEnd(text, at, delimiter);
				cell += text.slice(at, rest);
				at = rest;
			} else {
				const rest = cellEnd(text, at, delimiter);
				cell = text.slice(at, rest);
				at = rest;
			}
			cells.push(cell === '' ? null : bare(cell));
			if (cell.trim() !== '') filled = true;
			if (at < end && text[at] === delimiter) at++;
			else break;
		}
		if (at < end) {
			at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
			line++;
		}
		if (filled) yield { line: startLine, cells };
	}
}

/** The number that a system has made a formula of, so that Excel leaves its zeros alone: ="0012" is 0012. */
const bare = (cell: string): string | null =>
	cell.startsWith('="') && cell.indexOf('"', 2) === cell.length - 1 ? cell.slice(2, -1) || null : cell;

function closingQuote(text: string, from: number): number {
	let at = text.indexOf('"', from);
	while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
	return at;
}

function closingBehindBackslash(text: string, from: number): number {
	for (let at = from; at < text.length; at++) {
		if (text[at] === '\\') at++;
		else if (text[at] === '"') return at;
	}
	return -1;
}

function cellEnd(text: string, from: number, delimiter: string): number {
	let at = from;
	const end = text.length;
	while (at < end) {
		const char = text[at];
		if (char === delimiter || char === '\n' || char === '\r') return at;
		at++;
	}
	return end;
}

function lineEndsIn(cell: string): number {
	let ends = 0;
	for (let at = 0; at < cell.length; at++) {
		const char = cell.charCodeAt(at);
		if (char === 10 || (char === 13 && cell.charCodeAt(at + 1) !== 10)) ends++;
	}
	return ends;
}
