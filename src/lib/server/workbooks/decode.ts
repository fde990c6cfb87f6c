/** Bytes to text. A decoding that cannot fail (latin1) is never tried: it turns Chinese into silent mojibake. */
import { isUtf8 } from 'node:buffer';
import { Problem, type Where } from '../../basis/problem.ts';

export interface Decoded {
	/** The text, or the part of it that the first so many bytes hold. UTF-8 is decoded only as far as it is asked for. */
	readonly text: (bytes?: number) => string;
	/** The name under which the encoding is reported: `utf-8`, `utf-8-bom`, `gb18030`, `utf-16le`, … */
	readonly encoding: string;
}

/** The end of a UTF-8 text that was cut within a character, at most three bytes. */
function cutWithinCharacter(bytes: Buffer): boolean {
	for (let cut = 1; cut <= 3; cut++) if (isUtf8(bytes.subarray(0, bytes.length - cut))) return bytes.length > 64;
	return false;
}

/**
 * Decodes a text file: the named encoding, else by BOM, strict UTF-8, strict GB18030.
 * @throws Problem `encoding_unknown` (no such name), `encoding_wrong` (the bytes are not of it), `file_truncated`
 */
export function decode(bytes: Buffer, named: string | null, where: Where): Decoded {
	if (named !== null) return strictly(bytes, named, named.toLowerCase(), where);
	if (bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
		return isUtf8(bytes) ? lazily(bytes.subarray(3), 'utf-8-bom') : strictly(bytes, 'utf-8', 'utf-8-bom', where);
	if (bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe)
		return strictly(bytes, 'utf-16le', 'utf-16le', where);
	if (bytes.length >= 2 && bytes[0] === 0xfe && bytes[1] === 0xff)
		return strictly(bytes, 'utf-16be', 'utf-16be', where);
	if (isUtf8(bytes)) return lazily(bytes, 'utf-8');
	if (cutWithinCharacter(bytes)) throw new Problem('file_truncated', {}, where);
	return strictly(bytes, 'gb18030', 'gb18030', where);
}

/** Bytes that are known to be UTF-8, decoded as far as they are asked for. */
function lazily(bytes: Buffer, encoding: string): Decoded {
	let whole: string | null = null;
	return {
		encoding,
		text: (limit = bytes.length) =>
			limit < bytes.length ? bytes.toString('utf8', 0, limit) : (whole ??= bytes.toString('utf8'))
	};
}

function strictly(bytes: Buffer, label: string, encoding: string, where: Where): Decoded {
	let decoder: TextDecoder;
	try {
		decoder = new TextDecoder(label, { fatal: true });
	} catch {
		throw new Problem('encoding_unknown', { encoding: label }, where);
	}
	try {
		const text = decoder.decode(bytes);
		return { text: (limit = text.length) => text.slice(0, limit), encoding };
	} catch {
		throw new Problem('encoding_wrong', { encoding: label }, where);
	}
}
