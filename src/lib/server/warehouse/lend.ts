/** Lends the acting engine of the running server to commands, one at a time (docs/decisions.md, one writer). */
import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { Engine } from './engine.ts';
import type { Warehouse } from './open.ts';
import { type Answer, received, type Request, send, socketPath } from './socket.ts';

/** Lets a piece of work have the acting engine to itself, after all that asked before. */
type TakeTurn = (work: (warehouse: Warehouse) => Promise<void>) => Promise<void>;

/** Listens for commands at the socket of a home. Closing it ends what is lent. */
export async function lendEngine(home: string, takeTurn: TakeTurn): Promise<{ close(): Promise<void> }> {
	const path = socketPath(home);
	const borrowers = new Set<Socket>();
	const server = createServer((socket) => {
		borrowers.add(socket);
		socket.on('error', () => undefined);
		socket.once('close', () => borrowers.delete(socket));
		takeTurn((warehouse) => lendTo(socket, warehouse)).catch(() => socket.destroy());
	});
	// What a killed server left behind: the lock of the warehouse says that no other is running.
	if (process.platform !== 'win32') rmSync(path, { force: true });
	await listenForOwner(server, path);
	return {
		close: () =>
			new Promise((resolve) => {
				for (const socket of borrowers) socket.destroy();
				server.close(() => resolve());
			})
	};
}

/** Listens with rights for the owner alone, from the first moment on. */
function listenForOwner(server: Server, path: string): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		const mask = process.umask(0o177);
		try {
			server.listen(path, () => {
				server.off('error', reject);
				resolve();
			});
		} finally {
			process.umask(mask);
		}
	});
}

/** Answers one borrower until it goes; what it had begun and not committed is undone. */
async function lendTo(socket: Socket, { engine, schema, staging }: Warehouse): Promise<void> {
	if (socket.destroyed) return;
	send(socket, { value: { engine: engine.name, version: engine.version, schema, staging } });
	try {
		for await (const request of received(socket)) send(socket, await answerTo(request as Request, engine));
	} finally {
		// Outside a transaction there is nothing to undo, and the engine says so.
		await engine.run('ROLLBACK').catch(() => undefined);
		socket.destroy();
	}
}

async function answerTo(request: Request, engine: Engine): Promise<Answer> {
	try {
		switch (request.call) {
			case 'run':
				return { value: await engine.run(request.sql, request.bound) };
			case 'rows':
				return { value: await engine.rows(request.sql, request.bound) };
			case 'append':
				await engine.appendText(request.table, request.rows);
				return { value: null };
		}
	} catch (error) {
		return { error: error instanceof Error ? error.message : String(error) };
	}
}
