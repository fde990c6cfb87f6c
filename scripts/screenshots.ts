/**
 * Pictures of every page in both themes at two widths, into the ignored folder `var/screenshots`, to be looked at one by
 * one. `npm run screenshots -- URL [PATH…]` takes a running server; without a path, all pages.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launchBrowser } from './browser.ts';

const pages: Readonly<Record<string, string>> = {
	overview: '/',
	'overview-year': '/?period=2025',
	township: '/townships/320411105',
	trace: '/townships/320411105?indicator=coverage',
	townships: '/townships',
	levels: '/levels',
	progress: '/progress',
	'progress-township': '/progress?township=320411105',
	trends: '/trends',
	'trends-domain': '/trends?measure=problem_rate&split=domain&by=quarter',
	funds: '/funds?pool=834660&township=320411105',
	'funds-compare': '/funds?pool=834660&compare=dongkou',
	whatif: '/whatif?pool=834660&plan=dongkou&s=coverage.points:30;grade.excellent:92',
	marks: '/marks',
	'marks-pending': '/marks?tab=pending',
	'marks-sheet': '/marks/sheet?township=320411105',
	data: '/data',
	batch: '/data/batches/1',
	held: '/data/held',
	absent: '/data/absent',
	doubles: '/data/doubles',
	own: '/data/own',
	schemes: '/schemes',
	scheme: '/schemes/xinbei-2025',
	'scheme-differences': '/schemes/xinbei-2025/differences',
	plan: '/schemes/plans/dongkou',
	missing: '/nowhere'
};
/** Pages of files that wait: they are reached by handing in this file, whose headers nobody knows. */
const waitingPages: Readonly<Record<string, (at: string) => string>> = {
	waiting: (at) => at,
	mapping: (at) => `${at}/mapping?file=${encodeURIComponent(unknown.name)}&kind=patrol`
};
const unknown = {
	name: '协管台账.csv',
	text: '序,店家,乡镇（街道）,类型,实际巡查日期,说明\n1,兴隆饭店,孟河镇,吃的,3/4/2026,地面积水；当场改正\n2,清泉浴室,老街,公共场所,3/5/2026,无\n'
};
const widths = [1440, 390];
const themes = ['light', 'dark'] as const;

const [address = 'http://localhost:3000', ...paths] = process.argv.slice(2);
const isWanted = ([name]: readonly [string, unknown]): boolean => paths.length === 0 || paths.includes(name);
const wanted = Object.entries(pages).filter(isWanted);
const folder = join('var', 'screenshots');
mkdirSync(folder, { recursive: true });

const browser = await launchBrowser();
try {
	const waiting = Object.entries(waitingPages).filter(isWanted);
	if (waiting.length > 0) {
		const at = await handIn();
		wanted.push(...waiting.map(([name, path]): [string, string] => [name, path(at)]));
	}
	for (const width of widths) {
		for (const theme of themes) {
			const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme });
			const page = await context.newPage();
			for (const [name, path] of wanted) {
				await page.goto(address + path, { waitUntil: 'networkidle' });
				const file = join(folder, `${name}-${theme}-${width}.png`);
				await page.screenshot({ path: file, fullPage: true });
				process.stdout.write(`${file}\n`);
			}
			await context.close();
		}
	}
} finally {
	await browser.close();
}

/** Hands in the unknown file to be looked at; gives the path of its page. */
async function handIn(): Promise<string> {
	const page = await browser.newPage();
	await page.goto(`${address}/data`);
	await page
		.locator('input[type=file]')
		.setInputFiles({ name: unknown.name, mimeType: 'text/csv', buffer: Buffer.from(unknown.text) });
	await page.getByRole('button', { name: '查看识别结果' }).click();
	await page.waitForURL(/waiting/);
	await page.close();
	return new URL(page.url()).pathname;
}
