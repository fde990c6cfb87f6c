/**
 * What rows of one key do, in the order in which they are read (rules.md, 2, Revision). The engine settles keys that
 * stand once in a file by itself with the same rules; this settles the others, where one row acts on another.
 */

/** A row as read: its 修改标志 (none is 1) and its content in canonical form. */
export interface KeyedRow {
	readonly line: number;
	readonly flag: '1' | '2' | '3';
	readonly content: string;
}

/** A version of the key that is stored already, oldest first; the last one is current unless `withdrawn`. */
export interface StoredVersion {
	readonly content: string;
	readonly withdrawn: boolean;
}

export type Outcome = 'added' | 'revised' | 'withdrawn' | 'unchanged' | 'nothing_to_revise' | 'conflicting_rows';

/** `withdrawal_revised` is a withdrawn version that was replaced since: it is no longer the latest of its key. */
export type Ending = 'revision' | 'withdrawal' | 'withdrawal_revised';

export interface Acted {
	readonly line: number;
	readonly outcome: Outcome;
	/**
	 * How a later row of the same file ended the version that this row made, null while it is current. On a row that
	 * withdrew a stored version: `withdrawal_revised` when a later row of the file put another one in its place.
	 */
	readonly endedBy: Ending | null;
}

/** The latest state of a key: its content, and whether it was withdrawn. */
interface State {
	content: string;
	withdrawn: boolean;
	/** The line of this file that made or withdrew it; null when it was so before. */
	by: number | null;
}

/** Whether these rows, with their flags, are just how the stored history ends: then the file was read before. */
function retold(history: readonly StoredVersion[], rows: readonly KeyedRow[]): boolean {
	const events = history.flatMap(({ content, withdrawn }) => (withdrawn ? [content, null] : [content]));
	const told = rows.map(({ flag, content }) => (flag === '3' ? null : content));
	if (told.length > events.length) return false;
	return told.every((event, i) => event === events[events.length - told.length + i]);
}

/** Settles the rows of one key of one file, given in reading order, against the stored versions of that key. */
export function actInOrder(history: readonly StoredVersion[], rows: readonly KeyedRow[]): Acted[] {
	const unflagged = rows.filter(({ flag }) => flag === '1');
	const conflicting = new Set(unflagged.map(({ content }) => content)).size > 1;
	const acting = conflicting ? rows.filter(({ flag }) => flag !== '1') : rows;
	const outcomes = new Map<number, Outcome>(
		conflicting ? unflagged.map(({ line }) => [line, 'conflicting_rows' as const]) : []
	);
	const ended = new Map<number, Ending>();

	if (retold(history, dropRepeats(acting))) for (const { line } of acting) outcomes.set(line, 'unchanged');
	else {
		const last = history.at(-1);
		let state: State | null = last ? { ...last, by: null } : null;
		for (const { line, flag, content } of acting) {
			const [outcome, next] = act(state, flag, content, line);
			outcomes.set(line, outcome);
			if (next !== state && state?.by != null)
				ended.set(
					state.by,
					state.withdrawn ? 'withdrawal_revised' : outcome === 'withdrawn' ? 'withdrawal' : 'revision'
				);
			state = next;
		}
	}
	return rows.map(({ line }) => ({
		line,
		outcome: outcomes.get(line) ?? 'unchanged',
		endedBy: ended.get(line) ?? null
	}));
}

/** Equal unflagged rows repeat one another; only the first tells anything. */
function dropRepeats(rows: readonly KeyedRow[]): KeyedRow[] {
	return rows.filter((row, i) => row.flag !== '1' || rows[i - 1]?.content !== row.content || rows[i - 1]?.flag === '3');
}

function act(state: State | null, flag: '1' | '2' | '3', content: string, line: number): [Outcome, State | null] {
	if (flag === '1') {
		if (state === null) return ['added', { content, withdrawn: false, by: line }];
		if (state.content === content) return ['unchanged', state];
		return ['revised', { content, withdrawn: false, by: line }];
	}
	if (flag === '2') {
		if (state === null) return ['nothing_to_revise', state];
		if (state.content === content) return ['unchanged', state];
		if (state.withdrawn) return ['nothing_to_revise', state];
		return ['revised', { content, withdrawn: false, by: line }];
	}
	if (state === null) return ['nothing_to_revise', state];
	if (state.withdrawn) return ['unchanged', state];
	return ['withdrawn', { ...state, withdrawn: true, by: state.by ?? line }];
}
