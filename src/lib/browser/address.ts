/** Addresses of pages: every page keeps its state in the query, so that a view can be sent as a link. */

/** Parameters that go from page to page: what is looked at, not how. */
const carried = ['period', 'scheme'] as const;

type Parameters = Readonly<Record<string, string | number | null | undefined>>;

function addressOf(path: string, query: URLSearchParams): string {
	const text = query.toString();
	return text === '' ? path : `${path}?${text}`;
}

function put(query: URLSearchParams, changes: Parameters): URLSearchParams {
	for (const [name, value] of Object.entries(changes)) {
		if (value == null || value === '') query.delete(name);
		else query.set(name, String(value));
	}
	return query;
}

/** The address of another page, with the period and scheme of this one. */
export function linkTo(url: URL, path: string, parameters: Parameters = {}): string {
	const query = new URLSearchParams();
	for (const name of carried) {
		const value = url.searchParams.get(name);
		if (value !== null) query.set(name, value);
	}
	return addressOf(path, put(query, parameters));
}

/** The address of this page with some parameters changed; null removes one. */
export const here = (url: URL, changes: Parameters): string =>
	addressOf(url.pathname, put(new URLSearchParams(url.searchParams), changes));
