/**
 * Zip archives: workbooks are some, and offices send files in some. What an archive says of itself is not believed: a
 * few kilobytes can claim to hold gigabytes, or hold more than they claim.
 */
import { isUtf8 } from 'node:buffer';
import { crc32, inflateRawSync } from 'node:zlib';
import { type Entry, fromBufferPromise } from 'yauzl';
import { Problem, type Where } from '../../basis/problem.ts';

/** A file of an archive. */
export interface Member {
	readonly name: string;
	/** Its bytes, inflated and checked against their length and checksum. */
	readonly bytes: () => Buffer;
}

/** No office sends so many files at once. */
const mostMembers = 5_000;
/** The longest part: what is longer than V8's longest text, no reader of XML can hold. */
const longestMember = 512 * 1024 * 1024;
/** All parts of an archive together. */
const longestInAll = 1024 * 1024 * 1024;
/** Sheets compress ten to fifty times, a bomb a thousand times. Small parts may be as repetitive as they like. */
const steepest = 250;
const worthChecking = 8 * 1024 * 1024;

const stored = 0;
const deflated = 8;

/** Names are UTF-8 where they say so or can be; Windows in Chinese writes them in GBK and says nothing. */
function nameOf({ fileNameRaw, generalPurposeBitFlag }: Entry): string {
	const decoder = (generalPurposeBitFlag & 0x800) !== 0 || isUtf8(fileNameRaw) ? 'utf-8' : 'gb18030';
	return new TextDecoder(decoder).decode(fileNameRaw).replaceAll('\\', '/');
}

/**
 * The files of an archive, without its folders.
 * @throws Problem `file_damaged` (not an archive, or a damaged one), `file_truncated`, `file_protected`,
 * `file_swells` (it would inflate beyond all measure)
 */
export async function openArchive(bytes: Buffer, where: Where): Promise<Member[]> {
	const entries: { entry: Entry; start: number }[] = [];
	try {
		const archive = await fromBufferPromise(bytes, { decodeStrings: false, lazyEntries: true });
		if (archive.entryCount > mostMembers) throw new Problem('file_swells', {}, where);
		for await (const entry of archive.eachEntry()) {
			if (entry.isEncrypted()) throw new Problem('file_protected', {}, where);
			const { fileDataStart } = await archive.readLocalFileHeaderPromise(entry, { minimal: true });
			entries.push({ entry, start: fileDataStart });
		}
	} catch (error) {
		if (error instanceof Problem) throw error;
		throw /end of central directory|unexpected EOF/i.test(String(error))
			? new Problem('file_truncated', {}, where)
			: new Problem('file_damaged', {}, where);
	}
	refuseSwelling(entries, where);
	return entries
		.map(({ entry, start }) => ({ name: nameOf(entry), bytes: () => inflate(bytes, entry, start, where) }))
		.filter(({ name }) => !name.endsWith('/'));
}

/** Refuses by what the archive says, before anything is inflated; what it says is kept to by {@link inflate}. */
function refuseSwelling(entries: readonly { entry: Entry; start: number }[], where: Where): void {
	let inAll = 0;
	let end = 0;
	for (const { entry, start } of [...entries].sort((a, b) => a.start - b.start)) {
		const { compressedSize, uncompressedSize } = entry;
		inAll += uncompressedSize;
		const steep = uncompressedSize > worthChecking && uncompressedSize > compressedSize * steepest;
		// Parts that lie over one another are how a small archive holds one part a thousand times.
		if (steep || uncompressedSize > longestMember || inAll > longestInAll || start < end)
			throw new Problem('file_swells', {}, where);
		end = start + compressedSize;
	}
}

function inflate(bytes: Buffer, entry: Entry, start: number, where: Where): Buffer {
	const { compressedSize, uncompressedSize, compressionMethod } = entry;
	const packed = bytes.subarray(start, start + compressedSize);
	if (packed.length < compressedSize) throw new Problem('file_truncated', {}, where);
	let content: Buffer;
	if (compressionMethod === stored) content = packed;
	else if (compressionMethod !== deflated) throw new Problem('file_damaged', {}, where);
	else
		try {
			content = inflateRawSync(packed, { maxOutputLength: Math.max(1, uncompressedSize) });
		} catch (error) {
			throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
				? new Problem('file_swells', {}, where)
				: new Problem('file_damaged', {}, where);
		}
	// Damaged cells would else pass for other cells: an archive without compression inflates whatever it says.
	if (content.length !== uncompressedSize || crc32(content) !== entry.crc32 >>> 0)
		throw new Problem('file_damaged', {}, where);
	return content;
}
