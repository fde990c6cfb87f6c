/**
 * A large text that looks plain at its beginning: an engine may begin to read it in place while the rest is still looked
 * at. What was hoped is only used where the whole turns out to be plain; else it is as if nothing had been read.
 */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { Problem } from '../../basis/problem.ts';
import { bodyReader, opensNoFact, wordBeginnings } from '../../intake/body.ts';
import { normaliseHeader } from '../../intake/headers.ts';
import { neededHeaders } from '../../intake/mapping.ts';
import { unfilledIn } from '../../intake/printed-forms.ts';
import { privateColumns } from '../../intake/private-columns.ts';
import type { Recognised } from '../../intake/recognise.ts';
import { privacySample } from './land-rows.ts';
import { plainBelow } from './plain-text.ts';
import { type CsvRecord, dialectOf, readCsv } from './read-csv.ts';
import { headerDepth, type PlainRows, type ReadFile, type ReadRequest, recogniseHead } from './read-request.ts';
import { firstBytes, formOf, sizeOf } from './sniff.ts';

export interface Hope {
	readonly encoding: 'utf-8' | 'utf-8-bom';
	readonly path: string;
	readonly delimiter: string;
	readonly recognised: Recognised;
	/** About how many rows there are, by the length of the first. */
	readonly rows: number;
	/** The first rows of all, the header among them. */
	readonly head: readonly CsvRecord[];
}

/** Below this size the careful way is as fast. */
const worthReadingInPlace = 1_000_000;

const headSize = 65_536;

/** The text of a head that is UTF-8, without the character in which it was cut off; null where it is not. */
function textOf(head: Buffer): string | null {
	for (let cut = 0; cut < 4; cut++) {
		const whole = head.subarray(0, head.length - cut);
		if (isUtf8(whole)) return whole.toString('utf8').replace(/^\ufeff/, '');
	}
	return null;
}

/** Whether a file may be read in place, as far as its beginning tells; null where it does not look so. */
export function hopeOf({ path, ...request }: ReadRequest): Hope | null {
	if (!request.inPlace || request.into === null || request.encoding !== null) return null;
	try {
		const size = sizeOf(path);
		if (size <= worthReadingInPlace) return null;
		const head = firstBytes(path, headSize);
		const text = formOf(head) === 'text' ? textOf(head) : null;
		if (text === null || /["\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text)) return null;
		const dialect = dialectOf(text);
		if (dialect.skip !== 0) return null;
		const rows: CsvRecord[] = [];
		for (const row of readCsv(text, dialect, {})) if (rows.push(row) >= privacySample) break;
		const recognised = recogniseHead(
			rows.slice(0, headerDepth),
			{ path, ...request },
			{ file: basename(path), sheet: null }
		);
		const lines = text.split('\n').length - 1;
		// Lines that nobody filled in are told apart cell by cell.
		return recognised && lines > 0 && !unfilledIn(recognised)
			? {
					path,
					encoding: head[0] === 0xef ? 'utf-8-bom' : 'utf-8',
					delimiter: dialect.delimiter,
					recognised,
					rows: Math.round((size / head.length) * lines),
					head: rows
				}
			: null;
	} catch (error) {
		// Whatever is wrong with the file is said by who reads the whole of it.
		if (error instanceof Problem || (error as NodeJS.ErrnoException).code !== undefined) return null;
		throw error;
	}
}

/** So much is looked at at once. */
const chunkSize = 4 * 1024 * 1024;

/**
 * Looks at the whole of a file that is hoped to be plain, piece by piece, so that it never stands in memory as a whole.
 * @returns null where it is not plain: then it is read the careful way
 */
export function readPlain(request: ReadRequest, hope: Hope): ReadFile | null {
	const { headerLine, headers, headerCells, mapping } = hope.recognised;
	const { isFact, letters } = factTest(headerCells);
	const hash = createHash('sha256');
	const chunk = Buffer.allocUnsafe(chunkSize);
	let file: number;
	try {
		file = openSync(hope.path, 'r');
	} catch {
		// Gone or shut since it was hoped for: the careful way says so.
		return null;
	}
	let [size, rows] = [0, 0];
	let rest: Buffer = Buffer.alloc(0);
	let withReturns = false;
	try {
		for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk)) {
			const bytes = chunk.subarray(0, length);
			hash.update(bytes);
			const lines = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
			const end = lines.lastIndexOf(10) + 1;
			const whole = lines.subarray(0, end);
			const below = size === 0 ? headerLine : 0;
			// Each piece is of one kind with itself; they must be of one kind with each other too.
			const returns = whole.length > 1 && whole[whole.length - 2] === 13;
			if (size > 0 && returns !== withReturns) return null;
			withReturns = returns;
			const body = isUtf8(whole) ? plainBelow(whole, below, hope.delimiter, headers.length, isFact, letters) : null;
			if (!body) return null;
			rows += body.rows;
			size += length;
			rest = Buffer.from(lines.subarray(end));
		}
	} finally {
		closeSync(file);
	}
	if (rest.length > 0) return null;
	const whyPassed = bodyReader(headerCells);
	const facts = hope.head.filter(({ line, cells }) => line > headerLine && whyPassed(cells) === null);
	const leftOut = privateColumns(
		headers,
		facts.map(({ cells }) => cells),
		neededHeaders(mapping)
	);
	const plain: PlainRows = { path: hope.path, delimiter: hope.delimiter, rows, leftOut };
	return {
		file: basename(hope.path),
		sha256: hash.digest('hex'),
		hidden: [],
		macros: false,
		sheetNames: [],
		sheets: [
			{
				sheet: null,
				encoding: hope.encoding,
				guessed: false,
				date1904: false,
				head: hope.head.slice(0, request.headRows),
				more: true,
				recognised: hope.recognised,
				problem: null,
				landed: { way: 'plain', plain }
			}
		]
	};
}

/** How a line is told that may state no fact, by its first cell. */
function factTest(headerCells: Recognised['headerCells']): { isFact: (cell: string) => boolean; letters: string } {
	const openings = new Set(headerCells.map((cells) => normaliseHeader(cells.find((cell) => cell?.trim()) ?? '')));
	const beginnings = [...openings].map((opening) => opening.slice(0, 1)).join('');
	return {
		isFact: (cell) => !opensNoFact(cell) && !openings.has(normaliseHeader(cell)),
		letters: wordBeginnings + beginnings + beginnings.toUpperCase()
	};
}
