/**
 * The overview of a province of 1,500 townships: server time, and what the browser loads before anybody touches it.
 * Aims: p95 of 60 ms, 300 kB compressed, at most 90 kB of it JavaScript.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kaoji } from '#tests/support/kaoji.ts';
import { manyPlaces, writePlaces } from '#tests/support/places.ts';
import { serve } from '#tests/support/server.ts';
import { launchBrowser } from '../browser.ts';

const townships = Number(process.env['KAOJI_BENCH_TOWNSHIPS'] ?? '1500');
const requests = 200;

/** Milliseconds until the whole answer is there, gzip as a browser takes it. */
function timed(url: string): Promise<number> {
	const start = performance.now();
	return new Promise((resolve, reject) => {
		get(url, { headers: { 'accept-encoding': 'gzip' } }, (response) => {
			response.on('data', () => undefined);
			response.once('end', () => resolve(performance.now() - start));
		}).once('error', reject);
	});
}

const at = (sorted: readonly number[], share: number): string =>
	(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(1);

async function times(name: string, url: string): Promise<number[]> {
	const first = await timed(url);
	const all: number[] = [];
	for (let i = 0; i < requests; i++) all.push(await timed(url));
	all.sort((a, b) => a - b);
	console.log(`${name}: first ${first.toFixed(0)} ms, then median ${at(all, 0.5)} ms, p95 ${at(all, 0.95)} ms`);
	return all;
}

const kilo = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

async function weight(url: string): Promise<void> {
	const browser = await launchBrowser();
	try {
		const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
		const sizes: { type: string; bytes: Promise<number> }[] = [];
		page.on('requestfinished', (request) =>
			sizes.push({
				type: request.resourceType(),
				bytes: request.sizes().then(({ responseBodySize }) => responseBodySize)
			})
		);
		await page.goto(url, { waitUntil: 'networkidle' });
		const byType = new Map<string, number>();
		for (const { type, bytes } of sizes) byType.set(type, (byType.get(type) ?? 0) + (await bytes));
		const total = [...byType.values()].reduce((a, b) => a + b, 0);
		for (const [type, bytes] of byType) console.log(`  ${type}: ${kilo(bytes)}`);
		console.log(
			`weight compressed: ${kilo(total)} (aim 300 kB), JavaScript ${kilo(byType.get('script') ?? 0)} (aim 90 kB)`
		);
	} finally {
		await browser.close();
	}
}

const folder = mkdtempSync(join(tmpdir(), 'kaoji-bench-'));
try {
	const home = join(folder, 'home');
	const files = writePlaces(join(folder, 'files'), manyPlaces(townships));
	await kaoji(home, 'import', ...files, '--today', '2026-04-30');
	const served = await serve(home, '--today', '2026-04-30');
	try {
		console.log(`overview of ${townships} townships, ${requests} requests one after the other`);
		const bare = await times('health check, the floor', `${served.url}/healthz`);
		const overview = await times('overview', `${served.url}/?period=2025Q4`);
		await times('its third page', `${served.url}/?period=2025Q4&page=3`);
		console.log(`overview p95 ÷ floor p95: ${(Number(at(overview, 0.95)) / Number(at(bare, 0.95))).toFixed(1)}`);
		await weight(`${served.url}/?period=2025Q4`);
	} finally {
		await served.stop();
	}
} finally {
	rmSync(folder, { recursive: true, force: true });
}
