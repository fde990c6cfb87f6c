import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig(({ mode }) => ({
	plugins: [sveltekit()],
	test: {
		// `npm run test:full` takes the case counts that are named in full.
		env: { KAOJI_EFFORT: mode === 'full' ? 'full' : (process.env['KAOJI_EFFORT'] ?? '') },
		include: ['tests/**/*.test.ts'],
		// Two cores, each test file with a DuckDB of its own.
		maxWorkers: 2,
		testTimeout: 120_000,
		hookTimeout: 120_000
	}
}));
