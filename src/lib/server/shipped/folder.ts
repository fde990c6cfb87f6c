/** Where the files lie that Kaoji ships beside its code: schemes, plans, statements, templates. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of the project. The built server runs from `build/`, the command line from `src/`, so that no relative
 * path holds for both; the first folder above this module that has Kaoji's own domains is the project's.
 */
function projectFolder(): string {
	let folder = dirname(fileURLToPath(import.meta.url));
	while (!existsSync(join(folder, 'data', 'domains.yaml'))) {
		const above = dirname(folder);
		if (above === folder) throw new Error('the files of Kaoji are not beside its code');
		folder = above;
	}
	return folder;
}

const project = projectFolder();

/** The path of a shipped file or folder, by its path within the project. */
export const shipped = (...path: readonly string[]): string => join(project, ...path);
