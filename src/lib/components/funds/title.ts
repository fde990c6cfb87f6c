/** The sentences of the funds: what is shared among whom and what the grades cost, what another plan changes. */
import type { Bilingual } from '#lib/basis/codes.ts';
import { grouped, signedAmount } from '#lib/browser/figures.ts';
import * as m from '#lib/paraglide/messages.js';
import type { PlanDifference } from '#lib/reports/finance.ts';
import type { PaymentReasons } from '#lib/reports/payment-reasons.ts';
import { goesTo, listed, said, sentences } from './words.ts';

interface Facts {
	/** The word for what is paid. */
	readonly unit: string;
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

/** @param gradeName the name of a grade by its key */
export function fundsTitle(facts: Facts, gradeName: (key: string) => string): string {
	const { unit, paid, withheld, withheldFrom, withheldTo, carriedOver, most, least } = facts;
	const pool = grouped(facts.pool);
	if (facts.pool === '0.00') return m.funds_title_zero();
	if (paid === 0) return m.funds_title_nobody({ unit, pool });
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
		m.funds_title({ unit, pool, units: String(paid) }),
		grades.length === 0
			? range
			: m.funds_title_withheld({
					grades: listed(grades),
					withheld: grouped(withheld),
					to: listed(withheldTo.map(goesTo))
				}),
		carriedOver === '0.00' || (withheldTo.length === 1 && withheldTo[0] === null && carriedOver === withheld)
			? ''
			: m.funds_title_carried({ carried: grouped(carriedOver) }),
		m.funds_title_end()
	].join('');
}

/**
 * What a plan of comparison changes.
 * @param unit the word for what is paid
 */
export function differenceSentence(
	{ plan, more, less, same, most }: PlanDifference & { plan: Bilingual },
	unit: string
): string {
	if (!most) return m.funds_difference_nobody({ unit, plan: said(plan) });
	const counts = { unit, plan: said(plan), more: String(more), less: String(less), same: String(same) };
	return sentences([
		(same === 0 ? m.funds_difference : m.funds_difference_same)(counts),
		m.funds_difference_most({ name: most.name, amount: signedAmount(most.difference) })
	]);
}

/** A township's amount beside the mean. */
export function whyTitle({ name, due, apart, side }: PaymentReasons): string {
	const facts = { name, due: grouped(due), apart: grouped(apart) };
	return side === 0 ? m.funds_why_mean(facts) : side < 0 ? m.funds_why_less(facts) : m.funds_why_more(facts);
}
