import { jsonResponse } from '../../../tables.ts';
import { hintsAsked } from '../hints-asked.ts';
import type { RequestHandler } from './$types';

/** A township's hints with every row behind them. */
export const GET: RequestHandler = async (event) => jsonResponse(await hintsAsked(event, event.params.code));
