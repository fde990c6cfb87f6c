/** Writes zip archives byte by byte, also such as no honest program writes. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
	readonly name: string | Buffer;
	readonly content: Buffer;
	/** The content as it is packed, where it is at hand. */
	readonly packed?: Buffer;
	/** The length that the archive says, where it lies. */
	readonly says?: number;
	readonly checksum?: number;
	/** The part whose bytes this one claims as its own. */
	readonly sameAs?: number;
	/** Bits of the general purpose flag: 1 is encrypted, 0x800 a name in UTF-8. */
	readonly flags?: number;
}

const fieldsOf = (part: ZipPart, packed: Buffer): Buffer => {
	const fields = Buffer.alloc(22);
	fields.writeUInt16LE(part.flags ?? 0, 0);
	fields.writeUInt16LE(8, 2);
	fields.writeUInt32LE((part.checksum ?? crc32(part.content)) >>> 0, 8);
	fields.writeUInt32LE(packed.length, 12);
	fields.writeUInt32LE(part.says ?? part.content.length, 16);
	fields.writeUInt16LE(Buffer.from(part.name).length, 20);
	return fields;
};

export function zipOf(parts: readonly ZipPart[]): Buffer {
	const locals: Buffer[] = [];
	const directory: Buffer[] = [];
	const starts: number[] = [];
	const known = new Map<Buffer, Buffer>();
	let at = 0;
	for (const [i, part] of parts.entries()) {
		const packed = part.packed ?? known.get(part.content) ?? deflateRawSync(part.content);
		known.set(part.content, packed);
		const name = Buffer.from(part.name);
		const fields = fieldsOf(part, packed);
		const start = part.sameAs === undefined ? at : (starts[part.sameAs] ?? 0);
		starts[i] = start;
		if (part.sameAs === undefined) {
			const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4, 20, 0]), fields, Buffer.alloc(2), name, packed]);
			locals.push(local);
			at += local.length;
		}
		const tail = Buffer.alloc(14);
		tail.writeUInt32LE(start, 10);
		directory.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 0, 20, 0]), fields, Buffer.alloc(2), tail, name);
	}
	const central = Buffer.concat(directory);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(parts.length, 8);
	end.writeUInt16LE(parts.length, 10);
	end.writeUInt32LE(central.length, 12);
	end.writeUInt32LE(at, 16);
	return Buffer.concat([...locals, central, end]);
}
