import { packBase } from '#lib/whatif/transfer.ts';
import { whatIfBase } from '#lib/server/workflows/what-if.ts';
import { looking } from '../../looking.ts';
import { fundsOf, requirePeriod } from '../../whatif/asked.ts';
import type { RequestHandler } from './$types';

/** What the browser computes a what-if with: rules and tallies in exact figures, once for all scenarios. */
export const GET: RequestHandler = (event) =>
	looking(event, async (look, view) => {
		const { url, locals } = event;
		const period = requirePeriod(view);
		const { plan } = await fundsOf(look, view, period, url, locals.locale);
		const base = await whatIfBase(look, view.rules, { plan, period }, locals.actor);
		return new Response(packBase(base), { headers: { 'content-type': 'application/json; charset=utf-8' } });
	});
