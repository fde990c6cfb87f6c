/**
 * Forms that were printed with a line for each thing to be marked, before anybody knew what to write: the on-site sheet.
 * A line that was left as it was printed states no fact. It is told from a mark that somebody forgot in a file of marks by
 * the column that only such a form has.
 */
import { normaliseHeader } from './headers.ts';
import { holdColumnIn } from './holds.ts';
import { fieldLabel, fullPoints } from './kinds/declare.ts';
import type { Recognised } from './recognise.ts';

/** What each line is worth, by which a form says that it is one. */
const worthHeader = normaliseHeader(fieldLabel(fullPoints).zh);

/** The test for the rows of a printed form: whether one was left as it was printed; null where a sheet is no such form. */
export function unfilledIn({
	kind,
	headers,
	mapping
}: Pick<Recognised, 'kind' | 'headers' | 'mapping'>): ((cells: readonly (string | null)[]) => boolean) | null {
	// The file of held rows has every column of its kind, and no row in it that nobody has written.
	if (!kind.writtenIn || holdColumnIn(headers) >= 0) return null;
	if (!headers.some((header) => normaliseHeader(header ?? '') === worthHeader)) return null;
	const places = kind.writtenIn.flatMap((name) => {
		const column = mapping.columns[name];
		const place = column && 'header' in column ? headers.indexOf(column.header) : -1;
		return place < 0 ? [] : [place];
	});
	return (cells) => places.every((place) => (cells[place] ?? '').trim() === '');
}
