/** Which rows below a header state no fact: totals, a header that stands again, and the words at the foot of a form. */
import { normaliseHeader } from './headers.ts';

type Cells = readonly (string | null)[];

/** Why a row was passed over. */
export type PassedOver = 'totals' | 'header' | 'note' | 'unfilled';

/** A row that states no fact and its line. */
export interface PassedRow {
	readonly line: number;
	readonly why: PassedOver;
}

/** Words that open a totals row. */
const totalsForm = /^(?:本页|本表|本乡镇|全区|全县|全市)?(?:合计|总计|小计|总数|共计|累计)[:：]?$|^(?:grand)?total:?$/u;

/** Words that open the foot of a form: who filled it in, who checked it, remarks. Compared without white space. */
const noteForm =
	/^(?:(?:填表|制表|填报|报送|审核|复核|校核|负责|单位负责|分管领导|主管|经办|签字|签名|盖章|注|备注|说明|附注|打印|导出|制表单位|填报单位)[^:]{0,8}:|[((]?以下(?:空白|无正文))/u;

/** The ASCII letters with which the word of a row without a fact can begin. */
export const wordBeginnings = 'tTgG(';

const firstFilled = (cells: Cells): string | null => {
	for (const cell of cells) if (cell !== null && cell.trim() !== '') return cell;
	return null;
};

/**
 * Whether a row of cells is a totals row: its first filled cell says so. Such a row is not counted as read. A premises
 * whose row begins with the bare word 合计 cannot be told from one.
 */
export function isTotalsRow(cells: Cells): boolean {
	const first = firstFilled(cells);
	return first !== null && totalsForm.test(normaliseHeader(first));
}

/** Whether a first cell could open a row that states no fact; what it opens is told by {@link bodyReader}. */
export const opensNoFact = (cell: string): boolean => {
	const form = normaliseHeader(cell);
	return totalsForm.test(form) || noteForm.test(form);
};

const formsOf = (cells: Cells, width: number): string =>
	Array.from({ length: width }, (_, i) => normaliseHeader(cells[i] ?? '')).join('\u001f');

/**
 * The test for the rows of a sheet: why a row states no fact, or null where it does.
 * @param headers the lines of the header as they stand, each of which may stand again on the next page
 */
export function bodyReader(headers: readonly Cells[]): (cells: Cells) => PassedOver | null {
	const width = Math.max(0, ...headers.map((cells) => cells.length));
	const repeated = new Set(headers.map((cells) => formsOf(cells, width)));
	// Most rows begin with something that no line of the header begins with.
	const beginnings = new Set(headers.map((cells) => normaliseHeader(firstFilled(cells) ?? '')));
	return (cells) => {
		const first = firstFilled(cells);
		if (first === null) return null;
		const form = normaliseHeader(first);
		if (totalsForm.test(form)) return 'totals';
		if (noteForm.test(form)) return 'note';
		return beginnings.has(form) && repeated.has(formsOf(cells, width)) ? 'header' : null;
	};
}
