/**
 * Tells whether a text file is so plain that an engine may read it in place. Anything unusual goes the careful way,
 * record by record; what is said to be plain must come out the same both ways, which a test keeps.
 */

/** What the engine's own reader is told of a plain file. */
export interface PlainBody {
	/** Lines below the header, one row each. */
	readonly rows: number;
}

const newline = 10;

/** What a byte may mean to the reader; everything else is ordinary and passed over at once. */
const ordinary = 0;
const separator = 1;
const lineFeed = 2;
const carriageReturn = 3;
const space = 4;
/** The first byte of white space of more than one byte: no-break space, ideographic space, byte order mark. */
const perhapsWideSpace = 5;
const refused = 6;

function meanings(delimiter: string): Uint8Array {
	const table = new Uint8Array(256);
	table.fill(refused, 0, 32);
	table[34] = refused;
	table[32] = space;
	table[newline] = lineFeed;
	table[13] = carriageReturn;
	for (const byte of [0xc2, 0xe3, 0xef]) table[byte] = perhapsWideSpace;
	table[delimiter.charCodeAt(0)] = separator;
	return table;
}

/** The offset at which a line (from 1) ends, behind its line feed; -1 where there is no such line. */
function endOfLine(bytes: Buffer, line: number): number {
	let from = 0;
	for (let passed = 0; passed < line; passed++) {
		const end = bytes.indexOf(newline, from);
		if (end < 0) return -1;
		from = end + 1;
	}
	return from;
}

/**
 * Looks at every byte below the header once: no quotes, no NUL, no lone CR, no blank line, no line that begins with an
 * empty cell, no white space around a cell, no line with more cells than the
 * header, line ends all of one kind with the first, a line feed at the end, and a last line with all its cells.
 * @param isFact whether a line that begins with this cell states a fact (a totals row or a header does not); only
 * asked of cells that begin with a letter outside ASCII, or with one of `wordBeginnings`
 * @returns null where the file is not plain
 */
export function plainBelow(
	bytes: Buffer,
	headerLine: number,
	delimiter: string,
	width: number,
	isFact: (firstCell: string) => boolean,
	wordBeginnings: string
): PlainBody | null {
	const start = endOfLine(bytes, headerLine);
	const end = bytes.length;
	if (start < 0 || start >= end || bytes[end - 1] !== newline) return null;
	const meaning = meanings(delimiter);
	const mayBeWord = (byte: number): boolean => byte > 127 || wordBeginnings.includes(String.fromCharCode(byte));
	let rows = 0;
	// The engine reads line ends of one kind only.
	const endsWithReturn = bytes.indexOf(newline) > 0 && bytes[bytes.indexOf(newline) - 1] === 13;
	let returned = false;
	let cells = 1;
	let previous = lineFeed;
	let lineStart = start;
	for (let at = start; at < end; at++) {
		const met = meaning[bytes[at] as number] as number;
		if (met === ordinary) {
			previous = ordinary;
			continue;
		}
		if (met === separator) {
			if (previous === lineFeed || previous === space) return null;
			if (cells === 1 && mayBeWord(bytes[lineStart] as number) && !isFact(bytes.toString('utf8', lineStart, at)))
				return null;
			cells++;
		} else if (met === lineFeed) {
			if (previous === lineFeed || previous === space || cells === 1 || cells > width) return null;
			if (returned !== endsWithReturn) return null;
			returned = false;
			rows++;
			if (at + 1 < end) cells = 1;
			lineStart = at + 1;
		} else if (met === carriageReturn) {
			if (bytes[at + 1] !== newline || previous === lineFeed || previous === space) return null;
			returned = true;
			continue;
		} else if (met === space) {
			if (previous === lineFeed || previous === separator) return null;
		} else if (met === refused || isWideSpace(bytes, at)) return null;
		previous = met;
	}
	return cells === width ? { rows } : null;
}

/** White space of more than one byte: the no-break space, the ideographic space, a byte order mark. */
const isWideSpace = (bytes: Buffer, at: number): boolean =>
	(bytes[at] === 0xc2 && bytes[at + 1] === 0xa0) ||
	(bytes[at] === 0xe3 && bytes[at + 1] === 0x80 && bytes[at + 2] === 0x80) ||
	(bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf);
