import { Problem } from '#lib/basis/problem.ts';
import { listQuarantine, quarantineTable } from '#lib/server/workflows/list-quarantine.ts';
import { looking } from '../../looking.ts';
import { csvResponse } from '../../tables.ts';
import { heldFilter, refuse } from '../asking.ts';
import type { RequestHandler } from './$types';

/** The file of held rows of one kind, to be corrected and imported again. */
export const GET: RequestHandler = (event) =>
	looking(event, async (look) => {
		const { locale, actor } = event.locals;
		const filter = heldFilter(event.url, locale);
		try {
			const table = quarantineTable(await listQuarantine(look, { ...filter, locale }, actor));
			return csvResponse(['held', filter.kind, filter.batch].filter((part) => part !== null).join('-'), table);
		} catch (problem) {
			if (problem instanceof Problem) refuse(problem, locale);
			throw problem;
		}
	});
