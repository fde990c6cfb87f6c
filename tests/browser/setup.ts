/** Once before all browser tests: the pages are built, the browser is unpacked. */
import { buildPages } from '../../scripts/build-pages.ts';
import { unpackBrowser } from '../../scripts/browser.ts';

export default async function setup(): Promise<void> {
	await Promise.all([buildPages(() => undefined), unpackBrowser()]);
}
