import { listQuarantine } from '#lib/server/workflows/list-quarantine.ts';
import { looking } from '../../looking.ts';
import { jsonResponse } from '../../tables.ts';
import { heldFilter } from '../asking.ts';
import type { RequestHandler } from './$types';

/** What the command `quarantine` gives. */
export const GET: RequestHandler = (event) =>
	looking(event, async (look) => {
		const { locale, actor } = event.locals;
		const rows = await listQuarantine(look, { ...heldFilter(event.url, locale), locale }, actor);
		return jsonResponse(rows.map(({ fields, ...row }) => (void fields, row)));
	});
