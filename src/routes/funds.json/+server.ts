import { fundsTable } from '../funds/table.ts';
import { jsonResponse } from '../tables.ts';
import type { RequestHandler } from './$types';

/** The sheet as `allocate --json` gives it, with the names of scheme, plan and tranches, the account and the comparison. */
export const GET: RequestHandler = async (event) => {
	const { scheme, plan, compare, report, rows } = await fundsTable(event);
	const { fund, totals, reconciliation, comparison } = report;
	const byCode = new Map(fund.townships.map((township) => [township.code, township]));
	return jsonResponse({
		...fund,
		schemeName: scheme.name,
		planName: plan.name,
		planVersion: plan.version,
		trancheNames: Object.fromEntries(plan.tranches.map(({ key, name }) => [key, name])),
		townships: rows.map(({ code, score, grade, provisional, difference }) => ({
			...byCode.get(code),
			score,
			grade,
			provisional,
			...(compare ? { difference } : {})
		})),
		totals,
		reconciliation,
		...(compare ? { compare: { plan: compare.id, planName: compare.name, ...comparison } } : {})
	});
};
