/** 数据: what was brought in and what was not, batch by batch, for the clerk who did it. */
import type { Actor, Locale } from '../../basis/codes.ts';
import { type RowProblemCode } from '../../basis/problem.ts';
import { fieldNamed, kindNamed } from '../../intake/kinds/index.ts';
import type { Field, Kind } from '../../intake/kinds/declare.ts';
import { masked } from '../../intake/private-columns.ts';
import { rowProblemText } from '../../messages/problem-text.ts';
import { sheetNoteTexts } from '../../messages/sheet-note-text.ts';
import {
	type BatchReport,
	type BatchSummary,
	type DependentBatch,
	type ProblemGroup,
	type SheetTaken,
	timeInShanghai,
	totalOf
} from '../../reports/clerk.ts';
import type { AbsentReport } from '../../reports/decisions.ts';
import { countOf, type Engine, textOf, textOrNull } from '../warehouse/engine.ts';
import type { Look } from '../warehouse/house.ts';
import type { FileReport, ImportReport } from './import-files.ts';
import { type Batch, listBatches } from './list-batches.ts';
import { dependentsOf } from './roll-back.ts';

const scopeOf = (actor: Actor): string =>
	actor.townships === 'all' ? 'all' : `${actor.name} ${String(actor.townships)}`;

/** All batches that an actor may see, newest first. */
export const showBatches = (look: Look, actor: Actor): Promise<BatchSummary[]> =>
	look.recall(`batches ${scopeOf(actor)}`, async () => (await listBatches(look, actor)).map(summaryOf));

function summaryOf({ batch, act, actedAt, actor, undoneBy, undoes, reason, files, deed }: Batch): BatchSummary {
	return {
		...totalOf(files),
		batch,
		act: act === 'rollback' ? 'rollback' : 'import',
		actedAt: timeInShanghai(actedAt),
		actor,
		undoneBy,
		undoes,
		reason,
		files: [...new Set(files.map(({ file }) => file))],
		stillHeld: files.reduce((sum, { stillHeld }) => sum + stillHeld, 0),
		deed
	};
}

/** One batch with all that is known of it; null where there is none of that number, or not for this actor. */
export const showBatch = (look: Look, number: number, locale: Locale, actor: Actor): Promise<BatchReport | null> =>
	look.recall(`batch ${number} ${locale} ${scopeOf(actor)}`, async () => {
		const batches = await listBatches(look, actor);
		const batch = batches.find((one) => one.batch === number);
		if (!batch) return null;
		const undoable = batch.act !== 'rollback' && batch.undoneBy === null;
		return {
			summary: summaryOf(batch),
			sheets: batch.files.map((file) => sheetTaken(file, file.stillHeld, locale)),
			problems: await problemsOf(look.engine, number, locale),
			undoable,
			dependents: undoable ? await dependentBatches(look.engine, number) : [],
			undone: batches.filter(({ batch }) => undoes(number, batch, batches)).map(summaryOf)
		};
	});

const undoes = (rollback: number, batch: number, batches: readonly Batch[]): boolean =>
	batches.find((one) => one.batch === rollback)?.undoes.includes(batch) ?? false;

async function dependentBatches(engine: Engine, batch: number): Promise<DependentBatch[]> {
	const found = Map.groupBy(await dependentsOf(engine, batch), (one) => one.batch);
	return [...found].map(([number, reasons]) => ({
		batch: number,
		reasons: reasons.map(({ reason, rows }) => ({ reason, rows }))
	}));
}

/** The report of a file as a page shows it. */
function sheetTaken(report: FileReport, stillHeld: number | null, locale: Locale): SheetTaken {
	const { file, sheet, encoding, headerRow, read, added, revised, withdrawn, unchanged, quarantined, released } =
		report;
	const kind = kindNamed(report.kind)?.label ?? { zh: report.kind };
	return {
		file,
		sheet,
		kind,
		encoding,
		headerRow,
		read,
		added,
		revised,
		withdrawn,
		unchanged,
		quarantined,
		released,
		notes: sheetNoteTexts(report, locale),
		stillHeld
	};
}

/** What an import that kept nothing would have done. */
export const trialOf = (
	{ files, problems, absent }: ImportReport,
	locale: Locale
): { sheets: SheetTaken[]; problems: ProblemGroup[]; absent: AbsentReport['rows'] } => ({
	absent: absent.map((row) => ({ ...row, label: kindNamed(row.kind)?.label ?? { zh: row.kind } })),
	sheets: files.map((file) => sheetTaken(file, null, locale)),
	problems: problems.map(({ code, count, sample }) => ({
		code,
		count,
		sample: sample.map(({ field, ...rest }) => ({ ...rest, hold: null, field: fieldWords(kindOf(files, rest), field) }))
	}))
});

const kindOf = (files: readonly FileReport[], place: { file: string; sheet: string | null }): Kind | undefined =>
	kindNamed(files.find(({ file, sheet }) => file === place.file && sheet === place.sheet)?.kind ?? '');

function fieldWords(kind: Kind | undefined, name: string | null): ProblemGroup['sample'][number]['field'] {
	if (name === null) return null;
	const field = kind && fieldNamed(kind, name);
	return field ? { zh: field.headers[0] ?? name, en: field.en } : { zh: name };
}

/** The problems of the rows that a batch held, most frequent first, each with some rows, those held to this day first. */
async function problemsOf(engine: Engine, batch: number, locale: Locale): Promise<ProblemGroup[]> {
	const rows = await engine.rows(
		`SELECT *, row_number() OVER (PARTITION BY code ORDER BY status <> 'held', hold) AS place, count(*) OVER (PARTITION BY code) AS n FROM (
			SELECT hold, source_id, source_line, kind, status, unnest(CAST(problems AS STRUCT(field VARCHAR, code VARCHAR, value VARCHAR)[]), recursive := true)
			FROM quarantine WHERE batch = $batch
		) LEFT JOIN (SELECT source_id, file, sheet FROM source) USING (source_id) QUALIFY place <= 5 ORDER BY n DESC, code, place`,
		{ batch }
	);
	return [...Map.groupBy(rows, (row) => textOf(row['code']))].map(([code, sample]) => ({
		code,
		count: countOf(sample[0]?.['n']),
		sample: sample.map((row) => {
			const kind = kindNamed(textOf(row['kind'])) as Kind;
			const [name, stored] = [textOrNull(row['field']), textOrNull(row['value'])];
			const value = stored === null ? null : masked(stored);
			const field: Field | null = name === null ? null : (fieldNamed(kind, name) ?? null);
			return {
				hold: row['status'] === 'held' ? countOf(row['hold']) : null,
				file: textOf(row['file']),
				sheet: textOrNull(row['sheet']),
				line: countOf(row['source_line']),
				field: fieldWords(kind, name),
				value,
				message: rowProblemText(code as RowProblemCode, { kind, field, value }, locale)
			};
		})
	}));
}
