import { onsiteBytes } from '#lib/server/workbooks/write-onsite.ts';
import { onsiteSheet, sheetFile } from '#lib/server/workflows/print-sheet.ts';
import { looking } from '../../looking.ts';
import { sheetAsked } from '../asked.ts';
import type { RequestHandler } from './$types';

/** The blank on-site sheet as a workbook: `?period=2026Q1`, and `&township=320411105` for one alone. */
export const GET: RequestHandler = (event) =>
	looking(event, async (look, view) => {
		const asked = sheetAsked(view, event);
		const bytes = onsiteBytes(await onsiteSheet(look, asked, event.locals.actor));
		return new Response(new Uint8Array(bytes), {
			headers: {
				'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
				'content-disposition': `attachment; filename="sheet.xlsx"; filename*=UTF-8''${encodeURIComponent(sheetFile(asked))}`
			}
		});
	});
