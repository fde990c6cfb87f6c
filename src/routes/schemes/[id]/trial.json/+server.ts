import { trialSummary } from '#lib/reports/trial.ts';
import { lookingAtHome } from '../../../looking.ts';
import { jsonResponse } from '../../../tables.ts';
import { askedTrial } from '../trial/asked.ts';
import type { RequestHandler } from './$types';

/** The trial of every past period; money where a pool is given, for the period that is asked for. */
export const GET: RequestHandler = (event) =>
	lookingAtHome(event, async (look) => {
		const { plan, shared, chosen, others } = await askedTrial(look, event, true);
		return jsonResponse({
			scheme: event.params.id,
			plan: plan?.id ?? null,
			pool: shared,
			periods: [...(chosen ? [chosen] : []), ...others].map((trial) => ({ ...trial, summary: trialSummary(trial) }))
		});
	});
