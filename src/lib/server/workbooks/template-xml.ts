/**
 * What SheetJS does not write of a sheet: styles, frozen headers, formats of whole columns, data validations. They are
 * put into the XML that it wrote, in the order that ECMA-376 (18.3.1.99, CT_Worksheet) asks for.
 */
import type { CellFormat, Takes, TemplateColumn } from '../../intake/template.ts';

/** The last row that a sheet can have. */
const lastRow = 1_048_576;
/** The most that a spreadsheet program takes of titles, of messages, and of a list that stands in the rule itself. */
const [longestTitle, longestMessage, longestList] = [32, 255, 255];

/** Styles by their place in {@link stylesXml}. */
export const style = { header: 1, required: 2, text: 3, date: 4, whole: 5, decimal: 6, notes: 7 } as const;

const format = (numFmtId: number): string => `<xf numFmtId="${numFmtId}" applyNumberFormat="1"/>`;
const header = (fillId: number): string =>
	`<xf numFmtId="49" fontId="1" fillId="${fillId}" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center"/></xf>`;
const fill = (rgb: string): string =>
	`<fill><patternFill patternType="solid"><fgColor rgb="${rgb}"/><bgColor indexed="64"/></patternFill></fill>`;

/** Headers are bold, those of required columns on amber; 49 is text, 164 a day, 1 a whole number. */
export const stylesXml = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="等线"/><family val="2"/></font><font><b/><sz val="11"/><name val="等线"/><family val="2"/></font></fonts><fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${fill('FFEDEDED')}${fill('FFFFE699')}</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs count="8"><xf numFmtId="0"/>${header(2)}${header(3)}${format(49)}${format(164)}${format(1)}${format(0)}<xf numFmtId="49" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string =>
	text.replace(/[&<>"]/g, (char) => escapes[char] ?? char).replace(/\r?\n/g, '&#10;');

function attribute(name: string, text: string, longest: number): string {
	if (text.length > longest) throw new RangeError(`${name} is longer than ${longest}: ${text}`);
	return ` ${name}="${escaped(text)}"`;
}

/** Whether a list can stand in the rule itself: short, and without the comma that parts its words. */
export const fitsInRule = (words: readonly string[]): boolean =>
	words.join(',').length <= longestList && words.every((word) => !word.includes(','));

/** The day as a spreadsheet counts it, in the 1900 system. */
const serialOf = (day: number): number => day + 25_569;

function ruleOf(takes: Takes, range: string | null): { attributes: string; formulas: string } {
	const formulas = (...texts: string[]): string =>
		texts.map((text, i) => `<formula${i + 1}>${escaped(text)}</formula${i + 1}>`).join('');
	switch (takes.type) {
		case 'any':
			return { attributes: '', formulas: '' };
		case 'list': {
			const style = takes.open ? ' errorStyle="warning"' : '';
			const list = range ?? `"${takes.words.join(',').replaceAll('"', '""')}"`;
			return { attributes: ` type="list"${style} showErrorMessage="1"`, formulas: formulas(list) };
		}
		case 'date': {
			const earliest = String(serialOf(takes.earliest));
			return takes.mayBeFuture
				? {
						attributes: ' type="date" operator="greaterThanOrEqual" showErrorMessage="1"',
						formulas: formulas(earliest)
					}
				: {
						attributes: ' type="date" operator="between" showErrorMessage="1"',
						formulas: formulas(earliest, 'TODAY()')
					};
		}
		case 'whole':
		case 'decimal':
			return {
				attributes: ` type="${takes.type}" operator="greaterThanOrEqual" showErrorMessage="1"`,
				formulas: formulas('0')
			};
	}
}

/**
 * The data validations of the columns, one for each, from row 2 on.
 * @param rangeOf the range that holds the words of a list which does not fit into its rule
 * @throws RangeError for a text that a spreadsheet program does not take
 */
export function validationsXml(
	columns: readonly TemplateColumn[],
	letters: Letters,
	rangeOf: (column: number) => string | null
): string {
	const rules = columns.map(({ header: title, takes, prompt, refusal }, i) => {
		const { attributes, formulas } = ruleOf(takes, rangeOf(i));
		const texts =
			attribute('promptTitle', title, longestTitle) +
			attribute('prompt', prompt, longestMessage) +
			(takes.type === 'any'
				? ''
				: attribute('errorTitle', title, longestTitle) + attribute('error', refusal, longestMessage));
		const cells = `${letters.of(i)}2:${letters.of(i)}${lastRow}`;
		return `<dataValidation${attributes} allowBlank="1" showInputMessage="1"${texts} sqref="${cells}">${formulas}</dataValidation>`;
	});
	return `<dataValidations count="${rules.length}">${rules.join('')}</dataValidations>`;
}

const frozenHeader =
	'<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>';

/** A column as it is to look: its width in places and the style of its cells. */
export interface ColumnLook {
	readonly width: number;
	readonly style: number;
}

/** Ids of digits are text by intention: no cell is marked for it. */
const unmarked = (columns: number, letterOf: (column: number) => string): string =>
	`<ignoredErrors><ignoredError numberStoredAsText="1" sqref="A1:${letterOf(columns - 1)}${lastRow}"/></ignoredErrors>`;

const columnsXml = (looks: readonly ColumnLook[]): string =>
	`<cols>${looks
		.map(
			({ width, style: id }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" style="${id}" customWidth="1"/>`
		)
		.join('')}</cols>`;

function replaced(xml: string, part: RegExp, by: string): string {
	if (!part.test(xml)) throw new RangeError(`the sheet has no ${part.source}`);
	return xml.replace(part, () => by);
}

/** Columns as they are named: A, B, … */
export interface Letters {
	readonly of: (column: number) => string;
	readonly read: (letters: string) => number;
}

/**
 * Dresses a sheet that SheetJS wrote.
 * @param styleOf the style of a filled cell by column and row, both from 0
 * @param validations what {@link validationsXml} gives, or nothing
 */
export function dressed(
	xml: string,
	looks: readonly ColumnLook[],
	styleOf: (column: number, row: number) => number,
	letters: Letters,
	validations: string
): string {
	const parts: readonly (readonly [RegExp, string])[] = [
		[/<sheetViews>.*?<\/sheetViews>/s, frozenHeader],
		[/<cols>.*?<\/cols>/s, columnsXml(looks)],
		[/<\/sheetData>/, `</sheetData>${validations}`],
		[/<ignoredErrors>.*?<\/ignoredErrors>/s, unmarked(looks.length, letters.of)]
	];
	return parts
		.reduce((text, [part, by]) => replaced(text, part, by), xml)
		.replace(
			/<c r="([A-Z]+)(\d+)"/g,
			(cell, column: string, row: string) => `${cell} s="${styleOf(letters.read(column), Number(row) - 1)}"`
		);
}

/** The style of the cells of a column. */
export const styleOfFormat = (cells: CellFormat): number => style[cells];
