/** Takes one landed sheet into the facts of its kind, within the transaction of its import. */
import type { RowProblemCode } from '../../basis/problem.ts';
import { actInOrder, type KeyedRow, type StoredVersion } from '../../intake/act-in-order.ts';
import type { CellContext } from '../../intake/cells.ts';
import * as compose from '../../intake/compose.ts';
import { aboveBound, enteredRows } from '../../intake/entered-rows.ts';
import type { Field } from '../../intake/kinds/declare.ts';
import { lostDigits } from '../../intake/lost-digits.ts';
import { cellReader } from '../../intake/read-column.ts';
import { countOf, type Engine, textOf, textOrNull } from '../warehouse/engine.ts';
import type { AsksSecond } from './asks-second.ts';
import { sameName } from './person-name.ts';
import { revisedCells, type Rewrites } from './revised-cells.ts';

export interface SheetToTake extends compose.SheetPlan {
	readonly sourceId: number;
	readonly context: CellContext;
	/** Rows that are tried again: they override nothing that was read after them. */
	readonly released: boolean;
	/** The user said that this file may rewrite what is there. */
	readonly revisionsConfirmed: boolean;
	/** Nothing is written: what the rows would do stands in `act`, and what they would rewrite is told. */
	readonly onlyWeighed?: boolean;
	readonly ragged: readonly number[];
	/** Called after each step; may throw to stop. */
	readonly step?: () => void;
	/** Whether a second person must confirm what is entered for a key and a period; absent where that was settled before. */
	readonly secondPerson?: AsksSecond | undefined;
	/** Sources that were read from the very same sheet before. */
	readonly readBefore: readonly number[];
}

/** What became of the rows of a sheet; held rows are in the table `problem` with their reasons. */
export interface Taken {
	readonly added: number;
	readonly revised: number;
	readonly withdrawn: number;
	readonly unchanged: number;
	readonly overtaken: number;
	readonly held: number;
	/** What a file that is held whole, or only weighed, would rewrite; null for any other. */
	readonly rewrites: Rewrites | null;
}

/** What {@link readRows} needs to know of a sheet. */
export type SheetToRead = compose.SheetPlan & Pick<SheetToTake, 'context' | 'step'>;

/**
 * Gives the rows of `raw` their meaning, in `typed`. Nothing of the home is written: where no sheet of the batch was taken
 * before, this may come before the transaction, whose own rows the engine reads with one core only.
 * @returns the fields in which some cell is wrong
 */
export async function readRows(engine: Engine, sheet: SheetToRead): Promise<readonly Field[]> {
	const { wrong, asTheyStand } = await readCells(engine, sheet);
	sheet.step?.();
	const plan = { ...sheet, asTheyStand };
	const owner = compose.ownerTable(plan);
	if (owner) await engine.run(owner);
	await engine.run(compose.typedTable(plan));
	sheet.step?.();
	return wrong;
}

/**
 * Settles all rows of `raw`. The facts are written; the caller stores the rows of `problem`.
 * @param read what {@link readRows} gave, where it was called already
 */
export async function takeSheet(
	engine: Engine,
	sheet: SheetToTake,
	batch: number,
	read?: readonly Field[]
): Promise<Taken> {
	const { kind } = sheet;
	const wrong = read ?? (await readRows(engine, sheet));
	await findProblems(engine, sheet, wrong);
	sheet.step?.();

	for (const { sql, bindsSource } of compose.keyedTable(sheet))
		await engine.run(sql, bindsSource ? { source: sheet.sourceId } : {});
	const rising = await isRising(engine, kind);
	const plain = await allPlainlyAdded(engine, sheet);
	sheet.step?.();
	if (plain !== null && !sheet.onlyWeighed) {
		await engine.run(compose.noAct);
		if (plain > 0) await engine.run(compose.insertRows(kind, true, rising), { batch, source: sheet.sourceId });
		return {
			added: plain,
			revised: 0,
			withdrawn: 0,
			unchanged: 0,
			overtaken: 0,
			held: await heldRows(engine),
			rewrites: null
		};
	}
	await engine.run(compose.repeatedKeys);
	await engine.run(compose.actTable(kind));
	await actOnRepeatedKeys(engine, sheet);
	if (sheet.readBefore.length > 0)
		await engine.run(compose.linesReadBefore(kind), { earlier: sheet.readBefore.map(BigInt) });
	if (sheet.released) await engine.run(compose.overtakenRows(kind), { source: sheet.sourceId });
	await engine.run(
		`INSERT INTO problem SELECT line, NULL, outcome, NULL FROM act WHERE outcome IN ('nothing_to_revise', 'conflicting_rows')`
	);
	if (sheet.onlyWeighed) return { ...nothing, rewrites: await revisedCells(engine, kind) };
	if (await isSuspicious(engine, sheet)) return holdWhole(engine, await revisedCells(engine, kind));

	const counts = await outcomes(engine);
	if (counts.ends > 0) await engine.run(compose.endRows(kind), { batch });
	if (counts.added + counts.revised > 0)
		await engine.run(compose.insertRows(kind, false, rising), { batch, source: sheet.sourceId });
	return { ...counts, held: await heldRows(engine) };
}

const nothing: Taken = { added: 0, revised: 0, withdrawn: 0, unchanged: 0, overtaken: 0, held: 0, rewrites: null };

/** How many rows there are where all of them are simply added; null where some act on others. */
async function allPlainlyAdded(engine: Engine, { kind }: SheetToTake): Promise<number | null> {
	const [row] = await engine.rows(compose.plainlyAdded(kind));
	const acting = ['flagged', 'repeated', 'stored'].some((name) => countOf(row?.[name]) > 0);
	return acting ? null : countOf(row?.['rows']);
}

async function isRising(engine: Engine, kind: SheetToTake['kind']): Promise<boolean> {
	const statement = compose.risingBlocks(kind);
	return statement === null || (await engine.rows(statement))[0]?.['rising'] === true;
}

/** Gives each distinct cell its meaning; tells the fields in which some cell is wrong, and those whose cells all stand as they mean. */
async function readCells(
	engine: Engine,
	sheet: SheetToRead
): Promise<{ readonly wrong: readonly Field[]; readonly asTheyStand: ReadonlySet<string> }> {
	await engine.run(compose.cellTable);
	const distinct = compose.distinctCells(sheet);
	if (distinct === null) return { wrong: [], asTheyStand: new Set() };
	const { mapping, context } = sheet;
	const readers = new Map(
		compose.readFields(sheet).map((field) => [field.name, cellReader(field, mapping.columns[field.name], context)])
	);
	const wrong = new Set<string>();
	const onlyChecks = new Set(sheet.kind.fields.flatMap((field) => (field.onlyChecks ? [field.name] : [])));
	const asTheyStand = new Set(readers.keys());
	const answers = (await engine.rows(distinct)).map((row): (string | null)[] => {
		const field = textOf(row['field']);
		const raw = textOf(row['raw']);
		const answer = readers.get(field)?.(raw) ?? { value: null };
		if ('problem' in answer || answer.value !== raw) asTheyStand.delete(field);
		if (!('problem' in answer)) return [field, raw, answer.value, null];
		// What only checks a row and cannot be read checks nothing.
		if (onlyChecks.has(field)) return [field, raw, null, null];
		wrong.add(field);
		return [field, raw, null, answer.problem];
	});
	await engine.appendText('cell', answers);
	return { wrong: compose.readFields(sheet).filter(({ name }) => wrong.has(name)), asTheyStand };
}

async function findProblems(engine: Engine, sheet: SheetToTake, wrong: readonly Field[]): Promise<void> {
	await engine.run('CREATE OR REPLACE TEMP TABLE problem (line BIGINT, field VARCHAR, code VARCHAR, value VARCHAR)');
	for (const field of wrong) await engine.run(compose.wrongCells(sheet, field));
	const [missing] = await engine.rows(compose.countMissing(sheet));
	for (const field of compose.requiredFields(sheet))
		if (countOf(missing?.[field.name]) > 0 && !(field.name === 'id' && sheet.mapping.lineNumbers))
			await engine.run(compose.missingValues(field));
	for (const statement of [...lostDigits(sheet), ...compose.unknownReferences(sheet), ...aboveBound(sheet)])
		await engine.run(statement);
	await findUnconfirmed(engine, sheet);
	if (sheet.ragged.length > 0)
		await engine.run(`INSERT INTO problem SELECT unnest($lines), NULL, 'ragged_row', NULL`, {
			lines: sheet.ragged.map(BigInt)
		});
	await engine.run('CREATE OR REPLACE TEMP TABLE held AS SELECT DISTINCT line FROM problem');
}

/** Puts the rows into `problem` that a second person has to confirm, and that name none, or the one who entered them. */
async function findUnconfirmed(engine: Engine, { secondPerson, ...plan }: SheetToTake): Promise<void> {
	const entered = secondPerson && enteredRows(plan);
	if (!entered) return;
	const found: (Unconfirmed & { readonly line: bigint })[] = [];
	for (const row of await engine.rows(entered)) {
		if (!(await secondPerson(plan.kind.name, textOf(row['key']), textOf(row['period'])))) continue;
		const why = unconfirmed(textOrNull(row['by']), textOrNull(row['second']));
		if (why) found.push({ ...why, line: BigInt(countOf(row['line'])) });
	}
	for (const rows of Map.groupBy(found, ({ code, value }) => `${code} ${value ?? ''}`).values()) {
		const [first] = rows;
		if (!first) continue;
		const { field, code, value } = first;
		const lines = rows.map(({ line }) => line);
		await engine.run('INSERT INTO problem SELECT unnest($lines), $field, $code, $value', { lines, field, code, value });
	}
}

interface Unconfirmed {
	readonly field: string;
	readonly code: RowProblemCode;
	readonly value: string | null;
}

/** Why the word of two people is not that of two; null where it is. */
function unconfirmed(by: string | null, second: string | null): Unconfirmed | null {
	if (by === null) return { field: 'by', code: 'missing_value', value: null };
	if (second === null) return { field: 'confirmed_by', code: 'second_person_missing', value: null };
	return sameName(by, second) ? { field: 'confirmed_by', code: 'second_person_same', value: second } : null;
}

/** Keys with several rows in the file are few; they are settled in reading order, one row acting on another. */
async function actOnRepeatedKeys(engine: Engine, { kind }: SheetToTake): Promise<void> {
	const rows = await engine.rows(compose.repeatedRows(kind));
	if (rows.length === 0) return;
	const keyOf = (row: (typeof rows)[number]): string => `${textOf(row['township'])}\u001f${textOf(row['fact_key'])}`;
	const histories = new Map<string, { versions: StoredVersion[]; latest: string | null; event: string | null }>();
	for (const row of await engine.rows(compose.repeatedHistory(kind))) {
		const history = histories.get(keyOf(row)) ?? { versions: [], latest: null, event: null };
		history.versions.push({ content: textOf(row['content']), withdrawn: row['withdrawn'] === true });
		if (row['latest'] === true)
			Object.assign(history, { latest: String(row['stored']), event: textOrNull(row['event']) });
		histories.set(keyOf(row), history);
	}
	const byKey = Map.groupBy(rows, keyOf);
	const acts: (string | null)[][] = [];
	for (const [key, group] of byKey) {
		const history = histories.get(key);
		const keyed = group.map((row): KeyedRow & { event: string | null } => ({
			line: countOf(row['line']),
			flag: textOf(row['flag']) as KeyedRow['flag'],
			content: textOf(row['content']),
			event: textOrNull(row['event'])
		}));
		const acted = actInOrder(history?.versions ?? [], keyed);
		const ending = acted.find(({ outcome }) => outcome === 'revised' || outcome === 'withdrawn');
		const wasWithdrawn = history?.versions.at(-1)?.withdrawn ?? false;
		for (const [i, { line, outcome, endedBy }] of acted.entries()) {
			const unflagged = outcome === 'revised' && keyed[i]?.flag === '1';
			acts.push([
				String(line),
				outcome,
				acted[i] === ending && history?.latest != null ? history.latest : null,
				String(wasWithdrawn),
				String(unflagged),
				String(unflagged && history !== undefined && history.event !== keyed[i]?.event),
				endedBy
			]);
		}
	}
	await engine.run(
		`CREATE OR REPLACE TEMP TABLE acted (line VARCHAR, outcome VARCHAR, stored VARCHAR, was_withdrawn VARCHAR, unflagged VARCHAR, moved VARCHAR, ended_by VARCHAR)`
	);
	await engine.appendText('acted', acts);
	await engine.run(
		`INSERT INTO act SELECT CAST(line AS BIGINT), outcome, CAST(stored AS BIGINT), CAST(was_withdrawn AS BOOLEAN),
		CAST(unflagged AS BOOLEAN), CAST(moved AS BOOLEAN), ended_by FROM acted`
	);
}

/**
 * Whether a file would rewrite what is there without saying so (rules.md, 2): more than a tenth of its rows and more
 * than five, or the date of any. Line numbers that start again each month would else replace last month's patrols.
 */
async function isSuspicious(engine: Engine, sheet: SheetToTake): Promise<boolean> {
	if (sheet.revisionsConfirmed || sheet.released) return false;
	const [row] = await engine.rows(
		`SELECT count(*) FILTER (unflagged) AS revised, count(*) FILTER (moved) AS moved, (SELECT count(*) FROM raw) AS n FROM act`
	);
	const revised = countOf(row?.['revised']);
	return countOf(row?.['moved']) > 0 || (revised > 5 && revised * 10 > countOf(row?.['n']));
}

async function holdWhole(engine: Engine, rewrites: Rewrites): Promise<Taken> {
	await engine.run(`INSERT INTO problem SELECT line, NULL, 'suspicious_revision', NULL FROM raw`);
	await engine.run('DELETE FROM act');
	return { ...nothing, held: await heldRows(engine), rewrites };
}

async function heldRows(engine: Engine): Promise<number> {
	const [row] = await engine.rows('SELECT count(DISTINCT line) AS n FROM problem');
	return countOf(row?.['n']);
}

async function outcomes(engine: Engine): Promise<Taken & { ends: number }> {
	const [row] = await engine.rows(
		`SELECT count(*) FILTER (outcome = 'added') AS added, count(*) FILTER (outcome = 'revised') AS revised,
		count(*) FILTER (outcome = 'withdrawn') AS withdrawn, count(*) FILTER (outcome = 'unchanged') AS unchanged,
		count(*) FILTER (outcome = 'overtaken') AS overtaken, count(stored) AS ends FROM act`
	);
	const count = (name: string): number => countOf(row?.[name]);
	return {
		added: count('added'),
		revised: count('revised'),
		withdrawn: count('withdrawn'),
		unchanged: count('unchanged'),
		overtaken: count('overtaken'),
		ends: count('ends'),
		held: 0,
		rewrites: null
	};
}
