import * as m from '#lib/paraglide/messages.js';
import { lookingAtHome } from '../../../looking.ts';
import { csvResponse } from '../../../tables.ts';
import { askedTrial } from '../trial/asked.ts';
import type { RequestHandler } from './$types';

/** A line a township and period. */
export const GET: RequestHandler = (event) =>
	lookingAtHome(event, async (look) => {
		const { shared, chosen, others } = await askedTrial(look, event, true);
		const pair = (what: string): string[] => [m.trial_column_before({ what }), m.trial_column_after({ what })];
		const moved = (what: string): string => m.trial_column_moved({ what });
		const [score, rank, due] = [m.trial_column_score(), m.trial_column_rank(), m.trial_column_due()];
		const head = [
			m.trial_period(),
			m.funds_column_code(),
			m.column_township(),
			...pair(score),
			moved(score),
			...pair(rank),
			...pair(m.trial_column_grade()),
			...(shared === null ? [] : [...pair(due), moved(due)])
		];
		const lines = [...(chosen ? [chosen] : []), ...others].flatMap(({ period, rows }) =>
			rows.map(({ code, name, before, after, scoreMoved, dueMoved }) => [
				period,
				code,
				name,
				before.score,
				after.score,
				scoreMoved,
				before.rank === null ? null : String(before.rank),
				after.rank === null ? null : String(after.rank),
				before.grade,
				after.grade,
				...(shared === null ? [] : [before.due, after.due, dueMoved])
			])
		);
		return csvResponse(`trial-${event.params.id}`, [head, ...lines]);
	});
