import { error } from '@sveltejs/kit';
import { Problem } from '#lib/basis/problem.ts';
import { pageProblemText } from '#lib/messages/page-problem-text.ts';
import { cancelUpload, progressOf } from '#lib/server/workflows/take-uploads.ts';
import { jsonResponse } from '../../../tables.ts';
import type { RequestHandler } from './$types';

/** How far an import is that this user has sent. */
export const GET: RequestHandler = ({ params, locals }) => {
	const progress = progressOf(params.job, locals.actor, locals.locale);
	if (!progress) error(404, { message: pageProblemText(new Problem('page_unknown'), locals.locale) });
	const response = jsonResponse(progress);
	response.headers.set('cache-control', 'no-store');
	return response;
};

/** Stops that import; the answer to the form that sent it says so. */
export const DELETE: RequestHandler = ({ params, locals }) => {
	if (!cancelUpload(params.job, locals.actor))
		error(404, { message: pageProblemText(new Problem('page_unknown'), locals.locale) });
	return new Response(null, { status: 204 });
};
