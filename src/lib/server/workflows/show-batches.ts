/** 数据: what was brought in and what was not, batch by batch, for the clerk who did it. */
import type { Actor, Locale } from '../../basis/codes.ts';
import { fieldNamed, kindNamed } from '../../intake/kinds/index.ts';
import { fieldLabel, type Kind } from '../../intake/kinds/declare.ts';
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
import type { Engine } from '../warehouse/engine.ts';
import type { Look } from '../warehouse/house.ts';
import type { FileReport, ImportReport } from './import-files.ts';
import { type Batch, listBatches } from './list-batches.ts';
import { dependentsOf } from './roll-back.ts';
import { type RowProblems, rowProblems } from './row-problems.ts';

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
			problems: (await rowProblems(look.engine, number, { locale, heldFirst: true })).map(problemGroup),
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
	return field ? fieldLabel(field) : { zh: name };
}

/** The problem as a page shows it. */
const problemGroup = ({ code, count, sample }: RowProblems): ProblemGroup => ({
	code,
	count,
	sample: sample.map(({ hold, isHeld, file, sheet, line, kind, name, value, message }) => ({
		hold: isHeld ? hold : null,
		file,
		sheet,
		line,
		field: fieldWords(kind, name),
		value,
		message
	}))
});
