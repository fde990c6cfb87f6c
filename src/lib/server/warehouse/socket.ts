/**
 * The way from a command to the running server: a Unix socket in the home (a named pipe on Windows), for its owner alone,
 * never the web port. What goes over it are whole values, each with its length before it.
 */
import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Bound, Row } from './engine.ts';

/** The kernel keeps the path of a socket in 108 bytes, and cuts a longer one off. */
const longestPath = 100;

/** Where the server of a home listens. */
export function socketPath(home: string): string {
	const folder = resolve(home);
	const digest = createHash('sha256').update(folder).digest('hex').slice(0, 24);
	if (process.platform === 'win32') return `\\\\.\\pipe\\kaoji-${digest}`;
	const own = join(folder, 'kaoji.sock');
	return Buffer.byteLength(own) <= longestPath ? own : join(tmpdir(), `kaoji-${digest}.sock`);
}

/**
 * Whether there may be a server to ask; a pipe of Windows can only be tried. A socket of another user, who could have
 * put it into the folder for temporary files, is none.
 */
export function maySpeak(home: string): boolean {
	if (process.platform === 'win32') return true;
	const found = lstatSync(socketPath(home), { throwIfNoEntry: false });
	return found?.isSocket() === true && found.uid === process.getuid?.();
}

/** What the borrower of an engine asks for. */
export type Request =
	| { readonly call: 'run'; readonly sql: string; readonly bound: Readonly<Record<string, Bound>> }
	| { readonly call: 'rows'; readonly sql: string; readonly bound: Readonly<Record<string, Bound>> }
	| { readonly call: 'append'; readonly table: string; readonly rows: readonly (readonly (string | null)[])[] };

/** What the lender says first, when it is the borrower's turn. */
export interface Greeting {
	readonly engine: string;
	readonly version: string;
	readonly schema: number;
	readonly staging: string;
}

/** Every answer: a value, or the message of the error. */
export type Answer = { readonly value: number | readonly Row[] | Greeting | null } | { readonly error: string };

/** Before each value stands its length. */
const headLength = 4;

/** Writes one value. */
export function send(socket: Socket, value: Request | Answer): void {
	const body = serialize(value);
	const head = Buffer.alloc(headLength);
	head.writeUInt32BE(body.length);
	socket.write(Buffer.concat([head, body]));
}

/** The values that come in, one after the other; ends when the other side does. */
export async function* received(socket: Socket): AsyncGenerator<unknown, void, void> {
	let chunks: Buffer[] = [];
	let [have, need] = [0, headLength];
	for await (const chunk of socket as AsyncIterable<Buffer>) {
		chunks.push(chunk);
		have += chunk.length;
		// Put together only when a value is whole: a large one comes in thousands of chunks.
		if (have < need) continue;
		let waiting = Buffer.concat(chunks);
		for (;;) {
			need = waiting.length < headLength ? headLength : headLength + waiting.readUInt32BE(0);
			if (waiting.length < headLength || waiting.length < need) break;
			const body = waiting.subarray(headLength, need);
			waiting = waiting.subarray(need);
			yield deserialize(body);
		}
		chunks = [waiting];
		have = waiting.length;
	}
}
