import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	plugins: [sveltekit()],
	test: {
		include: ['tests/**/*.test.ts'],
		// Two cores, each test file with a DuckDB of its own.
		maxWorkers: 2,
		testTimeout: 120_000,
		hookTimeout: 120_000
	}
});
