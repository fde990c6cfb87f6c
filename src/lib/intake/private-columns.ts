/**
 * Columns with what nobody needs for an assessment and everybody must keep to themselves: identity card and telephone
 * numbers. They are left out as a file is read, unless a mapping asks for them, and masked wherever a cell is quoted.
 */
import { normaliseHeader } from './headers.ts';

const privateHeaders =
	/^(?:(?:.{0,8}(?:身份证|身份证件|证件)(?:号码|号)?)|(?:.{0,8}(?:手机|电话|联系方式|移动电话)(?:号码|号)?)|phone(?:_?number)?|mobile(?:_?phone)?|telephone|tel|id_?card(?:_?(?:no|number))?|identity_?(?:card|number))$/u;

const mobile = /^(?:\+?86)?1[3-9]\d{9}$/;
const landline = /^0\d{2,3}-?[2-9]\d{6,7}$/;
const identityForm = /^[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/;
const identityWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const identityChecks = '10X98765432';

/** Whether a text is the number of an identity card: its form and its check digit (GB 11643-1999). */
function isIdentityNumber(text: string): boolean {
	if (!identityForm.test(text)) return false;
	const sum = identityWeights.reduce((total, weight, i) => total + weight * Number(text[i]), 0);
	return identityChecks[sum % 11] === text[17]?.toUpperCase();
}

const bare = (cell: string): string => cell.replaceAll(/[\s()（）]/gu, '');

const isPrivate = (cell: string): boolean => {
	const text = bare(cell);
	return mobile.test(text) || landline.test(text) || isIdentityNumber(text);
};

/** A column is private where so much of what stands in it is; a number of eleven digits here and there is none. */
const mostOf = 0.8;
const leastSeen = 3;

/**
 * The places of the columns that are left out.
 * @param rows the first rows below the header, to tell by their cells
 * @param asked the headers that the mapping reads
 */
export function privateColumns(
	headers: readonly (string | null)[],
	rows: readonly (readonly (string | null)[])[],
	asked: readonly string[]
): number[] {
	const read = new Set(asked.map(normaliseHeader));
	return headers.flatMap((header, i) => {
		const form = normaliseHeader(header ?? '');
		if (read.has(form)) return [];
		if (privateHeaders.test(form)) return [i];
		const cells = rows.map((row) => row[i]).filter((cell): cell is string => cell != null && cell.trim() !== '');
		const found = cells.filter(isPrivate).length;
		return found >= leastSeen && found >= cells.length * mostOf ? [i] : [];
	});
}

/** A text in which numbers of identity cards and telephones can no longer be read: for messages and logs. */
export const masked = (text: string): string =>
	text
		.replaceAll(/(?<![\dA-Za-z])[1-9]\d{16}[\dXx](?![\dA-Za-z])/g, (found) =>
			isIdentityNumber(found) ? `${found.slice(0, 6)}********${found.slice(14)}` : found
		)
		.replaceAll(/(?<!\d)1[3-9]\d{9}(?!\d)/g, (found) => `${found.slice(0, 3)}****${found.slice(7)}`);
