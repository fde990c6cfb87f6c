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

const delimiters = [',', '\t', ';', '|'] as const;

/** The delimiter that splits the first lines into most cells; a comma where none does. */
export function delimiterOf(text: string): string {
	const head = text.slice(0, 20_000);
	let best = ',';
	let most = 0;
	for (const delimiter of delimiters) {
		const found = head.split(delimiter).length;
		if (found > most) [best, most] = [delimiter, found];
	}
	return best;
}

/**
 * Reads the records of a text. Quotes are doubled inside quoted cells; CR, LF and CRLF end records; blank lines are
 * passed over; an empty cell is null.
 * @throws Problem `file_truncated` when the text ends inside quotes
 */
export function* readCsv(text: string, delimiter: string, where: Where): Generator<CsvRecord> {
	let at = 0;
	let line = 1;
	const end = text.length;
	while (at < end) {
		const startLine = line;
		const cells: (string | null)[] = [];
		let filled = false;
		for (;;) {
			let cell: string;
			if (text[at] === '"') {
				const closing = closingQuote(text, at + 1);
				if (closing < 0) throw new Problem('file_truncated', {}, { ...where, line: startLine });
				cell = text.slice(at + 1, closing);
				line += lineEndsIn(cell);
				if (cell.includes('""')) cell = cell.replaceAll('""', '"');
				at = closing + 1;
				const rest = cellEnd(text, at, delimiter);
				cell += text.slice(at, rest);
				at = rest;
			} else {
				const rest = cellEnd(text, at, delimiter);
				cell = text.slice(at, rest);
				at = rest;
			}
			cells.push(cell === '' ? null : cell);
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

function closingQuote(text: string, from: number): number {
	let at = text.indexOf('"', from);
	while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
	return at;
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
