import { showDifferences } from '#lib/server/workflows/show-scheme.ts';
import { lookingAtHome } from '../../../looking.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = (event) =>
	lookingAtHome(event, async (look) => {
		const { params, url, locals } = event;
		const [from, to] = [url.searchParams.get('from'), url.searchParams.get('to')];
		const options = { today: locals.office.clock.today(), locale: locals.locale };
		return { id: params.id, report: await showDifferences(look, params.id, { from, to }, options) };
	});
