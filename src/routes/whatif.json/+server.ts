import { movedInAll, shownCliff } from '#lib/whatif/answer.ts';
import { jsonResponse } from '../tables.ts';
import { whatIfTable } from '../whatif/table.ts';
import type { RequestHandler } from './$types';

/** The rules in force and the scenario beside one another, every township; never an official result. */
export const GET: RequestHandler = async (event) => {
	const { base, answer, compared, rows, ground } = await whatIfTable(event);
	const { ranks, grades, scores, more, less, money } = movedInAll(compared);
	return jsonResponse({
		official: false,
		period: base.period,
		scheme: base.scheme.id,
		version: base.scheme.version,
		plan: ground.pool === null ? null : (base.plan?.id ?? null),
		scenario: answer.scenario,
		changes: answer.moved.map(({ path, before, after }) => ({ path, before, after })),
		changed: { scores, ranks, grades, more, less },
		townships: rows,
		cliffs: compared.cliffs.map(shownCliff),
		money,
		reconciliation: answer.reconciled
	});
};
