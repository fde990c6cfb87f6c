/** 更正: one held row with other cells, imported like any file, so that it can be traced and undone like any. */
import { type Actor, type Bilingual, inLocale, type Locale, maySee, ownTownships } from '../../basis/codes.ts';
import type { Day } from '../../basis/day.ts';
import { Problem } from '../../basis/problem.ts';
import { holdColumns, surplusHeader } from '../../intake/holds.ts';
import type { Field, Kind } from '../../intake/kinds/declare.ts';
import { kindNamed } from '../../intake/kinds/index.ts';
import type { CorrectionField, RowPlace } from '../../reports/clerk.ts';
import { readDomains } from '../schemes/library.ts';
import { countOf, textOf, textOrNull } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { csvText } from '../workbooks/write-csv.ts';
import type { ImportReport } from './import-files.ts';
import { importPaths } from './import-paths.ts';
import { type HeldRow, listQuarantine, quarantineTable } from './list-quarantine.ts';
import { withStaged } from './stage-files.ts';

export interface Correction {
	readonly hold: number;
	/** Cells by field; a field that is not named keeps its cell. `surplus` clears what stood beyond the header. */
	readonly values: Readonly<Record<string, string>>;
	/** The corrected row may rewrite what is there. */
	readonly confirmRevisions?: boolean;
	readonly today: Day;
	/** When the act is recorded to have happened, ISO. */
	readonly now: string;
	readonly locale: Locale;
}

export interface Corrected {
	readonly batch: number;
	/** The hold of the row where something is still wrong with it; null where it is taken. */
	readonly stillHeld: number | null;
	readonly report: ImportReport;
}

/** The name in a form of the cells that stood beyond the header. */
const surplusField = 'surplus';
const surplusLabel: Bilingual = { zh: surplusHeader, en: 'beyond the header' };

/** The columns of the file of held rows that say where a row came from: hold, file, sheet, line, problem. */
const [holdAt, fileAt, sheetAt, lineAt] = [0, 1, 2, 3] as const;

/** The one row of the file of held rows: its header and its cells, with the fields of the kind and their places in it. */
function tableOf(held: HeldRow): {
	readonly header: (string | null)[];
	readonly cells: (string | null)[];
	readonly places: ReadonlyMap<string, number>;
	readonly kind: Kind;
} {
	const [header = [], cells = []] = quarantineTable([held]);
	const kind = kindNamed(held.kind) as Kind;
	const places = new Map(kind.fields.map(({ name }, i) => [name, holdColumns.length + i]));
	// What a printed sheet says of its own lines is not moved to fit what was written in them.
	if (kind.atMost) places.delete(kind.atMost.bound);
	const surplus = header.indexOf(surplusHeader);
	if (surplus >= 0) places.set(surplusField, surplus);
	return { header, cells, places, kind };
}

const lineBreaks = (text: string): string => text.replaceAll(/\r\n?/g, '\n');

/** Where a row stood that comes from an earlier correction; null for any other. */
export function originOf({ row }: HeldRow): RowPlace | null {
	const [holdColumn, fileColumn, sheetColumn, lineColumn] = holdColumns;
	const [file, sheet, line] = [row[fileColumn] ?? null, row[sheetColumn] ?? null, Number(row[lineColumn])];
	return !(holdColumn in row) || file === null || !Number.isSafeInteger(line) || line < 1
		? null
		: { file, sheet, line };
}

/** The name of a corrected row's file: `更正-巡查（暂存 57）.csv`. No two are alike, so that no row stands for another. */
function nameOf({ file, hold }: HeldRow): string {
	const stem = file.replace(/^更正-/, '').replace(/(?:（暂存 \d+）)?\.[^.]{1,8}$/, '');
	return `更正-${[...stem].slice(0, 40).join('')}（暂存 ${hold}）.csv`;
}

/**
 * Corrects a held row by the ordinary import of a file that has it alone.
 * @throws Problem `hold_unknown` (no such row is held, or not for this actor); `usage` for a field that its kind has not
 */
export async function correctHeld(
	warehouse: Warehouse,
	{ hold, values, confirmRevisions = false, today, now, locale }: Correction,
	actor: Actor
): Promise<Corrected> {
	const [held] = await listQuarantine(warehouse, { hold, locale }, actor);
	if (!held) throw new Problem('hold_unknown', { hold });
	const { header, cells, places } = tableOf(held);
	for (const [name, value] of Object.entries(values)) {
		const place = places.get(name);
		if (place === undefined) throw new Problem('usage', { reason: name, command: 'quarantine' }, { field: name });
		// A form sends every line break as CR LF; a cell that only has other breaks is the same.
		if (lineBreaks(value) !== lineBreaks(cells[place] ?? '')) cells[place] = value.trim() === '' ? null : value;
	}
	// A row that is corrected again still tells where it stood in the office's own file.
	const origin = originOf(held);
	if (origin) [cells[fileAt], cells[sheetAt], cells[lineAt]] = [origin.file, origin.sheet, String(origin.line)];
	cells[holdAt] = String(hold);
	const text = csvText([header, cells]);
	const report = await withStaged(
		warehouse,
		[{ name: nameOf(held), bytes: () => Promise.resolve(Buffer.from(text)) }],
		(own, paths) => importPaths(own, paths, { kind: held.kind }, { today, now, locale, confirmRevisions }, actor)
	);
	const [again] = await warehouse.engine.rows(
		`SELECT max(hold) AS hold FROM quarantine WHERE status = 'held' AND batch = $batch`,
		{ batch: report.batch }
	);
	const stillHeld = again?.['hold'] ?? null;
	return { batch: report.batch, stillHeld: stillHeld === null ? null : countOf(stillHeld), report };
}

/** Beyond so many a list of words is no help in a form. */
const mostChoices = 200;

/** The words that a field takes, where they are few and known. */
function choicesOf(field: Field, home: string, townships: readonly string[], locale: Locale): string[] {
	switch (field.type) {
		case 'choice':
			return Object.entries(field.choices).map(([key, words]) => (locale === 'en' ? key : (words[0] ?? key)));
		case 'boolean':
			return locale === 'en' ? ['yes', 'no'] : ['是', '否'];
		case 'domain':
			return readDomains(home).map(({ name }) => inLocale(name, locale));
		case 'township':
			return townships.length > mostChoices ? [] : [...townships];
		default:
			return [];
	}
}

/** The fields of a held row for a form, each with its cell, what is wrong with it and the words that it takes. */
export async function correctionFields(
	{ home, engine }: Pick<Warehouse, 'home' | 'engine'>,
	held: HeldRow,
	locale: Locale,
	actor: Actor
): Promise<CorrectionField[]> {
	const { header, cells, places, kind } = tableOf(held);
	const own = ownTownships(actor);
	const townships = (
		await engine.rows(
			`SELECT DISTINCT name FROM fact_township WHERE batch_to IS NULL AND ended_on IS NULL
			AND ($own IS NULL OR list_contains(CAST($own AS VARCHAR[]), township)) ORDER BY name`,
			{ own }
		)
	).map((row) => textOf(row['name']));
	const wrong = (name: string): string[] =>
		held.problems
			.filter(({ field, code }) => (field ?? fieldsOfRowProblems[code]) === name)
			.map(({ message }) => message);
	return [...places].map(([name, place]): CorrectionField => {
		const field = kind.fields.find((one) => one.name === name);
		return {
			name,
			// An id under 序号 is the number of a line: the form names it as the file of held rows does.
			label: field ? (locale === 'en' ? field.en : (header[place] ?? field.name)) : inLocale(surplusLabel, locale),
			value: cells[place] ?? '',
			required: field?.required ?? false,
			problems: wrong(name),
			choices: field ? choicesOf(field, home, townships, locale) : []
		};
	});
}

/** Problems that are told of a row and stand in one of its fields. */
const fieldsOfRowProblems: Readonly<Record<string, string>> = {
	ragged_row: surplusField,
	nothing_to_revise: 'revision'
};

/** What a correction was: the row that it settled, and whether it is still held. */
export interface CorrectionSeen {
	readonly batch: number;
	/** The line of the row in the office's own file. */
	readonly line: number;
	readonly stillHeld: boolean;
}

/** The correction of one row that a batch was; null for any other batch. */
export async function correctionSeen(
	{ engine }: Pick<Warehouse, 'engine'>,
	batch: number,
	actor: Actor
): Promise<CorrectionSeen | null> {
	// The file's name says which hold it corrects; the import may have settled others of that key with it.
	const [row] = await engine.rows(
		`SELECT source_line AS line, CAST(cells AS VARCHAR) AS cells, CAST(source.recognised AS VARCHAR) AS recognised, township,
			(SELECT count(*) FROM quarantine WHERE status = 'held' AND batch = $batch) AS again
		FROM quarantine JOIN source USING (source_id) WHERE status_batch = $batch AND status IN ('corrected', 'superseded')
			AND EXISTS (FROM source AS own WHERE own.batch = $batch AND ends_with(own.file, '（暂存 ' || hold || '）.csv'))`,
		{ batch }
	);
	if (!row) return null;
	const township = textOrNull(row['township']);
	if (!maySee(actor, township)) return null;
	const { headers } = JSON.parse(textOf(row['recognised'])) as { headers: (string | null)[] };
	const cells = JSON.parse(textOf(row['cells'])) as (string | null)[];
	const column = headers.indexOf(holdColumns[lineAt]);
	const origin = column < 0 ? NaN : Number(cells[column]);
	return {
		batch,
		line: Number.isSafeInteger(origin) && origin > 0 ? origin : countOf(row['line']),
		stillHeld: countOf(row['again']) > 0
	};
}
