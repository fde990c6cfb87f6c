/** The browser of tests, screenshots and benchmarks: it comes with the packages, so that nothing has to be installed. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import chromium, { inflate } from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

const args = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'];

/** Unpacks the browser into the system's folder for temporary files, once a machine. */
export const unpackBrowser = (): Promise<string> => chromium.executablePath();

/** The libraries that the browser needs and that a small machine lacks come packed beside it. */
async function packedLibraries(): Promise<string> {
	const folder = join(tmpdir(), 'al2023', 'lib');
	if (!existsSync(folder))
		await inflate(fileURLToPath(new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium'))));
	return folder;
}

/** Starts the browser without a window. */
export async function launchBrowser(): Promise<Browser> {
	const executablePath = await unpackBrowser();
	try {
		return await playwright.launch({ executablePath, args });
	} catch (error) {
		if (!/shared libraries/.test(String(error))) throw error;
		const libraries = [await packedLibraries(), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(delimiter);
		return playwright.launch({ executablePath, args, env: { ...process.env, LD_LIBRARY_PATH: libraries } });
	}
}
