/** A server of a home of its own, as `serve` starts it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Served {
	readonly url: string;
	readonly home: string;
	/** Stops it as Ctrl-C does; gives its exit code. */
	readonly stop: () => Promise<number | null>;
	/** Stops it as a power cut does. */
	readonly kill: () => Promise<void>;
}

const ended = (child: ChildProcess): Promise<number | null> =>
	child.exitCode === null && child.signalCode === null
		? new Promise((resolve) => child.once('exit', (code) => resolve(code)))
		: Promise.resolve(child.exitCode);

/** Starts a server on a free port and waits until it says where it is. The day stands still. */
export async function serve(home: string, ...options: readonly string[]): Promise<Served> {
	const child = spawn(
		process.execPath,
		[join(root, 'scripts/kaoji.ts'), 'serve', '--home', home, '--port', '0', '--lang', 'zh', ...options],
		{ stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, KAOJI_ACTOR: 'test' } }
	);
	let said = '';
	const url = await new Promise<string>((resolve, reject) => {
		child.stderr.on('data', (chunk: Buffer) => {
			said += String(chunk);
			const address = /http:\/\/localhost:\d+/.exec(said);
			if (address) resolve(address[0]);
		});
		child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
	});
	return {
		url,
		home,
		stop: () => {
			child.kill('SIGINT');
			return ended(child);
		},
		kill: async () => {
			child.kill('SIGKILL');
			await ended(child);
		}
	};
}

/** A command in a process of its own, as a user types it. */
export function command(
	home: string,
	...args: readonly string[]
): Promise<{ code: number | null; stdout: string; stderr: string }> {
	const child = spawn(process.execPath, [join(root, 'scripts/kaoji.ts'), ...args, '--home', home, '--lang', 'zh'], {
		stdio: ['ignore', 'pipe', 'pipe'],
		env: { ...process.env, KAOJI_ACTOR: 'test' }
	});
	let [stdout, stderr] = ['', ''];
	child.stdout.on('data', (chunk: Buffer) => (stdout += String(chunk)));
	child.stderr.on('data', (chunk: Buffer) => (stderr += String(chunk)));
	return new Promise((resolve) => child.once('close', (code) => resolve({ code, stdout, stderr })));
}
