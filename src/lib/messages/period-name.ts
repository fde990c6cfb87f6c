/** Periods and days as a reader says them. */
import type { Locale } from '../basis/codes.ts';
import { parsePeriod } from '../basis/period.ts';
import * as m from '../paraglide/messages.js';

/**
 * `2026Q3` as “2026 年三季度”, “Q3 2026”.
 * @param locale that of the reader where it is not given
 */
export function periodName(id: string, locale?: Locale): string {
	const period = parsePeriod(id);
	if (!period) return id;
	const year = String(period.year);
	const options = locale ? { locale } : {};
	switch (period.kind) {
		case 'month':
			return m.period_month({ year, month: String(period.index) }, options);
		case 'year':
			return m.period_year({ year }, options);
		default:
			return m.period_in_year({ year, part: periodPart(id, locale) }, options);
	}
}

/** The part of its year that a period is: “三季度”, “Q3”. */
export function periodPart(id: string, locale?: Locale): string {
	const period = parsePeriod(id);
	if (!period) return id;
	const options = locale ? { locale } : {};
	if (period.kind === 'quarter')
		return [m.period_q1, m.period_q2, m.period_q3, m.period_q4][period.index - 1]?.({}, options) ?? id;
	if (period.kind === 'half') return [m.period_h1, m.period_h2][period.index - 1]?.({}, options) ?? id;
	if (period.kind === 'month') return m.period_month_alone({ month: String(period.index) }, options);
	return m.period_whole_year({}, options);
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
