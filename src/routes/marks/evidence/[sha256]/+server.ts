import { readFile } from 'node:fs/promises';
import { findEvidence } from '#lib/server/workflows/keep-evidence.ts';
import { looking } from '../../../looking.ts';
import type { RequestHandler } from './$types';

/** A file that proves an entry. It is saved, never shown: whatever is in it runs nothing here. */
export const GET: RequestHandler = (event) =>
	looking(event, async (look) => {
		const { path, name } = await findEvidence(look, event.params.sha256, event.locals.actor);
		const bytes = await readFile(path);
		return new Response(new Uint8Array(bytes), {
			headers: {
				'content-type': 'application/octet-stream',
				'content-disposition': `attachment; filename="evidence"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`,
				'content-length': String(bytes.length),
				'cache-control': 'private, no-store',
				'x-content-type-options': 'nosniff',
				'content-security-policy': "default-src 'none'; sandbox"
			}
		});
	});
