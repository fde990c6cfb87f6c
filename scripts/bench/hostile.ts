/** What files cost that are made to fill the memory of whoever opens them: seconds and memory until they are refused. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDeflateRaw } from 'node:zlib';
import { CFB, utils, write } from '@e965/xlsx';

/** So many zero bytes, packed a thousandfold. */
async function packedZeros(megabytes: number): Promise<Buffer> {
	const deflate = createDeflateRaw({ level: 9 });
	const packed: Buffer[] = [];
	deflate.on('data', (chunk: Buffer) => packed.push(chunk));
	const zeros = Buffer.alloc(1_000_000);
	for (let i = 0; i < megabytes; i++)
		if (!deflate.write(zeros)) await new Promise((resolve) => deflate.once('drain', resolve));
	await new Promise<void>((resolve) => deflate.end(() => resolve()));
	return Buffer.concat(packed);
}

/** A workbook whose one sheet is that, by what its archive says of it: the local header and the directory agree. */
function bombOf(packed: Buffer, length: number): Buffer {
	const name = Buffer.from('[Content_Types].xml');
	const fields = Buffer.alloc(22);
	fields.writeUInt16LE(8, 2);
	fields.writeUInt32LE(packed.length, 12);
	fields.writeUInt32LE(length, 16);
	fields.writeUInt16LE(name.length, 20);
	const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4, 20, 0]), fields, Buffer.alloc(2), name, packed]);
	const central = Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0, 20, 0]), fields, Buffer.alloc(16), name]);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(1, 8);
	end.writeUInt16LE(1, 10);
	end.writeUInt32LE(central.length, 12);
	end.writeUInt32LE(local.length, 16);
	return Buffer.concat([local, central, end]);
}

function laughing(): Buffer {
	const entities = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
	const book = utils.book_new();
	utils.book_append_sheet(book, utils.aoa_to_sheet([['a']]), 'a');
	const archive = CFB.read(write(book, { type: 'buffer', bookType: 'xlsx', bookSST: true }) as Buffer, {
		type: 'buffer'
	});
	const text = `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY l0 "ha">${entities}]><sst><si><t>&l9;</t></si></sst>`;
	CFB.utils.cfb_add(archive, '/xl/sharedStrings.xml', Buffer.from(text));
	return CFB.write(archive, { type: 'buffer', fileType: 'zip', compression: true } as never) as unknown as Buffer;
}

/** Prints what each hostile file costs. */
export async function benchHostile(folder: string): Promise<void> {
	const packed = await packedZeros(4_000);
	const files: readonly (readonly [string, Buffer])[] = [
		['4 GB in one part', bombOf(packed, 4_000_000_000)],
		['4 GB in a part that says 1 kB', bombOf(packed, 1_000)],
		['billion laughs', laughing()]
	];
	const script = fileURLToPath(new URL('one-opening.ts', import.meta.url));
	for (const [name, bytes] of files) {
		const path = join(folder, 'hostile.xlsx');
		writeFileSync(path, bytes);
		const said = execFileSync(process.execPath, [script, path], { encoding: 'utf8' });
		const { code, seconds, peak } = JSON.parse(said) as { code: string; seconds: number; peak: number };
		console.log(`${name} (${bytes.length} bytes): ${code} after ${seconds.toFixed(2)} s, ${Math.round(peak / 1e6)} MB`);
	}
}
