import { showDifferences } from '#lib/server/workflows/show-scheme.ts';
import { lookingAtHome } from '../../../looking.ts';
import { jsonResponse } from '../../../tables.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	lookingAtHome(event, async (look) => {
		const { params, url, locals } = event;
		const [from, to] = [url.searchParams.get('from'), url.searchParams.get('to')];
		const options = { today: locals.office.clock.today(), locale: locals.locale };
		return jsonResponse({ id: params.id, ...(await showDifferences(look, params.id, { from, to }, options)) });
	});
