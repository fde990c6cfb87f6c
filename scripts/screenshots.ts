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
	progress: '/progress',
	'progress-township': '/progress?township=320411105',
	trends: '/trends',
	'trends-domain': '/trends?measure=problem_rate&split=domain&by=quarter',
	funds: '/funds?pool=834660&township=320411105',
	'funds-compare': '/funds?pool=834660&compare=dongkou',
	data: '/data',
	batch: '/data/batches/1',
	held: '/data/held',
	absent: '/data/absent',
	doubles: '/data/doubles',
	own: '/data/own',
	missing: '/nowhere'
};
const widths = [1440, 390];
const themes = ['light', 'dark'] as const;

const [address = 'http://localhost:3000', ...paths] = process.argv.slice(2);
const wanted = Object.entries(pages).filter(([name]) => paths.length === 0 || paths.includes(name));
const folder = join('var', 'screenshots');
mkdirSync(folder, { recursive: true });

const browser = await launchBrowser();
try {
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
