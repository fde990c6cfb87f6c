/**
 * The statements that take a landed sheet into the facts of its kind, made from the kind's declaration and the sheet's
 * mapping. Cells get their meaning in TypeScript, once for each distinct cell ({@link readCell}); the engine joins
 * those answers to the rows, so that a million rows never pass through JavaScript.
 *
 * Tables of one sheet, all temporary: `raw` (line, c0, c1, …; a view over what landed), `cell` (field, raw, value, problem), `typed` (canonical
 * rows), `problem` (line, field, code, value), `act` (what each row does).
 */
import { partSeparator } from './cells.ts';
import type { Field, Kind } from './kinds/declare.ts';
import { storedFields } from './kinds/index.ts';
import { normaliseHeader } from './headers.ts';
import { mergerProblems } from './mergers.ts';
import type { Column, Mapping, Split } from './mapping.ts';

/** A sheet as the composer sees it. */
export interface SheetPlan {
	readonly kind: Kind;
	readonly mapping: Mapping;
	/** Header cells by column of `raw`. */
	readonly headers: readonly (string | null)[];
	readonly idIsLineNumber: boolean;
	/** Fields of which every cell is its own canonical value, so that nothing has to be looked up. */
	readonly asTheyStand?: ReadonlySet<string>;
}

/** The engine's type of a stored field. */
export const columnType: Readonly<Record<Field['type'], string>> = {
	text: 'VARCHAR',
	date: 'DATE',
	count: 'BIGINT',
	decimal: 'DECIMAL(18, 6)',
	money: 'BIGINT',
	boolean: 'BOOLEAN',
	choice: 'VARCHAR',
	township: 'VARCHAR',
	domain: 'VARCHAR',
	period: 'VARCHAR',
	covers: 'VARCHAR',
	flag: 'VARCHAR'
};

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The rows that count as history: what a rollback undid is as if it had never been read (rules.md, 2, Rollback). */
export const standing = `ended_by IS DISTINCT FROM 'rollback'`;

/**
 * Where a field stands in a sheet. What only checks a row is found by its own header where a mapping does not name it: a
 * mapping that was saved before it was asked for must not hide it.
 */
function columnOf({ mapping, headers }: SheetPlan, field: Field): Column | undefined {
	const column = mapping.columns[field.name];
	if (column || !field.onlyChecks) return column;
	const own = new Set([field.name, ...field.headers].map(normaliseHeader));
	const header = headers.find((cell) => cell !== null && own.has(normaliseHeader(cell)));
	return header == null ? undefined : { header };
}

/** The expression of a field's cell over `raw`; null where the sheet has no such column. */
export function rawExpression(plan: SheetPlan, field: Field): string | null {
	const column = columnOf(plan, field);
	if (!column || 'of' in column) return null;
	if ('constant' in column) return literal(column.constant);
	if ('header' in column) {
		const cell = rawColumn(plan, column.header);
		return column.split ? splitExpression(cell, column.split) : cell;
	}
	const parts = 'join' in column ? column.join.map(({ header }) => header) : [column.date, column.plusDays];
	return parts.map((header) => rawColumn(plan, header)).join(` || ${literal(partSeparator)} || `);
}

/** {@link splitOff} in the engine. */
function splitExpression(cell: string, { at, take, until }: Split): string {
	const place = `instr(${cell}, ${literal(at)})`;
	const part =
		take === 'first'
			? `CASE WHEN ${place} > 0 THEN substr(${cell}, 1, ${place} - 1) ELSE ${cell} END`
			: `CASE WHEN ${place} > 0 THEN substr(${cell}, ${place} + ${[...at].length}) END`;
	const kept = until === undefined ? part : `string_split(${part}, ${literal(until)})[1]`;
	return `nullif(trim(${kept}, ${literal(' \t\r\n\u00a0\u3000\ufeff')}), '')`;
}

function rawColumn(plan: SheetPlan, header: string): string {
	const wanted = normaliseHeader(header);
	const index = plan.headers.findIndex((cell) => cell !== null && normaliseHeader(cell) === wanted);
	if (index < 0) throw new RangeError(`no column ${header}`);
	return `c${index}`;
}

/** Whether a field's cells need a meaning; plain text only loses the white space around it. */
const isRead = (plan: SheetPlan, field: Field): boolean => {
	const column = columnOf(plan, field);
	if (field.type !== 'text') return true;
	return column !== undefined && ('join' in column || ('lookup' in column && column.lookup !== undefined));
};

/** Fields that the sheet has and whose cells must be read. */
export const readFields = (plan: SheetPlan): Field[] =>
	plan.kind.fields.filter((field) => isRead(plan, field) && rawExpression(plan, field) !== null);

/** The distinct cells of all fields that must be read, as `field` and `raw`; null where there are none. */
export function distinctCells(plan: SheetPlan): string | null {
	const selects = readFields(plan).map((field) => {
		const raw = rawExpression(plan, field) ?? 'NULL';
		return `SELECT ${literal(field.name)} AS field, raw FROM (SELECT DISTINCT ${raw} AS raw FROM raw WHERE ${raw} IS NOT NULL)`;
	});
	return selects.length === 0 ? null : selects.join(' UNION ALL ');
}

/** The table that the answers for distinct cells are put into. */
export const cellTable =
	'CREATE OR REPLACE TEMP TABLE cell (field VARCHAR, raw VARCHAR, value VARCHAR, problem VARCHAR)';

/** The answers for the cells of one field, in the field's own type. */
const cellsOf = (field: Field): string =>
	`(SELECT raw, CAST(value AS ${columnType[field.type]}) AS value, problem FROM cell WHERE field = ${literal(field.name)})`;

/** The value of a field in `raw` joined with its cells. */
export function valueExpression(plan: SheetPlan, field: Field): string {
	const raw = rawExpression(plan, field);
	if (raw === null) return `CAST(NULL AS ${columnType[field.type]})`;
	// What landed has no white space around it.
	if (!isRead(plan, field)) return raw;
	if (plan.asTheyStand?.has(field.name)) return `CAST(${raw} AS ${columnType[field.type]})`;
	return `cell_${field.name}.value`;
}

export const cellJoins = (plan: SheetPlan): string =>
	readFields(plan)
		.filter(({ name }) => !plan.asTheyStand?.has(name))
		.map(
			(field) =>
				`LEFT JOIN ${cellsOf(field)} AS cell_${field.name} ON cell_${field.name}.raw = ${rawExpression(plan, field)}`
		)
		.join('\n\t');

/** How a row's township is found when it is not in a cell of its own. */
export type TownshipFrom = 'cell' | 'subject' | 'patrol' | 'code';

/** Where the township of this sheet's rows comes from. */
function townshipFrom({ kind, mapping }: Pick<SheetPlan, 'kind' | 'mapping'>): TownshipFrom {
	const column = mapping.columns['township'];
	if (kind.name === 'township') return 'code';
	if (column && 'of' in column) return 'subject';
	return kind.name === 'finding' ? 'patrol' : 'cell';
}

export function fieldValue(plan: SheetPlan, name: string): string {
	const field = plan.kind.fields.find((candidate) => candidate.name === name);
	return field ? valueExpression(plan, field) : 'NULL';
}

/** The kind that a row's township may be taken from, when its own cell does not say. */
const ownerKind = (plan: SheetPlan): 'subject' | 'patrol' | null => {
	const from = townshipFrom(plan);
	return from === 'subject' || from === 'patrol' ? from : null;
};

/**
 * Makes `owner` (id, township, owners, leading): the townships that have the subjects or patrols which the rows name.
 * Null where rows name their township themselves.
 */
export function ownerTable(plan: SheetPlan): string | null {
	const kind = ownerKind(plan);
	if (!kind) return null;
	return `CREATE OR REPLACE TEMP TABLE owner AS
	SELECT fact_key AS id, township, count(*) OVER same_id AS owners, row_number() OVER (same_id ORDER BY township) = 1 AS leading
	FROM fact_${kind} WHERE batch_to IS NULL AND fact_key IN (SELECT DISTINCT ${fieldValue(plan, kind)} FROM raw ${cellJoins(plan)})
	WINDOW same_id AS (PARTITION BY fact_key)`;
}

/** The id of a kind that has one: read with the row, then kept as its key. */
const idFields = (kind: Kind): Field[] => kind.fields.filter(({ name }) => name === 'id');

/** Makes `typed`: line, township, flag, the id, the stored fields; nulls where a cell is empty or wrong. */
export function typedTable(plan: SheetPlan): string {
	const owner = ownerKind(plan);
	const cell = fieldValue(plan, townshipFrom(plan) === 'code' ? 'code' : 'township');
	const columns = [...idFields(plan.kind), ...storedFields(plan.kind)].map((field) => {
		const value = valueExpression(plan, field);
		const { absentMeans } = field;
		if (!absentMeans) return `${value} AS ${quoted(field.name)}`;
		const found = fieldValue(plan, absentMeans.text);
		const nothing = absentMeans.nothing.map(literal).join(', ');
		return `coalesce(${value}, CASE WHEN ${found} IS NULL OR ${found} IN (${nothing}) THEN 0 ELSE 1 END) AS ${quoted(field.name)}`;
	});
	const flag = plan.kind.fields.some(({ type }) => type === 'flag')
		? `coalesce(${fieldValue(plan, 'revision')}, '1')`
		: `'1'`;
	return `CREATE OR REPLACE TEMP TABLE typed AS
	SELECT raw.line, ${owner ? `coalesce(${cell}, owner.township)` : cell} AS township, ${flag} AS flag,
	${owner ? `CASE WHEN ${cell} IS NULL THEN coalesce(owner.owners, 0) ELSE CAST(owner.id IS NOT NULL AS INTEGER) END AS owners,` : ''}
	${columns.join(', ')}
	FROM raw
	${cellJoins(plan)}
	${owner ? `LEFT JOIN owner ON owner.id = ${fieldValue(plan, owner)} AND CASE WHEN ${cell} IS NULL THEN owner.leading ELSE owner.township = ${cell} END` : ''}`;
}

/** A cell as people read it, where several columns were joined. */
export const readable = (cell: string): string => `replace(${cell}, ${literal(partSeparator)}, ' + ')`;

/** Puts the rows into `problem` whose cell of a field is wrong. */
export const wrongCells = (plan: SheetPlan, field: Field): string =>
	`INSERT INTO problem SELECT line, ${literal(field.name)}, cell_${field.name}.problem, ${readable(`cell_${field.name}.raw`)}
	FROM raw JOIN ${cellsOf(field)} AS cell_${field.name} ON cell_${field.name}.raw = ${rawExpression(plan, field)}
	WHERE cell_${field.name}.problem IS NOT NULL`;

/** The fields that every row must have. A finding's township may come from its patrol. */
export const requiredFields = (plan: SheetPlan): Field[] =>
	plan.kind.fields.filter((field) => field.required && !(field.type === 'township' && ownerKind(plan)));

const typedColumn = (field: Field): string => (field.type === 'township' ? 'township' : quoted(field.name));

/** How many rows lack each required field. */
export const countMissing = (plan: SheetPlan): string =>
	`SELECT ${requiredFields(plan)
		.map((field) => `count(*) FILTER (${typedColumn(field)} IS NULL) AS ${quoted(field.name)}`)
		.join(', ')} FROM typed`;

/** Puts the rows into `problem` that lack a required field, unless its cell is known to be wrong. */
export const missingValues = (field: Field): string =>
	`INSERT INTO problem SELECT line, ${literal(field.name)}, 'missing_value', NULL FROM typed
	WHERE ${typedColumn(field)} IS NULL
	AND NOT EXISTS (FROM problem WHERE problem.line = typed.line AND problem.field = ${literal(field.name)})`;

/** Statements that put the rows into `problem` whose subject or patrol is not there. */
export function unknownReferences(plan: SheetPlan): string[] {
	const owner = ownerKind(plan);
	if (owner)
		return [
			`INSERT INTO problem SELECT line, '${owner}', CASE WHEN owners = 0 THEN 'unknown_${owner}' ELSE 'ambiguous_${owner}' END, ${owner}
			FROM typed WHERE ${owner} IS NOT NULL AND owners <> 1
			AND NOT EXISTS (FROM problem WHERE problem.line = typed.line AND problem.field = 'township')`,
			`INSERT INTO problem SELECT line, 'township', 'missing_value', NULL FROM typed
			WHERE township IS NULL AND NOT EXISTS (FROM problem WHERE problem.line = typed.line)`
		];
	if (plan.kind.name === 'township') return 'merged_into' in plan.mapping.columns ? [...mergerProblems] : [];
	if (plan.kind.name !== 'patrol') return [];
	return [
		// As a table of its own the register is the small side of the join, which the engine does not see otherwise.
		`CREATE OR REPLACE TEMP TABLE register AS SELECT township, fact_key AS subject FROM fact_subject WHERE batch_to IS NULL`,
		`INSERT INTO problem SELECT line, 'subject', 'unknown_subject', subject FROM typed
		ANTI JOIN register USING (township, subject) WHERE subject IS NOT NULL AND township IS NOT NULL`
	];
}

const key = (plan: SheetPlan): string =>
	plan.kind.name === 'township'
		? `coalesce(CAST(as_of AS VARCHAR), '')`
		: plan.kind.key.length === 1
			? quoted(plan.kind.key[0] ?? '')
			: `concat_ws('|', ${plan.kind.key.map(keyPart).join(', ')})`;

/** Whether rows of this sheet may have a line number in place of an id. */
const hasLineNumbers = (plan: SheetPlan): boolean => plan.mapping.lineNumbers || plan.idIsLineNumber;

/** The sign of a key that was made from a row's content; no id of an office begins with it. */
const madeKey = '#';

/**
 * The expression of a row's key over `typed`. A line number is never a key: such a row's key is its content's
 * fingerprint, to which {@link numberedKeys} adds the occurrence among equals.
 */
/** A part of a key as text. A row that carries no clinic is its township's, and has the key that it had before clinics. */
const keyPart = (name: string): string =>
	name === 'clinic' ? quoted(name) : `coalesce(CAST(${quoted(name)} AS VARCHAR), '')`;

export function keyExpression(plan: SheetPlan): string {
	if (!hasLineNumbers(plan)) return key(plan);
	const content = storedFields(plan.kind).map(({ name }) => `coalesce(CAST(${quoted(name)} AS VARCHAR), '')`);
	const fingerprint = `'${madeKey}' || md5(concat_ws(chr(31), ${content.join(', ')}))`;
	return plan.mapping.lineNumbers
		? fingerprint
		: `CASE WHEN regexp_full_match(id, '[0-9]+(\\.0+)?') THEN ${fingerprint} ELSE id END`;
}

/** Makes `keyed`: the rows without a problem, with their keys. The statements that bind `$source` say so. */
export function keyedTable(plan: SheetPlan): { sql: string; bindsSource: boolean }[] {
	const rows = `SELECT *, ${keyExpression(plan)} AS fact_key FROM typed ANTI JOIN held USING (line)`;
	if (!hasLineNumbers(plan)) return [{ sql: `CREATE OR REPLACE TEMP VIEW keyed AS ${rows}`, bindsSource: false }];
	const numbered = `CREATE OR REPLACE TEMP TABLE numbered AS
	SELECT * REPLACE (CASE WHEN starts_with(fact_key, '${madeKey}') THEN fact_key || '.' || (
		(SELECT count(*) FROM fact_${plan.kind.name} AS taken
			WHERE taken.source_id = $source AND taken.township = made.township AND starts_with(taken.fact_key, made.fact_key || '.')
			AND taken.${standing})
		+ row_number() OVER (PARTITION BY township, fact_key ORDER BY line)) ELSE fact_key END AS fact_key)
	FROM (${rows}) AS made`;
	return [
		{ sql: numbered, bindsSource: true },
		{ sql: 'CREATE OR REPLACE TEMP VIEW keyed AS FROM numbered', bindsSource: false }
	];
}

/** Keys that stand more than once in the sheet; {@link actInOrder} settles them. */
export const repeatedKeys = `CREATE OR REPLACE TEMP TABLE repeated AS
	SELECT township, fact_key FROM keyed GROUP BY township, fact_key HAVING count(*) > 1`;

export const sameContent = (kind: Kind): string =>
	storedFields(kind)
		.map(({ name }) => `stored.${quoted(name)} IS NOT DISTINCT FROM keyed.${quoted(name)}`)
		.join(' AND ');

/**
 * Whether every row of `keyed` is simply added: no flag, no key that stands twice or that is stored already. Then
 * nothing has to be compared. Two keys of one hash only send the sheet the longer way.
 */
export const plainlyAdded = (kind: Kind): string =>
	`SELECT count(*) AS "rows", count(*) FILTER (flag <> '1') AS flagged,
		count(*) - count(DISTINCT hash(township, fact_key)) AS repeated,
		(SELECT count(*) FROM (FROM fact_${kind.name} WHERE ${standing}) AS stored SEMI JOIN keyed USING (township, fact_key)) AS stored FROM keyed`;

/** An empty `act`, for a sheet whose rows are all simply added. */
export const noAct = `CREATE OR REPLACE TEMP TABLE act (line BIGINT, outcome VARCHAR, stored BIGINT, was_withdrawn BOOLEAN,
	unflagged BOOLEAN, moved BOOLEAN, ended_by VARCHAR)`;

/** Whether rows stand in blocks of rising dates already, so that they need not be sorted for the engine to skip by date. */
export const risingBlocks = (kind: Kind): string | null =>
	kind.eventDate
		? `SELECT coalesce(bool_and(last IS NULL OR first >= last), true) AS rising FROM (
			SELECT first, lag(last) OVER (ORDER BY block) AS last FROM (
				SELECT line // 100000 AS block, min(${quoted(kind.eventDate)}) AS first, max(${quoted(kind.eventDate)}) AS last FROM typed GROUP BY block))`
		: null;

/** Makes `act` for the keys that stand once: line, outcome, stored (row to end), moved (its date changes), ended_by. */
export function actTable(kind: Kind): string {
	const moved = kind.eventDate
		? `stored.${quoted(kind.eventDate)} IS DISTINCT FROM keyed.${quoted(kind.eventDate)}`
		: 'false';
	return `CREATE OR REPLACE TEMP TABLE act AS
	SELECT line, outcome, CASE WHEN outcome IN ('revised', 'withdrawn') THEN stored END AS stored,
		was_withdrawn, outcome = 'revised' AND flag = '1' AS unflagged, outcome = 'revised' AND flag = '1' AND moves AS moved,
		CAST(NULL AS VARCHAR) AS ended_by
	FROM (
		SELECT line, flag, stored.rowid AS stored, coalesce(stored.batch_to IS NOT NULL, false) AS was_withdrawn, ${moved} AS moves,
			CASE
				WHEN stored.rowid IS NULL THEN CASE WHEN flag = '1' THEN 'added' ELSE 'nothing_to_revise' END
				WHEN flag = '3' THEN CASE WHEN stored.batch_to IS NULL THEN 'withdrawn' ELSE 'unchanged' END
				WHEN ${sameContent(kind)} THEN 'unchanged'
				WHEN flag = '2' AND stored.batch_to IS NOT NULL THEN 'nothing_to_revise'
				ELSE 'revised'
			END AS outcome
		FROM keyed LEFT JOIN (SELECT rowid, * FROM fact_${kind.name} WHERE batch_to IS NULL OR ended_by = 'withdrawal') AS stored
			ON stored.township = keyed.township AND stored.fact_key = keyed.fact_key
		ANTI JOIN repeated ON repeated.township = keyed.township AND repeated.fact_key = keyed.fact_key
	)`;
}

const contentText = (kind: Kind, table: string): string =>
	`concat_ws(chr(31), ${storedFields(kind)
		.map(({ name }) => `coalesce(CAST(${table}.${quoted(name)} AS VARCHAR), chr(30))`)
		.join(', ')})`;

/** The rows of repeated keys in reading order, with their content as text. */
export const repeatedRows = (kind: Kind): string =>
	`SELECT keyed.township, keyed.fact_key, line, flag, ${contentText(kind, 'keyed')} AS content,
		${kind.eventDate ? `CAST(keyed.${quoted(kind.eventDate)} AS VARCHAR)` : 'NULL'} AS event
	FROM keyed JOIN repeated USING (township, fact_key) ORDER BY line`;

/** The stored versions of repeated keys, oldest first. */
export const repeatedHistory = (kind: Kind): string =>
	`SELECT stored.township, stored.fact_key, stored.rowid AS stored, ${contentText(kind, 'stored')} AS content,
		${kind.eventDate ? `CAST(stored.${quoted(kind.eventDate)} AS VARCHAR)` : 'NULL'} AS event,
		coalesce(ended_by LIKE 'withdrawal%', false) AS withdrawn, ended_by = 'withdrawal' OR batch_to IS NULL AS latest
	FROM (SELECT rowid, * FROM fact_${kind.name} WHERE ${standing}) AS stored JOIN repeated USING (township, fact_key)
	ORDER BY batch_from, source_id, source_line`;

/** Marks the rows of `act` that a row of their key has overtaken: a released row overrides nothing read after it. */
export const overtakenRows = (kind: Kind): string =>
	`UPDATE act SET outcome = 'overtaken', stored = NULL FROM keyed WHERE act.line = keyed.line AND EXISTS (
		FROM fact_${kind.name} AS later WHERE later.township = keyed.township AND later.fact_key = keyed.fact_key AND later.${standing}
		AND (later.source_id > $source OR (later.source_id = $source AND later.source_line > keyed.line)))`;

/**
 * Leaves alone what a line of the very same file had brought before and something read later has replaced since: reading
 * the file again tells nothing new. Binds `$earlier`, the earlier readings of this file and sheet.
 */
export const linesReadBefore = (kind: Kind): string =>
	`UPDATE act SET outcome = 'unchanged', stored = NULL, unflagged = false, moved = false, ended_by = NULL
	WHERE outcome = 'revised' AND EXISTS (FROM fact_${kind.name} AS before
		WHERE before.source_line = act.line AND list_contains(CAST($earlier AS BIGINT[]), before.source_id) AND before.${standing})`;

/** Ends the stored rows that were replaced or withdrawn. Binds `$batch`. */
export const endRows = (kind: Kind): string =>
	`UPDATE fact_${kind.name} AS stored SET batch_to = coalesce(batch_to, $batch),
		ended_by = CASE WHEN act.was_withdrawn OR (act.outcome = 'withdrawn' AND act.ended_by = 'withdrawal_revised') THEN 'withdrawal_revised'
			WHEN act.outcome = 'withdrawn' THEN 'withdrawal' ELSE 'revision' END
	FROM act WHERE stored.rowid = act.stored`;

/**
 * Inserts the rows that were added or revised, in order of their date, so that the engine can skip by date.
 * Binds `$batch` and `$source`.
 * @param allAdded whether every row is simply added, which spares the join
 * @param sorted whether the rows stand in order already
 */
export function insertRows(kind: Kind, allAdded: boolean, sorted: boolean): string {
	const names = storedFields(kind).map(({ name }) => quoted(name));
	const order = kind.eventDate && !sorted ? `ORDER BY ${quoted(kind.eventDate)}` : '';
	const made = allAdded ? 'keyed' : `keyed JOIN act USING (line) WHERE act.outcome IN ('added', 'revised')`;
	const ended = allAdded ? 'NULL, NULL' : 'CASE WHEN act.ended_by IS NOT NULL THEN $batch END, act.ended_by';
	return `INSERT INTO fact_${kind.name} (township, fact_key, ${names.join(', ')}, batch_from, batch_to, ended_by, source_id, source_line)
	SELECT township, fact_key, ${names.join(', ')}, $batch, ${ended}, $source, line FROM ${made} ${order}`;
}
