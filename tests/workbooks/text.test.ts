import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { isTotalsRow } from '#lib/intake/body.ts';
import { decode } from '#lib/server/workbooks/decode.ts';
import { plainBelow } from '#lib/server/workbooks/plain-text.ts';
import { dialectOf, readCsv } from '#lib/server/workbooks/read-csv.ts';

const records = (text: string, delimiter = ','): { line: number; cells: readonly (string | null)[] }[] => [
	...readCsv(text, { delimiter, escape: 'doubled', skip: 0 }, {})
];

describe('the reader of delimited text', () => {
	it('names the line on which each record begins, also where cells hold line ends', () => {
		expect(records('a,b\n"x\ny",1\r\n\n2,"say ""so"""\r3,')).toEqual([
			{ line: 1, cells: ['a', 'b'] },
			{ line: 2, cells: ['x\ny', '1'] },
			{ line: 5, cells: ['2', 'say "so"'] },
			{ line: 6, cells: ['3', null] }
		]);
	});

	it('reads back what is written with quotes, whatever the cells hold', () => {
		const cell = fc
			.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '中', ' ', ';') })
			.filter((text) => text.trim() !== '');
		fc.assert(
			fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 }), (rows) => {
				const text = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\n');
				expect(records(text).map(({ cells }) => cells)).toEqual(rows);
			})
		);
	});

	it('finds the delimiter', () => {
		expect(['a,b,c', 'a\tb\tc', 'a;b;c', 'a|b|c', 'a'].map((text) => dialectOf(text).delimiter)).toEqual([
			',',
			'\t',
			';',
			'|',
			','
		]);
	});

	it('tells quotes behind backslashes, also where a delimiter of the cell follows them', () => {
		const told = (text: string): unknown[] => [...readCsv(text, dialectOf(text), {})].map(({ cells }) => cells);
		expect(told('a\tb\n"\\"\tx"\t1\ny\t2')).toEqual([
			['a', 'b'],
			['"\tx', '1'],
			['y', '2']
		]);
		expect(told('a,b\n"say \\"so\\"",1')).toEqual([
			['a', 'b'],
			['say "so"', '1']
		]);
	});

	it('takes a backslash before doubled quotes for one of the cell where the records are regular so', () => {
		const text = 'a,b\n"k\\"",中",1\nx,2\ny,3';
		expect([...readCsv(text, dialectOf(text), {})].map(({ cells }) => cells)[1]).toEqual(['k\\",中', '1']);
	});

	it('leaves a backslash that ends a cell alone', () => {
		const text = 'a,b\n"C:\\","D:\\"\n"E:\\",1';
		expect([...readCsv(text, dialectOf(text), {})].map(({ cells }) => cells)).toEqual([
			['a', 'b'],
			['C:\\', 'D:\\'],
			['E:\\', '1']
		]);
	});
});

describe('the short way for plain files', () => {
	const isFact = (cell: string): boolean => !isTotalsRow([cell]) && cell !== 'id';
	const character = fc.constantFrom(
		'a',
		'T',
		'1',
		'中',
		'　',
		' ',
		'"',
		',',
		',',
		',',
		'\n',
		'\n',
		'\r\n',
		'\t',
		'合',
		'计',
		'\u00a0'
	);
	const body = fc.array(character, { minLength: 1, maxLength: 40 }).map((parts) => `${parts.join('')}\n`);

	it('is taken only where the careful way comes to the very same rows and lines', () => {
		let plain = 0;
		fc.assert(
			fc.property(body, (below) => {
				const text = `id,name\n${below}`;
				const found = plainBelow(Buffer.from(text), 1, ',', 2, isFact, 'tTgGiI');
				if (!found) return;
				plain++;
				const careful = records(text).slice(1);
				expect(careful).toHaveLength(found.rows);
				const lines = below.split(/\r?\n/).slice(0, -1);
				expect(careful.map(({ line }) => line)).toEqual(lines.map((_, i) => i + 2));
				for (const [i, { cells }] of careful.entries()) {
					expect(cells.map((cell) => cell ?? '').join(',')).toBe(lines[i]);
					for (const cell of cells) if (cell !== null) expect(cell.trim()).toBe(cell);
					expect(isTotalsRow(cells)).toBe(false);
				}
			}),
			{ numRuns: 20_000, seed: 7 }
		);
		expect(plain).toBeGreaterThan(20);
	});

	it.each([
		['quotes', '1,"x"\n'],
		['a blank line', '1,x\n\n2,y\n'],
		['an empty first cell', ',x\n'],
		['white space around a cell', '1, x\n'],
		['an ideographic space', '1,　x\n'],
		['a totals row', '1,x\n合计,9\n'],
		['the header again', '1,x\nid,name\n'],
		['no line feed at the end', '1,x'],
		['a last line that breaks off', '1,x\n2\n'],
		['a lone CR', '1,x\r2,y\n'],
		['a NUL', '1,\u0000\n']
	])('is not taken with %s', (_, below) => {
		expect(plainBelow(Buffer.from(`id,name\n${below}`), 1, ',', 2, isFact, 'tTgGiI')).toBeNull();
	});
});

describe('the encoding of a text', () => {
	const text = '单位名称,巡查日期\n孟河镇,2025-03-05\n';
	it.each([
		['utf-8', Buffer.from(text)],
		['utf-8-bom', Buffer.from(`\ufeff${text}`)],
		['gb18030', iconv.encode(text, 'gb18030')],
		['utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')]
	])('is found to be %s', (encoding, bytes) => {
		const decoded = decode(bytes, null, {});
		expect([decoded.encoding, decoded.text()]).toEqual([encoding, text]);
	});

	it('is never guessed where the bytes are of none', () => {
		expect(() => decode(Buffer.from([0x41, 0xff, 0xff, 0x42]), null, {})).toThrow('encoding_unclear');
		expect(() => decode(iconv.encode(text, 'gb18030'), 'utf-8', {})).toThrow('encoding_wrong');
		expect(() => decode(Buffer.from(text), 'klingon', {})).toThrow('encoding_unknown');
	});

	it('is not taken for GB18030 where a UTF-8 text breaks off within a character', () => {
		const long = Buffer.from(text.repeat(10));
		expect(() => decode(long.subarray(0, 100), null, {})).not.toThrow('encoding_wrong');
		expect(() => decode(Buffer.from('孟'.repeat(100)).subarray(0, 200), null, {})).toThrow('file_truncated');
	});
});
