/** 对账: that what was paid, withheld and carried over sums to the pool, worked out from the payments themselves. */
import type { Bilingual } from '../basis/codes.ts';
import { type Fen, fen, formatYuan } from '../basis/fen.ts';
import { percentText, type PlannedTranche, type SharedPool, total } from './finance.ts';

/** A tranche's account: own + received = paid + withheld + left. Yuan as text. */
export interface TrancheAccount {
	readonly key: string;
	readonly name: Bilingual;
	/** Its share of the pool in percent. */
	readonly share: string;
	/** Its share of the pool, before anything was withheld into it. */
	readonly own: string;
	/** What earlier tranches withheld into it. */
	readonly received: string;
	readonly paid: string;
	/** What was withheld from payments of this tranche, and the tranche that got it; null where it is carried over. */
	readonly withheld: string;
	readonly withheldTo: Bilingual | null;
	/** What nobody could be given: nobody takes part, or less than the smallest step is over. */
	readonly left: string;
}

export interface Reconciliation {
	readonly accounts: readonly TrancheAccount[];
	readonly paid: string;
	readonly carriedOver: string;
	/** Of that, what never came to be shared among clinics. */
	readonly unshared: string;
	readonly pool: string;
	/** Pool less all that is accounted for. */
	readonly difference: string;
	readonly balanced: boolean;
}

/** Accounts for every fen of a pool. Nothing is taken from the sums that allocation states; they are compared with it. */
export function reconcile(shared: SharedPool, tranches: readonly PlannedTranche[]): Reconciliation {
	const { pool, payments } = shared;
	const sumOf = (of: 'byTranche' | 'withheld', key: string): bigint =>
		total(payments.map((payment) => payment[of][key] ?? 0n));
	const names = new Map(tranches.map(({ key, name }) => [key, name]));
	const stated = new Map<string, bigint>(shared.tranches.map(({ key, amount }) => [key, amount]));
	const sums = tranches.map(({ key, withheldTo }) => ({
		key,
		withheldTo,
		amount: stated.get(key) ?? 0n,
		paid: sumOf('byTranche', key),
		withheld: sumOf('withheld', key)
	}));
	const accounts = sums.map((one, i) => {
		const received = total(sums.filter(({ withheldTo }) => withheldTo === one.key).map(({ withheld }) => withheld));
		return { ...one, tranche: tranches[i], received, left: one.amount - one.paid - one.withheld };
	});
	const paid = total(payments.map(({ due }) => due));
	const unshared = shared.unshared ?? 0n;
	const left = accounts.map((one) => one.left + (one.withheldTo === null ? one.withheld : 0n));
	const carriedOver = total([unshared, ...left]);
	const difference = pool - paid - carriedOver;
	const yuan = (amount: bigint): string => formatYuan(amount as Fen);
	return {
		accounts: accounts.map(({ key, tranche, amount, received, paid: out, withheld, withheldTo, left }) => ({
			key,
			name: tranche?.name ?? { zh: key },
			share: tranche ? percentText(tranche.share) : '',
			own: yuan(amount - received),
			received: yuan(received),
			paid: yuan(out),
			withheld: yuan(withheld),
			withheldTo: withheldTo === null ? null : (names.get(withheldTo) ?? { zh: withheldTo }),
			left: yuan(left)
		})),
		paid: yuan(paid),
		carriedOver: yuan(carriedOver),
		unshared: yuan(unshared),
		pool: yuan(pool),
		difference: formatYuan(fen(difference)),
		balanced: difference === 0n && carriedOver === shared.carriedOver && accounts.every(({ left }) => left >= 0n)
	};
}
