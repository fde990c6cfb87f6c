/**
 * Whatever form an office hands a table in, it reads back as the same facts: every encoding, format, date form and
 * spelling, with titles, totals and remarks around it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseIsoDay } from '#lib/basis/day.ts';
import type { Actor } from '#lib/basis/codes.ts';
import type { Day } from '#lib/basis/day.ts';
import type { Field } from '#lib/intake/kinds/declare.ts';
import { openWarehouse, type Warehouse } from '#lib/server/warehouse/open.ts';
import { importPaths } from '#lib/server/workflows/import-paths.ts';
import { full, ownFolder } from '../support/kaoji.ts';
import { anyFacts, type Facts, subjects, townships } from './forms/facts.ts';
import { anyForm, type FileForm, fileOf, isAscii, type Written } from './forms/files.ts';
import { anyDateForm, anyHeader, type DateForm, spelled } from './forms/spellings.ts';

const cases = full ? 5_000 : 60;
const actor: Actor = { name: 'test', role: 'administrator', townships: 'all' };
const options = { today: parseIsoDay('2026-04-30') as Day, now: '2026-04-30T08:00:00.000Z', locale: 'zh' as const };

/** How a table is dressed: what stands around its rows. */
interface Dress {
	readonly title: boolean;
	readonly blank: boolean;
	readonly totals: boolean;
	readonly remark: boolean;
	readonly again: boolean;
	readonly extra: boolean;
}

interface Case {
	readonly facts: Facts;
	readonly form: FileForm;
	readonly headers: readonly string[];
	readonly order: readonly number[];
	readonly dates: DateForm;
	readonly picks: readonly number[];
	readonly dress: Dress;
}

const anyCase: fc.Arbitrary<Case> = anyForm.chain((form) => {
	const ascii = isAscii(form);
	// A backslash is only told from one that escapes where quotes are doubled.
	const backslash = form.form !== 'text' || form.quotes !== 'backslash';
	return anyFacts({ ascii, backslash }).chain((facts) =>
		fc.record({
			facts: fc.constant(facts),
			form: fc.constant(form),
			headers: fc.tuple(...facts.fields.map((field) => anyHeader(field, ascii))),
			order: fc.shuffledSubarray(
				facts.fields.map((_, i) => i),
				{ minLength: facts.fields.length }
			),
			dates: anyDateForm(ascii),
			picks: fc.array(fc.nat(30), { minLength: 40, maxLength: 40 }),
			dress: fc.record({
				title: fc.boolean(),
				blank: fc.boolean(),
				totals: ascii ? fc.constant(false) : fc.boolean(),
				remark: ascii ? fc.constant(false) : fc.boolean(),
				again: fc.boolean(),
				extra: fc.boolean()
			})
		})
	);
});

const serialOf = (iso: string): number => Math.round(Date.parse(iso) / 86_400_000) + 25_569;

/** The table as it is written: header and rows in the order of the columns, dressed. */
function tableOf({ facts, headers, order, dates, picks, dress, form }: Case): Written[][] {
	const ascii = isAscii(form);
	const head = order.map((i) => headers[i] ?? null);
	const rows = facts.rows.map((row, r) =>
		order.map((i): Written => {
			const field = facts.fields[i] as Field;
			const text = spelled(field, row[field.name] ?? null, dates, picks[(r * 7 + i) % picks.length] ?? 0, ascii);
			if (text === null || field.type !== 'date') return text;
			return { serial: serialOf(row[field.name] as string), text };
		})
	);
	const wide = (row: Written[]): Written[] => (dress.extra ? [...row, row === head ? 'x-y-z' : '7'] : row);
	const empty = wide(head).map(() => null);
	const one = (text: string): Written[] => [text, ...empty.slice(1)];
	const middle = Math.ceil(rows.length / 2);
	return [
		...(dress.title ? [one(ascii ? 'Register of 2025' : '2025年工作登记表')] : []),
		...(dress.blank ? [empty] : []),
		wide(head),
		...rows.slice(0, middle).map(wide),
		...(dress.again ? [wide(head)] : []),
		...(dress.blank ? [empty] : []),
		...rows.slice(middle).map(wide),
		...(dress.totals ? [one('合计')] : []),
		...(dress.remark ? [one('填表人：王某')] : [])
	];
}

/** The value that the home must hold: a number of problems that is not said follows from the text. */
function expected(facts: Facts, row: Readonly<Record<string, string | null>>, field: Field): string | null {
	const value = row[field.name] ?? null;
	if (value !== null || !field.absentMeans) return value;
	const found = row[field.absentMeans.text] ?? null;
	return found === null || field.absentMeans.nothing.includes(found) ? '0' : '1';
}

/** White space within a cell is one space to HTML. */
const asHeld = (value: string | null, { form }: FileForm): string | null =>
	form === 'html' ? (value?.replaceAll(/\s+/g, ' ') ?? null) : value;

const canonical = (field: Field, cell: unknown): string | null => {
	if (cell === null || cell === undefined) return null;
	return field.type === 'decimal' ? Number(String(cell)).toFixed(2) : String(cell);
};

describe('a table of facts', () => {
	const { path, remove } = ownFolder();
	let warehouse: Warehouse;

	beforeAll(async () => {
		warehouse = await openWarehouse(join(path, 'home'), { create: true, engineName: 'memory' });
		mkdirSync(join(path, 'home'), { recursive: true });
		const base = join(path, 'base');
		mkdirSync(base);
		writeFileSync(
			join(base, 'township.csv'),
			`行政区划代码,乡镇名称,机构名称\n${townships.map(({ code, name, institution }) => `${code},${name},${institution}`).join('\n')}\n`
		);
		writeFileSync(
			join(base, 'subject.csv'),
			`单位编号,单位名称,专业类别,所属乡镇\n${subjects.map((id) => `${id},店${id},餐饮,三井街道`).join('\n')}\n`
		);
		const { problems } = await importPaths(
			warehouse,
			[join(base, 'township.csv'), join(base, 'subject.csv')],
			{},
			options,
			actor
		);
		expect(problems).toEqual([]);
	});
	afterAll(async () => {
		await warehouse.engine.close();
		remove();
	});

	it(
		`reads back the same from any form of file (${cases} cases)`,
		async () => {
			await fc.assert(
				fc.asyncProperty(anyCase, async (one) => {
					const { facts, form } = one;
					const { name, bytes } = fileOf(tableOf(one), form);
					const file = join(path, name);
					writeFileSync(file, bytes);
					// What a case that did not hold has left must not speak for the next.
					await warehouse.engine.run(`DELETE FROM fact_${facts.kind.name}`);
					const { files, problems } = await importPaths(warehouse, [file], { kind: facts.kind.name }, options, actor);
					const report = files[0];
					expect([problems, report?.read, report?.added]).toEqual([[], facts.rows.length, facts.rows.length]);
					const stored = await warehouse.engine.rows(
						`SELECT *, ${facts.kind.name === 'clinic' ? '' : 'fact_key AS id,'} CAST(source_line AS VARCHAR) AS line FROM fact_${facts.kind.name} ORDER BY source_line`
					);
					for (const field of facts.fields.filter(({ type }) => type !== 'flag'))
						expect([field.name, stored.map((row) => canonical(field, row[field.name]))]).toEqual([
							field.name,
							facts.rows.map((row) => asHeld(expected(facts, row, field), form))
						]);
				}),
				{ numRuns: cases, endOnFailure: full ? false : true }
			);
		},
		full ? 3_600_000 : 240_000
	);
});
