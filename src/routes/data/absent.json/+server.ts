import { listAbsent } from '#lib/server/workflows/list-absent.ts';
import { looking } from '../../looking.ts';
import { jsonResponse } from '../../tables.ts';
import { absentFilter } from '../asking.ts';
import type { RequestHandler } from './$types';

/** What the command `absent` gives. */
export const GET: RequestHandler = (event) =>
	looking(event, async (look) => {
		const { locale, actor } = event.locals;
		return jsonResponse(await listAbsent(look, absentFilter(event.url, locale), actor));
	});
