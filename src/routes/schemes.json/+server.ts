import { listSchemes } from '#lib/server/workflows/list-schemes.ts';
import { lookingAtHome } from '../looking.ts';
import { jsonResponse } from '../tables.ts';
import type { RequestHandler } from './$types';

/** The schemes with their versions, as `schemes --json` gives them. */
export const GET: RequestHandler = (event) =>
	lookingAtHome(event, async (look) =>
		jsonResponse(await listSchemes(look, event.locals.office.clock.today(), event.locals.locale))
	);
