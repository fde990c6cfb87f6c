/** The thread of {@link ./reader.ts}: reads one file after the other and sends what it found. */
import { parentPort } from 'node:worker_threads';
import { Problem } from '../../basis/problem.ts';
import { readFile } from './read-file.ts';
import { type ReadRequest } from './read-request.ts';
import type { Said, SentProblem } from './reader.ts';

const port = parentPort;
if (!port) throw new Error('this runs as a thread');

const say = (said: Said): void => port.postMessage(said);

const sent = ({ code, facts, where }: Problem): SentProblem => ({ code, facts, where });

async function read(request: ReadRequest): Promise<void> {
	try {
		const files = await readFile(request, (progress) => say({ type: 'progress', ...progress }));
		say({
			type: 'done',
			files: files.map((file) => ({ ...file, sheets: file.sheets.map((sheet) => ({ ...sheet, problem: null })) })),
			problems: files.flatMap(({ sheets }) => sheets.map(({ problem }) => problem && sent(problem)))
		});
	} catch (error) {
		if (error instanceof Problem) say({ type: 'problem', problem: sent(error) });
		else say({ type: 'internal', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
	}
}

port.on('message', (request: ReadRequest) => void read(request));
say({ type: 'ready' });
