/**
 * Files that state current rows again with some cells changed: a decision that changes facts is the ordinary import of
 * such a file, so that it can be traced and undone like any.
 */
import type { Kind } from '../../intake/kinds/declare.ts';
import { storedFields } from '../../intake/kinds/index.ts';
import { type Engine, textOf, textOrNull } from '../warehouse/engine.ts';
import type { SentFile } from './stage-files.ts';

/** A current row by its key, and what shall be different in the file. */
export interface Restated {
	readonly township: string;
	readonly id: string;
	/** Cells by field; `township` and the revision flag too. */
	readonly changes: Readonly<Record<string, string | null>>;
}

const keyOf = (township: string, id: string): string => `${township}\u001f${id}`;

/** The text of a file that states rows. Cells as they are, formulas too: nobody opens these files in a spreadsheet, and the import must read the same text. */
export const statedCsv = (rows: readonly (readonly (string | null)[])[]): string =>
	rows.map((row) => row.map((cell) => (cell === null ? '' : `"${cell.replaceAll('"', '""')}"`)).join(',')).join('\r\n');

/**
 * The file of rows stated again. Its last columns give the reason and the time of the act, so that no two files are
 * alike: a file that was read before would tell nothing new.
 * @returns the file; rows of keys that are not current are left out
 */
export async function restatedFile(
	engine: Engine,
	kind: Kind,
	rows: readonly Restated[],
	{ name, reason, now }: { readonly name: string; readonly reason: string; readonly now: string }
): Promise<SentFile> {
	const stored = storedFields(kind);
	await engine.run('CREATE OR REPLACE TEMP TABLE restated (township VARCHAR, fact_key VARCHAR)');
	await engine.appendText(
		'restated',
		rows.map(({ township, id }) => [township, id])
	);
	const columns = stored.map((field) => `CAST("${field.name}" AS VARCHAR) AS "${field.name}"`).join(', ');
	const current = new Map(
		(
			await engine.rows(
				`SELECT township AS of_township, fact_key, ${columns} FROM fact_${kind.name} SEMI JOIN restated USING (township, fact_key)
				WHERE batch_to IS NULL`
			)
		).map((row) => [keyOf(textOf(row['of_township']), textOf(row['fact_key'])), row])
	);
	const cells = rows.flatMap(({ township, id, changes }) => {
		const row = current.get(keyOf(township, id));
		if (!row) return [];
		const cellOf = (field: Kind['fields'][number]): string | null => {
			if (field.name in changes) return changes[field.name] ?? null;
			if (field.type === 'township') return township;
			if (field.name === 'id') return id;
			return field.type === 'flag' ? null : textOrNull(row[field.name]);
		};
		return [[...kind.fields.map(cellOf), reason, now]];
	});
	const header = [...kind.fields.map(({ headers, name: own }) => headers[0] ?? own), '原因', '决定时间'];
	return { name, bytes: () => Promise.resolve(Buffer.from(statedCsv([header, ...cells]))) };
}
