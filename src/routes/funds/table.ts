/** The sheet as a table for other programs: the same parameters as the page, every line. */
import type { RequestEvent } from '@sveltejs/kit';
import type { Plan } from '#lib/allocation/plan.ts';
import { Problem } from '#lib/basis/problem.ts';
import { type PaymentRow, paymentOrder, sortedPayments } from '#lib/reports/finance.ts';
import type { Scheme } from '#lib/scoring/scheme.ts';
import type { FundsReport } from '#lib/server/workflows/show-funds.ts';
import { looking } from '../looking.ts';
import { answer, readAsked } from './asking.ts';

export interface FundsTable {
	readonly scheme: Scheme;
	readonly plan: Plan;
	readonly compare: Plan | null;
	readonly report: FundsReport;
	/** In the order of the address. */
	readonly rows: readonly PaymentRow[];
}

/**
 * The sheet that an address asks for; anything that is wrong with it is an error page here, where no form is.
 */
export const fundsTable = (event: Pick<RequestEvent, 'url' | 'locals'>): Promise<FundsTable> =>
	looking(event, async (look, view) => {
		const { url, locals } = event;
		if (view.period === null) throw new Problem('no_townships', { period: '—' });
		const asked = await readAsked(look, view, view.period, url, locals.locale);
		const [wrong] = Object.values(asked.wrong);
		if (wrong) throw wrong;
		const { report, problem, compareProblem } = await answer(look, view, asked, locals.actor);
		if (problem ?? compareProblem) throw problem ?? compareProblem;
		if (!report || !asked.plan) throw new Problem('pool_invalid', { pool: asked.text.pool });
		return {
			scheme: view.rules.scheme,
			plan: asked.plan,
			compare: asked.compare,
			report,
			rows: sortedPayments(report.rows, paymentOrder(url.searchParams.get('sort')))
		};
	});
