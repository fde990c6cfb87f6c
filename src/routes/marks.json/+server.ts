import { looking } from '../looking.ts';
import { marksFor } from '../marks/asked.ts';
import { jsonResponse } from '../tables.ts';
import type { RequestHandler } from './$types';

/** The same as the page: items, townships, entries, and what waits. */
export const GET: RequestHandler = (event) =>
	looking(event, async (look, view) => jsonResponse(await marksFor(look, view, event)));
