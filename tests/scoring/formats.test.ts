import { describe, expect, it } from 'vitest';
import { Findings } from '#lib/basis/read-node.ts';
import type { Tree } from '#lib/basis/tree.ts';
import { inPresentFormat, type Migration } from '#lib/scoring/formats.ts';
import { readScheme } from '#lib/scoring/read-scheme.ts';
import { vocabularyOf } from '#lib/server/schemes/load.ts';
import { readYaml } from '#lib/yaml/read-yaml.ts';

const said = (text: string): string[] =>
	readScheme(readYaml(text, 'trial.yaml'), vocabularyOf(null)).findings.map(
		({ level, line, code }) => `${level} ${line} ${code}`
	);

/** A format 2 in which `title` is called `name`. */
const renamed: Migration = (document) => ({
	...document,
	entries: new Map([...document.entries].map(([key, entry]) => [key === 'title' ? 'name' : key, entry]))
});

const keysOf = (tree: Tree): string[] => (tree.type === 'map' ? [...tree.entries.keys()] : []);

describe('the format of a scheme', () => {
	it('is the first where none is written, and may be written', () => {
		expect(said('id: trial\n')).toEqual(said('id: trial\nformat: 1\n'));
	});

	it.each(['2', '0', 'new', '1.5', '"1"'])('that is not known (%s) is an error with its line', (format) => {
		expect(said(`id: trial\nformat: ${format}\n`)).toContain('error 2 format_unknown');
	});

	it('that is older is migrated when it is read, and the present one is left alone', () => {
		const findings = new Findings();
		const migrated = (text: string): string[] => keysOf(inPresentFormat(readYaml(text, 'x'), findings, [renamed]));
		expect(migrated('id: a\ntitle: b\n')).toEqual(['id', 'name']);
		expect(migrated('id: a\nformat: 2\ntitle: b\n')).toEqual(['id', 'format', 'title']);
		expect(findings.list).toEqual([]);
		migrated('id: a\nformat: 3\n');
		expect(findings.list.map(({ code, facts }) => [code, facts])).toEqual([
			['format_unknown', { format: '3', latest: '2' }]
		]);
	});
});
