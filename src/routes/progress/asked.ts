/** What the address of the running period asks for: the period, the day as of which, the township. */
import { type Day, parseIsoDay } from '#lib/basis/day.ts';
import { Problem } from '#lib/basis/problem.ts';
import { periodId } from '#lib/basis/period.ts';
import { type Moment, periodOn } from '#lib/reports/moment.ts';
import { chooseMoment } from '#lib/server/workflows/follow-progress.ts';
import type { View } from '../looking.ts';

/** `?as_of=2026-11-25`; `wrong` is the text where it is no day. */
function dayOf(url: URL): { asOf: Day | null; wrong: string | null } {
	const text = url.searchParams.get('as_of') ?? '';
	const asOf = parseIsoDay(text);
	return { asOf, wrong: text !== '' && asOf === null ? text : null };
}

/** The moment that an address names; null in a home without facts. */
export function momentAsked(
	url: URL,
	{ rules, known, period }: View,
	today: Day
): { moment: Moment | null; wrong: string | null } {
	const { asOf, wrong } = dayOf(url);
	// Without one in the address the view's period is the last that is over; here the running one is meant.
	const asked = { period: url.searchParams.has('period') ? period : null, asOf };
	return { moment: chooseMoment(rules, known, today, asked), wrong };
}

/**
 * The moment for a table: a program is told of a wrong day, where a page says so and goes on.
 * @throws Problem `day_invalid`, `day_outside_period`, and `no_townships` in a home without facts
 */
export function momentFor(url: URL, view: View, today: Day): Moment {
	const { moment, wrong } = momentAsked(url, view, today);
	if (wrong !== null) throw new Problem('day_invalid', { day: wrong });
	if (!moment) throw new Problem('no_townships', { period: periodId(periodOn(view.rules.scheme.frequency, today)) });
	if (moment.moved)
		throw new Problem('day_outside_period', {
			day: url.searchParams.get('as_of') ?? '',
			period: periodId(moment.period)
		});
	return moment;
}

/** `?township=320411105`; null where none is named. */
export const townshipAsked = (url: URL): string | null => url.searchParams.get('township') || null;
