/** 演示: writes the export files of an invented place into a folder, to be imported like anyone's. */
import { mkdirSync } from 'node:fs';
import { demoExports, type DemoOptions } from '../../demo/export-files.ts';
import { type WrittenFile, writeExport } from '../workbooks/write-exports.ts';

interface DemoReport {
	readonly folder: string;
	readonly seed: number;
	readonly size: DemoOptions['size'];
	/** In the order in which they were written, registers first within a district. */
	readonly files: readonly WrittenFile[];
}

interface WriteDemoOptions extends DemoOptions {
	/** Made if it is not there. Files of the same names are replaced, others left alone. */
	readonly folder: string;
	/** Told of each file as it is written; a nation has thousands. */
	readonly progress?: (written: WrittenFile) => void;
}

/**
 * Writes the files one by one, so that a nation needs no more memory than a county. The same seed, size and day give
 * the same files, byte for byte.
 */
export function writeDemo({ folder, seed, size, today, progress }: WriteDemoOptions): DemoReport {
	mkdirSync(folder, { recursive: true });
	const files: WrittenFile[] = [];
	for (const file of demoExports({ seed, size, today })) {
		const written = writeExport(folder, file);
		progress?.(written);
		files.push(written);
	}
	return { folder, seed, size, files };
}
