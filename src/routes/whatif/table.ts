/** The what-if as a table for other programs: the same parameters as the page, every line. */
import type { RequestEvent } from '@sveltejs/kit';
import { Problem } from '#lib/basis/problem.ts';
import { findingText } from '#lib/messages/finding-text.ts';
import {
	type Answer,
	answerScenario,
	orderedUnits,
	type ShownUnit,
	shownUnit,
	whatIfOrder
} from '#lib/whatif/answer.ts';
import type { Compared } from '#lib/whatif/compare.ts';
import { looking } from '../looking.ts';
import { readWhatIf, requirePeriod, type WhatIfAsked } from './asked.ts';

export interface WhatIfTable extends WhatIfAsked {
	readonly answer: Answer;
	readonly compared: Compared;
	/** In the order of the address. */
	readonly rows: readonly ShownUnit[];
}

/** The table that an address asks for; anything that is wrong with it is an error page here, where no form is. */
export const whatIfTable = (event: Pick<RequestEvent, 'url' | 'locals'>): Promise<WhatIfTable> =>
	looking(event, async (look, view) => {
		const { url, locals } = event;
		const asked = await readWhatIf(look, view, requirePeriod(view), url, locals);
		const { pool, plan } = asked.funds.wrong;
		if (pool ?? plan) throw pool ?? plan;
		const answer = answerScenario(asked.ground, url.searchParams.get('s') ?? '');
		const [fault] = answer.faults;
		if (answer.refused.length > 0) throw new Problem('scenario_invalid', { pieces: answer.refused.join('; ') });
		if (fault) throw new Problem('scenario_unsound', { first: findingText(fault, locals.locale) });
		if (answer.problem) throw answer.problem;
		const { compared } = answer;
		if (!compared) throw new Problem('scenario_unsound', { first: '' });
		const order = whatIfOrder(url.searchParams.get('sort'));
		return { ...asked, answer, compared, rows: orderedUnits(compared.units, order).map(shownUnit) };
	});
