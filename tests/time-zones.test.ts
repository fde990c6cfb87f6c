import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { full } from './support/kaoji.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('days, periods, cells and the SQL of measures', () => {
	// In the machine's own zone they have run already; west of Greenwich a day slips most easily.
	it.each(full ? ['UTC', 'Asia/Shanghai', 'America/Los_Angeles'] : ['America/Los_Angeles'])(
		'pass the same tests on a machine in %s',
		(zone) => {
			const { status, stdout } = spawnSync(
				process.execPath,
				[
					'node_modules/vitest/vitest.mjs',
					'run',
					'tests/basis',
					'tests/intake/cells.test.ts',
					'tests/warehouse',
					'--project',
					'unit'
				],
				{ cwd: root, env: { ...process.env, TZ: zone }, encoding: 'utf8' }
			);
			expect([status, stdout.includes('failed')]).toEqual([0, false]);
		}
	);
});
