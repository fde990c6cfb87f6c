import { inLocale } from '#lib/basis/codes.ts';
import { gradeNamer } from '#lib/components/funds/words.ts';
import * as m from '#lib/paraglide/messages.js';
import { fundsTable } from '../funds/table.ts';
import { csvResponse } from '../tables.ts';
import type { RequestHandler } from './$types';

/** A line a township, the sums last. Amounts are yuan; what was withheld stands with a minus, as on the page. */
export const GET: RequestHandler = async (event) => {
	const { locale } = event.locals;
	const { scheme, plan, report, rows } = await fundsTable(event);
	const { totals, fund } = report;
	const compared = totals.difference !== null;
	const ofClinics = scheme.unit === 'clinic';
	const taken = (amount: string): string => (amount === '0.00' ? amount : `-${amount}`);
	const gradeName = gradeNamer(scheme.grades.map(({ key, name }) => ({ key, name: inLocale(name, locale) })));
	const head = [
		m.funds_column_code(),
		...(ofClinics ? [m.column_township(), m.column_clinic()] : [m.column_township()]),
		m.funds_column_score(),
		m.provisional(),
		m.column_grade(),
		...plan.tranches.map(({ name }) => inLocale(name, locale)),
		m.funds_column_withheld(),
		m.funds_column_due(),
		m.funds_column_advanced(),
		m.funds_column_settlement(),
		...(compared ? [m.funds_column_difference()] : [])
	];
	const lines = rows.map((row) => [
		row.code,
		...(ofClinics ? [row.township, row.name] : [row.name]),
		row.score,
		row.provisional ? m.provisional() : null,
		gradeName(row.grade),
		...row.amounts,
		taken(row.withheld),
		row.due,
		row.advanced,
		row.settlement,
		...(compared ? [row.difference] : [])
	]);
	const sums = [
		null,
		m.funds_total(),
		...(ofClinics ? [null] : []),
		null,
		null,
		null,
		...totals.amounts,
		taken(totals.withheld),
		totals.due,
		totals.advanced,
		totals.settlement,
		...(compared ? [totals.difference] : [])
	];
	return csvResponse(`funds-${fund.period}-${plan.id}`, [head, ...lines, sums]);
};
