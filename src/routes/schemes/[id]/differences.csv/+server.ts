import { partTitle, versionName } from '#lib/components/schemes/words.ts';
import * as m from '#lib/paraglide/messages.js';
import { showDifferences } from '#lib/server/workflows/show-scheme.ts';
import { lookingAtHome } from '../../../looking.ts';
import { csvResponse } from '../../../tables.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = (event) =>
	lookingAtHome(event, async (look) => {
		const { params, url, locals } = event;
		const asked = { from: url.searchParams.get('from'), to: url.searchParams.get('to') };
		const options = { today: locals.office.clock.today(), locale: locals.locale };
		const { from, to, differences } = await showDifferences(look, params.id, asked, options);
		const head = [
			m.differences_column_where(),
			m.schemes_column_id(),
			m.schemes_column_name(),
			versionName(from),
			versionName(to)
		];
		const lines = differences.map(({ part, key, name, before, after }) => [
			partTitle(part),
			key,
			name,
			before?.sentence ?? null,
			after?.sentence ?? null
		]);
		return csvResponse(`${params.id}-${from}-${to}`, [head, ...lines]);
	});
