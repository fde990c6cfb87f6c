import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

const browser = 'tests/browser/**/*.test.ts';

/** `vitest run --mode full`: each project asks for its own mode, so the command line is what tells. */
const full = process.argv.some((arg, i, args) => arg === '--mode=full' || (arg === '--mode' && args[i + 1] === 'full'));

export default defineConfig({
	plugins: [sveltekit()],
	test: {
		// `npm run test:full` takes the case counts that are named in full.
		env: { KAOJI_EFFORT: full ? 'full' : (process.env['KAOJI_EFFORT'] ?? '') },
		// Two cores, each test file with a DuckDB of its own.
		maxWorkers: 2,
		// Files share what they load, which is a third of the time; a test that changes what lives in a module puts it back.
		isolate: false,
		testTimeout: 120_000,
		hookTimeout: 120_000,
		projects: [
			{ extends: true, test: { name: 'unit', include: ['tests/**/*.test.ts'], exclude: [browser] } },
			// These need the built pages and the browser, which the others should not wait for.
			{ extends: true, test: { name: 'browser', include: [browser], globalSetup: 'tests/browser/setup.ts' } }
		]
	}
});
