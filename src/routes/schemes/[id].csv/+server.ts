import { parts } from '#lib/messages/scheme-words.ts';
import * as m from '#lib/paraglide/messages.js';
import { showScheme } from '#lib/server/workflows/show-scheme.ts';
import { partTitle } from '#lib/components/schemes/words.ts';
import { lookingAtHome } from '../../looking.ts';
import { csvResponse } from '../../tables.ts';
import type { RequestHandler } from './$types';

/** A version in words, a line a provision. */
export const GET: RequestHandler = (event) =>
	lookingAtHome(event, async (look) => {
		const { params, url, locals } = event;
		const options = { today: locals.office.clock.today(), locale: locals.locale };
		const { version, words } = await showScheme(look, params.id, url.searchParams.get('version'), options);
		const head = [
			m.differences_column_where(),
			m.schemes_column_id(),
			m.schemes_column_name(),
			m.scheme_column_points(),
			m.scheme_column_rule()
		];
		const lines = parts.flatMap((part) =>
			words[part].map(({ key, name, points, sentence }) => [partTitle(part), key, name, points, sentence])
		);
		return csvResponse(`${params.id}@${version}`, [head, ...lines]);
	});
