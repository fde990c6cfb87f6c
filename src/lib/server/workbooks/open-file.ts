/**
 * Opens a file that an office handed in and offers its sheets in one shape, whatever the format. An archive of files is
 * several files. What stands here runs beside the server's own work, in {@link ./reader.ts}.
 */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { Problem, type Where } from '../../basis/problem.ts';
import { type Member, openArchive } from './archive.ts';
import { decode } from './decode.ts';
import { type CsvRecord, dialectOf, readCsv } from './read-csv.ts';
import { readSpreadsheet } from './read-spreadsheet.ts';
import { formOf } from './sniff.ts';

export interface OpenedSheet {
	/** The name of the sheet; null for a text file. */
	readonly sheet: string | null;
	readonly encoding: string | null;
	/** Whether the encoding is the likelier of several. */
	readonly guessed: boolean;
	readonly date1904: boolean;
	/** All records with something in them. */
	readonly rows: () => Generator<CsvRecord>;
	/** About how many lines there are, to tell how far a reading has come. */
	readonly lines: () => number;
	/** The first of them, to recognise the sheet by; what comes after a few dozen may be cut off. */
	readonly head: () => Generator<CsvRecord>;
}

export interface OpenedFile {
	/** The name that traces show; `archive.zip/file.csv` for a file of an archive. */
	readonly file: string;
	readonly sha256: string;
	readonly sheets: readonly OpenedSheet[];
	/** Sheets that were not read because they are hidden. */
	readonly hidden: readonly string[];
	/** Whether there are macros in it; they are not run. */
	readonly macros: boolean;
}

/** The content of a file. */
interface Content {
	readonly bytes: Buffer;
	readonly where: Where & { readonly file: string };
	/** The encoding that the user named, for text. */
	readonly encoding: string | null;
}

/** @throws Problem `file_missing`, `file_unreadable` */
function bytesOf(path: string, where: Where): Buffer {
	try {
		if (!statSync(path).isFile()) throw new Problem('file_missing', { path }, where);
		return readFileSync(path);
	} catch (error) {
		if (error instanceof Problem) throw error;
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'ENOENT' || code === 'ENOTDIR') throw new Problem('file_missing', { path }, where);
		throw new Problem('file_unreadable', { reason: code ?? String(error) }, where);
	}
}

/**
 * Opens a file, or the files of an archive.
 * @param encoding the encoding that the user named, for a text file
 * @throws Problem `file_missing`, `file_empty`, `file_unreadable`, `file_damaged`, `file_truncated`, `file_protected`, `file_swells`,
 * `format_unsupported`, `archive_empty`, `archive_in_archive`, `encoding_*`
 */
export async function openFile(path: string, encoding: string | null): Promise<OpenedFile[]> {
	const file = basename(path);
	const where = { file };
	const bytes = bytesOf(path, where);
	const content: Content = { bytes, where, encoding };
	if (bytes.length === 0) throw new Problem('file_empty', {}, where);
	if (formOf(bytes) !== 'zip') return [await openContent(content)];
	const members = await openArchive(bytes, where);
	if (isWorkbook(members)) return [await openWorkbook(content, members)];
	return openMembers(members, content);
}

/** Names of files that may hold a table. */
const tableName = /\.(?:xlsx|xlsm|xlsb|xls|ods|xml|html?|csv|tsv|txt)$/i;
/** Whether a name is that of a file to import, as far as names tell; none of those that office programs leave beside it. */
export const isTableFile = (name: string): boolean =>
	(tableName.test(name) || /\.zip$/i.test(name)) && !name.startsWith('.') && !name.startsWith('~$');

/** What file managers put beside the files. */
const rubbish = /(?:^|\/)(?:__MACOSX\/|\.|~\$|thumbs\.db|desktop\.ini)/i;

async function openMembers(members: readonly Member[], { where, encoding }: Content): Promise<OpenedFile[]> {
	const tables = members.filter(({ name }) => !rubbish.test(name));
	const nested = tables.find(({ name }) => /\.(?:zip|rar|7z|gz|tar)$/i.test(name));
	if (nested) throw new Problem('archive_in_archive', { name: nested.name }, where);
	const opened: OpenedFile[] = [];
	for (const member of tables.filter(({ name }) => tableName.test(name))) {
		const own = { file: `${where.file}/${member.name}` };
		const bytes = member.bytes();
		if (bytes.length === 0) throw new Problem('file_empty', {}, own);
		const content: Content = { bytes, where: own, encoding };
		if (formOf(bytes) !== 'zip') opened.push(await openContent(content));
		else {
			const parts = await openArchive(bytes, own);
			if (!isWorkbook(parts)) throw new Problem('archive_in_archive', { name: member.name }, where);
			opened.push(await openWorkbook(content, parts));
		}
	}
	if (opened.length === 0) throw new Problem('archive_empty', {}, where);
	return opened;
}

const isWorkbook = (members: readonly Member[]): boolean =>
	members.some(({ name }) => name === '[Content_Types].xml' || name === 'mimetype' || /^xl\/workbook\./i.test(name));

/** Looks at each part of a workbook before a reader does: whether it is whole, harmless and not encrypted. */
function lookThrough(members: readonly Member[], where: Where): { macros: boolean } {
	for (const { name, bytes } of members) {
		const content = bytes();
		if (!/\.(?:xml|rels|vml)$/i.test(name)) continue;
		refuseEntities(content, where);
		if (name === 'META-INF/manifest.xml' && content.includes('encryption-data'))
			throw new Problem('file_protected', {}, where);
	}
	return { macros: members.some(({ name }) => /vbaProject\.bin$|^Basic\/.+\.xml$/i.test(name)) };
}

/** Entities of a document's own make nine lines of XML a billion words; no office program writes any. */
function refuseEntities(content: Buffer | string, where: Where): void {
	if (content.includes('<!ENTITY')) throw new Problem('file_swells', {}, where);
}

async function openWorkbook(content: Content, members: readonly Member[]): Promise<OpenedFile> {
	const { macros } = lookThrough(members, content.where);
	return fileOf(content, await readSpreadsheet(content.bytes, content.where), null, macros);
}

function fileOf(
	{ bytes, where }: Content,
	book: Awaited<ReturnType<typeof readSpreadsheet>>,
	encoding: string | null,
	macros: boolean
): OpenedFile {
	return {
		file: where.file,
		sha256: sha256Of(bytes),
		hidden: book.hidden,
		macros: macros || book.macros,
		sheets: book.sheets.map(({ name, date1904, rows, lines }) => ({
			sheet: name,
			encoding,
			guessed: false,
			date1904,
			rows,
			lines: () => lines,
			head: rows
		}))
	};
}

const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

async function openContent(content: Content): Promise<OpenedFile> {
	const { bytes, where } = content;
	const form = formOf(bytes);
	switch (form) {
		case 'alien':
			throw new Problem('format_unsupported', {}, where);
		case 'compound':
		case 'biff':
			return fileOf(content, await readSpreadsheet(bytes, where), null, false);
		case 'markup':
			return openMarkup(content);
		default:
			if (/\.(?:xlsx|xlsm|xlsb|xls|ods)$/i.test(where.file) && bytes.subarray(0, 4_096).includes(0))
				throw new Problem('file_damaged', {}, where);
			return openText(content);
	}
}

/** The encoding that markup says it is in: `encoding="gb2312"`, `charset=gbk`. */
const saidEncoding = /(?:encoding\s*=\s*["']|charset\s*=\s*["']?)([\w-]+)/i;

async function openMarkup(content: Content): Promise<OpenedFile> {
	const { bytes, where, encoding } = content;
	const said = saidEncoding.exec(bytes.subarray(0, 2_000).toString('latin1'))?.[1] ?? null;
	const decoded = decodeAsSaid(bytes, encoding, said, where);
	const text = decoded.text();
	refuseEntities(text, where);
	if (!/<(?:\w+:)?(?:workbook|table)[\s>]/i.test(text)) throw new Problem('format_unsupported', {}, where);
	return fileOf(content, await readSpreadsheet(text, where), decoded.encoding, false);
}

/** What markup says of its encoding is tried first; where the bytes are not of it, somebody has converted them since. */
function decodeAsSaid(
	bytes: Buffer,
	named: string | null,
	said: string | null,
	where: Where
): ReturnType<typeof decode> {
	const marked = bytes[0] === 0xff || bytes[0] === 0xfe || bytes[0] === 0xef;
	if (named !== null || said === null || marked || /^utf-?16/i.test(said)) return decode(bytes, named, where);
	try {
		return decode(bytes, /^gb/i.test(said) ? 'gb18030' : said, where);
	} catch {
		return decode(bytes, null, where);
	}
}

/** How much of a text a sheet is recognised by; the rest is decoded only where it must be. */
const headSize = 65_536;
/** Text in which so much is zero bytes is none. */
const mostZeros = 0.2;

function openText(content: Content): OpenedFile {
	const { bytes, where } = content;
	const { text, encoding, guessed } = decode(bytes, content.encoding, where);
	const head = text(headSize);
	if (head.trim() === '' && text().trim() === '') throw new Problem('file_empty', {}, where);
	const zeros = head.split('\u0000').length - 1;
	if (zeros > head.length * mostZeros || /[\u0001-\u0008\u000e-\u001a]/.test(head.slice(0, 2_000)))
		throw new Problem('format_unsupported', {}, where);
	const dialect = dialectOf(head);
	const rows = (): Generator<CsvRecord> => refuseCutRecord(readCsv(text(), dialect, where), text(), where);
	return {
		file: where.file,
		sha256: sha256Of(bytes),
		hidden: [],
		macros: false,
		sheets: [
			{
				sheet: null,
				encoding,
				guessed,
				date1904: false,
				rows,
				lines: () => text().split('\n').length,
				head: bytes.length <= headSize ? rows : () => readCsv(head, dialect, where)
			}
		]
	};
}

/**
 * Passes records on, and refuses a file whose last record stops short without a line end where no other record is
 * short: a copy that broke off would else lose its last cells without a word.
 */
function* refuseCutRecord(records: Iterable<CsvRecord>, text: string, where: Where): Generator<CsvRecord> {
	const endsOpen = !/[\r\n\u0000]$/.test(text);
	let last: CsvRecord | null = null;
	let width = 0;
	let alwaysFull = true;
	for (const record of records) {
		if (last) {
			if (last.cells.length < width && width > 1 && last.line > 1) alwaysFull = false;
			width = Math.max(width, last.cells.length);
			yield last;
		}
		last = record;
	}
	if (!last) return;
	if (endsOpen && alwaysFull && last.cells.length < width)
		throw new Problem('file_truncated', {}, { ...where, line: last.line });
	yield last;
}
