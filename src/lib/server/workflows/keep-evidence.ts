/** 佐证材料: files that prove an entry, kept in the home under their SHA-256, so that the same file is there once. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Actor, ownTownships } from '../../basis/codes.ts';
import { Problem } from '../../basis/problem.ts';
import type { Evidence } from '../../reports/entries.ts';
import { type Engine, textOf } from '../warehouse/engine.ts';
import type { Look } from '../warehouse/house.ts';
import { safeName, type SentFile } from './stage-files.ts';

/** The most that one file may have, in bytes. */
const largest = 20_000_000;

/** Pictures, scans, and what offices write. No page and no program: somebody will open it. */
const endings = new Set(
	'png jpg jpeg gif webp bmp heic tif tiff pdf ofd doc docx xls xlsx ppt pptx wps et dps odt ods odp rtf csv txt'.split(
		' '
	)
);

/** What a form lets choose. */
export const evidenceEndings = [...endings].map((ending) => `.${ending}`).join(',');

const hashForm = /^[\da-f]{64}$/;
const folderOf = (home: string): string => join(home, 'evidence');

/** Keeps bytes under their hash; where they are already, nothing is written. */
export function keepBytes(home: string, bytes: Uint8Array): string {
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	const path = join(folderOf(home), sha256);
	if (existsSync(path)) return sha256;
	mkdirSync(folderOf(home), { recursive: true, mode: 0o700 });
	// Under its own name it is whole or not there at all.
	const making = `${path}.${randomUUID()}`;
	writeFileSync(making, bytes, { mode: 0o600 });
	renameSync(making, path);
	return sha256;
}

/**
 * Keeps a file that was sent. It proves nothing yet: the entry that names it does.
 * @throws Problem `evidence_too_large`, `evidence_refused` (of a kind that is not taken), `evidence_empty`
 */
export async function keepEvidence(home: string, sent: SentFile): Promise<Evidence> {
	const name = safeName(sent.name);
	const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
	if (!endings.has(ending)) throw new Problem('evidence_refused', { name, known: [...endings].join(', ') });
	const bytes = await sent.bytes();
	if (bytes.length === 0) throw new Problem('evidence_empty', { name });
	if (bytes.length > largest) throw new Problem('evidence_too_large', { name, size: largest / 1_000_000 });
	return { sha256: keepBytes(home, bytes), name, size: bytes.length };
}

/** Evidence that was kept for a form before; null where it is not there. */
export function keptEvidence(home: string, { sha256, name, size }: Evidence): Evidence | null {
	if (!hashForm.test(sha256) || !existsSync(join(folderOf(home), sha256))) return null;
	return { sha256, name: safeName(name), size };
}

/**
 * The path of a file that proves an entry, and its name. A township's user gets those of its own entries only.
 * @throws Problem `evidence_unknown`
 */
export async function findEvidence(
	{ home, engine }: Pick<Look, 'home' | 'engine'>,
	sha256: string,
	actor: Actor
): Promise<{ readonly path: string; readonly name: string }> {
	const path = join(folderOf(home), sha256);
	const name = hashForm.test(sha256) && existsSync(path) ? await nameOf(engine, sha256, actor) : null;
	if (name === null) throw new Problem('evidence_unknown');
	return { path, name };
}

async function nameOf(engine: Engine, sha256: string, actor: Actor): Promise<string | null> {
	const own = ownTownships(actor);
	const [row] = await engine.rows(
		`SELECT name FROM (
			SELECT name, township FROM evidence_of_fact WHERE sha256 = $sha256
			UNION ALL
			SELECT json_extract_string(evidence, '$.name'), township FROM pending_entry
			WHERE json_extract_string(evidence, '$.sha256') = $sha256
		) WHERE $own IS NULL OR list_contains(CAST($own AS VARCHAR[]), township)
		UNION ALL SELECT file FROM source WHERE sha256 = $sha256 AND $own IS NULL LIMIT 1`,
		{ sha256, own }
	);
	return row ? textOf(row['name']) : null;
}
