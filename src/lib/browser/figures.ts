/** Figures as they are shown. What they come from is exact text; nothing that is shown is computed with again. */
import { decimal, toFixed } from '../basis/fraction.ts';

/** A decimal rounded half-up to some places: `93.9750` is `93.98`. */
export const rounded = (text: string, places: number): string => toFixed(decimal(text), places);

/** A score as shown, two decimals; a dash where there is none. */
export const shownScore = (text: string | null): string => (text === null ? '—' : rounded(text, 2));

/** Whole digits in groups of three: `1,034,973.25`. */
export const grouped = (text: string): string => {
	const [sign, digits = '', rest = ''] = /^([-−]?)(\d+)(.*)$/.exec(text)?.slice(1) ?? ['', text, ''];
	return `${sign === '' ? '' : '−'}${digits.replace(/\B(?=(\d{3})+$)/g, ',')}${rest}`;
};

/** A difference with its sign: `+1,234.00`, `−0.01`, `0.00`. */
export const signedAmount = (text: string): string =>
	text === '0.00' || text.startsWith('-') ? grouped(text) : `+${grouped(text)}`;

const kilo = 1000;

/** The size of a file, rounded up so that no file has none: `1 KB`, `12 MB`. */
export const fileSize = (bytes: number): string =>
	bytes < kilo * kilo
		? `${grouped(String(Math.max(1, Math.ceil(bytes / kilo))))} KB`
		: `${grouped(String(Math.ceil(bytes / (kilo * kilo))))} MB`;
