/** The documents that are made from the code, as they should stand. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { kinds } from '#lib/intake/kinds/index.ts';
import { measures } from '#lib/measures/catalogue/index.ts';
import { publishedViews } from '#lib/server/warehouse/published.ts';
import { commands } from '../cli/main.ts';
import { commandLines } from './commands.ts';
import { dataText } from './data.ts';
import { findingLines, type Source } from './findings.ts';
import { hintLines } from './hints.ts';
import { kindLines } from './kinds.ts';
import { withGenerated } from './markdown.ts';
import { measureLines } from './measures.ts';
import { rowProblemLines } from './row-problems.ts';
import { viewTypes } from './view-types.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The folders whose files report findings, and what those are about. */
const findingFolders = { 'src/lib/scoring': 'scheme', 'src/lib/allocation': 'plan', 'src/lib/basis': 'both' } as const;

const sources = (): Source[] =>
	Object.entries(findingFolders).flatMap(([folder, of]) =>
		readdirSync(join(root, folder))
			.sort()
			.map((name) => ({ of, text: read(join(folder, name)) }))
	);

/** A document: its path, and the text that it should have. */
interface Document {
	readonly path: string;
	readonly text: string;
}

/** Every document with a generated part; what stands outside the markers is left as it is. */
export async function documents(): Promise<Document[]> {
	const messages = JSON.parse(read('src/messages/en.json')) as Record<string, string>;
	const [hintsZh, hintsEn] = ['zh', 'en'].map(
		(locale) => JSON.parse(read(`src/messages/pages/fairness.${locale}.json`)) as Record<string, string>
	) as [Record<string, string>, Record<string, string>];
	const parts: Record<string, Readonly<Record<string, readonly string[]>>> = {
		'docs/rules.md': {
			kinds: kindLines(kinds),
			'row problems': rowProblemLines(messages),
			measures: measureLines(measures),
			findings: findingLines(sources(), messages),
			hints: hintLines(hintsZh, hintsEn)
		},
		'docs/commands.md': { commands: commandLines(commands) }
	};
	const partly = Object.entries(parts).map(([path, generated]) => ({
		path: join(root, path),
		text: Object.entries(generated).reduce((text, [name, lines]) => withGenerated(text, name, lines), read(path))
	}));
	return [...partly, { path: join(root, 'docs/data.md'), text: dataText(publishedViews, await viewTypes()) }];
}
