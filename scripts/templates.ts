/** `npm run templates`: writes the workbooks to fill in, one for each kind, as the data page offers them. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kinds } from '#lib/intake/kinds/index.ts';
import { templateOf } from '#lib/messages/template-words.ts';
import { readDomains } from '#lib/server/schemes/library.ts';
import { templateBytes } from '#lib/server/workbooks/write-template.ts';

const folder = fileURLToPath(new URL('../static/templates/', import.meta.url));
mkdirSync(folder, { recursive: true });
const domains = readDomains(null);
for (const kind of kinds) {
	const path = join(folder, `${kind.name}.xlsx`);
	const bytes = templateBytes(templateOf(kind, domains));
	const upToDate = existsSync(path) && readFileSync(path).equals(bytes);
	if (!upToDate) writeFileSync(path, bytes);
	process.stdout.write(`${kind.name}.xlsx: ${upToDate ? 'up to date' : 'written'}\n`);
}
