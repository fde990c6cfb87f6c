/** A mapping that was made in the page is written as a file; read back, the file says the same. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Kind } from '#lib/intake/kinds/declare.ts';
import { kindNamed, kinds } from '#lib/intake/kinds/index.ts';
import { type Column, fingerprintOf, type Mapping } from '#lib/intake/mapping.ts';
import { draftOf, mappingOf } from '#lib/intake/mapping-draft.ts';
import { mappingYaml } from '#lib/intake/mapping-yaml.ts';
import { readMapping } from '#lib/server/schemes/library.ts';
import { full, ownFolder } from '../support/kaoji.ts';

/** What YAML could take for something else, and what no reader sees. */
const odd = fc.constantFrom(
	...['yes', 'no', 'null', '~', 'true', '2025-03-05', '1e3', '0x1F', '007', '- a', '? a', 'a: b', '# a', '&a', '*a'],
	...['!!str', '%a', '@a', '`a', '|', '>', "'", '"', '\\', '\n', 'a\r\nb', '\t', ' a ', '{a: b}', '[a]', '<<', '---'],
	...['\u0085', '\u2028', '\ufeff', '\u0000', '\u007f', '\ud800', '𠮷', '巡查：地点', '__proto__', 'x'.repeat(1500)]
);
const anyText = fc.oneof(odd, fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
const someText = anyText.filter((text) => text !== '');

const column: fc.Arbitrary<Column> = fc.oneof(
	fc.record(
		{
			header: someText,
			lookup: fc
				.array(fc.tuple(anyText, anyText), { minLength: 1, maxLength: 5 })
				.map((entries) => Object.fromEntries(entries) as Record<string, string>),
			split: fc.record({ at: someText, take: fc.constantFrom('first' as const, 'rest' as const) })
		},
		{ requiredKeys: ['header'] }
	),
	fc.record({ constant: anyText }),
	fc.record({ date: someText, plusDays: someText }),
	fc.record({
		join: fc.array(fc.record({ header: someText, isDay: fc.boolean() }), { minLength: 2, maxLength: 3 }),
		between: someText
	}),
	fc.constant({ of: 'subject' as const })
);

/** A mapping of a kind that says each required field, and some others. */
const mappingFor = (kind: Kind): fc.Arbitrary<{ mapping: Mapping; headers: (string | null)[] }> =>
	fc
		.record({
			name: someText,
			dateOrder: fc.constantFrom(null, 'mdy' as const, 'dmy' as const),
			lineNumbers: fc.boolean(),
			encoding: fc.constantFrom(null, 'windows-1252'),
			headers: fc.array(fc.option(anyText), { maxLength: 6 }),
			columns: fc.record(Object.fromEntries(kind.fields.map(({ name }) => [name, column])), {
				requiredKeys: kind.fields.filter(({ required }) => required).map(({ name }) => name)
			})
		})
		.map(({ headers, ...rest }) => {
			const fingerprint = fingerprintOf(headers);
			return { mapping: { ...rest, kind: kind.name, fingerprint: fingerprint === '' ? null : fingerprint }, headers };
		});

describe('the file of a mapping', () => {
	const { path, remove } = ownFolder();
	beforeAll(() => mkdirSync(join(path, 'mappings')));
	afterAll(remove);

	let written = 0;
	function readBack(mapping: Mapping, headers: readonly (string | null)[]): Mapping {
		// A name of its own each time, because a file that is read is remembered.
		const name = `m${written++}`;
		writeFileSync(join(path, 'mappings', `${name}.yaml`), mappingYaml(mapping, headers));
		return readMapping(name, path);
	}

	it('gives the same mapping when it is read back, whatever its words are', () => {
		fc.assert(
			fc.property(fc.constantFrom(...kinds).chain(mappingFor), ({ mapping, headers }) => {
				expect(readBack(mapping, headers)).toEqual(mapping);
			}),
			{ numRuns: full ? 5000 : 300 }
		);
	});

	it('is written as one would write it by hand', () => {
		const headers = ['序', '店家', null, '说明'];
		const mapping: Mapping = {
			name: '城北',
			kind: 'patrol',
			dateOrder: 'mdy',
			lineNumbers: true,
			encoding: null,
			fingerprint: fingerprintOf(headers),
			columns: {
				subject_name: { header: '店家' },
				domain: { constant: 'food_safety' },
				content: { header: '说明', split: { at: '；', take: 'first' }, lookup: { 无: '' } },
				township: { of: 'subject' }
			}
		};
		expect(mappingYaml(mapping, headers)).toBe(`name: "城北"
kind: patrol
date_order: mdy
line_numbers: true
headers:
  - "序"
  - "店家"
  - "说明"
columns:
  subject_name:
    header: "店家"
  domain:
    constant: "food_safety"
  content:
    header: "说明"
    split: { at: "；", take: first }
    lookup:
      "无": ""
  township:
    of: subject
`);
	});

	it('is the same mapping again after it stood in the form', () => {
		const patrol = kindNamed('patrol') as Kind;
		fc.assert(
			fc.property(mappingFor(patrol), ({ mapping, headers }) => {
				// What the form has no place for: several columns, an encoding, blank constants, an id beside rows without one.
				const columns = Object.entries(mapping.columns).filter(
					([field, column]) =>
						!('date' in column) &&
						!('join' in column) &&
						!('of' in column && field !== 'township') &&
						!('constant' in column && column.constant.trim() !== column.constant) &&
						!('constant' in column && column.constant === '') &&
						!(mapping.lineNumbers && field === 'id')
				);
				const kept = { ...mapping, encoding: null, columns: Object.fromEntries(columns) };
				expect(mappingOf(draftOf(kept, patrol), kept.name, headers)).toEqual(kept);
			})
		);
	});
});
