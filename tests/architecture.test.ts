import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What each room may import, beside itself: the layers of the architecture, nothing else. */
const pure = ['intake', 'measures', 'scoring', 'allocation', 'trends', 'reports', 'demo'];
const stores = ['server/workbooks', 'server/warehouse', 'server/schemes'];
const mayImport: Record<string, readonly string[]> = {
	basis: [],
	...Object.fromEntries(pure.map((room) => [room, ['basis']])),
	yaml: ['basis'],
	// The what-if puts measures, scores and money together, purely, so that the server and the browser run the same.
	whatif: ['basis', 'measures', 'scoring', 'allocation', 'reports'],
	messages: ['basis', ...pure, 'whatif', 'paraglide', 'browser'],
	browser: ['basis', ...pure, 'whatif'],
	charts: ['basis', ...pure, 'browser'],
	components: ['basis', ...pure, 'whatif', 'yaml', 'messages', 'paraglide', 'browser', 'charts'],
	'server/shipped': [],
	'server/arrow': [],
	'server/charts': ['charts'],
	'server/workbooks': ['basis', ...pure, 'server/shipped'],
	'server/warehouse': ['basis', ...pure, 'server/shipped', 'server/workbooks'],
	'server/schemes': ['basis', ...pure, 'yaml', 'messages', 'server/shipped'],
	'server/workflows': ['basis', ...pure, 'whatif', 'yaml', 'messages', ...stores, 'server/arrow'],
	scripts: ['basis', ...pure, 'messages', ...stores, 'server/shipped', 'server/workflows'],
	routes: [
		'basis',
		...pure,
		'whatif',
		'yaml',
		'messages',
		'paraglide',
		'browser',
		'charts',
		'components',
		...stores,
		'server/charts',
		'server/workflows'
	]
};

function files(folder: string): string[] {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		if (statSync(path).isDirectory()) return name === 'paraglide' ? [] : files(path);
		return /\.(ts|svelte)$/.test(name) ? [path] : [];
	});
}

const sources = [...files(join(root, 'src')), ...files(join(root, 'scripts'))];

function roomOf(path: string): string {
	const parts = relative(root, path).split('/');
	if (parts[0] === 'scripts') return 'scripts';
	// What stands around the routes (hooks, types) is of their room.
	if (parts[1] === 'routes' || parts.length === 2) return 'routes';
	return parts[2] === 'server' ? `server/${parts[3] ?? ''}` : (parts[2] ?? '');
}

function importsOf(path: string): { specifier: string; target: string | null }[] {
	const text = readFileSync(path, 'utf8');
	const specifiers = [...text.matchAll(/\b(?:from|import)\s*\(?\s*'([\w@#./-]+)'\)?;?$/gm)].map(
		([, specifier]) => specifier ?? ''
	);
	return specifiers.map((specifier) => ({
		specifier,
		target: specifier.startsWith('.')
			? resolve(dirname(path), specifier)
			: specifier.startsWith('#lib/')
				? join(root, 'src/lib', specifier.slice(5))
				: null
	}));
}

describe('the layers of the architecture', () => {
	it('are kept by every import', () => {
		const broken = sources.flatMap((path) => {
			const room = roomOf(path);
			const allowed = mayImport[room];
			if (!allowed) return [`${relative(root, path)}: the room ${room} has no place in the layers`];
			return importsOf(path)
				.filter(({ target }) => target !== null && roomOf(target) !== room && !allowed.includes(roomOf(target)))
				.map(({ specifier }) => `${relative(root, path)} imports ${specifier}`);
		});
		expect(broken).toEqual([]);
	});

	it('leave the pure rooms without node, engine, format or page libraries', () => {
		const foreign = sources
			.filter((path) => ['basis', ...pure, 'whatif'].includes(roomOf(path)))
			.flatMap((path) =>
				importsOf(path)
					.filter(({ target }) => target === null)
					.map(({ specifier }) => `${relative(root, path)} imports ${specifier}`)
			);
		expect(foreign).toEqual([]);
	});

	it('have no cycle of imports', () => {
		const graph = new Map(
			sources.map((path) => [path, importsOf(path).flatMap(({ target }) => (target === null ? [] : [target]))])
		);
		const done = new Set<string>();
		const cycles: string[] = [];
		const visit = (path: string, trail: readonly string[]): void => {
			if (trail.includes(path)) {
				cycles.push([...trail.slice(trail.indexOf(path)), path].map((one) => relative(root, one)).join(' → '));
				return;
			}
			if (done.has(path)) return;
			for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
			done.add(path);
		};
		for (const path of sources) visit(path, []);
		expect(cycles).toEqual([]);
	});

	it('let only the readers of workbooks know the spreadsheet library, and only the engine know DuckDB', () => {
		// A benchmark compares with the bare library.
		const product = sources.filter((path) => !path.includes('/scripts/bench/'));
		const wrong = product.filter((path) => {
			const specifiers = importsOf(path).map(({ specifier }) => specifier);
			return (
				(specifiers.some((one) => one.includes('xlsx')) && roomOf(path) !== 'server/workbooks') ||
				(specifiers.some((one) => one.startsWith('@duckdb/')) && !path.includes('/warehouse/duckdb/'))
			);
		});
		expect(wrong.map((path) => relative(root, path))).toEqual([]);
	});
});
