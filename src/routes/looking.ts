/** How a page asks the server: one look at the facts, through the scheme and the period that its address names. */
import { error, type RequestEvent } from '@sveltejs/kit';
import { parsePeriod, type Period } from '#lib/basis/period.ts';
import { Problem, type ProblemCode } from '#lib/basis/problem.ts';
import { problemText } from '#lib/messages/problem-text.ts';
import { type KnownPeriods, knownPeriods, type Rules, rulesFor } from '#lib/server/workflows/see-periods.ts';
import type { Look } from '#lib/server/warehouse/house.ts';

type Asked = Pick<RequestEvent, 'url' | 'locals'>;

/** What a page looks through. */
export interface View {
	readonly rules: Rules;
	readonly known: KnownPeriods;
	/** The period that is asked for, else the latest that is over; null in a home without facts. */
	readonly period: Period | null;
}

/**
 * The view that an address names.
 * @throws Problem `scheme_unknown`, `scheme_invalid`, `period_invalid`
 */
export async function viewOf(look: Look, { url, locals }: Asked): Promise<View> {
	const rules = rulesFor(look.home, url.searchParams.get('scheme'), locals.locale);
	const known = await knownPeriods(look, rules, locals.office.clock.today());
	const text = url.searchParams.get('period');
	if (text === null) return { rules, known, period: known.latest };
	const period = parsePeriod(text);
	if (!period || period.kind === 'month') throw new Problem('period_invalid', { period: text });
	return { rules, known, period };
}

/** What is asked for and is not there; all else that a reader can mend is a wrong question. */
const notThere: ReadonlySet<ProblemCode> = new Set([
	'township_unknown',
	'indicator_unknown',
	'scheme_unknown',
	'plan_unknown',
	'page_unknown'
]);

/** Runs a page's question; a problem becomes an error page that says what and how to go on. */
export async function orErrorPage<T>({ locals }: Pick<Asked, 'locals'>, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (problem) {
		if (!(problem instanceof Problem)) throw problem;
		error(notThere.has(problem.code) ? 404 : 400, { message: problemText(problem, locals.locale) });
	}
}

/** Looks at the facts for a page. */
export const looking = <T>(event: Asked, work: (look: Look, view: View) => Promise<T>): Promise<T> =>
	orErrorPage(event, () => event.locals.office.house.look(async (look) => work(look, await viewOf(look, event))));
