/** 为什么是这个数: the way from a township's amount to its weights, its grade and its score (rules.md, 8). */
import type { Bilingual } from '../basis/codes.ts';
import { fen, formatYuan } from '../basis/fen.ts';
import {
	compare,
	divide,
	type Fraction,
	fraction,
	isZero,
	multiply,
	subtract,
	sum,
	toFixed,
	whole
} from '../basis/fraction.ts';
import { type Beside, besideMean } from './beside-mean.ts';
import { percentText, total } from './finance.ts';
import {
	type Figure,
	figure,
	type ReasonedTranche,
	type ReasonedUnit,
	type ReasonFacts,
	type WeighedPool
} from './weighed-pool.ts';

/** A factor of a weight: its name in the plan and the unit's value. */
export interface FactorValue {
	readonly name: string;
	readonly value: Figure;
	/** What `points` is made of. */
	readonly corrected: { readonly workload: Figure; readonly coefficient: Figure } | null;
}

/** How a unit came to its amount of a tranche. Amounts are yuan as text. */
export interface TrancheReason {
	readonly key: string;
	readonly name: Bilingual;
	/** Percent of the pool. */
	readonly share: string;
	/** What the tranche had to share, and how much of it earlier tranches had withheld into it. */
	readonly amount: string;
	readonly received: string;
	/** The grades that take part; null for all. */
	readonly only: readonly string[] | null;
	/** Null where the unit takes no part. */
	readonly own: {
		readonly factors: readonly FactorValue[];
		readonly weight: Figure;
		readonly weights: Figure;
		/** The weight's part of all weights, in percent with two decimals; null where all are zero. */
		readonly percent: string | null;
		/** Before anything was withheld. */
		readonly before: string;
		/**
		 * How that follows from the weight: `exact`; `rounded` to the plan's smallest step; at the `floor` or `cap`;
		 * `shifted` by others that stand at theirs; `none` where all weights are zero.
		 */
		readonly by: 'exact' | 'rounded' | 'floor' | 'cap' | 'shifted' | 'none';
		/** What the unit's grade keeps, in percent; null where all of it is kept. */
		readonly keeps: string | null;
		readonly kept: string;
		readonly withheld: string;
	} | null;
	/** Where what was withheld goes; null where it is carried over. */
	readonly withheldTo: Bilingual | null;
}

export interface PaymentReasons {
	readonly code: string;
	readonly name: string;
	readonly due: string;
	/** What is due to each on the mean, rounded to the fen, and how far the unit is from it, without a sign. */
	readonly mean: string;
	readonly apart: string;
	readonly side: -1 | 0 | 1;
	readonly withheld: string;
	/** The plan's smallest step, in yuan. */
	readonly step: string;
	readonly tranches: readonly TrancheReason[];
	readonly beside: readonly Beside[];
}

/** A score of which an annual one is made. */
export interface PartScore {
	readonly period: string;
	readonly score: string | null;
}

/** Why one township gets what it gets. */
export interface ExplainedPayment {
	readonly reasons: PaymentReasons;
	readonly score: string | null;
	readonly grade: string;
	readonly provisional: boolean;
	/** Of a clinic: its township, what that had to share, and among how many clinics. */
	readonly within: { readonly township: string; readonly amount: string; readonly clinics: number } | null;
	/** Of a year: the scores of its periods, and how they make the annual one. Empty for any other period. */
	readonly parts: readonly PartScore[];
	readonly annual: 'mean' | 'weights' | 'direct';
}

const yuan = (amount: bigint): string => formatYuan(fen(amount));

/** The reasons of one unit's amount; null where it is not among those paid. */
export function reasonsOf<U extends ReasonedUnit>(facts: ReasonFacts<U>, code: string): PaymentReasons | null {
	const { shared, tranches, units } = facts;
	const payment = shared.payments.find((one) => one.code === code);
	const unit = units.find((one) => one.code === code);
	if (!payment || !unit) return null;
	const mean = fraction(total(shared.payments.map(({ due }) => due)), BigInt(shared.payments.length));
	const meanFen = BigInt(toFixed(mean, 0));
	const apart = payment.due - meanFen;
	return {
		code,
		name: payment.name,
		due: yuan(payment.due),
		mean: yuan(meanFen),
		apart: yuan(apart < 0n ? -apart : apart),
		side: apart < 0n ? -1 : apart > 0n ? 1 : 0,
		withheld: yuan(total(Object.values(payment.withheld))),
		step: yuan(facts.step),
		tranches: tranches.map((tranche) => trancheReason(facts, tranche, unit, payment)),
		beside: besideMean(facts, unit, payment.due)
	};
}

function trancheReason<U extends ReasonedUnit>(
	{ shared, tranches, step, factorOf, coefficientOf }: ReasonFacts<U>,
	tranche: ReasonedTranche,
	unit: U,
	payment: WeighedPool['payments'][number]
): TrancheReason {
	const { key, name, share, only, weight, keep, bounds } = tranche;
	const into = new Set(tranches.filter(({ withheldTo }) => withheldTo === key).map((one) => one.key));
	const received = total(shared.payments.flatMap(({ withheld }) => [...into].map((from) => withheld[from] ?? 0n)));
	const [kept, withheld] = [payment.byTranche[key], payment.withheld[key] ?? 0n];
	const own = payment.weights[key];
	const weights = sum(shared.payments.flatMap((one) => one.weights[key] ?? []));
	const keeps = keep[unit.grade];
	const before = (kept ?? 0n) + withheld;
	const amount = shared.tranches.find((one) => one.key === key)?.amount ?? 0n;
	return {
		key,
		name,
		share: percentText(share),
		amount: yuan(amount),
		received: yuan(received),
		only,
		own:
			kept === undefined || own === undefined
				? null
				: {
						factors: weight.map((factor): FactorValue => ({
							name: factor,
							value: figure(factorOf(factor, unit)),
							corrected:
								factor === 'points'
									? { workload: figure(unit.workload), coefficient: figure(coefficientOf(unit)) }
									: null
						})),
						weight: figure(own),
						weights: figure(weights),
						percent: isZero(weights) ? null : toFixed(multiply(divide(own, weights), whole(100)), 2),
						before: yuan(before),
						by: cameBy(bounds, before, isZero(weights) ? null : multiply(whole(amount), divide(own, weights)), step),
						keeps: keeps === undefined || compare(keeps, whole(1)) === 0 ? null : percentText(keeps),
						kept: yuan(kept),
						withheld: yuan(withheld)
					},
		withheldTo: tranches.find((one) => one.key === tranche.withheldTo)?.name ?? null
	};
}

/** @param byWeight the share by weight alone; null where all weights are zero */
function cameBy(
	bounds: ReasonedTranche['bounds'],
	share: bigint,
	byWeight: Fraction | null,
	step: bigint
): NonNullable<TrancheReason['own']>['by'] {
	if (!byWeight) return 'none';
	const off = subtract(byWeight, whole(share));
	if (isZero(off)) return 'exact';
	const size = off.n < 0n ? { n: -off.n, d: off.d } : off;
	if (compare(size, whole(step)) < 0) return 'rounded';
	return bounds?.cap === share ? 'cap' : bounds?.floor === share ? 'floor' : 'shifted';
}
