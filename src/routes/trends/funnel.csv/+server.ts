import { funnelRows } from '#lib/server/workflows/study-funnel.ts';
import { csvResponse } from '../../tables.ts';
import { funnelAsked, funnelFileName } from '../funnel-asked.ts';
import type { RequestHandler } from './$types';

/** Every township of a funnel with its limits. */
export const GET: RequestHandler = async (event) => {
	const funnel = await funnelAsked(event);
	return csvResponse(funnelFileName(funnel, event.url), funnelRows(funnel));
};
