/**
 * The port to an engine. Everything above it speaks this; an engine is a folder beside this file.
 * Whole numbers of 64 and 128 bits arrive as bigint, DECIMAL as text, DATE as `2025-03-05`: nothing is rounded here.
 */

/** A value that a statement binds. Days are bound as ISO text and cast in the statement. */
export type Bound = string | number | bigint | boolean | null | readonly string[] | readonly bigint[];

/** A value that a statement gives. */
export type Cell = string | number | bigint | boolean | null | readonly Cell[];

export type Row = Readonly<Record<string, Cell>>;

export interface Engine {
	readonly name: string;
	/** The version, as a seal will state it. */
	readonly version: string;
	/** The text of a base relation (`bases/NAME.sql`). Throws for an unknown name: never an empty relation. */
	base(name: string): string;
	/** The text of one of the engine's own fixed statements (`statements/NAME.sql`). */
	statement(name: string): string;
	/** Runs a statement and gives the number of rows it changed. */
	run(sql: string, bound?: Readonly<Record<string, Bound>>): Promise<number>;
	/** Runs a statement and gives its rows. */
	rows(sql: string, bound?: Readonly<Record<string, Bound>>): Promise<Row[]>;
	/** Appends rows of text (null is NULL) to a table whose columns are all VARCHAR. */
	appendText(table: string, rows: Iterable<readonly (string | null)[]>): Promise<void>;
	/** Runs `work` in one transaction: all of it, or nothing. */
	transaction<T>(work: () => Promise<T>): Promise<T>;
	/**
	 * Keeps a result that can be computed again, for those who ask next. An engine that only looks hands the work to the
	 * one that acts: then it is done soon, and not before this returns.
	 */
	keep(work: (engine: Engine) => Promise<void>): Promise<void>;
	/** Stops the statement that runs, if one does; it then throws. */
	interrupt(): void;
	/** A further connection to the same warehouse: it sees what is committed, and works beside this one. */
	another(): Promise<Engine>;
	close(): Promise<void>;
}

/** A cell that must be text. */
export const textOf = (cell: Cell | undefined): string => {
	if (typeof cell !== 'string') throw new TypeError(`expected text, got ${typeof cell}`);
	return cell;
};

/** A cell that is text or null. */
export const textOrNull = (cell: Cell | undefined): string | null => (cell == null ? null : textOf(cell));

/** A count. Throws beyond 2^53, which no count of rows reaches. */
export const countOf = (cell: Cell | undefined): number => {
	const count = typeof cell === 'bigint' ? Number(cell) : cell;
	if (typeof count !== 'number' || !Number.isSafeInteger(count))
		throw new TypeError(`expected a count, got ${String(cell)}`);
	return count;
};
