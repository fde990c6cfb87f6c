import { listBatches } from '#lib/server/workflows/list-batches.ts';
import { looking } from '../../looking.ts';
import { jsonResponse } from '../../tables.ts';
import type { RequestHandler } from './$types';

/** All batches, newest first, with the files of each. */
export const GET: RequestHandler = (event) =>
	looking(event, async (look) => jsonResponse(await listBatches(look, event.locals.actor)));
