/** Mappings made in the page: what the preview shows is what the import stores, and the next file finds them by itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#lib/basis/codes.ts';
import { day } from '#lib/basis/day.ts';
import type { Kind } from '#lib/intake/kinds/declare.ts';
import { kindNamed } from '#lib/intake/kinds/index.ts';
import { type Assignment, type MappingDraft, unassigned } from '#lib/intake/mapping-draft.ts';
import { textOf, textOrNull } from '#lib/server/warehouse/engine.ts';
import { type House, openHouse } from '#lib/server/warehouse/house.ts';
import { importWaiting } from '#lib/server/workflows/import-waiting.ts';
import { mapColumns, type SheetAsked } from '#lib/server/workflows/map-columns.ts';
import { saveMapping } from '#lib/server/workflows/save-mapping.ts';
import { showWaiting } from '#lib/server/workflows/show-waiting.ts';
import type { SentFile } from '#lib/server/workflows/stage-files.ts';
import { keepWaiting, type WaitingFiles } from '#lib/server/workflows/waiting-files.ts';
import { csvText } from '#lib/server/workbooks/write-csv.ts';
import { subjectCsv, townshipCsv } from '../intake/files.ts';
import { full, inFolder } from '../support/kaoji.ts';

const clerk: Actor = { name: 'test', role: 'clerk', townships: 'all' };
const clock = { now: () => '2026-04-30T08:00:00.000Z', today: () => day(2026, 4, 30) };
const options = { confirmRevisions: false, dryRun: false, clock, locale: 'zh' } as const;
const unsaid = { kind: null, mapping: null, encoding: null };

const sent = (files: Readonly<Record<string, string>>): SentFile[] =>
	Object.entries(files).map(([name, text]) => ({ name, bytes: () => Promise.resolve(Buffer.from(text)) }));
const keep = (house: House, files: Readonly<Record<string, string>>): Promise<WaitingFiles> =>
	keepWaiting(house.home, sent(files), unsaid, clock, clerk);

/** A home with two townships and three premises. */
const inHouse = (work: (house: House) => Promise<void>): Promise<void> =>
	inFolder(async (folder) => {
		const house = await openHouse(join(folder, 'home'));
		try {
			const { id } = await keep(house, { '乡镇.csv': townshipCsv, '本底.csv': subjectCsv(3) });
			await importWaiting(house, id, options, clerk);
			await work(house);
		} finally {
			await house.close();
		}
	});

const ask = (id: string, more: Partial<SheetAsked> = {}): SheetAsked => ({
	id,
	file: '台账.csv',
	sheet: null,
	kind: 'patrol',
	headerLine: null,
	...more
});
const from = (header: string, more: Partial<Assignment> = {}): Assignment => ({
	...unassigned,
	from: 'column',
	header,
	...more
});

/** The headers of a stranger's file, and what they are said to be. */
const headers = ['序', '店家', '所在镇', '类型', '去的日子', '说明', '几处'] as const;
const said: Readonly<Record<string, Assignment>> = {
	subject: from('店家', { take: 'first', at: '/' }),
	subject_name: from('店家', { take: 'rest', at: '/' }),
	township: from('所在镇', { lookup: { 老街: '320411100', 河边: '孟河镇', 不详: '' } }),
	domain: from('类型', { lookup: { 吃的: 'food_safety', 理发: 'public_places' } }),
	patrolled_on: from('去的日子'),
	content: { ...unassigned, from: 'constant', constant: '日常巡查' },
	problem_text: from('说明', { take: 'first', at: '；' }),
	disposal: from('说明', { take: 'rest', at: '；' }),
	problems: from('几处')
};
const draft =
	(dateOrder: MappingDraft['dateOrder'], fields = said) =>
	(kind: Kind): MappingDraft => ({ kind, dateOrder, lineNumbers: true, fields });

const example = [
	'三井街道协管巡查台账,,,,,,',
	headers.join(','),
	'1,S1/第一餐饮店,老街,吃的,3/4/2026,地面积水；当场改正,1',
	'2,S2/第二餐饮店,三井街道,餐饮,3/5/2026,无,0',
	'合计,,,,,,1',
	'3,S3/第三餐饮店,火星,做梦,13/5/2026,,很多'
].join('\n');

const asking = { clock, locale: 'zh' } as const;

describe('a mapping while it is made', () => {
	it('shows each cell with its value or with what is wrong with it', () =>
		inHouse(async (house) => {
			const { id } = await keep(house, { '台账.csv': example });
			const { preview, headerRow } = await house.look((look) => mapColumns(look, ask(id), draft('mdy'), asking, clerk));
			expect(headerRow).toBe(2);
			expect(preview).toMatchObject({ read: 3, wrong: 1, missing: [], ambiguousDates: 0, more: false });
			const shown = (row: number): Record<string, string | null> =>
				Object.fromEntries(
					preview.columns.map(({ field }, i) => {
						const cell = preview.rows[row]?.cells[i];
						return [field, cell?.problem ?? cell?.shown ?? null];
					})
				);
			expect(shown(0)).toEqual({
				subject: 'S1',
				subject_name: '第一餐饮店',
				township: '三井街道',
				domain: '食品安全',
				patrolled_on: '2026-03-04',
				content: '日常巡查',
				problems: '1',
				problem_text: '地面积水',
				disposal: '当场改正'
			});
			expect(shown(1)).toMatchObject({ problem_text: '无', disposal: null, domain: '食品安全' });
			expect(shown(2)).toMatchObject({
				township: 'unknown_township',
				domain: 'unknown_domain',
				patrolled_on: 'bad_date',
				problems: 'bad_number'
			});
		}));

	it('lists the words that are not understood first, each with how often it stands there', () =>
		inHouse(async (house) => {
			const { id } = await keep(house, { '台账.csv': example });
			const { preview } = await house.look((look) =>
				mapColumns(look, ask(id), draft(null, { ...said, domain: from('类型') }), asking, clerk)
			);
			expect(preview.ambiguousDates).toBe(3);
			const domain = preview.lookups.find(({ field }) => field === 'domain');
			expect(domain?.words).toEqual([
				{ word: '吃的', rows: 1, understood: null, means: null },
				{ word: '做梦', rows: 1, understood: null, means: null },
				{ word: '餐饮', rows: 1, understood: '食品安全', means: null }
			]);
			const township = preview.lookups.find(({ field }) => field === 'township');
			expect(township?.words.find(({ word }) => word === '老街')).toMatchObject({
				understood: null,
				means: '320411100'
			});
			expect(township?.meanings).toEqual([
				{ value: '320411100', label: '三井街道' },
				{ value: '320411105', label: '孟河镇' }
			]);
		}));

	it('says which required fields have no column', () =>
		inHouse(async (house) => {
			const { id } = await keep(house, { '台账.csv': example });
			const fields = { ...said, patrolled_on: unassigned };
			const { preview } = await house.look((look) => mapColumns(look, ask(id), draft(null, fields), asking, clerk));
			expect(preview.missing).toEqual(['巡查日期']);
			await expect(
				saveMapping(house, ask(id), draft(null, fields), { ...asking, name: '台账', replace: false }, clerk)
			).rejects.toMatchObject({ code: 'mapping_unfinished', facts: { fields: '巡查日期' } });
			expect(readdirSync(house.home)).not.toContain('mappings');
		}));
});

const cellsOf: Readonly<Record<(typeof headers)[number], fc.Arbitrary<string>>> = {
	序: fc.constantFrom('', '1', '2'),
	店家: fc.constantFrom('', 'S1/第一餐饮店', 'S2', ' S3 / 三店 ', '/S1', 'S9/没有的', '合计店'),
	所在镇: fc.constantFrom('', '老街', '河边', '不详', '三井街道', '孟河', '320411105', '火星', ' 老街 '),
	类型: fc.constantFrom('', '吃的', '理发', '餐饮', '食品安全', '做梦', 'constructor'),
	去的日子: fc.constantFrom(
		'',
		'3/4/2026',
		'2026-03-04',
		'2026年2月30日',
		'31/3/2026',
		'45000',
		'1999-01-01',
		'2027-01-01'
	),
	说明: fc.constantFrom('', '无', '积水；已改', '；', ' 积水 ； 已改 ；再查', '"；"', "'"),
	几处: fc.constantFrom('', '0', '3', '1,000', '两处', '-1', '2.0', '２')
};

describe('what the preview shows', () => {
	it('is what the import stores, cell by cell, and what it holds', () =>
		fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(...headers.map((header) => cellsOf[header])), { minLength: 8, maxLength: 20 }),
				fc.constantFrom(null, 'mdy' as const, 'dmy' as const),
				(rows, dateOrder) =>
					inHouse(async (house) => {
						const { id } = await keep(house, { '台账.csv': csvText([[...headers], ...rows]) });
						const asked = ask(id, { headerLine: 1 });
						const { preview } = await house.look((look) => mapColumns(look, asked, draft(dateOrder), asking, clerk));
						await saveMapping(house, asked, draft(dateOrder), { ...asking, name: '台账', replace: false }, clerk);
						const report = await importWaiting(house, id, options, clerk);
						expect(report.files[0]?.read).toBe(preview.read);
						const fields = preview.columns.map(({ field }) => field);
						const stored = await storedBy(house, report.batch, fields);
						expect(stored.facts.size + stored.held.size).toBe(preview.read);
						for (const { line, cells } of preview.rows) {
							const fact = stored.facts.get(line);
							const wrong = fields.filter((_, i) => cells[i]?.problem != null);
							if (fact) {
								expect([line, wrong]).toEqual([line, []]);
								expect([line, cells.map(({ value }) => value)]).toEqual([line, fact]);
							} else {
								// Whether its premises is in the register, no cell can tell.
								const held = stored.held.get(line)?.filter(({ code }) => code !== 'unknown_subject');
								expect([line, held?.map(({ field }) => field)]).toEqual([line, [...wrong].sort()]);
							}
						}
					})
			),
			{ numRuns: full ? 100 : 8, endOnFailure: !full }
		));
});

/** What became of the lines of a batch: the cells of a fact in the order of the fields, or the problems. */
async function storedBy(house: House, batch: number, fields: readonly string[]) {
	return house.look(async ({ engine }) => {
		const columns = fields.map((field) => `CAST(${field} AS VARCHAR) AS ${field}`).join(', ');
		const facts = await engine.rows(
			`SELECT CAST(source_line AS INTEGER) AS line, ${columns} FROM fact_patrol WHERE batch_from = $batch`,
			{ batch }
		);
		const held = await engine.rows(
			`SELECT CAST(source_line AS INTEGER) AS line, CAST(problems AS VARCHAR) AS problems FROM quarantine WHERE batch = $batch`,
			{ batch }
		);
		return {
			facts: new Map(facts.map((row) => [Number(row['line']), fields.map((field) => textOrNull(row[field]))])),
			held: new Map(
				held.map((row) => [
					Number(row['line']),
					JSON.parse(textOf(row['problems'])) as { field: string; code: string }[]
				])
			)
		};
	});
}

describe('a mapping that is saved', () => {
	const save = (house: House, id: string, name: string, replace = false): Promise<string> =>
		saveMapping(house, ask(id), draft('mdy'), { ...asking, name, replace }, clerk);

	it('is taken for its sheet, and for the next file of its header in whatever order of columns', () =>
		inHouse(async (house) => {
			const { id } = await keep(house, { '台账.csv': example });
			expect((await showWaiting(house.home, id, 'zh', clerk)).ready).toBe(false);
			expect(await save(house, id, ' 城北镇台账 ')).toBe('城北镇台账');
			expect((await showWaiting(house.home, id, 'zh', clerk)).shown[0]?.sheets[0]?.recognised).toMatchObject({
				kindName: 'patrol',
				mapping: '城北镇台账',
				headerRow: 2,
				unknown: ['序']
			});
			expect(await importWaiting(house, id, options, clerk)).toMatchObject({
				files: [{ kind: 'patrol', read: 3, added: 2, quarantined: 1 }]
			});
			const turned = '说明,几处,去的日子,类型,所在镇,店家,序\n无,0,4/9/2026,吃的,老街,S1/一店,1\n';
			const { id: next } = await keep(house, { '四月.csv': turned });
			expect((await showWaiting(house.home, next, 'zh', clerk)).shown[0]?.sheets[0]?.recognised).toMatchObject({
				mapping: '城北镇台账'
			});
			expect(await importWaiting(house, next, options, clerk)).toMatchObject({ files: [{ kind: 'patrol', added: 1 }] });
		}));

	it('replaces none of its name unless that is said, and then the old one stays beside it', () =>
		inHouse(async (house) => {
			const { id } = await keep(house, { '台账.csv': example });
			await save(house, id, '台账');
			const folder = join(house.home, 'mappings');
			const before = readFileSync(join(folder, '台账.yaml'), 'utf8');
			await expect(save(house, id, '台账')).rejects.toMatchObject({ code: 'mapping_name_taken' });
			expect(readFileSync(join(folder, '台账.yaml'), 'utf8')).toBe(before);
			const other = draft('dmy');
			await saveMapping(house, ask(id), other, { ...asking, name: '台账', replace: true }, clerk);
			expect(readdirSync(folder).sort()).toEqual(['台账.20260430080000.yaml.old', '台账.yaml']);
			expect(readFileSync(join(folder, '台账.20260430080000.yaml.old'), 'utf8')).toBe(before);
			expect(readFileSync(join(folder, '台账.yaml'), 'utf8')).toContain('date_order: dmy');
		}));

	it('has a name that is no part of a path', () =>
		inHouse(async (house) => {
			const { id } = await keep(house, { '台账.csv': example });
			for (const name of ['', ' ', '.', '../x', 'a/b', 'a\\b', 'a:b', '.x', 'CON', 'x'.repeat(61), '一\n二'])
				await expect(save(house, id, name)).rejects.toMatchObject({ code: 'mapping_name_unsafe' });
			expect(readdirSync(house.home)).not.toContain('mappings');
		}));

	it('is written into the audit log', () =>
		inHouse(async (house) => {
			const { id } = await keep(house, { '台账.csv': example });
			await save(house, id, '台账');
			const [entry] = await house.look(({ engine }) =>
				engine.rows('SELECT actor, act, CAST(details AS VARCHAR) AS details FROM audit ORDER BY seq DESC LIMIT 1')
			);
			expect(entry).toMatchObject({ actor: 'test (clerk)', act: 'save_mapping' });
			expect(JSON.parse(textOf(entry?.['details']))).toMatchObject({ name: '台账', kind: 'patrol' });
		}));

	it('comes back into the form when it is changed', () =>
		inHouse(async (house) => {
			const { id } = await keep(house, { '台账.csv': example });
			await save(house, id, '台账');
			const { fields, dateOrder, lineNumbers } = await house.look((look) =>
				mapColumns(look, ask(id, { mapping: '台账' }), null, asking, clerk)
			);
			expect([dateOrder, lineNumbers]).toEqual(['mdy', true]);
			const kind = kindNamed('patrol') as Kind;
			for (const { name } of kind.fields) {
				const { from, header, take, at, constant } = said[name] ?? unassigned;
				expect([name, fields.find((field) => field.name === name)?.assignment]).toMatchObject([
					name,
					{ from, header, take, at, constant }
				]);
			}
		}));
});
