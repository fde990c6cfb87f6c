/** The sentence that opens the funds: what is shared among whom, and what the grades cost. */
import { inLocale, type Bilingual } from '../basis/codes.ts';
import { grouped } from '../browser/figures.ts';
import * as m from '../paraglide/messages.js';
import { getLocale } from '../paraglide/runtime.js';

interface Facts {
	/** Amounts are yuan as text. */
	readonly pool: string;
	/** Units that get anything. */
	readonly paid: number;
	readonly withheld: string;
	readonly withheldFrom: readonly { readonly grade: string; readonly units: number }[];
	readonly withheldTo: readonly (Bilingual | null)[];
	readonly carriedOver: string;
	readonly most: { readonly name: string; readonly due: string } | null;
	readonly least: { readonly name: string; readonly due: string } | null;
}

/** Where withheld money goes: into a later tranche, or to the next year. */
export const goesTo = (tranche: Bilingual | null): string =>
	tranche ? m.funds_into({ tranche: inLocale(tranche, getLocale()) }) : m.funds_carried();

/** @param gradeName the name of a grade by its key */
export function fundsTitle(facts: Facts, gradeName: (key: string) => string): string {
	const { paid, withheld, withheldFrom, withheldTo, carriedOver, most, least } = facts;
	const pool = grouped(facts.pool);
	if (paid === 0) return m.funds_title_nobody({ pool });
	const grades = withheldFrom.map(({ grade, units }) =>
		m.funds_grade_count({ count: String(units), grade: gradeName(grade) })
	);
	const range =
		most && least && most.due !== least.due
			? m.funds_title_range({
					most: most.name,
					mostDue: grouped(most.due),
					least: least.name,
					leastDue: grouped(least.due)
				})
			: '';
	return [
		m.funds_title({ pool, units: String(paid) }),
		grades.length === 0
			? range
			: m.funds_title_withheld({
					grades: grades.join(m.list_and()),
					withheld: grouped(withheld),
					to: withheldTo.map(goesTo).join(m.list_and())
				}),
		carriedOver === '0.00' || (withheldTo.length === 1 && withheldTo[0] === null && carriedOver === withheld)
			? ''
			: m.funds_title_carried({ carried: grouped(carriedOver) }),
		m.funds_title_end()
	].join('');
}
