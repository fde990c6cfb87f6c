/** Where a page goes once an import is done. */
import { fileAndSheet } from '#lib/basis/file-and-sheet.ts';
import { linkTo } from '#lib/browser/address.ts';
import type { ImportReport } from '#lib/server/workflows/import-files.ts';

/** What a header of an answer may hold of names, in characters; a longer one the browser would refuse. */
const mostNamed = 4000;

/** The address of the batch. Sheets that were not read are no part of it; the address carries them to its page. */
export function addressOfBatch(url: URL, { batch, skipped }: ImportReport): string {
	const address = linkTo(url, `/data/batches/${batch}`);
	const query: string[] = [];
	for (const { file, sheet, reason } of skipped) {
		query.push(`${reason}=${encodeURIComponent(fileAndSheet(file, sheet))}`);
		if (query.join('&').length > mostNamed) {
			query.pop();
			break;
		}
	}
	if (query.length === 0) return address;
	return `${address}${address.includes('?') ? '&' : '?'}${query.join('&')}`;
}
