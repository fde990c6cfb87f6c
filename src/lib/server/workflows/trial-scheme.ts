/** 试算: a draft over the past periods, beside the scores that they have. Nothing is kept by it. */
import type { Plan } from '../../allocation/plan.ts';
import { type Actor, inLocale, type Locale } from '../../basis/codes.ts';
import type { Day } from '../../basis/day.ts';
import { type Fen, formatYuan } from '../../basis/fen.ts';
import { type Period, period, periodId, periodsOfYear } from '../../basis/period.ts';
import { type TrialPeriod, trialRow, type TrialSide } from '../../reports/trial.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import { scoreText } from '../../scoring/score.ts';
import { usable } from '../schemes/load.ts';
import type { Look } from '../warehouse/house.ts';
import { allocateFund } from './allocate-fund.ts';
import type { PeriodResult } from './score-period.ts';
import { identityOf, knownPeriods, type Rules, rulesFor, scoresBeside } from './see-periods.ts';
import { draftName, schemeDocument } from './show-scheme.ts';

/** A pool that is shared on the scores of a period, to see what the draft would have cost whom. */
export interface TrialFund {
	readonly plan: Plan;
	readonly pool: Fen;
}

/** The draft as rules for any period whatever: when it begins is of no account for a trial. */
function trialRules(draft: Scheme): Rules {
	const scheme = { ...draft, periods: { from: null, to: null }, otherVersions: [] };
	return { scheme, identity: `trial ${identityOf(scheme)}`, pinned: true, known: [] };
}

/**
 * The past periods of which a trial can be made: the years and their parts that are over and were scored; the latest
 * first, each year before its parts.
 */
export async function trialPeriods(look: Look, rules: Rules, today: Day): Promise<Period[]> {
	const known = await knownPeriods(look, rules, today);
	const { frequency } = rules.scheme;
	return [...known.years].reverse().flatMap((year) => {
		const parts = (frequency === 'year' ? [] : periodsOfYear(frequency, year)).filter(
			(part) => known.stateOf(part) === 'done' && known.covers(part)
		);
		const whole = period('year', year, 1);
		const isOver = known.stateOf(whole) === 'done' && (frequency === 'year' ? known.covers(whole) : parts.length > 0);
		return [...(isOver ? [whole] : []), ...parts.reverse()];
	});
}

/**
 * The scheme's rules and its draft, ready for a trial.
 * @throws Problem `draft_unknown`, `scheme_unknown`; `scheme_invalid` where the draft has errors
 */
export function rulesOfTrial(home: string, id: string, locale: Locale): { official: Rules; draft: Rules } {
	const document = schemeDocument(home, id, draftName);
	const { scheme } = usable(document, 'scheme_invalid', document.file, locale);
	return { official: rulesFor(home, id, locale), draft: trialRules(scheme) };
}

/** A period by both; null where there was nobody to score. */
export async function tryPeriod(
	look: Look,
	{ official, draft }: { readonly official: Rules; readonly draft: Rules },
	at: Period,
	fund: TrialFund | null,
	{ locale, actor }: { readonly locale: Locale; readonly actor: Actor }
): Promise<TrialPeriod | null> {
	const before = await scoresBeside(look, official, at, actor);
	const after = await scoresBeside(look, draft, at, actor);
	if (!before || !after) return null;
	const [duesBefore, duesAfter] = [await duesOf(look, before, fund, actor), await duesOf(look, after, fund, actor)];
	const later = new Map(after.scores.map((score) => [score.code, score]));
	const rows = before.scores.flatMap((score) => {
		const changed = later.get(score.code);
		if (!changed) return [];
		const side = (one: typeof score, { scheme }: PeriodResult, dues: ReadonlyMap<string, string>): TrialSide => {
			const grade = scheme.grades.find(({ key }) => key === one.grade);
			return {
				score: scoreText(one.score),
				rank: one.rank,
				grade: grade ? inLocale(grade.name, locale) : '—',
				due: dues.get(one.code) ?? null
			};
		};
		return [trialRow(score.code, score.name, side(score, before, duesBefore), side(changed, after, duesAfter))];
	});
	const byRank = rows.sort(
		(a, b) => (a.after.rank ?? Infinity) - (b.after.rank ?? Infinity) || (a.code < b.code ? -1 : 1)
	);
	return { period: periodId(at), version: before.scheme.version, rows: byRank };
}

/** What each township would get, in yuan by its code. */
async function duesOf(
	look: Look,
	scored: PeriodResult,
	fund: TrialFund | null,
	actor: Actor
): Promise<ReadonlyMap<string, string>> {
	if (!fund) return new Map();
	const { scheme, period: at } = scored;
	const options = { scheme, ...fund, period: at, advances: new Map<string, Fen>(), scored };
	const { allocation } = await allocateFund(look, options, actor);
	return new Map(allocation.payments.map(({ code, due }) => [code, formatYuan(due)]));
}
