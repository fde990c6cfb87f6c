/** Periods and days as a reader says them. */
import { parsePeriod } from '../basis/period.ts';
import * as m from '../paraglide/messages.js';

/** `2026Q3` as “2026 年三季度”, “Q3 2026”. */
export function periodName(id: string): string {
	const period = parsePeriod(id);
	if (!period) return id;
	const year = String(period.year);
	switch (period.kind) {
		case 'month':
			return m.period_month({ year, month: String(period.index) });
		case 'year':
			return m.period_year({ year });
		default:
			return m.period_in_year({ year, part: periodPart(id) });
	}
}

/** The part of its year that a period is: “三季度”, “Q3”. */
export function periodPart(id: string): string {
	const period = parsePeriod(id);
	if (!period) return id;
	if (period.kind === 'quarter')
		return [m.period_q1, m.period_q2, m.period_q3, m.period_q4][period.index - 1]?.() ?? id;
	if (period.kind === 'half') return [m.period_h1, m.period_h2][period.index - 1]?.() ?? id;
	if (period.kind === 'month') return m.period_month_alone({ month: String(period.index) });
	return m.period_whole_year();
}

/** The shortest name, for the head of a narrow column: `26.3` for the third quarter of 2026. */
export function periodShort(id: string): string {
	const period = parsePeriod(id);
	if (!period) return id;
	const year = String(period.year % 100).padStart(2, '0');
	if (period.kind === 'year') return String(period.year);
	if (period.kind === 'half') return `${year}H${period.index}`;
	return `${year}.${period.index}`;
}
