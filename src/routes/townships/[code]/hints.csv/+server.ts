import { hintRows } from '#lib/messages/hint-words.ts';
import { csvResponse } from '../../../tables.ts';
import { hintsAsked } from '../hints-asked.ts';
import type { RequestHandler } from './$types';

/** Every row behind a township's hints. */
export const GET: RequestHandler = async (event) => {
	const { period, code, hints } = await hintsAsked(event, event.params.code);
	return csvResponse(`hints-${code}-${period}`, hintRows(hints, period));
};
