/** What a file is, by its first bytes: its name says what somebody believed. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';

/** The length of a file in bytes; 0 where there is none. */
export const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** The first bytes of a file, at most so many. Throws where it cannot be opened. */
export function firstBytes(path: string, most: number): Buffer {
	const first = Buffer.alloc(most);
	const file = openSync(path, 'r');
	try {
		return first.subarray(0, readSync(file, first));
	} finally {
		closeSync(file);
	}
}

/**
 * - `zip`: xlsx, xlsm, xlsb, ods, or an archive of files
 * - `compound`: xls, or what Office encrypts into the same container
 * - `markup`: Excel's XML of 2003, or an HTML table that was saved as .xls
 * - `biff`: an xls of Excel 2 to 5 without a container
 * - `alien`: PDF, RAR, 7z, gzip, pictures: files that hold no table that can be read
 * - `text`: everything else, to be decoded
 */
export type FileForm = 'zip' | 'compound' | 'markup' | 'biff' | 'alien' | 'text';

const startsWith = (bytes: Buffer, magic: readonly number[]): boolean => magic.every((byte, i) => bytes[i] === byte);

const alien: readonly (readonly number[])[] = [
	[0x25, 0x50, 0x44, 0x46], // PDF
	[0x52, 0x61, 0x72, 0x21], // RAR
	[0x37, 0x7a, 0xbc, 0xaf], // 7z
	[0x1f, 0x8b], // gzip
	[0x89, 0x50, 0x4e, 0x47], // PNG
	[0xff, 0xd8, 0xff], // JPEG
	[0x47, 0x49, 0x46, 0x38], // GIF
	[0x7b, 0x5c, 0x72, 0x74, 0x66] // RTF
];

/** The beginnings of a workbook stream of BIFF 2, 3, 4 and 5 that stands alone. */
const bareBiff: readonly (readonly number[])[] = [
	[0x09, 0x00, 0x04, 0x00],
	[0x09, 0x02, 0x06, 0x00],
	[0x09, 0x04, 0x06, 0x00],
	[0x09, 0x08, 0x08, 0x00]
];

/** The ASCII of a text in any encoding of one or two bytes, as far as it tells whether it is markup. */
const asciiOf = (bytes: Buffer): string =>
	bytes
		.subarray(0, 2_000)
		.toString('latin1')
		.replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '')
		.replaceAll('\u0000', '')
		.trimStart()
		.toLowerCase();

/** Tells the form of a file that is not empty. */
export function formOf(bytes: Buffer): FileForm {
	if (startsWith(bytes, [0x50, 0x4b])) return 'zip';
	if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return 'compound';
	if (alien.some((magic) => startsWith(bytes, magic))) return 'alien';
	if (bareBiff.some((magic) => startsWith(bytes, magic))) return 'biff';
	const ascii = asciiOf(bytes);
	if (/^<(?:\?xml|workbook|ss:workbook|html|!doctype|table|meta|head|body|style|div|!--)/.test(ascii)) return 'markup';
	return 'text';
}
