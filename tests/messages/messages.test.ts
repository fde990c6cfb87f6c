import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { commandProblemCodes, rowProblemCodes } from '#lib/basis/problem.ts';
import { findingCodes } from '#lib/basis/tree.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (locale: string): Record<string, string> =>
	JSON.parse(readFileSync(join(root, `src/messages/${locale}.json`), 'utf8')) as Record<string, string>;
const [zh, en] = [read('zh'), read('en')];

const sources = (folder: string): string[] =>
	readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		if (statSync(path).isDirectory()) return name === 'paraglide' ? [] : sources(path);
		return path.endsWith('.ts') ? [readFileSync(path, 'utf8')] : [];
	});
const code = [...sources(join(root, 'src')), ...sources(join(root, 'scripts'))].join('\n');

describe('the messages', () => {
	it('are the same in both languages, with the same facts in each', () => {
		expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
		const facts = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
		for (const [key, text] of Object.entries(zh))
			expect([key, [...new Set(facts(text))]]).toEqual([key, [...new Set(facts(en[key] ?? ''))]]);
	});

	it('exist for every code of a problem', () => {
		for (const problem of [...rowProblemCodes, ...commandProblemCodes]) expect(zh).toHaveProperty(`problem_${problem}`);
	});

	it('exist for every finding of the linters', () => {
		for (const finding of findingCodes) expect(zh).toHaveProperty(`finding_${finding}`);
	});

	it('say of every finding also what to do about it', () => {
		const mend = /请|应|可用|只用于/;
		const said = Object.entries(zh).filter(([key]) => key.startsWith('finding_'));
		expect(said.filter(([, text]) => !mend.test(String(text)))).toEqual([]);
	});

	it('are each of some code’s use', () => {
		const unused = Object.keys(zh).filter((key) => {
			const name = key.replace(/^(problem|finding)_/, '');
			return !code.includes(`'${name}'`) && !code.includes(`messages.${key}`);
		});
		expect(unused).toEqual([]);
	});
});
