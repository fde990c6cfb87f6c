/**
 * Plausibility hints (数据合理性提示; rules.md, 7): patterns in what was handed in that a bureau should look at. A hint is
 * never a deduction and changes no score, rank or payment by itself; each says which rows it stands on. The thresholds
 * are readings of ours, kept here as data; shares are whole percent so that no hint hangs on a rounding.
 */
import { rateLimits } from './funnel.ts';

/** When one kind of hint is raised, for a township and a quarter. */
interface Threshold {
	/** Rows from which on the hint is raised. */
	readonly atLeast: number;
	/** And the percentage of the rows it is compared with that they must be; 0 where nothing is compared. */
	readonly percent: number;
	/** What the statement that looks for the rows binds. */
	readonly bound: Readonly<Record<string, number>>;
}

/** In the order in which they are shown. */
export const thresholds = {
	/** The register shrinks: closed within ten days before or after the end of a quarter, more than opened then. */
	register_shrinks: { atLeast: 3, percent: 2, bound: { days: 10 } },
	/** Closed and opened again within 90 days, the later of the two up to ten days after the quarter. */
	reopened: { atLeast: 1, percent: 0, bound: { days: 10, within: 90 } },
	/** Visits before a subject opened, or on the day it closed or later. */
	outside_life: { atLeast: 1, percent: 0, bound: {} },
	/** Patrols of the last three days of a quarter: evenly spread they would be one in thirty. */
	bunched: { atLeast: 5, percent: 20, bound: { days: 3 } },
	/** More than twelve patrols of one inspector in one day. */
	busy_inspector: { atLeast: 1, percent: 0, bound: { patrols: 12 } },
	/** Patrols on a day on which offices are shut. */
	closed_day: { atLeast: 1, percent: 0, bound: {} },
	/** One description of a problem, of ten characters or more, word for word at five premises or more. */
	same_text: { atLeast: 5, percent: 20, bound: { length: 10, repeats: 5 } }
} as const satisfies Readonly<Record<string, Threshold>>;

/** A hint that stands on rows of its own. */
export type RowHint = keyof typeof thresholds;

/** Every kind of hint; `few_problems` stands on a rate beside that of the peers. */
export type HintKind = RowHint | 'few_problems';

/** The hints in the order in which they are shown. */
export const hintKinds: readonly HintKind[] = [...(Object.keys(thresholds) as RowHint[]), 'few_problems'];

/**
 * Whether so many rows raise a hint.
 * @param of the rows they are compared with; null where the hint compares nothing
 */
export function isRaised(hint: RowHint, rows: number, of: number | null): boolean {
	const { atLeast, percent }: Threshold = thresholds[hint];
	return rows >= atLeast && rows * 100 >= percent * (of ?? 0);
}

/** A township's patrols of a quarter, and in how many a problem was found. */
export interface Finder {
	readonly code: string;
	/** Townships of one group are one another's peers; null for one whose peers are all. */
	readonly group: string | null;
	readonly found: number;
	readonly patrols: number;
}

/** A township that found far fewer problems than its peers: its rate lies below the 99.8 % limit around theirs. */
export interface FewProblems {
	readonly code: string;
	readonly found: number;
	readonly patrols: number;
	/** Shares of 1, for showing only. */
	readonly rate: number;
	readonly peers: number;
	readonly limit: number;
}

/**
 * The townships that found far fewer problems than their peers. A township's own patrols are not in the rate that it is
 * held against: one large township that finds nothing must not hide itself.
 */
export function findFewProblems(finders: readonly Finder[]): FewProblems[] {
	const sums = new Map<string | null, { found: number; patrols: number }>();
	const count = (group: string | null, { found, patrols }: Finder): void => {
		const before = sums.get(group) ?? { found: 0, patrols: 0 };
		sums.set(group, { found: before.found + found, patrols: before.patrols + patrols });
	};
	for (const finder of finders) {
		count(null, finder);
		if (finder.group !== null) count(finder.group, finder);
	}
	return finders.flatMap(({ code, group, found, patrols }): FewProblems[] => {
		const all = sums.get(group) ?? { found, patrols };
		const others = all.patrols - patrols;
		if (patrols === 0 || others === 0) return [];
		const [rate, peers] = [found / patrols, (all.found - found) / others];
		const limit = rateLimits(patrols, peers).alarm.lower;
		return rate < limit ? [{ code, found, patrols, rate, peers, limit }] : [];
	});
}
