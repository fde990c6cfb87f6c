import { periodId } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import * as m from '#lib/paraglide/messages.js';
import { showEvidence } from '#lib/server/workflows/show-township.ts';
import { listOf } from '../../../evidence.ts';
import { looking } from '../../../looking.ts';
import { csvResponse } from '../../../tables.ts';
import type { RequestHandler } from './$types';

/** All rows of one list behind an indicator. */
export const GET: RequestHandler = (event) =>
	looking(event, async (look, { rules, period }) => {
		const { params, url, locals } = event;
		const indicator = url.searchParams.get('indicator') ?? '';
		if (period === null) throw new Problem('township_unknown', { code: params.code });
		const options = { township: params.code, indicator, list: listOf(url), locale: locals.locale };
		const evidence = await showEvidence(look, rules, period, options, locals.actor);
		if (!evidence) throw new Problem('indicator_unknown', { scheme: rules.scheme.id, key: indicator, known: '—' });
		return csvResponse(`${params.code}-${periodId(period)}-${indicator}-${evidence.list}`, [
			[m.evidence_id(), ...evidence.columns, m.evidence_parts(), m.evidence_place()],
			...evidence.rows.map(({ key, cells, parts, place }) => [key, ...cells, parts.join(m.list_and()), place])
		]);
	});
