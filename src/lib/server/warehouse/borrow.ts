/** An engine that is lent by the running server: a command works through it as if the home were its own. */
import { connect, type Socket } from 'node:net';
import { Problem } from '../../basis/problem.ts';
import { baseText, statementText } from './duckdb/texts.ts';
import type { Engine, Row } from './engine.ts';
import { type Answer, type Greeting, maySpeak, received, type Request, send, socketPath } from './socket.ts';

/** What is lent: the engine, and what an opened home tells beside it. */
export interface Borrowed {
	readonly engine: Engine;
	readonly staging: string;
	readonly schema: number;
}

/** Rows of text that go over the socket at once. */
const rowsAtOnce = 20_000;

/** Connects to the server of a home; null where none is running. */
function reach(home: string): Promise<Socket | null> {
	if (!maySpeak(home)) return Promise.resolve(null);
	return new Promise((resolve) => {
		const socket = connect(socketPath(home));
		socket.once('connect', () => resolve(socket));
		// A server that was killed leaves its socket behind; nobody answers at it.
		socket.once('error', () => resolve(null));
	});
}

/**
 * Borrows the engine of a home's running server and waits for its turn; null where no server is running.
 * @throws Problem `server_gone` when the server ends in the midst of it: nothing was kept of what was not committed
 */
export async function borrow(home: string): Promise<Borrowed | null> {
	const socket = await reach(home);
	if (!socket) return null;
	socket.on('error', () => undefined);
	const answers = received(socket);
	const next = async (): Promise<Exclude<Answer, { error: string }>['value']> => {
		// A server that is killed may leave a reset connection as well as an ended one.
		const { value, done } = await answers.next().catch(() => ({ value: undefined, done: true }));
		if (done) throw new Problem('server_gone', { home });
		const answer = value as Answer;
		if ('error' in answer) throw new Error(answer.error);
		return answer.value;
	};
	const ask = (request: Request): ReturnType<typeof next> => {
		send(socket, request);
		return next();
	};
	const greeting = (await next()) as Greeting;
	let inTransaction = false;
	const engine: Engine = {
		name: greeting.engine,
		version: greeting.version,
		base: baseText,
		statement: statementText,
		run: async (sql, bound = {}) => (await ask({ call: 'run', sql, bound })) as number,
		rows: async (sql, bound = {}) => (await ask({ call: 'rows', sql, bound })) as Row[],
		async appendText(table, rows) {
			let chunk: (readonly (string | null)[])[] = [];
			const flush = async (): Promise<void> => {
				if (chunk.length > 0) await ask({ call: 'append', table, rows: chunk });
				chunk = [];
			};
			for (const row of rows) if (chunk.push(row) >= rowsAtOnce) await flush();
			await flush();
		},
		async transaction(work) {
			if (inTransaction) return work();
			inTransaction = true;
			try {
				await engine.run('BEGIN TRANSACTION');
				const result = await work();
				await engine.run('COMMIT');
				return result;
			} catch (error) {
				await engine.run('ROLLBACK').catch(() => undefined);
				throw error;
			} finally {
				inTransaction = false;
			}
		},
		keep: (work) => work(engine),
		// The server answers one request after the other: what runs there runs to its end, and is then undone.
		interrupt: () => undefined,
		another: () => Promise.reject(new Error('a borrowed engine is one connection')),
		async close() {
			socket.destroy();
		}
	};
	return { engine, staging: greeting.staging, schema: greeting.schema };
}
