/** Tries held rows again when an import may have brought what they waited for. */
import type { Day } from '../../basis/day.ts';
import { retryableCodes } from '../../basis/problem.ts';
import type * as compose from '../../intake/compose.ts';
import { holdAgain } from '../../intake/compose-holds.ts';
import type { Kind } from '../../intake/kinds/declare.ts';
import type { Mapping } from '../../intake/mapping.ts';
import { countOf, type Engine, textOf } from '../warehouse/engine.ts';
import type { Warehouse } from '../warehouse/open.ts';
import { asksSecond } from './asks-second.ts';
import { cellContext } from './cell-context.ts';
import { takeSheet, type Taken } from './take-sheet.ts';

/** How a source was recognised, as the table `source` keeps it. */
export interface StoredRecognition {
	readonly headers: (string | null)[];
	readonly mapping: Mapping;
	readonly idIsLineNumber: boolean;
	readonly date1904: boolean;
}

/** Rows of one source that were tried again: for what they were held, and how many are free now. */
export interface Released {
	readonly codes: string;
	readonly rows: number;
}

/** Tries again the rows of a kind that were held for a cause which a file can take away, sheet by sheet as they were read. */
export async function releaseHeld(warehouse: Warehouse, kind: Kind, batch: number, today: Day): Promise<Released[]> {
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
		await landHeld(engine, source, headers, 'retryable');
		const plan: compose.SheetPlan = { kind, headers, mapping, idIsLineNumber };
		const codes = await reasons(engine, source);
		const taken: Taken = await takeSheet(
			engine,
			{
				...plan,
				sourceId: source,
				ragged: [],
				released: true,
				secondPerson: asksSecond(warehouse),
				readBefore: [],
				revisionsConfirmed: true,
				context: await cellContext(warehouse, today, mapping.dateOrder, date1904)
			},
			batch
		);
		await engine.run(
			`UPDATE quarantine SET status = CASE WHEN act.outcome = 'overtaken' THEN 'superseded' ELSE 'released' END, status_batch = $batch
			FROM raw LEFT JOIN act USING (line) WHERE quarantine.source_id = $source AND quarantine.status = 'held'
			AND quarantine.source_line = raw.line AND raw.line NOT IN (SELECT line FROM problem)`,
			{ batch, source }
		);
		if (taken.held > 0) await engine.run(holdAgain, { source, retryable: retryableCodes });
		released.push({ codes, rows: taken.added + taken.revised + taken.withdrawn + taken.unchanged });
	}
	return released;
}

/** Lands the rows of a source that are held still, and meet a condition over `quarantine`, as they were read. */
export async function landHeld(
	engine: Engine,
	source: number,
	headers: StoredRecognition['headers'],
	condition: string
): Promise<void> {
	const cells = headers.map((_, i) => `json_extract_string(cells, '$[${i}]') AS c${i}`).join(', ');
	await engine.run(
		`CREATE OR REPLACE TEMP TABLE landed AS SELECT source_line AS line, ${cells},
		json_extract_string(cells, '$[${headers.length}]') AS surplus FROM quarantine WHERE source_id = $source AND status = 'held' AND ${condition}`,
		{ source }
	);
	await engine.run('CREATE OR REPLACE TEMP VIEW raw AS SELECT * FROM landed');
}

/** The codes for which rows of a source are held and tried again. */
async function reasons(engine: Engine, source: number): Promise<string> {
	const [row] = await engine.rows(
		`SELECT coalesce(string_agg(CAST(problems AS VARCHAR)), '') AS codes FROM quarantine WHERE source_id = $source AND status = 'held' AND retryable`,
		{ source }
	);
	return textOf(row?.['codes']);
}
