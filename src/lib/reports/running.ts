/** The running period as pages show it: how far it is, what may become of it, what is left. Shapes and pure steps. */
import type { Bilingual } from '../basis/codes.ts';
import { addDays, type Day } from '../basis/day.ts';
import { decimal, divide, multiply, subtract, toFixed, whole } from '../basis/fraction.ts';
import { meanOf } from './leadership.ts';

export const taskKinds = ['visit', 'form', 'rectification', 'complaint', 'mark', 'figure'] as const;
export type TaskKind = (typeof taskKinds)[number];

/** What is due within so many days is urgent. */
export const urgentDays = 7;

/** How much of something is done. Exact counts as text; the percentage has two decimals. */
export interface Share {
	readonly done: string;
	readonly due: string;
	readonly percent: string;
}

export type Counts = Readonly<Record<TaskKind, number>>;

export interface RunningUnit {
	readonly code: string;
	readonly name: string;
	/** 按现状预计得分 and 最高可得分, four decimals; null where everything is excluded. */
	readonly expected: string | null;
	readonly best: string | null;
	/** What can still be won: their difference. */
	readonly room: string | null;
	/** Null where nothing has to be visited. */
	readonly coverage: Share | null;
	readonly left: Counts;
	readonly overdue: number;
}

/** Of one kind of task, the townships in which some of it is overdue or soon due, those with most first. */
export interface UrgentKind {
	readonly kind: TaskKind;
	readonly overdue: number;
	readonly soon: number;
	readonly townships: readonly {
		readonly code: string;
		readonly name: string;
		readonly overdue: number;
		readonly soon: number;
	}[];
}

export interface RunningReport {
	readonly period: string;
	readonly asOf: string;
	/** 序时进度 in percent, two decimals. */
	readonly elapsed: string;
	readonly day: number;
	readonly days: number;
	/** Mean of the expected scores, one decimal; null where nobody has one. */
	readonly mean: string | null;
	readonly coverage: Share | null;
	readonly left: Counts;
	readonly overdue: number;
	/** The kinds of task that the scheme asks for: a kind it does not ask for is not shown as done. */
	readonly kinds: readonly TaskKind[];
	readonly units: readonly RunningUnit[];
	readonly urgent: readonly UrgentKind[];
}

/** One thing to do, in words. */
export interface TaskRow {
	readonly kind: TaskKind;
	readonly key: string;
	readonly what: Bilingual;
	readonly form: { readonly form: string; readonly covers: string } | null;
	readonly domain: Bilingual | null;
	/** ISO day. */
	readonly dueOn: string;
	readonly overdue: boolean;
	/** Days until it is due; negative where it is overdue. */
	readonly days: number;
	readonly indicators: readonly Bilingual[];
}

/** A unit's tasks of one kind, the most urgent first. */
export interface TaskGroup {
	readonly kind: TaskKind;
	readonly total: number;
	readonly overdue: number;
	/** The indicators that these tasks serve, and the key of the first. */
	readonly indicators: readonly Bilingual[];
	readonly indicator: string;
	readonly rows: readonly TaskRow[];
}

/** A count for each kind. */
export const countsOf = (of: (kind: TaskKind) => number): Counts => ({
	visit: of('visit'),
	form: of('form'),
	rectification: of('rectification'),
	complaint: of('complaint'),
	mark: of('mark'),
	figure: of('figure')
});

/** The counts of all together. */
export const totalLeft = (counts: readonly Counts[]): Counts =>
	countsOf((kind) => counts.reduce((sum, left) => sum + left[kind], 0));

/** Marks and figures are entered by hand: they stand together in tables. */
export const entered = ({ mark, figure }: Counts): number => mark + figure;

/** `n` of `d` as a share; null of nothing. */
export function shareOf(n: bigint, d: bigint): Share | null {
	if (d === 0n) return null;
	return { done: String(n), due: String(d), percent: toFixed({ n: n * 100n, d }, 2) };
}

/** Shares taken together. */
export const pooledShare = (shares: readonly (Share | null)[]): Share | null =>
	shareOf(
		shares.reduce((sum, share) => sum + BigInt(share?.done ?? 0), 0n),
		shares.reduce((sum, share) => sum + BigInt(share?.due ?? 0), 0n)
	);

/** What can still be won: four decimals; null where there is no score. */
export const roomBetween = (expected: string | null, best: string | null): string | null =>
	expected === null || best === null ? null : toFixed(subtract(decimal(best), decimal(expected)), 4);

/** The mean of scores given with four decimals, rounded to one; null of none. */
export function meanScore(scores: readonly (string | null)[]): string | null {
	const mean = meanOf(scores.flatMap((score) => (score === null ? [] : [decimal(score)])));
	return mean && toFixed(mean, 1);
}

/**
 * How far the patrols are ahead of the calendar, in percentage points: days passed of days against visits of premises.
 * Exact, then rounded to two decimals: the difference of two rounded figures may be off by one.
 * @returns negative where they are behind
 */
export function aheadOf({ done, due }: Share, day: number, days: number): string {
	const covered = divide(decimal(done), decimal(due));
	return toFixed(multiply(subtract(covered, divide(whole(day), whole(days))), whole(100)), 2);
}

/** The kinds of task with something urgent, each with the townships concerned: most overdue first, then most soon due. */
export function urgentOf(
	counts: readonly {
		readonly code: string;
		readonly name: string;
		readonly overdue: Counts;
		readonly soon: Counts;
	}[]
): UrgentKind[] {
	return taskKinds.flatMap((kind): UrgentKind[] => {
		const townships = counts
			.map(({ code, name, overdue, soon }) => ({ code, name, overdue: overdue[kind], soon: soon[kind] }))
			.filter(({ overdue, soon }) => overdue > 0 || soon > 0)
			.sort((a, b) => b.overdue - a.overdue || b.soon - a.soon || (a.code < b.code ? -1 : 1));
		if (townships.length === 0) return [];
		return [
			{
				kind,
				overdue: townships.reduce((sum, one) => sum + one.overdue, 0),
				soon: townships.reduce((sum, one) => sum + one.soon, 0),
				townships
			}
		];
	});
}

/** The last day that counts as soon, seen from a day. */
export const soonUntil = (asOf: Day): Day => addDays(asOf, urgentDays);

/** Puts rows into groups by kind, in the order of the kinds; of each group at most so many rows are kept. */
export function groupTasks(tasks: readonly (TaskRow & { readonly indicator: string })[], most = Infinity): TaskGroup[] {
	return taskKinds.flatMap((kind): TaskGroup[] => {
		const own = tasks.filter((task) => task.kind === kind);
		const [first] = own;
		if (!first) return [];
		const indicators = new Map(own.flatMap((task) => task.indicators.map((name) => [name.zh, name])));
		return [
			{
				kind,
				total: own.length,
				overdue: own.filter(({ overdue }) => overdue).length,
				indicators: [...indicators.values()],
				indicator: first.indicator,
				rows: own.slice(0, most)
			}
		];
	});
}

/** The groups with something overdue first, then by the day on which the first of each is due. */
export const byUrgency = (groups: readonly TaskGroup[]): TaskGroup[] =>
	groups.toSorted(
		(a, b) => Number(b.overdue > 0) - Number(a.overdue > 0) || (a.rows[0]?.days ?? 0) - (b.rows[0]?.days ?? 0)
	);
