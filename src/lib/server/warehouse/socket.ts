/**
 * The way from a command to the running server: a Unix socket in the home (a named pipe on Windows), for its owner alone,
 * never the web port. What goes over it are whole values, each with its length before it.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
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

/** Whether there may be a server to ask; a pipe of Windows can only be tried. */
export const maySpeak = (home: string): boolean => process.platform === 'win32' || existsSync(socketPath(home));

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

/** Writes one value. */
export function send(socket: Socket, value: Request | Answer): void {
	const body = serialize(value);
	const head = Buffer.alloc(4);
	head.writeUInt32BE(body.length);
	socket.write(Buffer.concat([head, body]));
}

/** The values that come in, one after the other; ends when the other side does. */
export async function* received(socket: Socket): AsyncGenerator<unknown, void, void> {
	let waiting: Buffer = Buffer.alloc(0);
	for await (const chunk of socket as AsyncIterable<Buffer>) {
		waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
		while (waiting.length >= 4) {
			const length = waiting.readUInt32BE(0);
			if (waiting.length < 4 + length) break;
			const body = waiting.subarray(4, 4 + length);
			waiting = waiting.subarray(4 + length);
			yield deserialize(body);
		}
	}
}
