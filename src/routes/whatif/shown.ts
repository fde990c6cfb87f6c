/** An answer as the page shows it: one page of the table, some of the lines crossed, all sums. */
import { faultText, moneyProblemText, type WhatIfNames } from '#lib/messages/whatif-words.ts';
import { type Answer, movedInAll, orderedUnits, shownCliff, shownUnit, whatIfOrder } from '#lib/whatif/answer.ts';
import { pageOf } from '../ranking.ts';

/** Lines crossed that are listed: more are counted, and stand in the table that can be downloaded. */
const listedCliffs = 12;

export function shownWhatIf(answer: Answer, url: URL, names: WhatIfNames) {
	const { compared, moved, refused, faults, problem, reconciled, scenario } = answer;
	const order = whatIfOrder(url.searchParams.get('sort'));
	const of = compared && pageOf(orderedUnits(compared.units, order), url);
	return {
		scenario,
		moved,
		refused,
		faults: faults.map((fault) => faultText(fault, names)),
		problem: problem && moneyProblemText(problem, names),
		order,
		table: of && { ...of, rows: of.rows.map(shownUnit) },
		all: compared && movedInAll(compared),
		cliffs: compared && {
			listed: compared.cliffs.slice(0, listedCliffs).map(shownCliff),
			more: Math.max(0, compared.cliffs.length - listedCliffs)
		},
		reconciled
	};
}
