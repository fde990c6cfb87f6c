/** Files that are held whole until somebody says that they may rewrite what is there (rules.md, 2, Revision). */
import type { Day } from '../../basis/day.ts';
import type { Kind } from '../../intake/kinds/declare.ts';
import { kindNamed } from '../../intake/kinds/index.ts';
import { countOf, type Engine, textOf, textOrNull } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { asksSecond } from './asks-second.ts';
import { cellContext } from './cell-context.ts';
import { landHeld, type StoredRecognition } from './release-held.ts';
import type { Rewrites } from './revised-cells.ts';
import { takeSheet, type Taken } from './take-sheet.ts';

/** A sheet that is held whole. */
export interface WholeHeld {
	readonly source: number;
	readonly file: string;
	readonly sheet: string | null;
	readonly kind: Kind;
	/** Rows that wait for the confirmation. */
	readonly rows: number;
	readonly recognised: StoredRecognition;
}

/** What a sheet that is held whole would rewrite now. */
export interface WholeRewrites extends Pick<WholeHeld, 'file' | 'sheet' | 'kind' | 'rows'>, Rewrites {}

const suspicious = `contains(CAST(problems AS VARCHAR), '"suspicious_revision"')`;

/** The sheets of a batch that are held whole still, in the order in which they were read. */
export async function wholeHeld(engine: Engine, batch: number): Promise<WholeHeld[]> {
	const rows = await engine.rows(
		`SELECT source_id, file, sheet, kind, CAST(recognised AS VARCHAR) AS recognised, waiting.n FROM source JOIN (
			SELECT source_id, count(*) AS n FROM quarantine WHERE batch = $batch AND status = 'held' AND ${suspicious} GROUP BY source_id
		) AS waiting USING (source_id) ORDER BY source_id`,
		{ batch }
	);
	return rows.map((row) => ({
		source: countOf(row['source_id']),
		file: textOf(row['file']),
		sheet: textOrNull(row['sheet']),
		kind: kindNamed(textOf(row['kind'])) as Kind,
		rows: countOf(row['n']),
		recognised: JSON.parse(textOf(row['recognised'])) as StoredRecognition
	}));
}

/**
 * Reads a sheet that is held whole again from its cells as they stand in the quarantine, by the code that reads files.
 * @param weigh only to tell what it would rewrite, and write nothing
 */
export async function readWholeHeld(
	{ engine, home }: Pick<Warehouse, 'engine' | 'home'>,
	{ source, kind, recognised }: WholeHeld,
	{ batch, today, weigh }: { readonly batch: number; readonly today: Day; readonly weigh: boolean }
): Promise<Taken> {
	const { headers, mapping, idIsLineNumber, date1904 } = recognised;
	await landHeld(engine, source, headers, suspicious);
	const ragged = await engine.rows('SELECT line FROM raw WHERE surplus IS NOT NULL ORDER BY line');
	const before = await engine.rows(
		`SELECT earlier.source_id FROM source AS earlier JOIN source AS own ON own.sha256 = earlier.sha256
			AND own.sheet IS NOT DISTINCT FROM earlier.sheet AND own.source_id > earlier.source_id
		WHERE own.source_id = $source AND earlier.batch NOT IN (SELECT batch FROM undone)`,
		{ source }
	);
	return takeSheet(
		engine,
		{
			kind,
			headers,
			mapping,
			idIsLineNumber,
			sourceId: source,
			ragged: ragged.map((row) => countOf(row['line'])),
			released: true,
			secondPerson: asksSecond({ engine, home }),
			readBefore: before.map((row) => countOf(row['source_id'])),
			revisionsConfirmed: true,
			onlyWeighed: weigh,
			context: await cellContext({ engine, home }, today, mapping.dateOrder, date1904)
		},
		batch
	);
}

/** What the sheets of a batch that are held whole would rewrite now, cell by cell. */
export async function weighWholeHeld(
	look: Pick<Warehouse, 'engine' | 'home'>,
	batch: number,
	today: Day
): Promise<WholeRewrites[]> {
	const told: WholeRewrites[] = [];
	for (const sheet of await wholeHeld(look.engine, batch)) {
		const { file, sheet: name, kind, rows } = sheet;
		const { rewrites } = await readWholeHeld(look, sheet, { batch, today, weigh: true });
		told.push({ file, sheet: name, kind, rows, count: rewrites?.count ?? 0, sample: rewrites?.sample ?? [] });
	}
	return told;
}
