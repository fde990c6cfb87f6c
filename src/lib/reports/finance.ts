/**
 * What a finance officer reads: who gets how much of a pool, by tranche, and the proof that it sums. Shapes and pure
 * steps; amounts in shapes are yuan as text with two decimals, negative with a hyphen.
 */
import type { Bilingual } from '../basis/codes.ts';
import { type Fen, fen, formatYuan, parseYuan } from '../basis/fen.ts';
import { compare, decimal, type Fraction, multiply, toExact, toFixed, whole } from '../basis/fraction.ts';

/** A pool that was shared, as allocation gives it. */
export interface SharedPool {
	readonly pool: Fen;
	/** What each tranche had to share, in the plan's order. */
	readonly tranches: readonly { readonly key: string; readonly amount: Fen }[];
	readonly payments: readonly {
		readonly code: string;
		readonly name: string;
		readonly due: Fen;
		readonly byTranche: Readonly<Record<string, Fen>>;
		readonly withheld: Readonly<Record<string, Fen>>;
	}[];
	readonly carriedOver: Fen;
	/** Part of what is carried over: what never came to be shared among clinics; absent where townships are paid. */
	readonly unshared?: Fen;
}

/** A tranche of a plan, as far as the sheet names it. */
export interface PlannedTranche {
	readonly key: string;
	readonly name: Bilingual;
	readonly share: Fraction;
	/** The later tranche that receives what was not kept; null carries it over. */
	readonly withheldTo: string | null;
}

/** A plan that can be asked for; one with errors in it is named by its file. */
export interface KnownPlan {
	readonly id: string;
	readonly name: Bilingual;
}

/** A tranche of a plan in what a reader needs of it; shares and what is kept in percent. */
export interface TrancheTerms {
	readonly key: string;
	readonly name: Bilingual;
	readonly share: string;
	readonly weight: readonly string[];
	/** By grade; only grades that do not keep all. */
	readonly keep: readonly { readonly grade: string; readonly percent: string }[];
	readonly withheldTo: Bilingual | null;
	readonly only: readonly string[] | null;
	/** Yuan for each unit. */
	readonly bounds: { readonly floor: string; readonly cap: string | null } | null;
}

/** The result of a period for a unit, beside which its amounts stand. */
export interface Result {
	/** The name of the township of a clinic; null for a township. */
	readonly township: string | null;
	/** Four decimals; null where everything was excluded. */
	readonly score: string | null;
	readonly grade: string;
	readonly provisional: boolean;
}

/** A township's line of the payment sheet. */
export interface PaymentRow extends Result {
	readonly code: string;
	readonly name: string;
	/** By tranche in the plan's order; null where the township takes no part in it. */
	readonly amounts: readonly (string | null)[];
	readonly withheld: string;
	readonly due: string;
	readonly advanced: string;
	/** Due less advanced; negative where money is to be given back (应扣回). */
	readonly settlement: string;
	/** Due less what the plan of comparison gives; null where none is compared. */
	readonly difference: string | null;
}

export interface PaymentTotals {
	readonly amounts: readonly string[];
	readonly withheld: string;
	readonly due: string;
	readonly advanced: string;
	readonly settlement: string;
	/** Of the settlement, what is still to be paid and what is to be given back, both without a sign. */
	readonly payable: string;
	readonly recoverable: string;
	readonly difference: string | null;
}

/** The most that is taken for a pool, in fen: ten million million yuan, more than a country's whole budget. */
const largestPool = 10n ** 15n;
const poolForm = /^¥?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(万)?(?:元|yuan)?$/i;

/**
 * Reads a pool as people write it: `834660.00`, `834,660`, `834.66 万元`, in half-width or full-width signs.
 * @returns null for what is no amount, is negative, is finer than a fen or beyond any pool
 */
export function parsePool(text: string): Fen | null {
	const match = poolForm.exec(text.normalize('NFKC').replace(/\s+/g, ''));
	if (!match) return null;
	const [, yuan = '', decimals = '', tenThousands] = match;
	const places = tenThousands === undefined ? 2 : 6;
	const significant = decimals.replace(/0+$/, '');
	if (significant.length > places) return null;
	const amount = BigInt(yuan.replaceAll(',', '') + significant.padEnd(places, '0'));
	return amount > largestPool ? null : fen(amount);
}

/** A share of a plan in percent, to be read: `69.3`, or rounded where it has no end: `≈12.80`. */
export function percentText(share: Fraction): string {
	const percent = multiply(share, whole(100));
	const exact = toExact(percent);
	return exact.includes('/') ? `≈${toFixed(percent, 2)}` : exact;
}

export const total = (amounts: Iterable<bigint>): Fen => {
	let all = 0n;
	for (const amount of amounts) all += amount;
	return fen(all);
};

/** The lines of the sheet, by code. */
export function paymentRows(
	{ payments }: SharedPool,
	tranches: readonly PlannedTranche[],
	results: ReadonlyMap<string, Result>,
	advanced: ReadonlyMap<string, Fen>,
	other: SharedPool | null
): PaymentRow[] {
	const otherDue = new Map(other?.payments.map(({ code, due }) => [code, due]));
	return payments.map(({ code, name, due, byTranche, withheld }) => {
		const paid = advanced.get(code) ?? 0n;
		return {
			code,
			name,
			...(results.get(code) ?? { township: null, score: null, grade: '', provisional: false }),
			amounts: tranches.map(({ key }) => {
				const amount = byTranche[key];
				return amount === undefined ? null : formatYuan(amount);
			}),
			withheld: formatYuan(total(Object.values(withheld))),
			due: formatYuan(due),
			advanced: formatYuan(fen(paid)),
			settlement: formatYuan(fen(due - paid)),
			difference: other && formatYuan(fen(due - (otherDue.get(code) ?? 0n)))
		};
	});
}

/** Fen of an amount of the sheet. */
const fenOf = (text: string | null): bigint => (text === null ? 0n : (parseYuan(text) ?? 0n));

/** Sums of all lines, whichever of them a page shows. */
export function totalsOf(rows: readonly PaymentRow[], tranches: readonly PlannedTranche[]): PaymentTotals {
	const sumOf = (amountOf: (row: PaymentRow) => string | null | undefined): string =>
		formatYuan(total(rows.map((row) => fenOf(amountOf(row) ?? null))));
	const settlements = rows.map(({ settlement }) => fenOf(settlement));
	return {
		amounts: tranches.map((_, i) => sumOf(({ amounts }) => amounts[i])),
		withheld: sumOf(({ withheld }) => withheld),
		due: sumOf(({ due }) => due),
		advanced: sumOf(({ advanced }) => advanced),
		settlement: formatYuan(total(settlements)),
		payable: formatYuan(total(settlements.filter((amount) => amount > 0n))),
		recoverable: formatYuan(fen(-total(settlements.filter((amount) => amount < 0n)))),
		difference: rows.some(({ difference }) => difference !== null) ? sumOf(({ difference }) => difference) : null
	};
}

/** Columns by which the sheet can be ordered. */
const paymentColumns = ['code', 'score', 'withheld', 'due', 'settlement', 'difference'] as const;
export type PaymentColumn = (typeof paymentColumns)[number];

export interface PaymentOrder {
	readonly by: PaymentColumn;
	readonly descending: boolean;
}

/** `due` ascending, `-due` descending; by code where the text names no column. */
export function paymentOrder(text: string | null): PaymentOrder {
	const by = paymentColumns.find((column) => column === text?.replace(/^-/, ''));
	return { by: by ?? 'code', descending: by !== undefined && text?.startsWith('-') === true };
}

/** The lines in an order; lines without the figure come last either way, equal ones by code. */
export function sortedPayments(rows: readonly PaymentRow[], { by, descending }: PaymentOrder): PaymentRow[] {
	const byCode = (a: PaymentRow, b: PaymentRow): number => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
	const sign = descending ? -1 : 1;
	if (by === 'code') return [...rows].sort((a, b) => sign * byCode(a, b));
	const places = new Map(rows.map((row) => [row, row[by] === null ? null : decimal(row[by])]));
	return [...rows].sort((a, b) => {
		const [x, y] = [places.get(a) ?? null, places.get(b) ?? null];
		if (x === null || y === null) return Number(x === null) - Number(y === null) || byCode(a, b);
		return sign * compare(x, y) || byCode(a, b);
	});
}

/** How two plans differ over the same townships. */
export interface PlanDifference {
	readonly more: number;
	readonly less: number;
	readonly same: number;
	/** The township whose amount differs most, the first of them by code; null where all are the same. */
	readonly most: { readonly name: string; readonly difference: string } | null;
}

export function planDifference(rows: readonly PaymentRow[]): PlanDifference {
	const amounts = rows.map(({ name, difference }) => ({ name, by: fenOf(difference) }));
	const size = (by: bigint): bigint => (by < 0n ? -by : by);
	const most = amounts.reduce<{ name: string; by: bigint } | null>(
		(so, one) => (size(one.by) > size(so?.by ?? 0n) ? one : so),
		null
	);
	const [more, less] = [amounts.filter(({ by }) => by > 0n).length, amounts.filter(({ by }) => by < 0n).length];
	return {
		more,
		less,
		same: rows.length - more - less,
		most: most && { name: most.name, difference: formatYuan(fen(most.by)) }
	};
}
