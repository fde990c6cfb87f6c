/** 待办: what the units still have to do in a running period, and by when (rules.md, 3). */
import { type Day, isoDay } from '../../basis/day.ts';
import { endOf } from '../../basis/period.ts';
import { composeTraces } from '../../measures/compose.ts';
import type { TallyRequest } from '../../measures/request.ts';
import type { Indicator, Scheme } from '../../scoring/scheme.ts';
import { countOf, type Engine, textOf, textOrNull } from '../warehouse/engine.ts';
import { type Identified, identify } from './tally-periods.ts';

export type TaskKind = 'visit' | 'form' | 'rectification' | 'complaint' | 'mark' | 'figure';

/** Something that a unit still has to do, and by when. */
export interface Task {
	/** The first indicator of the scheme that asks for it. */
	readonly indicator: string;
	/** All indicators that it serves: one visit can count for the coverage and for the frequency. */
	readonly indicators: readonly string[];
	readonly kind: TaskKind;
	/** The id of the subject, patrol, finding or complaint; `monthly 2025-02` of a form; what a mark or figure is entered under. */
	readonly key: string;
	/** A name for the reader, where the facts have one. */
	readonly what: string;
	/** Of a form; null for all else. */
	readonly detail: { readonly form: string; readonly covers: string } | null;
	/** Null where the facts name none. */
	readonly domain: string | null;
	readonly dueOn: string;
	readonly overdue: boolean;
}

/** What a unit has left to do. The counts are of all of it, each thing once, whatever is listed. */
export interface LeftToDo {
	readonly tasks: readonly Task[];
	readonly left: Readonly<Record<TaskKind, number>>;
	readonly overdue: number;
}

export interface TaskOptions {
	/** The units whose tasks are listed; null lists those of all. */
	readonly townships?: readonly string[] | null;
	/**
	 * `urgency`: each thing to do once, what is overdue first, then by due day. `indicator`: in the order of the scheme, a
	 * thing that serves several indicators under each of them, as the sheets of the command line have it.
	 */
	readonly order?: 'urgency' | 'indicator';
}

/** Where the rows that measures leave open say what is to be done and by when, in SQL over the columns of their trace. */
interface TaskSource {
	readonly kind: TaskKind;
	readonly what: string;
	/** Null where it is due by the end of the period. */
	readonly due: string | null;
	/** Null where it has none. */
	readonly domain: string | null;
	readonly detail: string | null;
}

const visit: TaskSource = { kind: 'visit', what: 'name', due: null, domain: 'domain', detail: null };

const taskSources: Readonly<Record<string, TaskSource>> = {
	patrol_completion: visit,
	patrol_coverage: visit,
	form_timeliness: {
		kind: 'form',
		what: 'row_key',
		due: 'due_on',
		domain: null,
		detail: `{ 'form': form, 'covers': covers }`
	},
	rectification: {
		kind: 'rectification',
		what: 'coalesce(subject_name, row_key)',
		due: 'rectify_by',
		domain: 'domain',
		detail: null
	},
	complaint_closure: { kind: 'complaint', what: 'row_key', due: 'due_on', domain: null, detail: null }
};

/** An indicator that asks for things to be done, by its place in the scheme. */
interface Asking {
	readonly place: number;
	readonly asked: Identified;
}

/** A task with the places of its indicators in ascending order; one without a name has that of its indicator. */
interface PlacedTask extends Omit<Task, 'indicator' | 'indicators' | 'what'> {
	readonly places: readonly number[];
	readonly what: string | null;
}

interface Found {
	readonly tasks: PlacedTask[];
	readonly left: Record<TaskKind, number>;
	overdue: number;
}

/**
 * Lists and counts what units have left to do: one statement for each kind of task and each mark or figure, however many
 * units there are.
 * @param requests those of the scheme's indicators for the whole period, in their order
 */
export async function listTasks(
	engine: Engine,
	scheme: Scheme,
	requests: readonly TallyRequest[],
	codes: readonly string[],
	asOf: Day,
	{ townships = null, order = 'urgency' }: TaskOptions = {}
): Promise<Map<string, LeftToDo>> {
	const found = new Map(codes.map((code) => [code, nothing()]));
	const listed = townships ?? codes;
	const askings = requests
		.slice(0, scheme.indicators.length)
		.map((request, place): Asking => ({ place, asked: identify(request) }));
	const bySource = Map.groupBy(askings, ({ asked }) => taskSources[asked.measure.name]);
	for (const [source, own] of bySource) if (source) await addOpen(engine, source, own, found, listed, asOf);
	const entered = askings.filter(({ asked }) => asked.measure.name === 'mark' || asked.measure.name === 'figure');
	for (const own of Map.groupBy(entered, ({ asked }) => `${asked.measure.name} ${enteredUnder(asked)}`).values())
		await addEntered(engine, own, found, listed);
	const arranged = order === 'urgency' ? byUrgency : byIndicator;
	return new Map(
		[...found].map(([code, { tasks, left, overdue }]) => [
			code,
			{ tasks: arranged(tasks).map((task) => named(task, scheme)), left, overdue }
		])
	);
}

const nothing = (): Found => ({
	tasks: [],
	left: { visit: 0, form: 0, rectification: 0, complaint: 0, mark: 0, figure: 0 },
	overdue: 0
});

/**
 * Adds what the measures of one kind of task leave open: rows that are neither counted nor done too late. A row that
 * several measures leave open is one thing to do. The tasks of a unit come as one text: see `readTallies`.
 */
async function addOpen(
	engine: Engine,
	{ kind, what, due, domain, detail }: TaskSource,
	askings: readonly Asking[],
	found: ReadonlyMap<string, Found>,
	listed: readonly string[],
	asOf: Day
): Promise<void> {
	const [first] = askings as readonly [Asking, ...Asking[]];
	const { relations, bound } = composeTraces(
		askings.map(({ asked }) => asked),
		(base) => engine.base(base),
		[...found.keys()]
	);
	const dueOn = due === null ? '$period_end' : `CAST(${due} AS VARCHAR)`;
	const open = askings.map(
		({ place, asked }, i) => `SELECT unit, row_key, source_id, source_line, ${what} AS what, ${dueOn} AS due_on,
			${domain ?? 'NULL'} AS domain, ${detail ?? 'NULL'} AS detail, ${place} AS place
		FROM (${relations[i]}) WHERE NOT counted${asked.measure.parts.includes('late') ? ' AND NOT part_late' : ''}`
	);
	const rows = await engine.rows(
		`WITH thing AS (
			SELECT * EXCLUDE (place), list(place ORDER BY place) AS places, due_on < $as_of AS overdue,
				unit IN (SELECT unnest(CAST($listed AS VARCHAR[]))) AS listed
			FROM (${open.join(' UNION ALL ')}) GROUP BY ALL
		)
		SELECT unit, count(*) AS things, count(*) FILTER (overdue) AS overdue, CAST(to_json(list({
			'key': row_key, 'what': what, 'detail': detail, 'domain': domain, 'dueOn': due_on, 'overdue': overdue, 'places': places
		} ORDER BY source_id, source_line, row_key) FILTER (listed)) AS VARCHAR) AS tasks
		FROM thing GROUP BY unit`,
		{
			...bound,
			...(due === null ? { period_end: isoDay(endOf(first.asked.request.period)) } : {}),
			as_of: isoDay(asOf),
			listed
		}
	);
	for (const row of rows) {
		const own = found.get(textOf(row['unit']));
		if (!own) continue;
		own.left[kind] = countOf(row['things']);
		own.overdue += countOf(row['overdue']);
		const tasks = JSON.parse(textOrNull(row['tasks']) ?? '[]') as Omit<PlacedTask, 'kind'>[];
		for (const task of tasks) own.tasks.push({ kind, ...task });
	}
}

/** What a mark or figure is entered under. */
const enteredUnder = ({ request }: Identified): string => request.parameters.key ?? '';

/** Adds a mark or figure to each unit for which it was not entered yet. It can be entered up to the period's end. */
async function addEntered(
	engine: Engine,
	askings: readonly Asking[],
	found: ReadonlyMap<string, Found>,
	listed: readonly string[]
): Promise<void> {
	const [{ asked }] = askings as readonly [Asking, ...Asking[]];
	const { relations, bound } = composeTraces([asked], (base) => engine.base(base), [...found.keys()]);
	const rows = await engine.rows(`SELECT DISTINCT unit FROM (${relations.join('')})`, bound);
	const done = new Set(rows.map((row) => textOf(row['unit'])));
	const kind = asked.measure.name === 'mark' ? 'mark' : 'figure';
	const task: PlacedTask = {
		places: askings.map(({ place }) => place),
		kind,
		key: enteredUnder(asked),
		what: null,
		detail: null,
		domain: null,
		dueOn: isoDay(endOf(asked.request.period)),
		overdue: false
	};
	const shown = new Set(listed);
	for (const [code, own] of found) {
		if (done.has(code)) continue;
		own.left[kind] += 1;
		if (shown.has(code)) own.tasks.push(task);
	}
}

/** A task with its indicators by key. */
function named({ places, what, ...task }: PlacedTask, { indicators }: Scheme): Task {
	const own = places.flatMap((place) => indicators[place] ?? []);
	const [first] = own as [Indicator, ...Indicator[]];
	return { indicator: first.key, indicators: own.map(({ key }) => key), ...task, what: what ?? first.name.zh };
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const byPlace = (a: PlacedTask, b: PlacedTask): number => (a.places[0] as number) - (b.places[0] as number);

const byUrgency = (tasks: readonly PlacedTask[]): PlacedTask[] =>
	tasks.toSorted(
		(a, b) =>
			Number(b.overdue) - Number(a.overdue) ||
			byText(a.dueOn, b.dueOn) ||
			byPlace(a, b) ||
			byText(a.what ?? '', b.what ?? '')
	);

/** A task for each of its indicators; under one indicator they stay in the order of the files that they were read from. */
const byIndicator = (tasks: readonly PlacedTask[]): PlacedTask[] =>
	tasks.flatMap((task) => task.places.map((place): PlacedTask => ({ ...task, places: [place] }))).sort(byPlace);
