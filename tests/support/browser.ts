/** One browser for a test file, and pages in it that are as a reader has them. */
import { cpSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, expect, inject } from 'vitest';
import { launchBrowser } from '../../scripts/browser.ts';
import { serve, type Served } from './server.ts';

export interface Reader {
	/** A new window; cookies and theme are its own. */
	readonly page: (options?: BrowserContextOptions) => Promise<Page>;
	readonly close: () => Promise<void>;
}

/** Starts the browser. A page that logs an error, or loads anything from elsewhere, fails the test that closes it. */
export async function startReader(): Promise<Reader & { readonly complaints: string[] }> {
	const browser: Browser = await launchBrowser();
	const complaints: string[] = [];
	return {
		complaints,
		page: async (options = {}) => {
			const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
			const page = await context.newPage();
			page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
			page.on('console', (message) => {
				// An answer of 4xx is what some tests ask for; the browser reports it as an error of the console.
				if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
					complaints.push(`${page.url()}: ${message.text()}`);
			});
			page.on('dialog', (dialog) => {
				complaints.push(`${page.url()}: a dialog says ${dialog.message()}`);
				void dialog.dismiss();
			});
			return page;
		},
		close: () => browser.close()
	};
}

/** Starts a server over a copy of the demonstration, which is made once for all tests. */
export async function serveDemonstration(home: string): Promise<Served> {
	cpSync(inject('demonstration'), home, { recursive: true });
	return serve(home, '--today', '2026-04-30');
}

/** Ends what a test file has started, and lets no test pass whose pages complained. */
export function closeAfterwards(
	started: () => { readonly reader: Awaited<ReturnType<typeof startReader>>; readonly served: Served },
	remove: () => void
): void {
	afterAll(async () => {
		const { reader, served } = started();
		await reader.close();
		await served.stop();
		remove();
	});
	afterEach(() => {
		expect(started().reader.complaints.splice(0)).toEqual([]);
	});
}

/** The text of an element as a reader sees it: white space folded. */
export const seen = (text: string | null): string => (text ?? '').replace(/\s+/g, ' ').trim();
