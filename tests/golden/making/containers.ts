/** Containers that no library writes as offices send them: archives with names in GBK, Excel 5, encrypted documents. */
import { crc32, deflateRawSync } from 'node:zlib';
import { CFB } from '@e965/xlsx';
import iconv from 'iconv-lite';

export interface Packed {
	readonly name: string;
	readonly bytes: Uint8Array;
}

export interface ZipOptions {
	/** The names in GBK without a word, as Windows in Chinese writes them; else UTF-8 with its flag. */
	readonly gbkNames?: boolean;
	/** Whether the members say that they are encrypted. */
	readonly encrypted?: boolean;
	/** A checksum that is not that of the bytes. */
	readonly wrongChecksum?: boolean;
}

/** A noon of 1 March 2025 in the form of DOS, so that the bytes are always the same. */
const dosTime = 12 << 11;
const dosDate = ((2025 - 1980) << 9) | (3 << 5) | 1;

/** A zip archive. */
export function zip(
	members: readonly Packed[],
	{ gbkNames = false, encrypted = false, wrongChecksum = false }: ZipOptions = {}
): Buffer {
	const flags = (gbkNames ? 0 : 0x800) | (encrypted ? 1 : 0);
	const locals: Buffer[] = [];
	const entries: Buffer[] = [];
	let at = 0;
	for (const { name, bytes } of members) {
		const named = gbkNames ? iconv.encode(name, 'gbk') : Buffer.from(name);
		const packed = deflateRawSync(bytes);
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		common.writeUInt16LE(flags, 2);
		common.writeUInt16LE(8, 4);
		common.writeUInt16LE(dosTime, 6);
		common.writeUInt16LE(dosDate, 8);
		common.writeUInt32LE((crc32(bytes) ^ (wrongChecksum ? 1 : 0)) >>> 0, 10);
		common.writeUInt32LE(packed.length, 14);
		common.writeUInt32LE(bytes.length, 18);
		common.writeUInt16LE(named.length, 22);
		const rest = Buffer.alloc(14);
		rest.writeUInt32LE(at, 10);
		entries.push(Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, rest, named);
		const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, named, packed]);
		locals.push(local);
		at += local.length;
	}
	const directory = Buffer.concat(entries);
	const end = Buffer.alloc(22);
	end.write('PK\u0005\u0006', 'latin1');
	end.writeUInt16LE(members.length, 8);
	end.writeUInt16LE(members.length, 10);
	end.writeUInt32LE(directory.length, 12);
	end.writeUInt32LE(at, 16);
	return Buffer.concat([...locals, directory, end]);
}

/** A compound document with these streams, as Office 97 and its encryption use it. */
export function compound(streams: Readonly<Record<string, Uint8Array>>): Buffer {
	const file = CFB.utils.cfb_new() as unknown;
	for (const [name, bytes] of Object.entries(streams)) CFB.utils.cfb_add(file, name, bytes);
	CFB.utils.cfb_del(file, '/\u0001Sh33tJ5');
	return Buffer.from(CFB.write(file, { type: 'buffer' }) as Uint8Array);
}

function record(type: number, ...parts: readonly (Buffer | readonly number[])[]): Buffer {
	const body = Buffer.concat(parts.map((part) => Buffer.from(part as Buffer)));
	const head = Buffer.alloc(4);
	head.writeUInt16LE(type, 0);
	head.writeUInt16LE(body.length, 2);
	return Buffer.concat([head, body]);
}

const u16 = (...numbers: readonly number[]): Buffer => {
	const bytes = Buffer.alloc(numbers.length * 2);
	for (const [i, number] of numbers.entries()) bytes.writeUInt16LE(number, i * 2);
	return bytes;
};
const u32 = (number: number): Buffer => {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(number);
	return bytes;
};
const f64 = (number: number): Buffer => {
	const bytes = Buffer.alloc(8);
	bytes.writeDoubleLE(number);
	return bytes;
};

/**
 * A workbook of Excel 5 or 95 in Chinese: its texts are in code page 936, and nothing is Unicode.
 * @param password whether it says that it has a password to open it
 */
export function excel5(name: string, rows: readonly (readonly (string | number)[])[], password = false): Buffer {
	const gbk = (text: string): Buffer => iconv.encode(text, 'gbk');
	const beginning = (substream: number): Buffer => record(0x809, u16(0x500, substream, 0x0bbb, 0x07cc));
	const end = record(0x0a);
	const title = gbk(name);
	const codePage = Buffer.concat([...(password ? [record(0x2f, u16(0x5a3c, 0x91d2))] : []), record(0x42, u16(936))]);
	const before = beginning(0x05).length + codePage.length + (4 + 4 + 2 + 1 + title.length) + end.length;
	const globals = [
		beginning(0x05),
		codePage,
		record(0x85, u32(before), u16(0), Buffer.from([title.length]), title),
		end
	];
	const cells = rows.flatMap((row, r) =>
		row.map((cell, c) =>
			typeof cell === 'number'
				? record(0x203, u16(r, c, 0), f64(cell))
				: record(0x204, u16(r, c, 0, gbk(cell).length), gbk(cell))
		)
	);
	const dimensions = record(0x200, u16(0, rows.length, 0, Math.max(...rows.map((row) => row.length)), 0));
	return compound({ '/Book': Buffer.concat([...globals, beginning(0x10), dimensions, ...cells, end]) });
}
