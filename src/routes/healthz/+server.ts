import type { RequestHandler } from './$types';

/** Whether the warehouse answers: after a full disk it does not until a restart, whatever the process looks like. */
export const GET: RequestHandler = async ({ locals }) => {
	try {
		const facts = await locals.office.house.look(({ facts }) => Promise.resolve(facts));
		return Response.json({ ok: true, facts });
	} catch {
		return Response.json({ ok: false }, { status: 503 });
	}
};
