/** Builds the pages when they are not built from what is here now. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '#lib/basis/problem.ts';
import { shipped } from '#lib/server/shipped/folder.ts';

const sources = ['src', 'static', 'package-lock.json', 'svelte.config.js', 'vite.config.ts', 'tsconfig.json'];

function* filesBelow(path: string): Generator<string> {
	const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
	for (const entry of entries) {
		const below = join(path, entry.name);
		if (entry.isDirectory()) yield* filesBelow(below);
		else yield below;
	}
}

/** A digest of everything that the pages are built from. */
function digestOfSources(): string {
	const hash = createHash('sha256').update(process.version);
	for (const name of sources) {
		const path = shipped(name);
		if (!existsSync(path)) continue;
		const files = /\.\w+$/.test(name) ? [path] : filesBelow(path);
		for (const file of files) hash.update(file).update(readFileSync(file));
	}
	return hash.digest('hex');
}

const stampPath = (): string => shipped('build', 'built-from');

/** Whether the pages stand as they would be built now. */
const isBuilt = (digest: string): boolean =>
	existsSync(stampPath()) && readFileSync(stampPath(), 'utf8').trim() === digest;

/**
 * Builds the pages into `build/` unless they are built already.
 * @param begins told when there is something to build, which takes some seconds
 * @throws Problem `build_failed` with the builder's last line
 */
export async function buildPages(begins: () => void): Promise<void> {
	const digest = digestOfSources();
	if (isBuilt(digest)) return;
	begins();
	const output: string[] = [];
	const code = await new Promise<number | null>((resolve, reject) => {
		const child = spawn(process.execPath, [shipped('node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn'], {
			cwd: shipped(),
			stdio: ['ignore', 'pipe', 'pipe'],
			env: { ...process.env, NODE_ENV: 'production' }
		});
		for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(String(chunk)));
		child.once('error', reject);
		child.once('exit', resolve);
	});
	if (code !== 0) throw new Problem('build_failed', { reason: output.join('').trim().split('\n').slice(-3).join(' ') });
	writeFileSync(stampPath(), digest);
}
