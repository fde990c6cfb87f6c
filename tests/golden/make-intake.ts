/**
 * Writes tests/golden/intake: a folder for each case, with its files as an office sends them and expected.json. Run it
 * by hand after a change of tests/golden/cases (`npm run golden`); the same cases give the same bytes.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { daysAndIds } from './cases/days-and-ids.ts';
import { formats } from './cases/formats.ts';
import { forms } from './cases/forms.ts';
import { heldRows } from './cases/held-rows.ts';
import { recognition } from './cases/recognition.ts';
import { refusedFiles } from './cases/refused.ts';
import { revisions } from './cases/revisions.ts';
import { texts } from './cases/texts.ts';
import { workbooks } from './cases/workbooks.ts';
import { type Cases, sheet, type Step, taken } from './making/case.ts';
import { base } from './making/rows.ts';

const [townships, subjects, patrols] = Object.keys(base) as [string, string, string];

const cases: Cases = {
	_base: {
		files: base,
		expected: taken('The registers and patrols that stand in the home of every other case', [
			sheet(townships, { kind: 'township', read: 4, added: 4 }),
			sheet(subjects, { kind: 'subject', read: 32, added: 32 }),
			sheet(patrols, { read: 32, added: 32 })
		])
	},
	...forms,
	...daysAndIds,
	...formats,
	...texts,
	...workbooks,
	...recognition,
	...heldRows,
	...revisions,
	...refusedFiles
};

function put(path: string, content: string | Uint8Array): void {
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, content);
}

function writeStep(folder: string, { files, home, expected }: Step): void {
	for (const [name, content] of Object.entries(files)) put(join(folder, name), content);
	for (const [name, content] of Object.entries(home ?? {})) put(join(folder, 'home', name), content);
	put(join(folder, 'expected.json'), `${JSON.stringify(expected, null, '\t')}\n`);
}

const golden = fileURLToPath(new URL('intake', import.meta.url));
rmSync(golden, { recursive: true, force: true });
for (const [name, made] of Object.entries(cases))
	if (Array.isArray(made))
		for (const [i, step] of made.entries()) writeStep(join(golden, name, `step-${i + 1}`), step as Step);
	else writeStep(join(golden, name), made as Step);
