/**
 * A what-if over a province of 1,500 townships and 12 indicators, scored, ranked and paid again in the browser. Aim: a
 * median of 50 ms, measured by the page itself around scoring, ranking and paying; what it gives is compared with the server's.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { shipped } from '#lib/server/shipped/folder.ts';
import { kaoji } from '#tests/support/kaoji.ts';
import { manyPlaces, writePlaces } from '#tests/support/places.ts';
import { serve } from '#tests/support/server.ts';
import { launchBrowser } from '../browser.ts';

const townships = 1_500;
const runs = 20;

/** Two indicators more than the shipped scheme has. */
const more = `
  - key: complete
    points: 5
    measure: { name: record_completeness }
    rule: { kind: banded, bands: [{ at_least: 0.9, points: 5 }, { at_least: 0.6, points: 3 }, { at_least: 0, points: 1 }] }
    empty: excluded
  - key: problems
    points: 5
    measure: { name: problem_rate }
    rule: { kind: shortfall, target: 0.2, per: 0.05, minus: 1, steps: up }
    empty: excluded
`;

/** The milliseconds that the page has measured last. */
async function measured(page: Page): Promise<number> {
	const duration = await page.waitForFunction(() => performance.getEntriesByName('whatif').at(-1)?.duration);
	return Number(await duration.jsonValue());
}

/** The milliseconds of one change: one number that is moved, or many at once. */
async function change(page: Page, path: string, value: string): Promise<number> {
	await page.evaluate(() => performance.clearMeasures('whatif'));
	await page.locator(`input[name="f.${path}"]`).evaluate((input, text) => {
		(input as HTMLInputElement).value = text;
		input.dispatchEvent(new Event('change', { bubbles: true }));
	}, value);
	return measured(page);
}

/** The scenario with another number of each indicator. */
const allMoved = (all: string, coverage: number): string =>
	all
		.replace('coverage.points:21', `coverage.points:${coverage}`)
		.replaceAll(/target:0\.95/g, `target:${(0.9 + coverage / 1_000).toFixed(3)}`);

/** The milliseconds of a link to another scenario of the page that is open: its rules are all new to it. */
async function follow(page: Page, address: string): Promise<number> {
	await page.evaluate((href) => {
		performance.clearMeasures('whatif');
		const link = document.createElement('a');
		link.href = href;
		document.body.append(link);
		link.click();
		link.remove();
	}, address);
	return measured(page);
}

const sorted = (times: readonly number[]): number[] => [...times].sort((a, b) => a - b);

function printed(name: string, times: readonly number[]): void {
	const all = sorted(times);
	const [least, median, most] = [all[0], all[all.length >> 1], all.at(-1)].map((time) => (time ?? NaN).toFixed(1));
	console.log(`${name}: median of ${times.length} ${median} ms (${least} to ${most}), aim 50 ms`);
}

/** Prints the medians, after checking that the page shows what the server gives. */
export async function benchWhatIf(folder: string): Promise<void> {
	const home = join(folder, 'whatif');
	mkdirSync(join(home, 'schemes'), { recursive: true });
	const scheme = readFileSync(shipped('data', 'schemes', 'xinbei-2025.yaml'), 'utf8');
	writeFileSync(join(home, 'schemes', 'bench.yaml'), scheme.replace('\nbonuses:', `${more}bonuses:`));
	await kaoji(home, 'import', ...writePlaces(join(folder, 'places'), manyPlaces(townships)), '--today', '2026-04-30');
	const served = await serve(home, '--today', '2026-04-30');
	const browser = await launchBrowser();
	try {
		const of = 'period=2025Q4&plan=dongkou&pool=834660000';
		const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
		// Every point, target and threshold is moved: nothing that was scored before can be used again.
		const all =
			'filing.points:11;filing.target:0.95;coverage.points:21;coverage.target:0.95;frequency.points:11;records.points:11;rectified.points:11;forms.points:11;clues.points:11;staffing.points:6;training.points:6;onsite.points:11;complete.points:6;problems.points:6';
		await page.goto(`${served.url}/whatif?${of}&s=${encodeURIComponent(all)}`);
		await page.locator('[data-live]').waitFor({ timeout: 120_000 });
		const one: number[] = [];
		for (let run = 0; run <= runs; run++) one.push(await change(page, 'coverage.points', String(22 + run)));
		printed(`what-if in the browser, ${townships} townships × 12 indicators, one number moved`, one.slice(1));
		const again: number[] = [];
		for (let run = 0; run <= runs; run++)
			again.push(await follow(page, `/whatif?${of}&s=${encodeURIComponent(allMoved(all, 22 + run))}`));
		printed('all 12 indicators moved at once by a link, nothing of them scored before', again.slice(1));
		const many: number[] = [];
		for (let run = 0; run <= runs; run++) {
			await page.goto(`${served.url}/whatif?${of}&s=${encodeURIComponent(allMoved(all, 22 + run))}`);
			await page.locator('[data-elapsed]').waitFor({ timeout: 120_000 });
			many.push(Number(await page.locator('[data-elapsed]').getAttribute('data-elapsed')));
		}
		printed('the same, all points moved at once, the first time on a page just opened', many.slice(1));
		await checked(page, served.url);
	} finally {
		await browser.close();
		await served.stop();
	}
}

/** The first page of the table against the JSON of the same address. */
async function checked(page: Page, url: string): Promise<void> {
	const { search } = new URL(page.url());
	const { townships: rows } = (await (await fetch(`${url}/whatif.json${search}`)).json()) as {
		townships: { name: string; rank: { after: number }; due: { after: string } }[];
	};
	const shown = await page
		.locator('table.data tbody tr')
		.evaluateAll((lines) =>
			lines.map((line) => [line.querySelector('.name')?.textContent, line.querySelectorAll('td')[6]?.textContent])
		);
	for (const [index, [name, due]] of shown.entries()) {
		const row = rows[index];
		if (row?.name !== name?.trim() || row?.due.after !== due?.trim().replaceAll(',', ''))
			throw new Error(`line ${index + 1} differs: ${name} ${due} and ${row?.name} ${row?.due.after}`);
	}
	console.log(`results identical to the server's in the ${shown.length} lines shown`);
}
