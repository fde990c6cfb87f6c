/**
 * The versions of a scheme, wherever they stand: published in the home (`schemes/ID@VERSION.yaml`), put into the home by
 * hand (`schemes/ID.yaml`), or shipped with Kaoji (`data/schemes/ID.yaml`).
 */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Problem } from '../../basis/problem.ts';
import type { Origin } from '../../reports/schemes.ts';
import { compareVersions } from '../../scoring/family.ts';
import { shipped } from '../shipped/folder.ts';
import { documentAt, shelfName, type ShelvedDocument, textAt } from './library.ts';

/** A version of a scheme as its file has it; whether it can be used is for the reader to say. */
export interface ShelvedVersion extends ShelvedDocument {
	readonly version: string;
	readonly origin: Origin;
	readonly file: string;
	readonly path: string;
}

const endings = ['yaml', 'yml', 'json'] as const;

/** The file of a published version. */
export const publishedPath = (home: string, id: string, version: string): string =>
	join(home, 'schemes', `${id}@${version}.yaml`);

function versionAt(path: string, origin: Origin): ShelvedVersion {
	const document = documentAt(path);
	return { ...document, version: textAt(document.tree, 'version') ?? '1', origin, file: basename(path), path };
}

const namedIn = (folder: string, id: string): string[] =>
	endings.map((ending) => join(folder, `${id}.${ending}`)).filter((path) => existsSync(path));

/** Published versions, each under the version that its file's name says: what stands in it may have been changed. */
function publishedIn(home: string, id: string): ShelvedVersion[] {
	const folder = join(home, 'schemes');
	if (!existsSync(folder)) return [];
	return readdirSync(folder).flatMap((name) => {
		const ending = endings.find((one) => name.endsWith(`.${one}`));
		if (ending === undefined || !name.startsWith(`${id}@`)) return [];
		const version = name.slice(id.length + 1, -ending.length - 1);
		return [{ ...versionAt(join(folder, name), 'published'), version }];
	});
}

/**
 * All versions of a scheme, the oldest first. A version that the bureau published or wrote stands before one that Kaoji
 * ships under the same number.
 * @throws Problem `version_twice` where the home has a file of its own that claims a published version with other content; `yaml_invalid`
 */
export function versionsOf(id: string, home: string | null): ShelvedVersion[] {
	if (!shelfName.test(id)) return [];
	const found = new Map<string, ShelvedVersion>();
	for (const path of namedIn(shipped('data', 'schemes'), id).slice(0, 1)) put(found, versionAt(path, 'shipped'));
	if (home !== null) {
		for (const path of namedIn(join(home, 'schemes'), id).slice(0, 1)) put(found, versionAt(path, 'home'));
		for (const published of publishedIn(home, id)) {
			const own = found.get(published.version);
			if (own?.origin === 'home' && own.sha256 !== published.sha256)
				throw new Problem('version_twice', { scheme: id, version: own.version }, { file: own.file });
			put(found, published);
		}
	}
	return [...found.values()].sort((a, b) => compareVersions(a.version, b.version));
}

const put = (found: Map<string, ShelvedVersion>, version: ShelvedVersion): void => {
	found.set(version.version, version);
};
