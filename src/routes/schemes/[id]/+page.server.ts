import { showScheme } from '#lib/server/workflows/show-scheme.ts';
import { lookingAtHome } from '../../looking.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	lookingAtHome(event, async (look) => {
		const { params, url, locals } = event;
		const options = { today: locals.office.clock.today(), locale: locals.locale };
		return {
			shown: await showScheme(look, params.id, url.searchParams.get('version'), options),
			published: url.searchParams.get('published') !== null
		};
	});
