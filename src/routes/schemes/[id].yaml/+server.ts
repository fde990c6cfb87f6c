import { schemeDocument, showScheme } from '#lib/server/workflows/show-scheme.ts';
import { lookingAtHome } from '../../looking.ts';
import type { RequestHandler } from './$types';

/** The document of a version, to the byte: `?version=2`, `?version=draft`, else the one in force. */
export const GET: RequestHandler = (event) =>
	lookingAtHome(event, async (look) => {
		const { params, url, locals } = event;
		const asked = url.searchParams.get('version');
		const options = { today: locals.office.clock.today(), locale: locals.locale };
		const version = asked ?? (await showScheme(look, params.id, null, options)).version;
		const { text } = schemeDocument(look.home, params.id, version);
		return new Response(text, {
			headers: {
				'content-type': 'application/yaml; charset=utf-8',
				'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${params.id}@${version}.yaml`)}`
			}
		});
	});
