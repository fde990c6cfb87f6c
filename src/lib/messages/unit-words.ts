/** What is scored, as it is called: pages of clinics speak of clinics. */
import * as m from '../paraglide/messages.js';
import type { Scheme } from '../scoring/scheme.ts';

/** The word for one unit: 乡镇, township. */
export const unitWord = (unit: Scheme['unit']): string => (unit === 'clinic' ? m.unit_clinic() : m.unit_township());

/** The header of a column of units. */
export const unitColumn = (unit: Scheme['unit']): string =>
	unit === 'clinic' ? m.column_clinic() : m.column_township();
