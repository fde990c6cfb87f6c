import { absentTable, listAbsent } from '#lib/server/workflows/list-absent.ts';
import { looking } from '../../looking.ts';
import { csvResponse } from '../../tables.ts';
import { absentFilter } from '../asking.ts';
import type { RequestHandler } from './$types';

/** The absent rows of a filter, as the command `absent` gives them. */
export const GET: RequestHandler = (event) =>
	looking(event, async (look) => {
		const { locale, actor } = event.locals;
		return csvResponse('absent', absentTable(await listAbsent(look, absentFilter(event.url, locale), actor)));
	});
