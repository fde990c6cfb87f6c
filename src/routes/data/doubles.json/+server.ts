import { listDoubles } from '#lib/server/workflows/list-doubles.ts';
import { looking } from '../../looking.ts';
import { jsonResponse } from '../../tables.ts';
import type { RequestHandler } from './$types';

/** What the command `doubles` gives. */
export const GET: RequestHandler = (event) =>
	looking(event, async (look) => {
		const { office, actor } = event.locals;
		return jsonResponse(await listDoubles(look, { today: office.clock.today() }, actor));
	});
