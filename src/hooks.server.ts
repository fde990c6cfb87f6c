/** What every request gets: the office, who acts, the language and the theme; and what every answer is sent with. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Cookies, Handle, HandleServerError } from '@sveltejs/kit';
import type { Locale } from '#lib/basis/codes.ts';
import { Problem } from '#lib/basis/problem.ts';
import { problemText } from '#lib/messages/problem-text.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { openHouse } from '#lib/server/warehouse/house.ts';
import { machineClock, type Office } from '#lib/server/workflows/office.ts';

const localeOfRequest = new AsyncLocalStorage<Locale>();
overwriteGetLocale(() => localeOfRequest.getStore() ?? 'zh');

const yearInSeconds = 365 * 24 * 60 * 60;

/** The office of a server that was started without `serve`: while the pages are being written (`vite dev`). */
let ownOffice: Promise<Office> | undefined;
const officeFor = (platform: App.Platform | undefined): Office | Promise<Office> =>
	(platform?.req as { readonly office?: Office } | undefined)?.office ??
	(ownOffice ??= openHouse(process.env['KAOJI_HOME'] ?? 'var').then((house) => ({
		house,
		clock: machineClock(null),
		actor: { name: process.env['KAOJI_ACTOR'] ?? 'dev', role: 'administrator', townships: 'all' }
	})));

/** A choice that the address names and a cookie remembers. */
function chosen<T extends string>(name: string, choices: readonly T[], fallback: T, url: URL, cookies: Cookies): T {
	const asked = choices.find((choice) => choice === url.searchParams.get(name));
	if (asked !== undefined) cookies.set(name, asked, { path: '/', maxAge: yearInSeconds, secure: false });
	return asked ?? choices.find((choice) => choice === cookies.get(name)) ?? fallback;
}

const htmlLanguage: Readonly<Record<Locale, string>> = { zh: 'zh-CN', en: 'en' };

export const handle: Handle = async ({ event, resolve }) => {
	const { url, cookies, locals } = event;
	locals.office = await officeFor(event.platform);
	locals.locale = chosen('lang', ['zh', 'en'], 'zh', url, cookies);
	locals.theme = chosen('theme', ['light', 'dark', 'system'], 'system', url, cookies);
	locals.actor = locals.office.actor;
	return localeOfRequest.run(locals.locale, async () => {
		const response = await resolve(event, {
			transformPageChunk: ({ html }) =>
				html.replace('%kaoji.lang%', htmlLanguage[locals.locale]).replace('%kaoji.theme%', locals.theme)
		});
		response.headers.set('x-content-type-options', 'nosniff');
		response.headers.set('referrer-policy', 'same-origin');
		return compressed(event.request, response);
	});
};

/** Text over a slow line of a township is sent small. */
function compressed(request: Request, response: Response): Response {
	const type = response.headers.get('content-type') ?? '';
	const accepted = request.headers.get('accept-encoding') ?? '';
	if (!response.body || !/^(text\/|application\/json)/.test(type) || !/\bgzip\b/.test(accepted)) return response;
	const headers = new Headers(response.headers);
	headers.set('content-encoding', 'gzip');
	headers.append('vary', 'accept-encoding');
	headers.delete('content-length');
	const { status, statusText } = response;
	return new Response(response.body.pipeThrough(new CompressionStream('gzip')), { status, statusText, headers });
}

export const handleError: HandleServerError = ({ error, event, status }) => {
	if (status === 404) return { message: problemText(new Problem('page_unknown', {}), event.locals.locale) };
	process.stderr.write(
		`${event.request.method} ${event.url.pathname}: ${error instanceof Error ? error.stack : String(error)}\n`
	);
	const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
	return { message: problemText(new Problem('internal', { reason }), event.locals.locale) };
};
