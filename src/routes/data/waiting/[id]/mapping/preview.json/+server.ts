import { mapColumns } from '#lib/server/workflows/map-columns.ts';
import { looking } from '../../../../../looking.ts';
import { jsonResponse } from '../../../../../tables.ts';
import { draftIn, sheetAsked } from '../asked.ts';
import type { RequestHandler } from './$types';

/** What the form of the page makes of the sheet, while it is being filled in. Nothing is kept. */
export const POST: RequestHandler = async (event) => {
	const { params, url, locals, request } = event;
	const { office, locale, actor } = locals;
	const form = await request.formData();
	return looking(event, async (look) => {
		const asked = sheetAsked(params.id, url);
		const { preview } = await mapColumns(look, asked, draftIn(form), { clock: office.clock, locale }, actor);
		return jsonResponse(preview);
	});
};
