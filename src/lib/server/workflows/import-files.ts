/** 导入: takes export files into the facts. One import is one transaction: all of it, or nothing. */
import { type Actor, type Locale } from '../../basis/codes.ts';
import type { Day } from '../../basis/day.ts';
import { isoDay } from '../../basis/day.ts';
import { Problem, retryableCodes } from '../../basis/problem.ts';
import type { PassedRow } from '../../intake/body.ts';
import { holdRows } from '../../intake/compose-holds.ts';
import { kinds } from '../../intake/kinds/index.ts';
import type { Progress } from '../../intake/progress.ts';
import type { Confidence } from '../../intake/recognise.ts';
import type { AbsentRow } from '../../reports/decisions.ts';
import { countOf, type Engine } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { asksSecond } from './asks-second.ts';
import { recordAct } from './audit.ts';
import { planOf, type PreparedSheet, prepareFirst, prepareSheet, stepper } from './prepare-sheet.ts';
import type { RecognisedFiles, RecognisedSheet, SkippedSheet } from './recognise-files.ts';
import { type Released, releaseHeld } from './release-held.ts';
import type { Rewrites } from './revised-cells.ts';
import { type RowProblems, rowProblems } from './row-problems.ts';
import { heldBefore, holdsChanged, settleCorrectedHolds, supersedeEarlierHolds } from './settle-holds.ts';
import { takeSheet } from './take-sheet.ts';
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
			const problems = (await rowProblems(engine, batch, { locale: options.locale, heldFirst: false })).map(
				problemReport
			);
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
			// What a page entered was confirmed there, as its own scheme asks.
			secondPerson: options.decision ? undefined : asksSecond(warehouse),
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
		await engine.run(holdRows(plan), {
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

/** Counts released rows with the file that brought what they waited for, else with the first file. */
function creditRelease(files: FileReport[], { codes, rows }: Released): void {
	const brought = files.find(({ kind }) => codes.includes(`unknown_${kind}`) || codes.includes(`ambiguous_${kind}`));
	const credited = brought ?? files[0];
	if (credited) credited.released += rows;
}

/** The problem as programs read it. */
const problemReport = ({ code, count, sample }: RowProblems): ProblemReport => ({
	code,
	count,
	sample: sample.map(({ file, sheet, line, name, value, message }) => ({
		file,
		sheet,
		line,
		field: name,
		value,
		message
	}))
});
