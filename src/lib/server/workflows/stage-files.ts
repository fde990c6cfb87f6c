/** Files that come over the network are put into the staging of a home for one act, and are gone after it. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Warehouse } from '../warehouse/open.ts';

/** A file as it was sent: the name that the sender gave it, and what is in it. */
export interface SentFile {
	readonly name: string;
	readonly bytes: () => Promise<Uint8Array>;
}

/** File systems take names of 255 bytes; what tells two of one name apart must fit in too. */
const longestName = 200;
/** Devices of Windows, with any ending: opening such a file opens the device. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/**
 * The last part of a name, without anything that a file system or a log would take for something else: no path, no
 * control or direction characters, none that Windows refuses. What the office sees in its traces stays otherwise.
 */
export function safeName(name: string): string {
	const last = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
	const plain = last
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '')
		.replace(/[<>:"|?*]/g, '_')
		.replace(/^[\s.]+|[\s.]+$/gu, '')
		.replace(device, '_$&');
	const ending = /\.[^.]{1,8}$/u.exec(plain)?.[0] ?? '';
	let stem = [...plain.slice(0, plain.length - ending.length)].slice(0, longestName);
	while (Buffer.byteLength(stem.join('')) + Buffer.byteLength(ending) > longestName) stem = stem.slice(0, -1);
	return stem.length === 0 ? `file${ending}` : stem.join('') + ending;
}

/** Safe names, each once: the second `表.csv` is `表 (2).csv`. Case does not tell files apart on every system. */
export function namesApart(names: readonly string[]): string[] {
	const taken = new Set<string>();
	return names.map((name) => {
		const safe = safeName(name);
		const dot = safe.lastIndexOf('.') > 0 ? safe.lastIndexOf('.') : safe.length;
		let own = safe;
		for (let i = 2; taken.has(own.toLowerCase()); i++) own = `${safe.slice(0, dot)} (${i})${safe.slice(dot)}`;
		taken.add(own.toLowerCase());
		return own;
	});
}

/**
 * Writes files into a folder of their own below another one, apart from what else is put there: a file may have any name.
 * @returns their paths, in the order of the files
 */
export async function writeSent(files: readonly SentFile[], below: string): Promise<string[]> {
	const folder = join(below, 'files');
	mkdirSync(folder);
	const paths = namesApart(files.map(({ name }) => name)).map((name) => join(folder, name));
	for (const [i, file] of files.entries()) await writeFile(paths[i] as string, await file.bytes());
	return paths;
}

/**
 * Runs an act over files that were sent. They stand in a folder with a name of chance within the staging of the home;
 * what the act stages itself goes there too, and all of it is removed whatever happens.
 * @param work gets the warehouse with that folder as its staging, and the paths in the order of the files
 */
export async function withStaged<T>(
	warehouse: Warehouse,
	files: readonly SentFile[],
	work: (warehouse: Warehouse, paths: readonly string[]) => Promise<T>
): Promise<T> {
	mkdirSync(warehouse.staging, { recursive: true });
	const staging = mkdtempSync(join(warehouse.staging, 'sent-'));
	try {
		return await work({ ...warehouse, staging }, await writeSent(files, staging));
	} finally {
		rmSync(staging, { recursive: true, force: true });
	}
}
