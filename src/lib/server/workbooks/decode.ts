/** Bytes to text. A decoding that cannot fail (latin1) is never tried: it turns Chinese into silent mojibake. */
import { isUtf8 } from 'node:buffer';
import { Problem, type Where } from '../../basis/problem.ts';

export interface Decoded {
	/** The text, or the part of it that the first so many bytes hold. UTF-8 is decoded only as far as it is asked for. */
	readonly text: (bytes?: number) => string;
	/** The name under which the encoding is reported: `utf-8`, `utf-8-bom`, `gb18030`, `utf-16le`, … */
	readonly encoding: string;
	/** Whether the encoding is the likelier of several: no mark and no rule of UTF-8 says it. */
	readonly guessed: boolean;
}

/** The end of a UTF-8 text that was cut within a character, at most three bytes. */
function cutWithinCharacter(bytes: Buffer): boolean {
	for (let cut = 1; cut <= 3; cut++) if (isUtf8(bytes.subarray(0, bytes.length - cut))) return bytes.length > 64;
	return false;
}

/**
 * Decodes a text file: the named encoding, else by BOM, by the zero bytes of UTF-16, strict UTF-8, and strict GB18030 or
 * Big5, whichever reads as the words that people write.
 * @throws Problem `encoding_unknown` (no such name), `encoding_wrong` (the bytes are not of it), `encoding_unclear`
 * (nothing that is tried reads as text: it has to be named), `file_truncated`
 */
export function decode(bytes: Buffer, named: string | null, where: Where): Decoded {
	if (named !== null) return strictly(bytes, named, named.toLowerCase(), where);
	if (bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf)
		return isUtf8(bytes) ? lazily(bytes.subarray(3), 'utf-8-bom') : strictly(bytes, 'utf-8', 'utf-8-bom', where);
	if (bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe)
		return strictly(bytes, 'utf-16le', 'utf-16le', where);
	if (bytes.length >= 2 && bytes[0] === 0xfe && bytes[1] === 0xff)
		return strictly(bytes, 'utf-16be', 'utf-16be', where);
	const wide = widthOf(bytes);
	if (wide !== null) return { ...strictly(bytes, wide, wide, where), guessed: true };
	if (isUtf8(bytes)) return lazily(bytes, 'utf-8');
	if (cutWithinCharacter(bytes)) throw new Problem('file_truncated', {}, where);
	return likelier(bytes, where);
}

/** How much more zeros stand on the side of the high bytes. */
const clearly = 4;

/**
 * UTF-16 without a mark: separators, digits and line ends leave a zero in every second byte, always on the same side.
 * Text of one byte a character has none, or a few that pad it.
 */
function widthOf(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
	const sample = bytes.subarray(0, 65_536);
	if (bytes.length % 2 !== 0 || !sample.includes(0)) return null;
	const zeros: [even: number, odd: number] = [0, 0];
	for (const [i, byte] of sample.entries()) if (byte === 0) zeros[i % 2 === 0 ? 0 : 1]++;
	const [even, odd] = zeros;
	const enough = sample.length / 40;
	// 一 and others have a zero on the other side; they are few beside the separators.
	if (odd > enough && odd > even * clearly) return 'utf-16le';
	if (even > enough && even > odd * clearly) return 'utf-16be';
	return null;
}

/**
 * How much of the characters of two bytes is what people write: the first level of GB 2312 and of Big5 holds the
 * characters in daily use, and each encoding read as the other lands mostly outside of it.
 */
const inDailyUse = {
	gb18030: (lead: number, trail: number): boolean => (lead >= 0xb0 && lead <= 0xd7 && trail >= 0xa1) || isSymbol(lead),
	big5: (lead: number, trail: number): boolean =>
		(lead >= 0xa4 && lead <= 0xc6 && (trail <= 0x7e || trail >= 0xa1)) || (lead >= 0xa1 && lead <= 0xa3)
};
/** Punctuation and full-width forms of GB 2312. */
const isSymbol = (lead: number): boolean => lead === 0xa1 || lead === 0xa3;

/** Below this share a text is none of that encoding: names of rare characters stand among common ones. */
const leastShare = 0.5;

function shareInDailyUse(bytes: Buffer, encoding: keyof typeof inDailyUse): number {
	const common = inDailyUse[encoding];
	let [wide, daily] = [0, 0];
	const end = Math.min(bytes.length, 1_000_000) - 1;
	for (let at = 0; at < end; at++) {
		const lead = bytes[at] as number;
		if (lead < 0x80) continue;
		at++;
		wide++;
		if (common(lead, bytes[at] as number)) daily++;
	}
	return wide === 0 ? 0 : daily / wide;
}

/** Whether a text of these encodings was cut within its last character, at most three bytes of four. */
function cutWithin(bytes: Buffer, encoding: string): boolean {
	const decoder = new TextDecoder(encoding, { fatal: true });
	return [1, 2, 3].some((cut) => {
		try {
			decoder.decode(bytes.subarray(0, bytes.length - cut));
			return true;
		} catch {
			return false;
		}
	});
}

function likelier(bytes: Buffer, where: Where): Decoded {
	const readings = (['gb18030', 'big5'] as const)
		.map((encoding) => ({ encoding, share: shareInDailyUse(bytes, encoding) }))
		.filter(({ share }) => share >= leastShare)
		.sort((a, b) => b.share - a.share);
	for (const { encoding } of readings)
		try {
			return { ...strictly(bytes, encoding, encoding, where), guessed: true };
		} catch {
			// Bytes that this encoding does not have, or a character that was cut off at the end; the other one may have them.
			if (encoding === readings[0]?.encoding && cutWithin(bytes, encoding))
				throw new Problem('file_truncated', {}, where);
		}
	throw new Problem('encoding_unclear', {}, where);
}

/** Bytes that are known to be UTF-8, decoded as far as they are asked for. */
function lazily(bytes: Buffer, encoding: string): Decoded {
	let whole: string | null = null;
	return {
		encoding,
		guessed: false,
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
		return { text: (limit = text.length) => text.slice(0, limit), encoding, guessed: false };
	} catch {
		throw new Problem('encoding_wrong', { encoding: label }, where);
	}
}
