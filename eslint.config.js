import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
	globalIgnores(['node_modules/', 'build/', '.svelte-kit/', 'src/lib/paraglide/', 'var/']),
	tseslint.configs.strict,
	tseslint.configs.stylistic,
	svelte.configs.recommended,
	{ files: ['**/*.svelte'], languageOptions: { parserOptions: { parser: tseslint.parser } } },
	{
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
			'no-console': 'error',
			eqeqeq: ['error', 'always', { null: 'ignore' }]
		}
	},
	{
		// The pure layers give the same result everywhere: no clock, no chance, no time zone (rules.md, first paragraph).
		files: ['src/lib/{basis,intake,measures,scoring,allocation,trends,demo}/**/*.ts'],
		rules: {
			'no-restricted-globals': ['error', 'Date', 'process', 'Buffer', 'fetch'],
			'no-restricted-properties': ['error', { object: 'Math', property: 'random' }]
		}
	},
	{
		// Nothing on the way to a score or a payment is a floating-point number.
		files: ['src/lib/{measures,scoring,allocation}/**/*.ts', 'src/lib/basis/{fraction,fen}.ts'],
		rules: {
			'no-restricted-globals': ['error', 'Date', 'process', 'Buffer', 'fetch', 'parseFloat'],
			'no-restricted-properties': [
				'error',
				...['random', 'round', 'floor', 'ceil', 'pow', 'sqrt', 'trunc', 'fround'].map((property) => ({
					object: 'Math',
					property
				}))
			],
			'no-restricted-syntax': [
				'error',
				{ selector: 'Literal[raw=/^[0-9_]*\\.[0-9]/]', message: 'A decimal literal is a float: use decimal().' },
				{ selector: "MemberExpression[property.name='toNumber']", message: 'Keep it exact.' }
			]
		}
	},
	{
		// Kaoji is served at the root, and its links are made by browser/address.ts, which keeps the state of a view.
		files: ['**/*.svelte'],
		rules: { 'svelte/no-navigation-without-resolve': 'off' }
	},
	{ files: ['scripts/bench/**/*.ts', 'tests/**/check-*.ts'], rules: { 'no-console': 'off' } }
);
