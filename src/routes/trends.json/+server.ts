import { json } from '@sveltejs/kit';
import { trendAsked } from '../trends/trend-asked.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => json((await trendAsked(event)).report);
