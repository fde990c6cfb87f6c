/** What the documents say is so: they name what there is, and their commands print what they show. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { rowProblemCodes } from '#lib/basis/problem.ts';
import { measures } from '#lib/measures/catalogue/index.ts';
import { shelfNames } from '#lib/server/schemes/library.ts';
import { commands } from '../scripts/cli/main.ts';
import { documents } from '../scripts/docs/documents.ts';
import { full, inFolder, kaoji } from './support/kaoji.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const inDocs = readdirSync(join(root, 'docs'))
	.filter((name) => name.endsWith('.md'))
	.map((name) => `docs/${name}`);
const readmes = ['README.md', 'README.zh-CN.md'];
const pages = [...readmes, 'CONTRIBUTING.md', ...inDocs];
const docs = inDocs.map(read).join('\n');

const times = (text: string, part: string): number => text.split(part).length - 1;

describe('the documents', () => {
	it('have generated parts that are up to date', async () => {
		for (const { path, text } of await documents())
			expect(readFileSync(path, 'utf8'), `${basename(path)}: run npm run docs`).toBe(text);
	});

	it('name every command with each of its options', () => {
		for (const { name, options } of commands) {
			expect(docs).toContain(`kaoji ${name}`);
			for (const option of Object.keys(options)) expect(docs).toContain(`\`--${option}`);
		}
	});

	it('list every measure and say what its numerator and denominator are', () => {
		for (const { name } of measures)
			expect([name, times(read('docs/rules.md'), `\`${name}\``) >= 2]).toEqual([name, true]);
	});

	it('explain every reason for which a row is held', () => {
		for (const code of rowProblemCodes) expect(docs).toContain(`\`${code}\``);
	});

	it('list every scheme and every plan that is shipped', () => {
		const rules = read('docs/rules.md');
		const shippedOnes = [...shelfNames('schemes', null), ...shelfNames('plans', null)];
		expect(shippedOnes.filter((name) => !rules.includes(`\`${name}\``))).toEqual([]);
	});

	it('say of every dependency why it is there', () => {
		const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json')) as Record<
			string,
			Record<string, string>
		>;
		const decisions = read('docs/decisions.md');
		for (const name of Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }))
			expect(decisions).toContain(`\`${name}\``);
	});
});

/** Headings as the anchors by which links reach them. */
const anchorsOf = (text: string): string[] =>
	[...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
		(heading ?? '')
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replaceAll(' ', '-')
	);

describe('a link', () => {
	it.each(pages)('of %s leads to a file that is there, and to a heading in it', (page) => {
		const links = [...read(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g)];
		for (const [link, path = '', anchor] of links) {
			const target = path === '' ? join(root, page) : join(root, dirname(page), path);
			expect([link, existsSync(target)]).toEqual([link, true]);
			if (anchor !== undefined) expect(anchorsOf(readFileSync(target, 'utf8'))).toContain(anchor);
		}
	});
});

/** A step of the walk: the arguments of its command, and the lines of the output that are shown. */
interface Step {
	readonly args: readonly string[];
	readonly shown: readonly string[];
}

const step = /<!-- walk -->\n```sh\nnpm run kaoji -- (.*)\n```\n\n```text\n([\s\S]*?)\n```/g;

const walkOf = (page: string): Step[] =>
	[...read(page).matchAll(step)].map(([, command = '', output = '']) => ({
		args: [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''),
		shown: output.split('\n').filter((line) => line !== '…')
	}));

/** A path of the walk as the shell gives it to the command, in the home of the test. */
function inHome(home: string, arg: string): string[] {
	if (!arg.startsWith('var/')) return [arg];
	const path = join(home, arg.slice('var/'.length));
	if (!path.endsWith('*')) return [path];
	return readdirSync(dirname(path))
		.sort()
		.map((name) => join(dirname(path), name));
}

/** Walks in a home of its own, and looks for each line that is shown, in its order, in what is printed. */
async function walk(steps: readonly Step[], ...options: string[]): Promise<void> {
	await inFolder(async (home) => {
		for (const { args, shown } of steps) {
			const ran = await kaoji(home, ...args.flatMap((arg) => inHome(home, arg)), ...options);
			expect([args[0], ran.code, ran.code === 0 ? '' : ran.stderr]).toEqual([args[0], 0, '']);
			const printed = ran.stdout.replaceAll(home, 'var').split('\n');
			const seen = printed.filter((line) => shown.includes(line));
			expect(seen).toEqual(shown);
		}
	});
}

describe('the README', () => {
	it.each(readmes)('%s names the commands that there are, and no other as being there', (page) => {
		const known = commands.map(({ name }) => name);
		const listed = [...read(page).matchAll(/^\| `([a-z]+)[^|]*\|/gm)].map(([, name]) => name);
		expect(listed).toEqual(known);
		const used = [...read(page).matchAll(/npm run (?:-s )?kaoji -- ([a-z]+)/g)].map(([, name]) => name);
		for (const name of used) expect(known).toContain(name);
	});

	it('walks the same way in both languages', () => {
		const [english, chinese] = readmes.map((page) => walkOf(page).map(({ args }) => args));
		expect(english?.map(([name]) => name)).toEqual([
			'demo',
			'import',
			'score',
			'explain',
			'allocate',
			'trend',
			'query'
		]);
		expect(chinese).toEqual(english);
	});

	it('shows what a first walk prints', () => walk(walkOf('README.md'), '--lang', 'en'));

	it.runIf(full)('shows it in Chinese too', () => walk(walkOf('README.zh-CN.md')));
});
