/** `npm run docs`: brings the parts of docs/ up to date that are made from the code. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { documents } from './docs/documents.ts';

for (const { path, text } of await documents()) {
	const upToDate = existsSync(path) && readFileSync(path, 'utf8') === text;
	if (!upToDate) writeFileSync(path, text);
	process.stdout.write(`${basename(path)}: ${upToDate ? 'up to date' : 'written'}\n`);
}
