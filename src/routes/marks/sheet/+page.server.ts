import { onsiteSheet } from '#lib/server/workflows/print-sheet.ts';
import { looking } from '../../looking.ts';
import { pageOf } from '../../ranking.ts';
import { sheetAsked } from '../asked.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	looking(event, async (look, view) => {
		const asked = sheetAsked(view, event);
		const tables = await onsiteSheet(look, asked, event.locals.actor);
		const codes = [...new Set(tables.flatMap(({ blocks }) => blocks.map(({ code }) => code)))].sort();
		const { rows: shown, page, pages } = pageOf(codes, event.url);
		return {
			tables: tables.map((table) => ({ ...table, blocks: table.blocks.filter(({ code }) => shown.includes(code)) })),
			codes: shown,
			township: asked.township,
			page,
			pages
		};
	});
