/** Mappings: what their columns make of a stranger's cells, and how those that Kaoji ships are told apart. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, neededHeaders } from '#lib/intake/mapping.ts';
import { readMapping, shelfNames } from '#lib/server/schemes/library.ts';
import { inFolder, kaoji, type Ran } from '../support/kaoji.ts';

interface Report {
	readonly files: readonly { readonly added: number; readonly quarantined: number; readonly encoding: string }[];
}
interface Office {
	/** Imports a file by a mapping that stands in the home. */
	readonly take: (
		name: string,
		content: string | Uint8Array,
		mapping: string,
		...options: readonly string[]
	) => Promise<Ran>;
	readonly ask: (sql: string) => Promise<unknown>;
	/** What is wrong with the held rows, `field code`, and the file of them, which is read without the mapping. */
	readonly wrong: () => Promise<string[]>;
	readonly held: () => Promise<Record<string, string>[]>;
}

const patrols = `kind: patrol
date_order: mdy
columns:
  id: { join: [shop, { date: day }], with: '-' }
  township: unit
  domain: { constant: food_safety }
  patrolled_on: day
`;
const findings = `kind: finding
line_numbers: true
columns:
  patrol: { join: [place, { date: seen }], with: '-' }
  description: { header: words, split: { at: '[fixed', take: first } }
  category: { header: words, split: { at: '[fixed', take: rest, until: ']' } }
`;
const townships = `kind: township
encoding: windows-1252
columns:
  code: code
  name: name
`;

const inOffice = (work: (office: Office) => Promise<void>): Promise<void> =>
	inFolder(async (folder) => {
		const home = join(folder, 'home');
		mkdirSync(join(home, 'mappings'), { recursive: true });
		for (const [name, text] of Object.entries({ townships, patrols, findings }))
			writeFileSync(join(home, 'mappings', `${name}.yaml`), text);
		const office: Office = {
			take: (name, content, mapping, ...options) => {
				writeFileSync(join(folder, name), content);
				return kaoji(
					home,
					'import',
					join(folder, name),
					...['--mapping', mapping, '--today', '2025-06-30', '--json'],
					...options
				);
			},
			ask: async (sql) => (await kaoji(home, 'query', sql, '--format', 'json')).json(),
			wrong: async () => {
				const rows = (await kaoji(home, 'quarantine', '--json')).json() as {
					problems: { field: string; code: string }[];
				}[];
				return rows.map(({ problems }) => problems.map(({ field, code }) => `${field} ${code}`).join(', '));
			},
			held: async () => {
				const text = (await kaoji(home, 'quarantine', '--format', 'csv')).stdout.replace(/^\uFEFF/, '');
				const [head = [], ...rows] = text
					.trimEnd()
					.split('\r\n')
					.map((line) => line.split(','));
				return rows.map((cells) => Object.fromEntries(head.map((header, i) => [header, cells[i] ?? ''])));
			}
		};
		await office.take('units.csv', 'code,name\n1,North\n', 'townships');
		await work(office);
	});

describe('a column that joins others', () => {
	it('names the same row from two files, however each of them writes its days', () =>
		inOffice(async ({ take, ask }) => {
			await take('patrols.csv', 'shop,day,unit\n7,3/4/2025,1\n70,20250304,1\n', 'patrols');
			expect(await ask('SELECT id FROM patrol ORDER BY id')).toEqual([{ id: '7-2025-03-04' }, { id: '70-2025-03-04' }]);
			const found = await take('found.csv', 'place,seen,words\n7,2025-03-04,dirty\n70,2025年3月4日,wet\n', 'findings');
			expect((found.json() as Report).files).toMatchObject([{ added: 2, quarantined: 0 }]);
		}));

	it('is empty where a part is, and has what is wrong with its day', () =>
		inOffice(async ({ take, wrong, held }) => {
			await take('patrols.csv', 'shop,day,unit\n,3/4/2025,1\n7,31/4/2025,1\n', 'patrols');
			expect(await wrong()).toEqual(['id missing_value', 'id bad_date, patrolled_on bad_date']);
			// Neither may be corrected by being sent back as it is: parts that cannot be joined are not shown as an id.
			expect((await held()).map(({ 流水号: id }) => id)).toEqual(['', '']);
		}));

	it('stands joined in the file of held rows, which is read without the mapping', () =>
		inOffice(async ({ take, held }) => {
			await take('patrols.csv', 'shop,day,unit\n7,3/4/2025,2\n', 'patrols');
			expect(await held()).toMatchObject([{ 流水号: '7-2025-03-04', 巡查日期: '2025-03-04', 所属乡镇: '2' }]);
		}));

	it.each([
		['one column', `{ join: [shop], with: '-' }`],
		['nothing between them', `{ join: [shop, day], with: '' }`],
		['no word for what stands between them', '{ join: [shop, day] }'],
		['a part that is neither a header nor a date', `{ join: [shop, { day: day }], with: '-' }`]
	])('is refused with %s', (_, column) =>
		inFolder((folder) => {
			const path = join(folder, 'own.yaml');
			writeFileSync(path, patrols.replace(`{ join: [shop, { date: day }], with: '-' }`, column));
			expect(() => readMapping(path, null)).toThrow(/mapping_invalid/);
			return Promise.resolve();
		})
	);
});

describe('a part of a column', () => {
	it('ends before the next of the signs that close it', () =>
		inOffice(async ({ take, ask, held }) => {
			await take('patrols.csv', 'shop,day,unit\n7,3/4/2025,1\n', 'patrols');
			const words = ['dirty [fixed 3 May] and [more]', 'wet [fixed 4 May', 'cold [fixed]', 'plain'];
			const file = (shop: string): string =>
				`place,seen,words\n${words.map((text) => `${shop},2025-03-04,${text}\n`).join('')}`;
			await take('found.csv', file('7'), 'findings');
			expect(await ask('SELECT description, category FROM finding ORDER BY description')).toEqual([
				{ description: 'cold', category: null },
				{ description: 'dirty', category: '3 May' },
				{ description: 'plain', category: null },
				{ description: 'wet', category: '4 May' }
			]);
			// Held, because there is no such patrol, they have the same parts.
			await take('other.csv', file('8'), 'findings');
			expect((await held()).map((row) => [row['问题描述'], row['问题类别']])).toEqual([
				['dirty', '3 May'],
				['wet', '4 May'],
				['cold', ''],
				['plain', '']
			]);
		}));
});

describe('the encoding of a mapping', () => {
	/** É as one byte. */
	const bytes = Buffer.from('code,name\n2,CAF\u00c9\n', 'latin1');

	it('is that of the file, unless the command names another', () =>
		inOffice(async ({ take, ask }) => {
			const report = (await take('cafe.csv', bytes, 'townships')).json() as Report;
			expect(report.files).toMatchObject([{ encoding: 'windows-1252', added: 1 }]);
			expect(await ask(`SELECT name FROM township WHERE code = '2'`)).toEqual([{ name: 'CAFÉ' }]);
			const utf8 = await take('utf8.csv', 'code,name\n3,CAFÉ\n', 'townships', '--encoding', 'utf-8');
			expect((utf8.json() as Report).files).toMatchObject([{ encoding: 'utf-8' }]);
			expect(await ask(`SELECT name FROM township WHERE code = '3'`)).toEqual([{ name: 'CAFÉ' }]);
		}));
});

describe('the mappings that Kaoji ships', () => {
	const mappings = shelfNames('mappings', null).map((name) => readMapping(name, null));

	it('are known by a header that has every column they need, and no two by the same', () => {
		const known = mappings.filter(({ fingerprint }) => fingerprint !== null);
		expect(known.length).toBeGreaterThan(0);
		for (const mapping of known) {
			const headers = new Set(mapping.fingerprint?.split(' | '));
			for (const header of neededHeaders(mapping)) expect(headers).toContain(fingerprintOf([header]));
		}
		expect(new Set(known.map(({ fingerprint }) => fingerprint)).size).toBe(known.length);
	});
});
