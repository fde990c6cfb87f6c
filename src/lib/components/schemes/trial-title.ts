/** The sentences of a trial: who would have moved, by how much. */
import type { Bilingual } from '#lib/basis/codes.ts';
import { grouped, signedAmount } from '#lib/browser/figures.ts';
import { listed, said, sentences } from '#lib/components/funds/words.ts';
import { periodName } from '#lib/messages/period-name.ts';
import * as m from '#lib/paraglide/messages.js';
import { type TrialPeriod, type TrialRow, trialSummary } from '#lib/reports/trial.ts';

/** The whole period in one sentence. */
export function trialTitle(trial: TrialPeriod): string {
	const { units, up, down, ranks, grades } = trialSummary(trial);
	const facts = { period: periodName(trial.period), units: String(units) };
	if (up + down + ranks + grades.length === 0) return m.trial_title_same(facts);
	return m.trial_title({
		...facts,
		up: String(up),
		down: String(down),
		ranks: String(ranks),
		grades: String(grades.length)
	});
}

/** Names in a sentence; more are only counted. */
const namedAtMost = 5;

/** Who moved most, whose grade changes, and the money where a pool is shared. */
export function trialDetails(
	trial: TrialPeriod,
	fund: { readonly plan: Bilingual; readonly pool: string } | null
): string {
	const { climber, faller, grades, amounts, gains, loses } = trialSummary(trial);
	const place = ({ name, before, after }: TrialRow): { name: string; before: string; after: string } => ({
		name,
		before: String(before.rank),
		after: String(after.rank)
	});
	const changes = grades
		.slice(0, namedAtMost)
		.map(({ name, before, after }) => m.trial_grade({ name, before: before.grade, after: after.grade }));
	const more = grades.length > namedAtMost ? m.trial_grades_more({ count: String(grades.length) }) : '';
	return sentences([
		...(climber ? [m.trial_climber(place(climber))] : []),
		...(faller ? [m.trial_faller(place(faller))] : []),
		...(grades.length > 0 ? [m.trial_grades({ changes: listed(changes) + more })] : []),
		...(fund ? [m.trial_money({ plan: said(fund.plan), pool: grouped(fund.pool), count: String(amounts) })] : []),
		...(gains ? [m.trial_money_gains({ name: gains.name, amount: signedAmount(gains.dueMoved ?? '0') })] : []),
		...(loses ? [m.trial_money_loses({ name: loses.name, amount: signedAmount(loses.dueMoved ?? '0') })] : [])
	]);
}
