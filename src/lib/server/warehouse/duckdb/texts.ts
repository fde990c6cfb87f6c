/** The fixed SQL of DuckDB: base relations and statements, each a file of this folder, read once. */
import { readFileSync } from 'node:fs';
import { shipped } from '../../shipped/folder.ts';

const texts = new Map<string, string>();

function sqlText(folder: 'bases' | 'statements', name: string): string {
	const path = shipped('src/lib/server/warehouse/duckdb', folder, `${name}.sql`);
	let text = texts.get(path);
	if (text === undefined) {
		text = readFileSync(path, 'utf8').trim().replace(/;$/, '');
		texts.set(path, text);
	}
	return text;
}

/** The text of `bases/NAME.sql`. Throws where there is none: never an empty relation. */
export const baseText = (name: string): string => sqlText('bases', name);

/** The text of `statements/NAME.sql`. Throws where there is none. */
export const statementText = (name: string): string => sqlText('statements', name);
