/** 导入: takes export files into the facts. One import is one transaction: all of it, or nothing. */
import { type Actor, type Locale } from '../../basis/codes.ts';
import type { Day } from '../../basis/day.ts';
import { isoDay } from '../../basis/day.ts';
import { Problem, retryableCodes, type RowProblemCode } from '../../basis/problem.ts';
import type { CellContext } from '../../intake/cells.ts';
import * as compose from '../../intake/compose.ts';
import { domainResolver } from '../../intake/domains.ts';
import { holdColumnIn } from '../../intake/holds.ts';
import { fieldNamed, kindNamed, kinds } from '../../intake/kinds/index.ts';
import type { Kind } from '../../intake/kinds/declare.ts';
import type { Mapping } from '../../intake/mapping.ts';
import { type Recognised, recognise, recogniseByMapping } from '../../intake/recognise.ts';
import { townshipResolver } from '../../intake/township-names.ts';
import { rowProblemText } from '../../messages/problem-text.ts';
import { readDomains, readMapping } from '../schemes/library.ts';
import { countOf, type Engine, textOf, textOrNull } from '../warehouse/engine.ts';
import { land, type Landed } from '../warehouse/land.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { openFile, type OpenedFile, type OpenedSheet } from '../workbooks/open-file.ts';
import { recordAct } from './audit.ts';
import { takeSheet, type Taken } from './take-sheet.ts';
import { markTouched } from './touched.ts';

export interface ImportOptions {
	readonly kind?: string | null;
	readonly mapping?: string | null;
	readonly sheet?: string | null;
	readonly encoding?: string | null;
	readonly confirmRevisions?: boolean;
	readonly dryRun?: boolean;
	/** The day of import: nothing may be dated after it. */
	readonly today: Day;
	/** When the act is recorded to have happened, ISO. */
	readonly now: string;
	readonly locale: Locale;
	readonly progress?: (text: { file: string; sheet: string | null; done: number; of: number }) => void;
}

/** What became of one sheet: `read = added + revised + withdrawn + unchanged + quarantined`. */
export interface FileReport {
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
	/** Sheets that were left alone: hidden, or of no known kind in a workbook that has others. */
	readonly skipped: readonly {
		readonly file: string;
		readonly sheet: string;
		readonly reason: 'hidden' | 'unrecognised';
	}[];
}

interface RecognisedSheet {
	readonly opened: OpenedFile;
	readonly sheet: OpenedSheet;
	readonly recognised: Recognised;
}

/** How far down a sheet its header may stand. */
const headRows = 30;

/**
 * Opens and recognises files without touching the home, so that a wrong file leaves it as it was.
 * @throws Problem of the file: `file_*`, `kind_*`, `sheet_unknown`, `mapping_*`, `encoding_*`
 */
export function recogniseFiles(
	paths: readonly string[],
	options: Pick<ImportOptions, 'kind' | 'mapping' | 'sheet' | 'encoding'>,
	home: string
): { sheets: RecognisedSheet[]; skipped: ImportReport['skipped'] } {
	const wanted = options.kind ? kindNamed(options.kind) : null;
	if (wanted === undefined)
		throw new Problem('kind_unknown', { kind: options.kind ?? '', known: kinds.map(({ name }) => name).join(', ') });
	const mapping = options.mapping ? readMapping(options.mapping, home) : null;
	const sheets: RecognisedSheet[] = [];
	const skipped: { file: string; sheet: string; reason: 'hidden' | 'unrecognised' }[] = [];
	for (const path of paths) {
		const opened = openFile(path, options.encoding ?? null);
		const chosen = opened.sheets.filter(({ sheet }) => !options.sheet || sheet === null || sheet === options.sheet);
		if (chosen.length === 0)
			throw new Problem(
				'sheet_unknown',
				{
					sheet: options.sheet ?? '',
					known: opened.sheets.map(({ sheet }) => sheet ?? '').join(', ')
				},
				{ file: opened.file }
			);
		skipped.push(...opened.hidden.map((sheet) => ({ file: opened.file, sheet, reason: 'hidden' as const })));
		const found = chosen.map((sheet) => ({
			opened,
			sheet,
			recognised: recogniseSheet(opened, sheet, wanted, mapping)
		}));
		for (const { opened, sheet, recognised } of found) {
			if (recognised) sheets.push({ opened, sheet, recognised });
			else if (sheet.sheet !== null) skipped.push({ file: opened.file, sheet: sheet.sheet, reason: 'unrecognised' });
		}
		if (!found.some(({ recognised }) => recognised))
			throw new Problem('kind_unrecognised', {}, { file: opened.file, sheet: chosen[0]?.sheet ?? null });
	}
	const order = (kind: Kind): number => kinds.indexOf(kind);
	sheets.sort((a, b) => order(a.recognised.kind) - order(b.recognised.kind));
	return { sheets, skipped };
}

function recogniseSheet(
	opened: OpenedFile,
	sheet: OpenedSheet,
	wanted: Kind | null,
	mapping: Mapping | null
): Recognised | null {
	const head: { line: number; cells: readonly (string | null)[] }[] = [];
	for (const row of sheet.head()) if (head.push(row) >= headRows) break;
	const where = { file: opened.file, sheet: sheet.sheet };
	if (head.length === 0) {
		if (opened.sheets.length === 1) throw new Problem('file_empty', {}, where);
		return null;
	}
	if (!mapping) return recognise(head, wanted, where);
	const kind = kindNamed(mapping.kind);
	if (!kind) throw new Problem('kind_unknown', { kind: mapping.kind, known: '' }, where);
	return recogniseByMapping(head, mapping, kind, where);
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
	{ sheets, skipped }: ReturnType<typeof recogniseFiles>,
	options: ImportOptions,
	actor: Actor
): Promise<ImportReport> {
	const { engine } = warehouse;
	try {
		const report = await engine.transaction(async () => {
			const batch = (await largest(engine, 'batch', 'batch')) + 1;
			const files: FileReport[] = [];
			const tried = new Set<string>();
			const released: Released[] = [];
			// What a kind waits for stands in the kinds before it, so that rows set free here serve the sheets of the next.
			for (const kind of kinds) {
				for (const sheet of sheets.filter(({ recognised }) => recognised.kind === kind)) {
					const { file } = sheet.opened;
					options.progress?.({ file, sheet: sheet.sheet.sheet, done: files.length, of: sheets.length });
					files.push(await importSheet(warehouse, sheet, batch, options));
				}
				const own = await releaseHeld(warehouse, kind, batch, options);
				if (own.length > 0) tried.add(kind.name);
				released.push(...own);
			}
			for (const one of released) creditRelease(files, one);
			const problems = await problemsOf(engine, batch, options.locale);
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
			const report: ImportReport = { batch, dryRun: options.dryRun === true, files, problems, skipped };
			await recordAct(engine, actor, options.now, 'import', { batch, files });
			if (options.dryRun) throw new DryRun(report);
			return report;
		});
		await engine.run('CHECKPOINT');
		return report;
	} catch (error) {
		if (error instanceof DryRun) return error.report;
		throw error;
	}
}

async function largest(engine: Engine, table: string, column: string): Promise<number> {
	const [row] = await engine.rows(`SELECT coalesce(max(${column}), 0) AS largest FROM ${table}`);
	return countOf(row?.['largest']);
}

/** What cells mean in this home now: its townships in all their versions, its domains. */
async function cellContext(
	{ engine, home }: Warehouse,
	today: Day,
	dateOrder: CellContext['dateOrder'],
	date1904: boolean
): Promise<CellContext> {
	const register = await engine.rows(
		'SELECT DISTINCT township, name, institution FROM fact_township WHERE batch_to IS NULL'
	);
	return {
		today,
		dateOrder,
		date1904,
		township: townshipResolver(
			register.map((row) => ({
				code: textOf(row['township']),
				name: textOf(row['name']),
				institution: textOrNull(row['institution'])
			}))
		),
		domain: domainResolver(readDomains(home))
	};
}

async function importSheet(
	warehouse: Warehouse,
	{ opened, sheet, recognised }: RecognisedSheet,
	batch: number,
	options: ImportOptions
): Promise<FileReport> {
	const { engine } = warehouse;
	const { kind, headers, mapping, headerLine, idIsLineNumber } = recognised;
	const sourceId = (await largest(engine, 'source', 'source_id')) + 1;
	const before = await engine.rows(
		'SELECT source_id FROM source WHERE sha256 = $sha256 AND sheet IS NOT DISTINCT FROM $sheet',
		{
			sha256: opened.sha256,
			sheet: sheet.sheet
		}
	);
	const readBefore = before.map((row) => countOf(row['source_id']));
	const landed: Landed = await land(warehouse, sheet, headerLine, headers);
	const plan: compose.SheetPlan = { kind, headers, mapping, idIsLineNumber };
	const taken = await takeSheet(
		engine,
		{
			...plan,
			sourceId,
			ragged: landed.ragged,
			released: false,
			readBefore,
			revisionsConfirmed: options.confirmRevisions === true,
			context: await cellContext(warehouse, options.today, mapping.dateOrder, sheet.date1904)
		},
		batch
	);
	await supersedeEarlierHolds(
		engine,
		{ sha256: opened.sha256, file: opened.file, sheet: sheet.sheet, kind: kind.name },
		sourceId,
		batch
	);
	await settleCorrectedHolds(engine, headers, batch);
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
			recognised: JSON.stringify({ headers, mapping, idIsLineNumber, date1904: sheet.date1904 }),
			read: landed.rows,
			added: taken.added,
			revised: taken.revised,
			withdrawn: taken.withdrawn,
			unchanged: taken.unchanged,
			quarantined: taken.held
		}
	);
	return {
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
		released: 0
	};
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
async function settleCorrectedHolds(engine: Engine, headers: readonly (string | null)[], batch: number): Promise<void> {
	const column = holdColumnIn(headers);
	if (column < 0) return;
	const unknown = await engine.rows(
		`SELECT c${column} AS hold FROM raw WHERE c${column} IS NOT NULL AND
		TRY_CAST(c${column} AS INTEGER) NOT IN (SELECT hold FROM quarantine) LIMIT 1`
	);
	if (unknown[0]) throw new Problem('hold_unknown', { hold: textOf(unknown[0]['hold']) });
	await engine.run(
		`UPDATE quarantine SET status = 'corrected', status_batch = $batch FROM raw
		WHERE quarantine.status = 'held' AND quarantine.hold = TRY_CAST(raw.c${column} AS INTEGER)`,
		{ batch }
	);
}

interface StoredRecognition {
	readonly headers: (string | null)[];
	readonly mapping: Mapping;
	readonly idIsLineNumber: boolean;
	readonly date1904: boolean;
}

/** Rows of one source that were tried again: for what they were held, and how many are free now. */
interface Released {
	readonly codes: string;
	readonly rows: number;
}

/** Tries again the rows of a kind that were held for a cause which a file can take away, sheet by sheet as they were read. */
async function releaseHeld(
	warehouse: Warehouse,
	kind: Kind,
	batch: number,
	options: ImportOptions
): Promise<Released[]> {
	const { engine } = warehouse;
	const sources = await engine.rows(
		`SELECT DISTINCT source_id, CAST(recognised AS VARCHAR) AS recognised FROM source
		WHERE source_id IN (SELECT source_id FROM quarantine WHERE status = 'held' AND retryable AND batch < $batch AND kind = $kind)
		ORDER BY source_id`,
		{ batch, kind: kind.name }
	);
	const released: Released[] = [];
	for (const row of sources) {
		const source = countOf(row['source_id']);
		const { headers, mapping, idIsLineNumber, date1904 } = JSON.parse(textOf(row['recognised'])) as StoredRecognition;
		await engine.run(
			`CREATE OR REPLACE TEMP TABLE landed AS SELECT source_line AS line, ${headers.map((_, i) => `json_extract_string(cells, '$[${i}]') AS c${i}`).join(', ')},
			json_extract_string(cells, '$[${headers.length}]') AS surplus FROM quarantine WHERE source_id = $source AND status = 'held' AND retryable`,
			{ source }
		);
		await engine.run('CREATE OR REPLACE TEMP VIEW raw AS SELECT * FROM landed');
		const plan: compose.SheetPlan = { kind, headers, mapping, idIsLineNumber };
		const codes = await reasons(engine, source);
		const taken: Taken = await takeSheet(
			engine,
			{
				...plan,
				sourceId: source,
				ragged: [],
				released: true,
				readBefore: [],
				revisionsConfirmed: true,
				context: await cellContext(warehouse, options.today, mapping.dateOrder, date1904)
			},
			batch
		);
		await engine.run(
			`UPDATE quarantine SET status = CASE WHEN act.outcome = 'overtaken' THEN 'superseded' ELSE 'released' END, status_batch = $batch
			FROM raw LEFT JOIN act USING (line) WHERE quarantine.source_id = $source AND quarantine.status = 'held'
			AND quarantine.source_line = raw.line AND raw.line NOT IN (SELECT line FROM problem)`,
			{ batch, source }
		);
		if (taken.held > 0) await engine.run(compose.holdAgain, { source, retryable: retryableCodes });
		released.push({ codes, rows: taken.added + taken.revised + taken.withdrawn + taken.unchanged });
	}
	return released;
}

/** The codes for which rows of a source are held and tried again. */
async function reasons(engine: Engine, source: number): Promise<string> {
	const [row] = await engine.rows(
		`SELECT coalesce(string_agg(CAST(problems AS VARCHAR)), '') AS codes FROM quarantine WHERE source_id = $source AND status = 'held' AND retryable`,
		{ source }
	);
	return textOf(row?.['codes']);
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
		`SELECT *, row_number() OVER (PARTITION BY code ORDER BY hold) AS place, count(*) OVER (PARTITION BY code) AS n FROM (
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
		const value = textOrNull(row['value']);
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
