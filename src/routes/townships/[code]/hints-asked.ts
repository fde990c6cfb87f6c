/** The hints of a township with all of their rows, as they are downloaded. */
import type { RequestEvent } from '@sveltejs/kit';
import { periodId } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import { flagPlausibility } from '#lib/server/workflows/flag-plausibility.ts';
import { scoresSeen } from '#lib/server/workflows/see-periods.ts';
import type { Hint } from '#lib/trends/hint.ts';
import { looking } from '../../looking.ts';

/** More rows than a quarter of any township has. */
const all = 10_000_000;

export interface HintsAsked {
	readonly period: string;
	readonly code: string;
	readonly hints: readonly Hint[];
	readonly withoutCalendar: readonly string[];
}

/** @throws Problem `township_unknown` */
export const hintsAsked = (event: Pick<RequestEvent, 'url' | 'locals'>, code: string): Promise<HintsAsked> =>
	looking(event, async (look, { rules, period }) => {
		const { actor } = event.locals;
		const scores = period === null ? [] : (await scoresSeen(look, rules, period, actor)).scores;
		if (period === null || !scores.some((one) => one.code === code)) throw new Problem('township_unknown', { code });
		const { hints, withoutCalendar } = await flagPlausibility(look, rules, period, actor, all);
		return { period: periodId(period), code, hints: hints.get(code) ?? [], withoutCalendar };
	});
