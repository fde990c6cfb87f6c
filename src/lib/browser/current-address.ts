/** The address as it stands, for links that change a part of it: a what-if moves on without loading a page. */
import { page } from '$app/state';

/** The address of the page, with the scenario that was moved since it was loaded. */
export function currentAddress(): URL {
	const { scenario } = page.state;
	if (scenario === undefined) return page.url;
	const url = new URL(page.url);
	if (scenario === '') url.searchParams.delete('s');
	else url.searchParams.set('s', scenario);
	return url;
}
