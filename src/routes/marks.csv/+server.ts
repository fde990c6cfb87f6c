import { marksTable } from '#lib/server/workflows/show-marks.ts';
import { looking } from '../looking.ts';
import { marksFor } from '../marks/asked.ts';
import { csvResponse } from '../tables.ts';
import type { RequestHandler } from './$types';

/** What has been entered of an item, and the townships of which nothing has. */
export const GET: RequestHandler = (event) =>
	looking(event, async (look, view) => {
		const marks = await marksFor(look, view, event);
		return csvResponse(`marks-${marks.period}-${marks.item?.key ?? marks.tab}`, marksTable(marks));
	});
