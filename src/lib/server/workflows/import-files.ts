/** 导入: takes export files into the facts. One import is one transaction: all of it, or nothing. */
import { type Actor, type Locale } from '../../basis/codes.ts';
import type { Day } from '../../basis/day.ts';
import { isoDay } from '../../basis/day.ts';
import { Problem, retryableCodes, type RowProblemCode, type Where } from '../../basis/problem.ts';
import * as compose from '../../intake/compose.ts';
import type { PassedRow } from '../../intake/body.ts';
import { masked } from '../../intake/private-columns.ts';
import type { Progress } from '../../intake/progress.ts';
import type { Confidence } from '../../intake/recognise.ts';
import { holdColumnIn } from '../../intake/holds.ts';
import { fieldNamed, kindNamed, kinds } from '../../intake/kinds/index.ts';
import type { CellContext } from '../../intake/cells.ts';
import type { Field, Kind } from '../../intake/kinds/declare.ts';
import { rowProblemText } from '../../messages/problem-text.ts';
import type { AbsentRow } from '../../reports/decisions.ts';
import { countOf, type Engine, textOf, textOrNull } from '../warehouse/engine.ts';
import { land, type Landed } from '../warehouse/land.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { recordAct } from './audit.ts';
import { cellContext } from './cell-context.ts';
import type { RecognisedFiles, RecognisedSheet, SkippedSheet, WholeSheet } from './recognise-files.ts';
import { type Released, releaseHeld } from './release-held.ts';
import type { Rewrites } from './revised-cells.ts';
import { readRows, takeSheet } from './take-sheet.ts';
import { markTouched } from './touched.ts';
import { beginRegisters, seeRegister, settleRegisters } from './whole-registers.ts';

export interface ImportOptions {
	readonly confirmRevisions?: boolean;
	readonly dryRun?: boolean;
	/** The registers are handed in whole: who is absent from them is listed. */
	readonly snapshot?: boolean;
	/**
	 * What a person decided, carried out in the transaction of the import and before its files. Gives the kinds whose facts
	 * it changed itself. The files were written for the decision: all of their rows must be taken.
	 */
	readonly decision?: (own: Warehouse, batch: number) => Promise<readonly string[]>;
	/** The day of import: nothing may be dated after it. */
	readonly today: Day;
	/** When the act is recorded to have happened, ISO. */
	readonly now: string;
	readonly locale: Locale;
	/** Aborted with the Problem `import_cancelled`: the home stays as it was. */
	readonly signal?: AbortSignal | undefined;
	readonly progress?: ((progress: Progress) => void) | undefined;
}

/** What was noticed as a sheet was read, beside its rows. */
export interface SheetNotes {
	/** What the kind was recognised by, and the saved mapping that was used; null for what was read before that was kept. */
	readonly recognised: (Confidence & { readonly mapping: string | null }) | null;
	/** Rows below the header that state no fact: totals, headers that stand again, the foot of the form. */
	readonly passedOver: readonly PassedRow[];
	/** Columns that were left out because they hold identity card or telephone numbers. */
	readonly leftOut: readonly string[];
	/** Whether the encoding is the likelier of several. */
	readonly guessed: boolean;
	/** Whether the workbook has macros; they are not run. */
	readonly macros: boolean;
}

/** What became of one sheet: `read = added + revised + withdrawn + unchanged + quarantined`. */
export interface FileReport extends SheetNotes {
	readonly file: string;
	readonly sha256: string;
	readonly sheet: string | null;
	readonly kind: string;
	readonly encoding: string | null;
	readonly headerRow: number;
	readonly read: number;
	readonly added: number;
	readonly revised: number;
	readonly withdrawn: number;
	readonly unchanged: number;
	readonly quarantined: number;
	/** Rows held before that this file released. */
	released: number;
}

export interface ProblemReport {
	readonly code: string;
	readonly count: number;
	readonly sample: readonly {
		readonly file: string;
		readonly sheet: string | null;
		readonly line: number;
		readonly field: string | null;
		readonly value: string | null;
		readonly message: string;
	}[];
}

export interface ImportReport {
	readonly batch: number;
	readonly dryRun: boolean;
	readonly files: readonly FileReport[];
	readonly problems: readonly ProblemReport[];
	readonly skipped: readonly SkippedSheet[];
	/** Rows of registers that are current and absent from registers handed in whole. */
	readonly absent: readonly AbsentRow[];
	/** What files that are held whole would rewrite. */
	readonly revisions: Revisions;
}

/** How many cells files that are held whole would rewrite, and the first of them. */
export interface Revisions {
	readonly count: number;
	readonly sample: readonly ({ readonly file: string; readonly sheet: string | null } & Rewrites['sample'][number])[];
}

/** The rows held when an import begins; what it changes of them a rollback puts back (rules.md, 2, Rollback). */
const heldBefore = `CREATE OR REPLACE TEMP TABLE held_before AS
	SELECT hold, problems, retryable, status, status_batch FROM quarantine WHERE status = 'held'`;

/** Keeps, of the rows held before, those that the import changed, as they were. Binds `$batch`. */
const holdsChanged = `INSERT INTO quarantine_before
	SELECT $batch, hold, before.problems, before.retryable, before.status, before.status_batch
	FROM held_before AS before JOIN quarantine AS now USING (hold)
	WHERE now.status <> before.status OR now.retryable <> before.retryable
		OR CAST(now.problems AS VARCHAR) <> CAST(before.problems AS VARCHAR)`;

class DryRun extends Error {
	readonly report: ImportReport;
	constructor(report: ImportReport) {
		super('dry run');
		this.report = report;
	}
}

/**
 * Imports recognised sheets, registers first, and tries again all rows that were held for something another file has
 * now brought.
 */
export async function importFiles(
	warehouse: Warehouse,
	{ sheets, skipped }: RecognisedFiles,
	options: ImportOptions,
	actor: Actor
): Promise<ImportReport> {
	const { engine } = warehouse;
	const { signal } = options;
	// A statement that runs for seconds is not waited for.
	const interrupt = (): void => engine.interrupt();
	signal?.addEventListener('abort', interrupt);
	try {
		signal?.throwIfAborted();
		const first = await prepareFirst(warehouse, sheets, options);
		const report = await engine.transaction(async () => {
			const batch = (await largest(engine, 'batch', 'batch')) + 1;
			const files: FileReport[] = [];
			const revisions: Revisions[] = [];
			const released: Released[] = [];
			await engine.run(heldBefore);
			await beginRegisters(engine);
			const tried = new Set(await options.decision?.(warehouse, batch));
			// What a kind waits for stands in the kinds before it, so that rows set free here serve the sheets of the next.
			for (const kind of kinds) {
				for (const sheet of sheets.filter(({ recognised }) => recognised.kind === kind)) {
					signal?.throwIfAborted();
					// Rows that were released since have taken the place of what was prepared, and may have changed what it stands on.
					const own =
						sheet === first?.sheet && tried.size === 0
							? first
							: { step: stepper(sheets, sheet, options), prepared: null };
					const { report, rewrites } = await importSheet(warehouse, sheet, batch, options, own.step, own.prepared);
					files.push(report);
					if (rewrites) revisions.push(named(rewrites, report));
				}
				const own = await releaseHeld(warehouse, kind, batch, options.today);
				if (own.length > 0) tried.add(kind.name);
				released.push(...own);
			}
			for (const one of released) creditRelease(files, one);
			await engine.run(holdsChanged, { batch });
			const problems = await problemsOf(engine, batch, options.locale);
			if (options.decision && problems[0])
				throw new Problem('decision_refused', { reason: problems[0].sample[0]?.message ?? problems[0].code });
			const whole = options.snapshot === true;
			const absent = options.decision
				? []
				: await settleRegisters(engine, batch, { whole, today: options.today }, actor);
			for (const kind of kinds)
				if (tried.has(kind.name) || files.some((file) => file.kind === kind.name))
					await markTouched(engine, kind, batch);
			await engine.run('INSERT INTO batch VALUES ($batch, $act, $now, $actor, CAST($today AS DATE))', {
				batch,
				act: 'import',
				now: options.now,
				actor: actor.name,
				today: isoDay(options.today)
			});
			const report: ImportReport = {
				batch,
				dryRun: options.dryRun === true,
				files,
				problems,
				skipped,
				absent,
				revisions: together(revisions)
			};
			await recordAct(engine, actor, options.now, 'import', {
				batch,
				files,
				...(whole ? { snapshot: true, absent: absent.length } : {})
			});
			if (options.dryRun) throw new DryRun(report);
			signal?.throwIfAborted();
			return report;
		});
		// It is committed already: what cannot be checkpointed now is at the next opening.
		await engine.run('CHECKPOINT').catch(() => undefined);
		return report;
	} catch (error) {
		if (error instanceof DryRun) return error.report;
		if (signal?.aborted) throw signal.reason;
		throw error;
	} finally {
		signal?.removeEventListener('abort', interrupt);
	}
}

/** Steps of a sheet of which none is much longer than the others: landed, cells, rows, problems, keys, facts. */
const stepsOfSheet = 6;

/** Tells after each step of a sheet how far the taking has come, and stops it there when it is cancelled. */
function stepper(
	sheets: readonly RecognisedSheet[],
	current: RecognisedSheet,
	{ progress, signal }: ImportOptions
): () => void {
	const done = sheets.indexOf(current);
	const before = sheets.slice(0, done).reduce((sum, { rows }) => sum + rows, 0);
	const all = sheets.reduce((sum, { rows }) => sum + rows, 0);
	const own = current.rows;
	let steps = 0;
	const tell = (): void => {
		const rows = before + Math.floor((own * steps) / stepsOfSheet);
		const share = all === 0 ? 1 : rows / all;
		const { file, sheet } = current;
		progress?.({ stage: 'taking', file, sheet, done, of: sheets.length, rows, share });
	};
	tell();
	return () => {
		signal?.throwIfAborted();
		steps = Math.min(stepsOfSheet, steps + 1);
		tell();
	};
}
/** Cells listed at the most. */
const mostRewrites = 50;

const named = ({ count, sample }: Rewrites, { file, sheet }: FileReport): Revisions => ({
	count,
	sample: sample.map((cell) => ({ file, sheet, ...cell }))
});

const together = (parts: readonly Revisions[]): Revisions => ({
	count: parts.reduce((sum, { count }) => sum + count, 0),
	sample: parts.flatMap(({ sample }) => sample).slice(0, mostRewrites)
});

async function largest(engine: Engine, table: string, column: string): Promise<number> {
	const [row] = await engine.rows(`SELECT coalesce(max(${column}), 0) AS largest FROM ${table}`);
	return countOf(row?.['largest']);
}

/**
 * Prepares the sheet that is taken first, before the transaction begins: it stands on the home as it is, and what a
 * transaction has brought itself the engine reads with one core only. Acts come one after the other, so nothing changes
 * between.
 */
async function prepareFirst(
	warehouse: Warehouse,
	sheets: readonly RecognisedSheet[],
	options: ImportOptions
): Promise<{ sheet: RecognisedSheet; step: () => void; prepared: PreparedSheet } | null> {
	const sheet = kinds.flatMap((kind) => sheets.filter(({ recognised }) => recognised.kind === kind))[0];
	if (!sheet) return null;
	const step = stepper(sheets, sheet, options);
	return { sheet, step, prepared: await prepareSheet(warehouse, sheet, options, step, true) };
}

/** A sheet whose rows stand in the engine with their meaning. */
interface PreparedSheet extends WholeSheet {
	readonly landed: Landed;
	readonly context: CellContext;
	readonly read: readonly Field[];
}

const planOf = ({ recognised: { kind, headers, mapping, idIsLineNumber } }: RecognisedSheet): compose.SheetPlan => ({
	kind,
	headers,
	mapping,
	idIsLineNumber
});

/** Brings the rows of a sheet into the engine and gives them their meaning; nothing of the home is written. */
async function prepareSheet(
	warehouse: Warehouse,
	recognisedSheet: RecognisedSheet,
	options: ImportOptions,
	step: () => void,
	early: boolean
): Promise<PreparedSheet> {
	const { recognised } = recognisedSheet;
	const { landed, opened, sheet } = await land(warehouse.engine, recognisedSheet, early);
	step();
	const context = await cellContext(warehouse, options.today, recognised.mapping.dateOrder, sheet.date1904);
	return {
		opened,
		sheet,
		landed,
		context,
		read: await readRows(warehouse.engine, { ...planOf(recognisedSheet), context, step })
	};
}

async function importSheet(
	warehouse: Warehouse,
	recognisedSheet: RecognisedSheet,
	batch: number,
	options: ImportOptions,
	step: () => void,
	prepared: PreparedSheet | null
): Promise<{ readonly report: FileReport; readonly rewrites: Rewrites | null }> {
	const { engine } = warehouse;
	const { recognised } = recognisedSheet;
	const { kind, headers, mapping, headerLine, idIsLineNumber, confidence } = recognised;
	const { opened, sheet, landed, context, read } =
		prepared ?? (await prepareSheet(warehouse, recognisedSheet, options, step, false));
	const sourceId = (await largest(engine, 'source', 'source_id')) + 1;
	const before = await engine.rows(
		`SELECT source_id FROM source WHERE sha256 = $sha256 AND sheet IS NOT DISTINCT FROM $sheet
		AND batch NOT IN (SELECT batch FROM undone)`,
		{
			sha256: opened.sha256,
			sheet: sheet.sheet
		}
	);
	const readBefore = before.map((row) => countOf(row['source_id']));
	const leftOut = landed.leftOut.map((place) => headers[place] ?? '');
	const { passedOver } = landed;
	const plan = planOf(recognisedSheet);
	const taken = await takeSheet(
		engine,
		{
			...plan,
			sourceId,
			ragged: landed.ragged,
			released: false,
			readBefore,
			revisionsConfirmed: options.confirmRevisions === true,
			step,
			context
		},
		batch,
		read
	);
	await seeRegister(engine, plan);
	await supersedeEarlierHolds(
		engine,
		{ sha256: opened.sha256, file: opened.file, sheet: sheet.sheet, kind: kind.name },
		sourceId,
		batch
	);
	await settleCorrectedHolds(engine, headers, batch, { file: opened.file, sheet: sheet.sheet });
	if (taken.held > 0)
		await engine.run(compose.holdRows(plan), {
			first: await largest(engine, 'quarantine', 'hold'),
			batch,
			source: sourceId,
			retryable: retryableCodes
		});
	const settled = taken.added + taken.revised + taken.withdrawn + taken.unchanged + taken.held;
	if (settled !== landed.rows) throw new Error(`${opened.file}: read ${landed.rows} rows, settled ${settled}`);
	await engine.run(
		`INSERT INTO source VALUES ($source, $batch, $file, $sha256, $sheet, $kind, $encoding, $header, $recognised,
		$read, $added, $revised, $withdrawn, $unchanged, $quarantined)`,
		{
			source: sourceId,
			batch,
			file: opened.file,
			sha256: opened.sha256,
			sheet: sheet.sheet,
			kind: kind.name,
			encoding: sheet.encoding,
			header: headerLine,
			recognised: JSON.stringify({
				headers,
				mapping,
				idIsLineNumber,
				date1904: sheet.date1904,
				confidence,
				passedOver,
				leftOut,
				guessed: sheet.guessed,
				macros: opened.macros
			}),
			read: landed.rows,
			added: taken.added,
			revised: taken.revised,
			withdrawn: taken.withdrawn,
			unchanged: taken.unchanged,
			quarantined: taken.held
		}
	);
	const report: FileReport = {
		file: opened.file,
		sha256: opened.sha256,
		sheet: sheet.sheet,
		kind: kind.name,
		encoding: sheet.encoding,
		headerRow: headerLine,
		read: landed.rows,
		added: taken.added,
		revised: taken.revised,
		withdrawn: taken.withdrawn,
		unchanged: taken.unchanged,
		quarantined: taken.held,
		released: 0,
		recognised: { ...confidence, mapping: mapping.name === '' ? null : mapping.name },
		passedOver,
		leftOut,
		guessed: sheet.guessed,
		macros: opened.macros
	};
	return { report, rewrites: taken.rewrites };
}

/** Rows held from an earlier reading of the very same sheet, or whose key this sheet has brought, are held no more. */
async function supersedeEarlierHolds(
	engine: Engine,
	{ sha256, file, sheet, kind }: { sha256: string; file: string; sheet: string | null; kind: string },
	source: number,
	batch: number
): Promise<void> {
	const [row] = await engine.rows(`SELECT count(*) AS n FROM quarantine WHERE status = 'held'`);
	if (countOf(row?.['n']) === 0) return;
	await engine.run(
		`UPDATE quarantine SET status = 'superseded', status_batch = $batch WHERE status = 'held' AND source_id IN
		(SELECT source_id FROM source WHERE sha256 = $sha256 AND sheet IS NOT DISTINCT FROM $sheet AND kind = $kind)`,
		{ batch, sha256, sheet, kind }
	);
	await engine.run(compose.supersedeHolds, { batch, source, kind, file, sheet });
}

/** A corrected file of held rows names the holds that it settles; what is still wrong in it is held anew. */
async function settleCorrectedHolds(
	engine: Engine,
	headers: readonly (string | null)[],
	batch: number,
	where: Where
): Promise<void> {
	const column = holdColumnIn(headers);
	if (column < 0) return;
	const unknown = await engine.rows(
		`SELECT c${column} AS hold FROM raw WHERE c${column} IS NOT NULL AND
		TRY_CAST(c${column} AS INTEGER) NOT IN (SELECT hold FROM quarantine WHERE status <> 'rolled_back') LIMIT 1`
	);
	if (unknown[0]) throw new Problem('hold_unknown', { hold: textOf(unknown[0]['hold']) }, where);
	await engine.run(
		`UPDATE quarantine SET status = 'corrected', status_batch = $batch FROM raw
		WHERE quarantine.status = 'held' AND quarantine.hold = TRY_CAST(raw.c${column} AS INTEGER)`,
		{ batch }
	);
}

/** Counts released rows with the file that brought what they waited for, else with the first file. */
function creditRelease(files: FileReport[], { codes, rows }: Released): void {
	const brought = files.find(({ kind }) => codes.includes(`unknown_${kind}`) || codes.includes(`ambiguous_${kind}`));
	const credited = brought ?? files[0];
	if (credited) credited.released += rows;
}

/** The problems of this batch's held rows, most frequent first, with a sample of each. */
async function problemsOf(engine: Engine, batch: number, locale: Locale): Promise<ProblemReport[]> {
	const rows = await engine.rows(
		`SELECT *, row_number() OVER (PARTITION BY code ORDER BY hold, field) AS place, count(*) OVER (PARTITION BY code) AS n FROM (
			SELECT hold, source_id, source_line, kind, unnest(CAST(problems AS STRUCT(field VARCHAR, code VARCHAR, value VARCHAR)[]), recursive := true)
			FROM quarantine WHERE batch = $batch
		) LEFT JOIN (SELECT source_id, file, sheet FROM source) USING (source_id) QUALIFY place <= 5 ORDER BY n DESC, code, place`,
		{ batch }
	);
	const reports = new Map<string, { code: string; count: number; sample: ProblemReport['sample'][number][] }>();
	for (const row of rows) {
		const code = textOf(row['code']);
		const report = reports.get(code) ?? { code, count: countOf(row['n']), sample: [] };
		const field = textOrNull(row['field']);
		const stored = textOrNull(row['value']);
		const value = stored === null ? null : masked(stored);
		const kind = kindNamed(textOf(row['kind'])) as Kind;
		report.sample.push({
			file: textOf(row['file']),
			sheet: textOrNull(row['sheet']),
			line: countOf(row['source_line']),
			field,
			value,
			message: rowProblemText(
				code as RowProblemCode,
				{ kind, field: field === null ? null : (fieldNamed(kind, field) ?? null), value },
				locale
			)
		});
		reports.set(code, report);
	}
	return [...reports.values()];
}
