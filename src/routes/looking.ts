/** How a page asks the server: one look at the facts, through the scheme and the period that its address names. */
import { error, type RequestEvent } from '@sveltejs/kit';
import type { Day } from '#lib/basis/day.ts';
import { parsePeriod, period, type Period } from '#lib/basis/period.ts';
import { Problem, type ProblemCode } from '#lib/basis/problem.ts';
import { problemText } from '#lib/messages/problem-text.ts';
import { chooseMoment } from '#lib/server/workflows/follow-progress.ts';
import { requireUnchanged } from '#lib/server/workflows/published-schemes.ts';
import { type KnownPeriods, knownPeriods, type Rules, rulesAt, rulesFor } from '#lib/server/workflows/see-periods.ts';
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
 * @throws Problem `scheme_unknown`, `scheme_invalid`, `version_changed`, `version_unrecorded`, `period_invalid`
 */
export async function viewOf(look: Look, asked: Asked): Promise<View> {
	const view = await latestView(look, asked);
	return view.period ? { ...view, rules: rulesAt(view.rules, view.period) } : view;
}

/** The view, still through the latest version of the scheme. */
async function latestView(look: Look, { url, locals }: Asked): Promise<View> {
	const rules = rulesFor(look.home, url.searchParams.get('scheme'), locals.locale);
	await requireUnchanged(look, rules.scheme.id);
	const today = locals.office.clock.today();
	const known = await knownPeriods(look, rules, today);
	const text = url.searchParams.get('period');
	if (text === null) return { rules, known, period: firstShown(url.pathname, rules, known, today) };
	const named = parsePeriod(text);
	if (!named || named.kind === 'month') throw new Problem('period_invalid', { period: text });
	return { rules, known, period: named };
}

/** What a page shows whose address names no period: the running one, the last year that can be paid, else the last that is over. */
function firstShown(path: string, rules: Rules, known: KnownPeriods, today: Day): Period | null {
	if (path.startsWith('/progress'))
		return chooseMoment(rules, known, today, { period: null, asOf: null })?.period ?? known.latest;
	if (path.startsWith('/funds')) {
		const years = known.years.map((year) => period('year', year, 1));
		return years.findLast((year) => known.stateOf(year) === 'done') ?? known.latest;
	}
	return known.latest;
}

/** What is asked for and is not there; all else that a reader can mend is a wrong question. */
const notThere: ReadonlySet<ProblemCode> = new Set([
	'township_unknown',
	'indicator_unknown',
	'scheme_unknown',
	'draft_unknown',
	'plan_unknown',
	'page_unknown',
	'waiting_unknown',
	'evidence_unknown'
]);

/** Runs a page's question; a problem becomes an error page that says what and how to go on. */
async function orErrorPage<T>({ locals }: Pick<Asked, 'locals'>, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (problem) {
		if (!(problem instanceof Problem)) throw problem;
		error(notThere.has(problem.code) ? 404 : 400, { message: problemText(problem, locals.locale) });
	}
}

/** Looks at a home for a page that needs no scheme: it must stand also where the scheme in use cannot be read. */
export const lookingAtHome = <T>(event: Pick<Asked, 'locals'>, work: (look: Look) => Promise<T>): Promise<T> =>
	orErrorPage(event, () => event.locals.office.house.look(work));

/** Looks at the facts for a page. */
export const looking = <T>(event: Asked, work: (look: Look, view: View) => Promise<T>): Promise<T> =>
	orErrorPage(event, () => event.locals.office.house.look(async (look) => work(look, await viewOf(look, event))));
