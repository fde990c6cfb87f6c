/** How far an import has come, in one sentence. */
import { fileAndSheet } from '../basis/file-and-sheet.ts';
import type { Locale } from '../basis/codes.ts';
import { paceOf, type Progress } from '../intake/progress.ts';
import * as m from '../paraglide/messages.js';

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/**
 * The sentence of a progress.
 * @param seconds since its stage began
 */
export function progressText(progress: Progress, seconds: number, locale: Locale): string {
	const { stage, file, sheet, done, of, rows } = progress;
	const { perSecond, remaining } = paceOf(progress, seconds);
	const name = fileAndSheet(file, sheet);
	const inputs = { name, place: String(Math.min(done + 1, of)), of: String(of), rows: grouped(rows) };
	const what = stage === 'reading' ? m.import_reading(inputs, { locale }) : m.import_taking(inputs, { locale });
	if (remaining === null) return what;
	const pace = perSecond === null ? '' : m.import_pace({ rate: grouped(perSecond) }, { locale });
	return what + pace + m.import_remaining({ seconds: grouped(remaining) }, { locale });
}
