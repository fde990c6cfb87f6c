/** What was published of a scheme: by whom, when, why, and whether the files are still as they were then. */
import { basename } from 'node:path';
import { Problem } from '../../basis/problem.ts';
import { publishedPath, versionsOf } from '../schemes/versions.ts';
import { type Engine, textOf } from '../warehouse/engine.ts';

/** A published version, as it was recorded when it was published. */
export interface PublishedVersion {
	readonly id: string;
	readonly version: string;
	/** SHA-256 of its file. */
	readonly sha256: string;
	/** The period from which it is in force. */
	readonly starts: string;
	readonly actor: string;
	/** ISO time. */
	readonly at: string;
	readonly reason: string;
}

/** The published versions of all schemes, in the order in which they were published. */
export async function publishedSchemes(engine: Engine): Promise<PublishedVersion[]> {
	const rows = await engine.rows('SELECT * FROM published_scheme ORDER BY published_at, id, version');
	return rows.map((row) => ({
		id: textOf(row['id']),
		version: textOf(row['version']),
		sha256: textOf(row['sha256']),
		starts: textOf(row['starts']),
		actor: textOf(row['actor']),
		at: textOf(row['published_at']),
		reason: textOf(row['reason'])
	}));
}

/**
 * Refuses a scheme of which a published version is no longer what was published, or a file stands among the published
 * ones that nobody published: put there by hand, or left by a publishing that was cut off before its record was kept.
 * @throws Problem `version_changed`, `version_unrecorded` with the file
 */
export async function requireUnchanged(
	{ engine, home }: { readonly engine: Engine; readonly home: string },
	id: string
): Promise<void> {
	const published = (await publishedSchemes(engine)).filter((one) => one.id === id);
	const found = versionsOf(id, home).filter(({ origin }) => origin === 'published');
	for (const { version, file } of found)
		if (!published.some((one) => one.version === version))
			throw new Problem('version_unrecorded', { scheme: id, version }, { file });
	for (const { version, sha256 } of published) {
		const file = found.find((one) => one.version === version);
		if (file?.sha256 === sha256) continue;
		throw new Problem(
			'version_changed',
			{ scheme: id, version },
			{ file: file?.file ?? basename(publishedPath(home, id, version)) }
		);
	}
}
