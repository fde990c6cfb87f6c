/** Runs commands as a user would, in this process, each test in a home of its own. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from '../../scripts/cli/main.ts';

/** What a command printed and how it ended. */
export interface Ran {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
	/** The result as a program reads it; only with `--json`. */
	readonly json: () => unknown;
	readonly bytes: Buffer;
}

/** Runs one command line against a home; the clock stands still. */
export async function kaoji(home: string, ...args: readonly string[]): Promise<Ran> {
	const out: Buffer[] = [];
	let stderr = '';
	const code = await main(
		[...args, '--home', home],
		{
			env: { LANG: 'zh_CN.UTF-8', KAOJI_ACTOR: 'test' },
			now: () => '2026-04-30T08:00:00.000Z',
			stderr: (text) => (stderr += text)
		},
		(output) => out.push(Buffer.from(output))
	);
	const bytes = Buffer.concat(out);
	const stdout = bytes.toString('utf8');
	return { code, stdout, stderr, bytes, json: () => JSON.parse(stdout) as unknown };
}

/** A folder of the test's own, and the way to remove it. */
export function ownFolder(): { readonly path: string; readonly remove: () => void } {
	const path = mkdtempSync(join(tmpdir(), 'kaoji-'));
	return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Runs `work` in a folder that is gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
	const { path, remove } = ownFolder();
	try {
		return await work(path);
	} finally {
		remove();
	}
}

/** The folder of known answers and real files beside the project; tests over it say so where it is not there. */
export const shared = fileURLToPath(new URL('../../../shared/', import.meta.url));
export const hasShared = (path: string): boolean => existsSync(join(shared, path));

/** The effort of a run: `npm run test:full` takes the counts that are named in full. */
export const full = process.env['KAOJI_EFFORT'] === 'full';
