import { onsiteSheet } from '#lib/server/workflows/print-sheet.ts';
import { looking } from '../../looking.ts';
import { sheetAsked } from '../asked.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	looking(event, async (look, view) => {
		const asked = sheetAsked(view, event);
		return { tables: await onsiteSheet(look, asked, event.locals.actor), township: asked.township };
	});
