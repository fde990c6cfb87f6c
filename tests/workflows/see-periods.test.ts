import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rulesFor } from '#lib/server/workflows/see-periods.ts';
import { inFolder } from '../support/kaoji.ts';

describe('the scheme that an address names', () => {
	it('is one of the shelf, and never a file by its path', async () => {
		await inFolder((home) => {
			const path = join(home, 'own.yaml');
			writeFileSync(path, 'id: own\n');
			for (const name of [path, '../own', `${path}@1`, 'nothing'])
				expect(() => rulesFor(home, name, 'zh')).toThrow('scheme_unknown');
			expect(rulesFor(home, 'xinbei-2025@1', 'zh').scheme.id).toBe('xinbei-2025');
			return Promise.resolve();
		});
	});
});
