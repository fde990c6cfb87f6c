import { showScheme } from '#lib/server/workflows/show-scheme.ts';
import { lookingAtHome } from '../../looking.ts';
import { jsonResponse } from '../../tables.ts';
import type { RequestHandler } from './$types';

/** A version in words, with its findings. */
export const GET: RequestHandler = (event) =>
	lookingAtHome(event, async (look) => {
		const { params, url, locals } = event;
		const options = { today: locals.office.clock.today(), locale: locals.locale };
		const { listed, version, name, words, findings, usable } = await showScheme(
			look,
			params.id,
			url.searchParams.get('version'),
			options
		);
		return jsonResponse({ id: listed.id, version, name, inForce: listed.inForce, usable, findings, ...words });
	});
