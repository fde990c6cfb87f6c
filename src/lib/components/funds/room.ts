/** How much room a payment sheet needs, before it is drawn. */
import { grouped } from '#lib/browser/figures.ts';
import type { PaymentTotals } from '#lib/reports/finance.ts';

interface Sheet {
	readonly totals: PaymentTotals;
	readonly withholds: boolean;
	readonly advances: boolean;
}

/** Of a window, what navigation, margins and the explanations beside a sheet take, in px. */
const besideSheet = 186 + 64 + 24 + 372;
/** What name, score, grade and the last cell's wider margin take. */
const besideFigures = 290;
const [digit, point, margins] = [8.4, 4.3, 20];

/** The width of a column by its sum, the longest of its figures. */
function columnWidth(amount: string): number {
	const text = grouped(amount);
	const points = text.replace(/[^.,]/g, '').length;
	return (text.length - points) * digit + points * point + margins;
}

/** The widths of window, in px, from which the page's styles know how to put explanations beside the sheet. */
const windows = [1180, 1440, 1760] as const;

/** The narrowest of the windows in which the sheet still has its room with the explanations beside it. */
export function roomBeside({ totals, withholds, advances }: Sheet): (typeof windows)[number] | 'never' {
	const { amounts, withheld, due, advanced, settlement, difference } = totals;
	const figures = [
		...amounts,
		due,
		...(withholds ? [`-${withheld}`] : []),
		...(advances ? [advanced, settlement] : []),
		...(difference === null ? [] : [`-${difference.replace('-', '')}`])
	];
	const width = figures.reduce((sum, amount) => sum + columnWidth(amount), besideFigures);
	return windows.find((window) => window - besideSheet >= width) ?? 'never';
}
