/** 发布细则: makes a version of a scheme, which from then on is never changed. */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Actor, Locale } from '../../basis/codes.ts';
import { Problem } from '../../basis/problem.ts';
import { periodId, startOf } from '../../basis/period.ts';
import type { Day } from '../../basis/day.ts';
import type { Tree } from '../../basis/tree.ts';
import { nextVersion } from '../../scoring/family.ts';
import { readScheme } from '../../scoring/read-scheme.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import { readYaml } from '../../yaml/read-yaml.ts';
import { sha256Of, shelfName, textAt } from '../schemes/library.ts';
import { draftVocabulary, usable, vocabularyOf } from '../schemes/load.ts';
import { publishedPath, versionsOf } from '../schemes/versions.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { recordAct } from './audit.ts';
import { requireUnchanged } from './published-schemes.ts';

/** What is to be published. */
export interface Publishing {
	/** The document, which is kept to the byte. */
	readonly text: string;
	/** Its name, for problems. */
	readonly file: string;
	readonly reason: string;
	/** Whether it may begin before today: scores of periods that have begun are then computed anew. */
	readonly past: boolean;
	readonly today: Day;
	/** The clock's ISO time. */
	readonly now: string;
	readonly locale: Locale;
}

export interface Published {
	readonly id: string;
	readonly version: string;
	readonly from: string;
	readonly sha256: string;
	readonly file: string;
}

/**
 * Checks a draft against the versions that there are.
 * @returns the scheme, and the period from which it is in force
 * @throws Problem `scheme_invalid`, `scheme_name_unsafe`, `version_unexpected`, `version_from_missing`, `version_from_early`, `version_from_past`
 */
function checked(
	home: string,
	tree: Tree,
	{ text, file, past, today, locale }: Publishing
): { scheme: Scheme; from: NonNullable<Scheme['periods']['from']> } {
	const { scheme } = usable(readScheme(tree, draftVocabulary(tree, text, home)), 'scheme_invalid', file, locale);
	if (!shelfName.test(scheme.id)) throw new Problem('scheme_name_unsafe', { name: scheme.id });
	const versions = versionsOf(scheme.id, home);
	const expected = nextVersion(versions.map(({ version }) => version));
	if (scheme.version !== expected)
		throw new Problem('version_unexpected', { scheme: scheme.id, version: scheme.version, expected }, { file });
	const { from } = scheme.periods;
	if (!from) throw new Problem('version_from_missing', { scheme: scheme.id }, { file });
	for (const earlier of versions) {
		const begins = readScheme(earlier.tree, vocabularyOf(home)).scheme.periods.from;
		if (begins && startOf(begins) >= startOf(from))
			throw new Problem('version_from_early', {
				from: periodId(from),
				version: earlier.version,
				begins: periodId(begins)
			});
	}
	if (startOf(from) <= today && !past) throw new Problem('version_from_past', { from: periodId(from) });
	return { scheme, from };
}

/**
 * Publishes a document as the next version of its scheme: the file, its digest and the audit entry, or nothing.
 * @throws Problem of the check; `reason_missing`; `version_changed`, `version_unrecorded` of {@link requireUnchanged}
 */
export async function publishScheme(
	{ engine, home }: Pick<Warehouse, 'engine' | 'home'>,
	publishing: Publishing,
	actor: Actor
): Promise<Published> {
	const { text, now } = publishing;
	const reason = publishing.reason.trim();
	if (reason === '') throw new Problem('reason_missing');
	const tree = readYaml(text, publishing.file);
	// First of all: what stands among the published versions without being one would be counted with them.
	await requireUnchanged({ engine, home }, textAt(tree, 'id') ?? '');
	const { scheme, from } = checked(home, tree, publishing);
	const { id, version } = scheme;
	const path = publishedPath(home, id, version);
	const published = { id, version, from: periodId(from), sha256: sha256Of(text), file: `${id}@${version}.yaml` };
	mkdirSync(dirname(path), { recursive: true });
	let placed = false;
	try {
		await engine.transaction(async () => {
			await engine.run('INSERT INTO published_scheme VALUES ($id, $version, $sha256, $starts, $actor, $now, $reason)', {
				id,
				version,
				sha256: published.sha256,
				starts: published.from,
				actor: actor.name,
				now,
				reason
			});
			await recordAct(engine, actor, now, 'publish_scheme', { ...published, reason, past: publishing.past });
			writeFileSync(`${path}.new`, text, { flush: true });
			renameSync(`${path}.new`, path);
			placed = true;
		});
	} catch (error) {
		// A version without its record would be one that anybody may change.
		rmSync(placed ? path : `${path}.new`, { force: true });
		throw error;
	}
	return published;
}
