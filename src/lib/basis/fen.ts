/** Money in whole fen (分). A bigint, because a province's pool passes 2^53 fen and payments must sum to the last one. */

declare const fenBrand: unique symbol;
/** An amount in fen; 100 fen are one yuan. */
export type Fen = bigint & { readonly [fenBrand]: true };

/** Marks a whole number as an amount in fen. */
export const fen = (amount: bigint): Fen => amount as Fen;

const yuanForm = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2}))?$/;

/** Reads yuan such as `834660`, `834,660.00` or `-0.5`; `null` when the text is no amount or is finer than a fen. */
export function parseYuan(text: string): Fen | null {
	const match = yuanForm.exec(text.trim());
	if (!match) return null;
	const [, sign, yuan = '', decimals = ''] = match;
	const amount = BigInt(yuan.replaceAll(',', '') + decimals.padEnd(2, '0'));
	return fen(sign === '-' ? -amount : amount);
}

/** Writes yuan with two decimals and no separators: `"834660.00"`. */
export function formatYuan(amount: Fen): string {
	const digits = (amount < 0n ? -amount : amount).toString().padStart(3, '0');
	return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
