/** Asks the engine for the types of the published views, over an empty home that is gone afterwards. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textOf } from '#lib/server/warehouse/engine.ts';
import { openWarehouse } from '#lib/server/warehouse/open.ts';
import { publishedViews } from '#lib/server/warehouse/published.ts';
import type { ViewTypes } from './data.ts';

export async function viewTypes(): Promise<ViewTypes> {
	const folder = mkdtempSync(join(tmpdir(), 'kaoji-docs-'));
	try {
		const { engine } = await openWarehouse(folder, { create: true, engineName: 'memory' });
		try {
			const types = new Map<string, Map<string, string>>();
			for (const { name, sql } of publishedViews) {
				const rows = await engine.rows(`DESCRIBE ${sql}`);
				types.set(name, new Map(rows.map((row) => [textOf(row['column_name']), textOf(row['column_type'])])));
			}
			return types;
		} finally {
			await engine.close();
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
