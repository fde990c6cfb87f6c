/**
 * `npm run bench`: what Kaoji costs beside the leanest way to the same figures, as ratios of one run.
 * `KAOJI_BENCH_ROWS` patrols are imported (1,000,000), `KAOJI_BENCH_PATROLS` are tallied (12,000,000).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchImport } from './import.ts';
import { benchTallies } from './tallies.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaoji-bench-'));
try {
	console.log(`${cpus().length} cores, node ${process.version}`);
	await benchImport(folder, Number(process.env['KAOJI_BENCH_ROWS'] ?? 1_000_000));
	await benchTallies(folder, Number(process.env['KAOJI_BENCH_PATROLS'] ?? 12_000_000));
} finally {
	rmSync(folder, { recursive: true, force: true });
}
