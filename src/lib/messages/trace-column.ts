/** The heads of the columns of a trace. */
import type { Locale } from '../basis/codes.ts';
import type { Field } from '../intake/kinds/declare.ts';
import * as m from '../paraglide/messages.js';

/** Columns that no file has: what the rows were joined with. */
const own: Readonly<Record<string, (inputs: object, options: { locale: Locale }) => string>> = {
	visits: m.trace_visits,
	due_on: m.trace_due_on
};

/** A column's head: that of the file where it is a field of one. */
export const traceColumnName = (column: string, field: Field | null, locale: Locale): string =>
	own[column]?.({}, { locale }) ?? (field ? (locale === 'zh' ? (field.headers[0] ?? column) : field.en) : column);
