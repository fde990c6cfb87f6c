/** The workbooks to fill in: what stands in them, and that what is filled in is taken. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CFB, read, utils, type WorkSheet, write } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { parseIsoDay } from '#lib/basis/day.ts';
import { exampleOf } from '#lib/intake/kinds/examples.ts';
import { fieldsToFill, kindNamed, kinds } from '#lib/intake/kinds/index.ts';
import type { Field, Kind } from '#lib/intake/kinds/declare.ts';
import type { Template, TemplateColumn } from '#lib/intake/template.ts';
import { templateOf } from '#lib/messages/template-words.ts';
import { readDomains } from '#lib/server/schemes/library.ts';
import { templateBytes } from '#lib/server/workbooks/write-template.ts';
import { inFolder, kaoji } from '../support/kaoji.ts';

const folder = fileURLToPath(new URL('../../static/templates/', import.meta.url));
const committed = (kind: Kind): Buffer => readFileSync(join(folder, `${kind.name}.xlsx`));
const made = (kind: Kind): Buffer => templateBytes(templateOf(kind, readDomains(null)));

/** A part of a workbook as text. */
function partOf(bytes: Buffer, path: string): string {
	const archive = (CFB as { read: (bytes: Buffer, options: object) => unknown }).read(bytes, { type: 'buffer' });
	const found = (CFB as { find: (archive: unknown, path: string) => { content: Uint8Array } | null }).find(
		archive,
		`/${path}`
	);
	if (!found) throw new Error(path);
	return Buffer.from(found.content).toString('utf8');
}

const unescaped = (text: string): string =>
	text
		.replaceAll('&#10;', '\n')
		.replaceAll('&quot;', '"')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&amp;', '&');

/** The data validations of the first sheet in their order: attributes and formulas. */
function rulesOf(bytes: Buffer): Record<string, string>[] {
	const xml = partOf(bytes, 'xl/worksheets/sheet1.xml');
	return [...xml.matchAll(/<dataValidation ([^>]*)>(.*?)<\/dataValidation>/g)].map(([, attributes, formulas]) => ({
		...Object.fromEntries(
			[...(attributes ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', text = '']) => [name, unescaped(text)])
		),
		...Object.fromEntries(
			[...(formulas ?? '').matchAll(/<(formula\d)>(.*?)<\/formula\d>/g)].map(([, name = '', text = '']) => [
				name,
				unescaped(text)
			])
		)
	}));
}
const ruleFor = (kind: string, field: string): Record<string, string> => {
	const known = kindNamed(kind) as Kind;
	return rulesOf(committed(known))[fieldsToFill(known).findIndex(({ name }) => name === field)] ?? {};
};

/** The cell that a spreadsheet program has where an example was typed in. */
function typed(field: Field, text: string): { t: 's' | 'n'; v: string | number; z?: string } {
	const day = field.type === 'date' ? parseIsoDay(text) : null;
	if (day !== null) return { t: 'n', v: day + 25_569, z: 'yyyy-mm-dd' };
	return ['count', 'decimal', 'money', 'flag'].includes(field.type) ? { t: 'n', v: Number(text) } : { t: 's', v: text };
}

/** The template of a kind with one row in it. */
function filled(kind: Kind): Buffer {
	const book = read(committed(kind), { type: 'buffer' });
	const sheet = book.Sheets[book.SheetNames[0] ?? ''] as WorkSheet;
	for (const [c, field] of fieldsToFill(kind).entries())
		sheet[utils.encode_cell({ r: 1, c })] = typed(field, exampleOf(kind, field));
	sheet['!ref'] = utils.encode_range({ s: { r: 0, c: 0 }, e: { r: 1, c: fieldsToFill(kind).length - 1 } });
	return write(book, { type: 'buffer', bookType: 'xlsx' }) as Buffer;
}

describe('the templates', () => {
	it('are there for every kind as they are made, and for nothing else', () => {
		expect(readdirSync(folder).sort()).toEqual(kinds.map(({ name }) => `${name}.xlsx`).sort());
		for (const kind of kinds) expect([kind.name, committed(kind).equals(made(kind))]).toEqual([kind.name, true]);
	});

	it('are taken as what they are when a row is filled in, their notes passed over', () =>
		inFolder(async (home) => {
			// The township of the example went into this one.
			const other = join(home, '乡镇.csv');
			writeFileSync(other, '行政区划代码,乡镇名称\n320411105,孟河镇\n');
			await kaoji(join(home, 'home'), 'import', other, '--today', '2026-04-30');
			for (const kind of kinds) {
				const path = join(home, `${kind.label.zh}（模板）.xlsx`);
				writeFileSync(path, filled(kind));
				const ran = await kaoji(join(home, 'home'), 'import', path, '--today', '2026-04-30', '--json');
				const report = ran.json() as object;
				expect([kind.name, ran.code]).toEqual([kind.name, 0]);
				expect(report).toMatchObject({ files: [{ kind: kind.name, read: 1, added: 1, quarantined: 0 }], problems: [] });
				expect(report).not.toHaveProperty('skipped');
			}
		}));

	it('say that they are empty where nothing is filled in', () =>
		inFolder(async (home) => {
			const path = join(folder, 'patrol.xlsx');
			const ran = await kaoji(join(home, 'home'), 'import', path, '--today', '2026-04-30');
			expect(ran.code).toBe(0);
			expect(ran.stdout).toContain('patrol.xlsx · 巡查登记：没有读到行，表头下面是空的');
		}));

	it.each(kinds.map((kind) => [kind.name, kind] as const))(
		'of %s prompts for every column and marks what is required',
		(_, kind) => {
			const rules = rulesOf(committed(kind));
			const sheet = partOf(committed(kind), 'xl/worksheets/sheet1.xml');
			expect(rules).toHaveLength(fieldsToFill(kind).length);
			for (const [i, field] of fieldsToFill(kind).entries()) {
				const { promptTitle, prompt = '', sqref } = rules[i] ?? {};
				const letters = utils.encode_col(i);
				expect([promptTitle, sqref]).toEqual([field.headers[0], `${letters}2:${letters}1048576`]);
				expect(prompt.startsWith(field.required ? '必填' : '选填')).toBe(true);
				expect(prompt).toContain(exampleOf(kind, field));
				// The second style is that of headers which are required.
				expect(sheet).toContain(`<c r="${letters}1" s="${field.required ? 2 : 1}"`);
			}
			expect(sheet).toMatch(/<pane ySplit="1" topLeftCell="A2" [^>]*state="frozen"/);
			// The order that the format asks for: cells, then rules, then what SheetJS writes below.
			expect(sheet).toMatch(/<\/sheetData><dataValidations .*<\/dataValidations><ignoredErrors>.*<legacyDrawing /s);
		}
	);

	it('take days, numbers and words only, and of domains also those that an office has added', () => {
		const domains = readDomains(null).map(({ name }) => name.zh);
		expect(ruleFor('patrol', 'patrolled_on')).toMatchObject({
			type: 'date',
			operator: 'between',
			formula1: '36526',
			formula2: 'TODAY()'
		});
		expect(ruleFor('patrol', 'rectify_by')).toMatchObject({ type: 'date', operator: 'greaterThanOrEqual' });
		expect(ruleFor('patrol', 'problems')).toMatchObject({
			type: 'whole',
			operator: 'greaterThanOrEqual',
			formula1: '0'
		});
		expect(ruleFor('mark', 'points')).toMatchObject({ type: 'decimal', formula1: '0' });
		expect(ruleFor('disbursement', 'amount')).toMatchObject({ type: 'decimal', formula1: '0' });
		expect(ruleFor('disbursement', 'nature')).toMatchObject({ type: 'list', formula1: '"预拨,结算,扣回"' });
		expect(ruleFor('clue', 'urgent')).toMatchObject({ type: 'list', formula1: '"是,否"' });
		expect(ruleFor('patrol', 'revision')).toMatchObject({ type: 'list', formula1: '"1,2,3"' });
		expect(ruleFor('patrol', 'domain')).toMatchObject({
			type: 'list',
			errorStyle: 'warning',
			formula1: `"${domains.join(',')}"`
		});
		expect(ruleFor('patrol', 'id')).not.toHaveProperty('type');
	});

	it('keep ids, codes and periods as text, and days as days', () => {
		const styles = partOf(committed(kindNamed('patrol') as Kind), 'xl/styles.xml');
		const formats = [...(/<cellXfs.*<\/cellXfs>/s.exec(styles)?.[0] ?? '').matchAll(/<xf numFmtId="(\d+)"/g)].map(
			([, id]) => id
		);
		for (const kind of kinds) {
			const sheet = partOf(committed(kind), 'xl/worksheets/sheet1.xml');
			const columns = [...sheet.matchAll(/<col min="(\d+)" [^>]*style="(\d+)"/g)].map(
				([, , style]) => formats[Number(style)]
			);
			for (const [i, { name, type }] of fieldsToFill(kind).entries()) {
				// 49 is text; 164 the format of this workbook's own.
				if (type === 'date') expect([kind.name, name, columns[i]]).toEqual([kind.name, name, '164']);
				if (['text', 'township', 'period', 'covers'].includes(type))
					expect([kind.name, name, columns[i]]).toEqual([kind.name, name, '49']);
			}
		}
		expect(styles).toContain('numFmtId="164" formatCode="yyyy\\-mm\\-dd"');
	});

	it('explain each column on the second sheet: other headers, words, example, what the checks say', () => {
		const book = read(committed(kindNamed('patrol') as Kind), { type: 'buffer' });
		expect(book.SheetNames).toEqual(['巡查登记', '填写说明']);
		const rows = utils.sheet_to_json<string[]>(book.Sheets['填写说明'] as WorkSheet, { header: 1 });
		expect(rows).toHaveLength(1 + (kindNamed('patrol')?.fields.length ?? 0));
		const row = rows.find(([header]) => header === '巡查日期');
		expect(row?.slice(1, 3)).toEqual(['检查日期', '必填']);
		expect(row?.at(-1)).toContain('“巡查日期”为空：请补上后再导入');
	});
});

describe('a template', () => {
	const column: TemplateColumn = {
		header: '甲',
		required: false,
		format: 'text',
		takes: { type: 'any' },
		prompt: '随便写',
		refusal: '不对'
	};
	const template = (...columns: readonly Partial<TemplateColumn>[]): Template => ({
		sheet: '表',
		columns: columns.map((own) => ({ ...column, ...own })),
		notes: { sheet: '填写说明', headers: ['表头', '填法'], rows: [['甲', '随便写']] }
	});
	const words = (count: number, stem: string): string[] => Array.from({ length: count }, (_, i) => `${stem}${i + 1}`);

	it('has the words of a list that is too long for its rule beside its notes', () => {
		const lists = [words(100, '第一组'), ['是', '否'], words(80, '第二组')];
		const bytes = templateBytes(
			template(...lists.map((list) => ({ takes: { type: 'list', words: list, open: false } }) as const))
		);
		expect(rulesOf(bytes).map(({ formula1 }) => formula1)).toEqual([
			`'填写说明'!$D$2:$D$101`,
			'"是,否"',
			`'填写说明'!$E$2:$E$81`
		]);
		const notes = read(bytes, { type: 'buffer' }).Sheets['填写说明'] as WorkSheet;
		const down = (letter: string, count: number): unknown[] =>
			words(count, '').map((_, i) => (notes[`${letter}${i + 2}`] as { v: unknown }).v);
		expect(down('D', 100)).toEqual(lists[0]);
		expect(down('E', 80)).toEqual(lists[2]);
		expect(notes['A2']).toMatchObject({ v: '甲' });
	});

	it('has the words of a list beside its notes where one of them has a comma', () => {
		const bytes = templateBytes(template({ takes: { type: 'list', words: ['1,5', '2'], open: false } }));
		expect(rulesOf(bytes)[0]?.['formula1']).toBe(`'填写说明'!$D$2:$D$3`);
	});

	it('may have any sign in its words', () => {
		const signs = `<"甲" & '乙'>\n]]> $& $1`;
		const bytes = templateBytes(
			template({ prompt: signs, refusal: signs, takes: { type: 'list', words: ['<是>', '"否"&'], open: true } })
		);
		expect(rulesOf(bytes)[0]).toMatchObject({ prompt: signs, error: signs, formula1: `"<是>,""否""&"` });
		expect(partOf(bytes, 'xl/worksheets/sheet1.xml')).not.toMatch(/="[^"]*[<>][^"]*"/);
	});

	it.each(['header', 'prompt', 'refusal'] as const)(
		'is refused where its %s is longer than a workbook can show',
		(part) => {
			const long = template({ takes: { type: 'whole' }, [part]: '长'.repeat(part === 'header' ? 33 : 256) });
			expect(() => templateBytes(long)).toThrow(RangeError);
		}
	);
});
