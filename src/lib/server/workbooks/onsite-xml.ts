/**
 * What SheetJS does not write of a sheet that is printed: borders and wrapped cells, A4, one page wide, a page for each
 * township. The parts go where ECMA-376 (18.3.1.99, CT_Worksheet) has them.
 */
import type { OnsiteColumn } from '../../reports/onsite-sheet.ts';

/** Styles by their place in {@link onsiteStyles}. */
export const onsiteStyle = {
	plain: 0,
	title: 1,
	about: 2,
	header: 3,
	printed: 4,
	words: 5,
	points: 6,
	day: 7
} as const;

const aligned = (horizontal: string, wrap: boolean): string =>
	`<alignment horizontal="${horizontal}" vertical="center"${wrap ? ' wrapText="1"' : ''}/>`;
const cell = (numFmt: number, font: number, fill: number, border: number, alignment: string): string =>
	`<xf numFmtId="${numFmt}" fontId="${font}" fillId="${fill}" borderId="${border}" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">${alignment}</xf>`;
const font = (size: number, bold: boolean): string =>
	`<font>${bold ? '<b/>' : ''}<sz val="${size}"/><name val="等线"/><family val="2"/></font>`;
const edge = (side: string): string => `<${side} style="thin"><color indexed="64"/></${side}>`;
const fill = (rgb: string): string =>
	`<fill><patternFill patternType="solid"><fgColor rgb="${rgb}"/><bgColor indexed="64"/></patternFill></fill>`;

/** What is to be filled in stands on a light ground; 49 is text, 164 a day, 0 a number as it is typed. */
export const onsiteStyles = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="3">${font(11, false)}${font(16, true)}${font(11, true)}</fonts><fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${fill('FFEDEDED')}${fill('FFFFF7E0')}</fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${['left', 'right', 'top', 'bottom'].map(edge).join('')}<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="8"><xf numFmtId="0"/>${cell(49, 1, 0, 0, aligned('center', false))}${cell(49, 0, 0, 0, aligned('left', false))}${cell(49, 2, 2, 1, aligned('center', true))}${cell(49, 0, 0, 1, aligned('left', true))}${cell(49, 0, 3, 1, aligned('left', true))}${cell(0, 0, 3, 1, aligned('center', false))}${cell(164, 0, 3, 1, aligned('center', false))}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

/** Rows next to one another, from 1, that take the same. */
interface Run {
	readonly from: number;
	to: number;
}

/** Rules that a number of points lies between 0 and the most, one for each most. */
export function pointsRules(
	letter: string,
	rows: readonly { readonly row: number; readonly most: string | null }[]
): string {
	const runs = new Map<string, Run[]>();
	for (const { row, most } of rows) {
		const own = runs.get(most ?? '') ?? [];
		const last = own.at(-1);
		if (last?.to === row - 1) last.to = row;
		else own.push({ from: row, to: row });
		runs.set(most ?? '', own);
	}
	const rules = [...runs].map(([most, own]) => {
		const cells = own.map(({ from, to }) => `${letter}${from}:${letter}${to}`).join(' ');
		const bounds = most === '' ? 'operator="greaterThanOrEqual" ' : 'operator="between" ';
		const highest = most === '' ? '' : `<formula2>${most}</formula2>`;
		return `<dataValidation type="decimal" ${bounds}allowBlank="1" showErrorMessage="1" sqref="${cells}"><formula1>0</formula1>${highest}</dataValidation>`;
	});
	return rules.length === 0 ? '' : `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`;
}

const columnsXml = (columns: readonly OnsiteColumn[]): string =>
	`<cols>${columns.map(({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join('')}</cols>`;

/** 9 is A4. Any number of pages high, one wide. */
const pageSetup =
	'<printOptions horizontalCentered="1"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;C&amp;P / &amp;N</oddFooter></headerFooter>';

const breaksXml = (after: readonly number[]): string =>
	after.length === 0
		? ''
		: `<rowBreaks count="${after.length}" manualBreakCount="${after.length}">${after
				.map((row) => `<brk id="${row}" max="16383" man="1"/>`)
				.join('')}</rowBreaks>`;

function replaced(xml: string, part: RegExp, by: string): string {
	if (!part.test(xml)) throw new RangeError(`the sheet has no ${part.source}`);
	return xml.replace(part, () => by);
}

export interface OnsiteDress {
	readonly columns: readonly OnsiteColumn[];
	/** The style of a cell by column and row, both from 0. */
	readonly styleOf: (column: number, row: number) => number;
	/** Whether a cell is to be filled in: SheetJS writes no cell without a content, and an empty text is one. */
	readonly isBlank: (column: number, row: number) => boolean;
	/** The number of a column from its letters, from 0. */
	readonly columnOf: (letters: string) => number;
	/** What {@link pointsRules} gives. */
	readonly rules: string;
	/** Rows, from 1, after which a page ends. */
	readonly breaks: readonly number[];
}

/** Dresses a sheet that SheetJS wrote, so that it can be printed and filled in. */
export function onsiteDressed(
	xml: string,
	{ columns, styleOf, isBlank, columnOf, rules, breaks }: OnsiteDress
): string {
	const parts: readonly (readonly [RegExp, string])[] = [
		[/<dimension/, '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension'],
		[/<cols>.*?<\/cols>/s, columnsXml(columns)],
		[/<ignoredErrors>.*?<\/ignoredErrors>/s, `${rules}${pageSetup}${breaksXml(breaks)}`]
	];
	return parts
		.reduce((text, [part, by]) => replaced(text, part, by), xml)
		.replace(
			/<c r="([A-Z]+)(\d+)"([^>]*)>(.*?)<\/c>/gs,
			(_, column: string, row: string, attributes: string, content: string) => {
				const place = [columnOf(column), Number(row) - 1] as const;
				const start = `<c r="${column}${row}" s="${styleOf(...place)}"`;
				return isBlank(...place) ? `${start}/>` : `${start}${attributes}>${content}</c>`;
			}
		);
}
