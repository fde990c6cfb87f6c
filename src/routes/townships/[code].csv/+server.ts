import { inLocale } from '#lib/basis/codes.ts';
import { periodId } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import * as m from '#lib/paraglide/messages.js';
import { showTownship } from '#lib/server/workflows/show-township.ts';
import { looking } from '../../looking.ts';
import { csvResponse } from '../../tables.ts';
import type { RequestHandler } from './$types';

/** The points of a township by indicator. */
export const GET: RequestHandler = (event) =>
	looking(event, async (look, { rules, known, period }) => {
		const { params, locals } = event;
		if (period === null) throw new Problem('township_unknown', { code: params.code });
		const { lines } = await showTownship(look, rules, known, period, params.code, locals.actor, locals.locale);
		const head = [
			m.township_column_indicator(),
			m.evidence_column_n(),
			m.evidence_column_d(),
			m.column_score(),
			m.evidence_column_points(),
			m.township_column_lost()
		];
		const rows = lines.map(({ name, n, d, awarded, of, lost }) => [
			inLocale(name, locals.locale),
			n,
			d,
			awarded,
			of,
			lost
		]);
		return csvResponse(`${params.code}-${periodId(period)}`, [head, ...rows]);
	});
