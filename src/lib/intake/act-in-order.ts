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

type Event = string | null;

/** What happened to a key: a content for each version, null for each withdrawal. */
const eventsOf = (history: readonly StoredVersion[]): Event[] =>
	history.flatMap(({ content, withdrawn }) => (withdrawn ? [content, null] : [content]));

function stateAfter(events: readonly Event[]): State | null {
	const content = events.findLast((event) => event !== null);
	return content === undefined ? null : { content, withdrawn: events.at(-1) === null, by: null };
}

interface Played {
	readonly events: readonly Event[];
	readonly outcomes: readonly Outcome[];
	readonly endings: ReadonlyMap<number, Ending>;
}

/** Lets rows act on a state, one after the other. */
function play(start: State | null, rows: readonly KeyedRow[]): Played {
	const events: Event[] = [];
	const outcomes: Outcome[] = [];
	const endings = new Map<number, Ending>();
	let state = start;
	for (const { line, flag, content } of rows) {
		const [outcome, next] = act(state, flag, content, line);
		outcomes.push(outcome);
		if (outcome === 'withdrawn') events.push(null);
		else if (next !== state) events.push(content);
		if (next !== state && state?.by != null)
			endings.set(
				state.by,
				state.withdrawn ? 'withdrawal_revised' : outcome === 'withdrawn' ? 'withdrawal' : 'revision'
			);
		state = next;
	}
	return { events, outcomes, endings };
}

/**
 * Whether the stored history ends with just what these rows tell: then the file was read before, and nothing of it is
 * new. Gives how its rows came out when they were new.
 */
function retold(history: readonly StoredVersion[], rows: readonly KeyedRow[]): Played | null {
	const events = eventsOf(history);
	for (let before = 0; before < events.length; before++) {
		const played = play(stateAfter(events.slice(0, before)), rows);
		const ending = events.slice(before);
		if (played.events.length === ending.length && played.events.every((event, i) => event === ending[i])) return played;
	}
	return null;
}

/** Settles the rows of one key of one file, given in reading order, against the stored versions of that key. */
export function actInOrder(history: readonly StoredVersion[], rows: readonly KeyedRow[]): Acted[] {
	const unflagged = rows.filter(({ flag }) => flag === '1');
	const conflicting = new Set(unflagged.map(({ content }) => content)).size > 1;
	const acting = conflicting ? rows.filter(({ flag }) => flag !== '1') : rows;
	const told = retold(history, acting);
	const played = told ?? play(stateAfter(eventsOf(history)), acting);
	return rows.map((row) => {
		const outcome = played.outcomes[acting.indexOf(row)] ?? 'conflicting_rows';
		const again = told !== null && outcome !== 'nothing_to_revise' && outcome !== 'conflicting_rows';
		return {
			line: row.line,
			outcome: again ? 'unchanged' : outcome,
			endedBy: told ? null : (played.endings.get(row.line) ?? null)
		};
	});
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
