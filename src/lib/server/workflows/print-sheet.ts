/** 现场考核表: the blank sheet of a scheme and period, for one township or for all. */
import { unitsToEnter } from './units-to-enter.ts';
import type { Actor } from '../../basis/codes.ts';
import { inLocale } from '../../basis/codes.ts';
import { type Period, periodId } from '../../basis/period.ts';
import { Problem } from '../../basis/problem.ts';
import { onsiteTables } from '../../messages/onsite-words.ts';
import type { OnsiteTable } from '../../reports/onsite-sheet.ts';
import { enterablesOf } from '../../scoring/enterable.ts';
import type { Scheme } from '../../scoring/scheme.ts';
import type { Warehouse } from '../warehouse/open.ts';

export interface SheetAsked {
	readonly scheme: Scheme;
	readonly period: Period;
	/** The code of a township; null for all that the actor may see. */
	readonly township: string | null;
	/** The time of the making, ISO: it tells the lines of this sheet from those of another. */
	readonly now: string;
}

/**
 * The tables of the sheet.
 * @throws Problem `period_not_covered`, `period_of_parts`, `no_townships`, `township_unknown`, `onsite_nothing`
 */
export async function onsiteSheet(
	{ engine }: Pick<Warehouse, 'engine'>,
	{ scheme, period, township, now }: SheetAsked,
	actor: Actor
): Promise<OnsiteTable[]> {
	const units = await unitsToEnter({ engine }, scheme, period, actor);
	const own = township === null ? units : units.filter(({ code }) => code === township);
	if (own.length === 0) throw new Problem('township_unknown', { code: township ?? '' });
	const tables = onsiteTables({
		items: enterablesOf(scheme),
		units: own,
		period: periodId(period),
		scheme: inLocale(scheme.name, 'zh'),
		secondPerson: scheme.secondPerson,
		// To the second: two sheets that were made at one moment are one sheet.
		mark: now.replace(/\D/g, '').slice(0, 14)
	});
	if (tables.length === 0) throw new Problem('onsite_nothing', { scheme: scheme.id });
	return tables;
}

/** The name under which a sheet is saved. */
export const sheetFile = ({ period, township }: Pick<SheetAsked, 'period' | 'township'>): string =>
	`现场考核表-${periodId(period)}${township === null ? '' : `-${township}`}.xlsx`;
