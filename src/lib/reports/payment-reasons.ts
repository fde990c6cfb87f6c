/** 为什么是这个数: the way from a township's amount to its weights, its grade and its score (rules.md, 8). */
import type { Bilingual } from '../basis/codes.ts';
import { type Fen, fen, formatYuan } from '../basis/fen.ts';
import {
	compare,
	divide,
	type Fraction,
	fraction,
	isZero,
	multiply,
	subtract,
	sum,
	toExact,
	toFixed,
	whole
} from '../basis/fraction.ts';
import { percentText, type PlannedTranche, type SharedPool, total } from './finance.ts';

/** A number as shown, with up to four decimals; not `exact` where it has more. */
export interface Figure {
	readonly text: string;
	readonly exact: boolean;
}

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

/** A figure of the unit beside the mean of all. */
export interface Beside {
	/** A factor's name, or `per_head`: what is due for each of the people served, in yuan. */
	readonly name: string;
	readonly own: string;
	readonly mean: string;
	/** Own in percent of the mean, one decimal. */
	readonly percent: string;
	/** Below (−1), at (0) or above (1) the mean. */
	readonly side: -1 | 0 | 1;
	/** Whether a weight of the plan names it, so that it moved money by itself. */
	readonly weighs: boolean;
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
	/** Of a year: the scores of its periods, and how they make the annual one. Empty for any other period. */
	readonly parts: readonly PartScore[];
	readonly annual: 'mean' | 'weights' | 'direct';
}

/** A tranche as its reasons need it. */
export interface ReasonedTranche extends PlannedTranche {
	readonly weight: readonly string[];
	readonly keep: Readonly<Record<string, Fraction>>;
	readonly only: readonly string[] | null;
	readonly bounds: { readonly floor: Fen; readonly cap: Fen | null } | null;
}

/** What a unit brings into the weights. */
export interface ReasonedUnit {
	readonly code: string;
	readonly grade: string;
	readonly population: bigint | null;
	readonly score: Fraction | null;
	readonly workload: Fraction;
}

/** A shared pool with the weights by which it was shared. */
export interface WeighedPool extends SharedPool {
	readonly payments: readonly (SharedPool['payments'][number] & {
		readonly weights: Readonly<Record<string, Fraction>>;
	})[];
}

export interface ReasonFacts<U extends ReasonedUnit> {
	readonly shared: WeighedPool;
	readonly tranches: readonly ReasonedTranche[];
	/** The plan's smallest step, in fen. */
	readonly step: bigint;
	readonly units: readonly U[];
	/** The value of a factor that the plan names. */
	readonly factorOf: (name: string, unit: U) => Fraction;
	/** The quality coefficient of a unit, for `points`. */
	readonly coefficientOf: (unit: U) => Fraction;
}

/** A fraction with up to four decimals. */
export function figure(value: Fraction): Figure {
	const text = toFixed(value, 4).replace(/\.?0+$/, '');
	return { text, exact: toExact(value) === text };
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

/** The unit's score, what the weights name, and its amount a head, each beside the mean of the units that have it. */
function besideMean<U extends ReasonedUnit>(
	{ shared, tranches, units, factorOf }: ReasonFacts<U>,
	unit: U,
	due: bigint
): Beside[] {
	const named = new Set(tranches.flatMap(({ weight }) => weight));
	// Work corrected by quality is shown with what it is made of.
	const shown = new Set([...named, ...(named.has('points') ? ['workload'] : []), 'score']);
	shown.delete('equal');
	const rows = [...shown].flatMap((name): Beside[] => {
		const valueOf = (one: U): Fraction | null =>
			name === 'score' ? one.score : named.has(name) ? factorOf(name, one) : one.workload;
		const values = units.map(valueOf).filter((value) => value !== null);
		return beside(name, valueOf(unit), values.length === 0 ? null : divide(sum(values), whole(values.length)), {
			places: name === 'population' ? 0 : name === 'score' ? 2 : null,
			weighs: named.has(name)
		});
	});
	const people = units.map(({ population }) => population).filter((one) => one !== null);
	const all = total(people);
	if (people.length < units.length || all === 0n || !unit.population) return rows;
	const ofAll = fraction(total(shared.payments.map((payment) => payment.due)), all * 100n);
	return [...rows, ...beside('per_head', fraction(due, unit.population * 100n), ofAll, { places: 2, weighs: false })];
}

function beside(
	name: string,
	own: Fraction | null,
	mean: Fraction | null,
	{ places, weighs }: { readonly places: number | null; readonly weighs: boolean }
): Beside[] {
	if (own === null || mean === null || isZero(mean)) return [];
	const text = (value: Fraction): string => (places === null ? figure(value).text : toFixed(value, places));
	return [
		{
			name,
			own: text(own),
			mean: text(mean),
			percent: toFixed(multiply(divide(own, mean), whole(100)), 1),
			side: compare(own, mean),
			weighs
		}
	];
}
