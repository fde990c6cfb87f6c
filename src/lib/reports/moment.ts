/** Which period is followed, and as of which day: by what is asked for, the clock and the facts. */
import { calendar, type Day } from '../basis/day.ts';
import { endOf, type Period, periodAt, type PeriodKind, periodsOfYear, startOf } from '../basis/period.ts';

/** What the choice of a period and a day stands on. */
export interface MomentFacts {
	/** The kind of period that the scheme scores. */
	readonly frequency: PeriodKind;
	/** The first and the last day of which there is a fact. */
	readonly reach: { readonly first: Day; readonly last: Day };
	readonly today: Day;
	readonly asked: { readonly period: Period | null; readonly asOf: Day | null };
	/** Whether the scheme is in force for a period. */
	readonly covers: (period: Period) => boolean;
}

/** The period that is looked at and the day as of which. */
export interface Moment {
	readonly period: Period;
	readonly asOf: Day;
	/** The period's last day lies before today. */
	readonly over: boolean;
	/**
	 * `past_facts`: nothing is known of the period in which today lies, so the last one with facts is shown as of its last
	 * day. `narrowed`: a longer or shorter period was asked for than the scheme scores. Null where it is the one asked for.
	 */
	readonly instead: 'past_facts' | 'narrowed' | null;
	/** The day that was asked for lies outside the period. */
	readonly moved: boolean;
}

/** Chooses the period and the day: what was asked for, else today, kept inside the period. */
export function momentOf({ frequency, reach, today, asked, covers }: MomentFacts): Moment {
	const known = periodsBetween(frequency, reach).filter(covers);
	const isKnown = (period: Period): boolean => known.some((one) => same(one, period));
	const wished = asked.asOf ?? today;
	const at = (period: Period, day: Day, instead: Moment['instead']): Moment => {
		const [start, end] = [startOf(period), endOf(period)];
		const asOf = day < start ? start : day > end ? end : day;
		return { period, asOf, over: end < today, instead, moved: asked.asOf !== null && asked.asOf !== asOf };
	};
	if (asked.period) {
		if (asked.period.kind === frequency) return at(asked.period, wished, null);
		return at(partOf(asked.period, frequency, wished, known), wished, 'narrowed');
	}
	// A day of which nothing is known is no reason to leave the running period.
	for (const day of [wished, today]) {
		const period = periodOn(frequency, day);
		if (isKnown(period)) return at(period, day, null);
	}
	const last = known.at(-1);
	return last ? at(last, endOf(last), 'past_facts') : at(periodOn(frequency, today), today, null);
}

const same = (a: Period, b: Period): boolean => startOf(a) === startOf(b) && endOf(a) === endOf(b);

/** The period of a kind in which a day lies. */
export function periodOn(kind: PeriodKind, day: Day): Period {
	const { year, month } = calendar(day);
	return periodAt(kind, year, month);
}

/** The periods of a kind that have a day in common with the facts, in order. */
function periodsBetween(kind: PeriodKind, { first, last }: MomentFacts['reach']): Period[] {
	const [from, to] = [calendar(first).year, calendar(last).year];
	return Array.from({ length: to - from + 1 }, (_, i) => periodsOfYear(kind, from + i))
		.flat()
		.filter((period) => endOf(period) >= first && startOf(period) <= last);
}

/** Of a year or half, the part in which a day lies, else the last with facts; of a shorter period, the one it is part of. */
function partOf(asked: Period, frequency: PeriodKind, day: Day, known: readonly Period[]): Period {
	const own = known.filter((one) => startOf(one) >= startOf(asked) && endOf(one) <= endOf(asked));
	return own.find((one) => same(one, periodOn(frequency, day))) ?? own.at(-1) ?? periodOn(frequency, startOf(asked));
}
