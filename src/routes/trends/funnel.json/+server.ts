import { jsonResponse } from '../../tables.ts';
import { funnelAsked } from '../funnel-asked.ts';
import type { RequestHandler } from './$types';

/** A funnel with the limits of every township. */
export const GET: RequestHandler = async (event) => {
	const { period, kind, mean, points } = await funnelAsked(event);
	return jsonResponse({ period, kind, mean, townships: points });
};
