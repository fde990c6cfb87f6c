#!/usr/bin/env node
/** The command line of Kaoji: `npm run kaoji -- COMMAND`, `npx kaoji COMMAND`. */
import { writeSync } from 'node:fs';
import { main } from './cli/main.ts';

/** Writes all of it before the process ends, also into a pipe that is full for the moment. */
function write(output: string | Uint8Array): void {
	const bytes = typeof output === 'string' ? Buffer.from(output) : output;
	let at = 0;
	while (at < bytes.length) {
		try {
			at += writeSync(1, bytes, at);
		} catch (error) {
			const { code } = error as NodeJS.ErrnoException;
			if (code === 'EPIPE') return;
			if (code !== 'EAGAIN') throw error;
		}
	}
}

process.exitCode = await main(
	process.argv.slice(2),
	{
		env: process.env,
		now: () => new Date().toISOString(),
		stderr: (text) => process.stderr.write(text)
	},
	write
);
