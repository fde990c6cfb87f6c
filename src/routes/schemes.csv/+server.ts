import { inLocale } from '#lib/basis/codes.ts';
import * as m from '#lib/paraglide/messages.js';
import { listSchemes } from '#lib/server/workflows/list-schemes.ts';
import { lookingAtHome } from '../looking.ts';
import { csvResponse } from '../tables.ts';
import type { RequestHandler } from './$types';

/** A line a version. */
export const GET: RequestHandler = (event) =>
	lookingAtHome(event, async (look) => {
		const { office, locale } = event.locals;
		const schemes = await listSchemes(look, office.clock.today(), locale);
		const head = [
			m.schemes_column_id(),
			m.schemes_column_name(),
			m.schemes_column_version(),
			m.differences_from(),
			m.differences_to(),
			m.schemes_column_in_force(),
			m.schemes_column_by(),
			m.schemes_column_at(),
			m.schemes_column_reason(),
			m.scheme_sha()
		];
		const lines = schemes.flatMap(({ id, name, versions, inForce }) =>
			versions.map(({ version, from, to, published, sha256 }) => [
				id,
				inLocale(name, locale),
				version,
				from,
				to,
				version === inForce ? m.schemes_column_in_force() : null,
				published?.actor ?? null,
				published?.at ?? null,
				published?.reason ?? null,
				sha256
			])
		);
		return csvResponse('schemes', [head, ...lines]);
	});
