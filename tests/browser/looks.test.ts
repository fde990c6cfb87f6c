/** Every page: nothing for axe to find in either theme, no sideways page, no text over text; odd places and no places too. */
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { source as axeSource } from 'axe-core';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { csvText } from '#lib/server/workbooks/write-csv.ts';
import { closeAfterwards, startReader } from '../support/browser.ts';
import { kaoji, ownFolder } from '../support/kaoji.ts';
import { manyPlaces, oddPlaces, type Place, writePlaces } from '../support/places.ts';
import { serve, type Served } from '../support/server.ts';

interface Finding {
	readonly id: string;
	readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What is asked of a page in each theme: themes differ in colours, and in nothing else. */
const rulesOf = {
	light: '{ resultTypes: ["violations"], rules: { "target-size": { enabled: true } } }',
	dark: '{ resultTypes: ["violations"], runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } }'
};

/** What axe finds, a line each. The content security policy of the page lets axe in only through the debugger. */
async function axe(page: Page, theme: keyof typeof rulesOf): Promise<string[]> {
	await page.evaluate(axeSource);
	const { violations } = (await page.evaluate(`axe.run(${rulesOf[theme]})`)) as {
		violations: readonly Finding[];
	};
	return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

/** How far the page reaches beyond its window, in px. */
const overflow = (page: Page): Promise<number> =>
	page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Pairs of texts that lie over one another, by what a reader sees of them. */
const overlaps = (page: Page): Promise<string[]> =>
	page.evaluate(() => {
		const boxes: { text: string; left: number; top: number; right: number; bottom: number; element: Element }[] = [];
		const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const text = (node.textContent ?? '').trim();
			const element = node.parentElement;
			if (text === '' || !element || element.closest('.visually-hidden, .skip, script, style, title, select, textarea'))
				continue;
			if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
			const range = document.createRange();
			range.selectNodeContents(node);
			for (const { left, top, right, bottom } of range.getClientRects()) {
				let clipped = { left, top, right, bottom };
				for (let above = element.parentElement; above; above = above.parentElement) {
					if (getComputedStyle(above).overflowX === 'visible') continue;
					const edge = above.getBoundingClientRect();
					clipped = {
						left: Math.max(clipped.left, edge.left),
						right: Math.min(clipped.right, edge.right),
						top: Math.max(clipped.top, edge.top),
						bottom: Math.min(clipped.bottom, edge.bottom)
					};
				}
				if (clipped.right - clipped.left > 2 && clipped.bottom - clipped.top > 2)
					boxes.push({ text, element, ...clipped });
			}
		}
		boxes.sort((a, b) => a.top - b.top);
		const found: string[] = [];
		for (const [i, a] of boxes.entries())
			for (let j = i + 1; j < boxes.length; j++) {
				const b = boxes[j];
				if (!b || b.top > a.bottom - 3) break;
				const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
				const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
				// Lines of one text may touch; more than a few px both ways is one text over another.
				if (across > 3 && down > 5 && a.element !== b.element)
					found.push(`${a.text.slice(0, 30)} × ${b.text.slice(0, 30)}`);
			}
		return found;
	});

/** A home, what is imported into it, and the pages that it has. */
interface Scene {
	readonly name: string;
	readonly places: readonly Place[];
	readonly paths: (code: string) => readonly string[];
	/** Whether it has every page: then they are looked at in the dark and on a wide screen, too, and a file of no known kind waits. */
	readonly everything?: boolean;
}

const everyPage = (code: string): string[] => [
	'/',
	'/?period=2025',
	'/?period=2025Q3&sort=-coverage',
	'/townships',
	'/levels',
	'/levels?period=2025&level=city',
	`/townships/${code}`,
	`/townships/${code}?indicator=coverage`,
	`/townships/${code}?period=2025`,
	'/progress?period=2025Q4',
	`/progress?period=2025Q4&township=${code}`,
	'/trends',
	'/trends?measure=patrol_coverage&by=quarter&split=domain',
	'/funds?pool=834660',
	`/funds?pool=834660&compare=dongkou&township=${code}`,
	'/whatif?period=2025Q4&plan=dongkou&pool=834660&s=coverage.points:30;grade.excellent:99',
	'/marks',
	'/marks?tab=pending',
	'/marks/sheet',
	'/data',
	'/data/batches/1',
	'/data/held',
	'/data/absent',
	'/data/doubles',
	'/data/own',
	'/schemes',
	'/schemes/xinbei-2025',
	'/schemes/xinbei-2025/differences',
	'/schemes/plans/dongkou',
	'/nowhere'
];
const mainPages = (code: string): string[] => [
	'/',
	`/townships/${code}?indicator=coverage`,
	'/progress?period=2025Q4',
	'/trends',
	'/funds?pool=834660',
	'/whatif?pool=834660&s=coverage.points:30',
	'/marks',
	'/data'
];
const scenes: readonly Scene[] = [
	{ name: 'three places with odd names', places: oddPlaces, paths: everyPage, everything: true },
	{ name: 'one township', places: manyPlaces(1), paths: mainPages },
	{ name: 'fifteen hundred townships', places: manyPlaces(1500), paths: mainPages },
	{
		name: 'an empty home',
		places: [],
		paths: () => [
			'/',
			'/townships',
			'/progress',
			'/trends',
			'/funds',
			'/whatif',
			'/marks',
			'/data',
			'/data/held',
			'/data/absent',
			'/data/doubles',
			'/data/own',
			'/schemes',
			'/schemes/xinbei-2025'
		]
	}
];

/** A file whose headers nobody knows, with words and cells that are odd too. */
function unknownFile(folder: string): string[] {
	const file = join(folder, '协管巡查台账<三月>.csv');
	const words = oddPlaces.map(({ name }) => name);
	const rows = words.map((name, i) => [String(i + 1), `${name}/饭店`, name, '吃的', '3/4/2026', '积水；'.repeat(40)]);
	writeFileSync(file, csvText([['序', '店家', '所属乡镇（街道）', '类型', '实际巡查日期', '说明'], ...rows]));
	return [file];
}

/** Hands in files to be looked at; gives the pages that show them. */
async function waitingPages(url: string, page: Page, files: readonly string[]): Promise<string[]> {
	await page.goto(`${url}/data`);
	await page.locator('input[type=file]').setInputFiles([...files]);
	await page.getByRole('button', { name: '查看识别结果' }).click();
	await page.waitForURL(/\/data\/waiting\//);
	const at = new URL(page.url()).pathname;
	const mapping = `${at}/mapping?file=${encodeURIComponent(basename(files[0] ?? ''))}`;
	return [at, `${mapping}&kind=patrol`, `${mapping}&kind=clue&row=1`];
}

describe.each(scenes)('$name', ({ places, paths, everything = false }) => {
	const { path, remove } = ownFolder();
	const code = places[0]?.code ?? '';
	let served: Served;
	let reader: Awaited<ReturnType<typeof startReader>>;

	beforeAll(async () => {
		const home = join(path, 'home');
		if (places.length > 0) {
			const files = writePlaces(join(path, 'files'), places);
			const { code, stderr } = await kaoji(home, 'import', ...files, '--today', '2026-04-30');
			if (code !== 0) throw new Error(stderr);
		}
		[served, reader] = await Promise.all([serve(home, '--today', '2026-04-30'), startReader()]);
	});
	closeAfterwards(() => ({ reader, served }), remove);

	/** Every page in a theme, with what is wrong with it. */
	async function look(
		theme: keyof typeof rulesOf,
		wrongIn: (page: Page, at: string) => Promise<string[]>
	): Promise<void> {
		const page = await reader.page({ colorScheme: theme });
		const wrong: string[] = [];
		const waited = everything ? await waitingPages(served.url, page, unknownFile(join(path, 'files'))) : [];
		for (const at of [...paths(code), ...waited]) {
			await page.goto(served.url + at);
			wrong.push(...(await axe(page, theme)).map((finding) => `${at} ${finding}`), ...(await wrongIn(page, at)));
		}
		await page.context().close();
		expect(wrong).toEqual([]);
	}

	it('stands in light: axe finds nothing, at no width a sideways page or text over text', () =>
		look('light', async (page, at) => {
			const wrong: string[] = [];
			for (const width of everything ? [390, 1440, 2560] : [390, 1440]) {
				await page.setViewportSize({ width, height: 900 });
				const beyond = await overflow(page);
				if (beyond > 0) wrong.push(`${at} is ${beyond} px too wide at ${width}`);
				wrong.push(...(await overlaps(page)).map((pair) => `${at} at ${width}: ${pair}`));
			}
			await page.setViewportSize({ width: 1440, height: 900 });
			return wrong;
		}));

	it.runIf(everything)('can be read in dark', () => look('dark', () => Promise.resolve([])));
});
