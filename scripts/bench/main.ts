/**
 * `npm run bench`: a what-if in the browser, then what Kaoji costs beside the leanest way to the same figures, as ratios
 * of one run.
 * `KAOJI_BENCH_ROWS` patrols are imported (1,000,000) as text and `KAOJI_BENCH_WORKBOOK` as a workbook (200,000),
 * `KAOJI_BENCH_PATROLS` are tallied (12,000,000); 0 leaves a part out.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchHostile } from './hostile.ts';
import { benchImport, benchWorkbook } from './import.ts';
import { benchRankIntervals } from './rank-intervals.ts';
import { benchTallies } from './tallies.ts';
import { benchWhatIf } from './whatif.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaoji-bench-'));
try {
	console.log(`${cpus().length} cores, node ${process.version}`);
	benchRankIntervals();
	await benchWhatIf(folder);
	await benchHostile(folder);
	for (const [name, usual, bench] of [
		['KAOJI_BENCH_ROWS', 1_000_000, benchImport],
		['KAOJI_BENCH_WORKBOOK', 200_000, benchWorkbook],
		['KAOJI_BENCH_PATROLS', 12_000_000, benchTallies]
	] as const) {
		const rows = Number(process.env[name] ?? usual);
		if (rows > 0) await bench(folder, rows);
	}
} finally {
	rmSync(folder, { recursive: true, force: true });
}
