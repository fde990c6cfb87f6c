/** Reads files and imports them into a warehouse that is open: for acts that have their files at hand. */
import type { Actor } from '../../basis/codes.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { importFiles, type ImportOptions, type ImportReport } from './import-files.ts';
import { type FileOptions, recogniseFiles, withReadingFolder } from './recognise-files.ts';

/**
 * Imports files in one batch: all of them, or nothing.
 * @throws Problem of {@link recogniseFiles} and {@link importFiles}; the home is then as it was
 */
export const importPaths = (
	warehouse: Warehouse,
	paths: readonly string[],
	named: FileOptions,
	options: ImportOptions,
	actor: Actor
): Promise<ImportReport> =>
	withReadingFolder(warehouse.home, async (folder) =>
		importFiles(warehouse, await recogniseFiles(paths, named, warehouse.home, folder, options), options, actor)
	);
