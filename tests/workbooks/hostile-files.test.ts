/** Files that are made to fill the memory or the time of whoever opens them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CFB, utils, write } from '@e965/xlsx';
import { openFile } from '#lib/server/workbooks/open-file.ts';
import { inFolder } from '../support/kaoji.ts';
import { zipOf } from './zips.ts';

const sheetOf = (cells: string): string =>
	`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${cells}</sheetData></worksheet>`;

/** A small honest workbook, as the parts of its archive. */
function parts(): Map<string, Buffer> {
	const book = utils.book_new();
	utils.book_append_sheet(book, utils.aoa_to_sheet([['编号'], ['1']]), '表');
	const archive = CFB.read(write(book, { type: 'buffer', bookType: 'xlsx', bookSST: true }) as Buffer, {
		type: 'buffer'
	});
	return new Map(
		(archive.FullPaths as string[]).flatMap((name, i) => {
			const content = archive.FileIndex[i]?.content;
			return content && !name.endsWith('/')
				? [[name.replace(/^Root Entry\//, ''), Buffer.from(content as Uint8Array)]]
				: [];
		})
	);
}

const opened = (bytes: Buffer, name: string): Promise<unknown> =>
	inFolder(async (folder) => {
		const path = join(folder, name);
		writeFileSync(path, bytes);
		return openFile(path, null);
	});

const spaces = Buffer.alloc(200_000_000, 0x20);
const laughs = `<!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from(
	{ length: 9 },
	(_, i) => `<!ENTITY lol${i + 1} "${`&lol${i === 0 ? '' : i};`.repeat(10)}">`
).join('')}]>`;

describe('a file that swells when it is opened', () => {
	it('is refused by what its archive says, before anything is inflated', async () => {
		const packed = deflateRawSync(spaces);
		const bytes = zipOf([
			...[...parts()].map(([name, content]) => ({ name, content })),
			{ name: 'xl/worksheets/sheet9.xml', content: spaces, packed }
		]);
		await expect(opened(bytes, 'bomb.xlsx')).rejects.toMatchObject({ code: 'file_swells' });
	});

	it('is refused when it holds more than its archive says', async () => {
		const content = Buffer.alloc(20_000_000, 0x20);
		const bytes = zipOf([{ name: '[Content_Types].xml', content, says: 1_000 }]);
		await expect(opened(bytes, 'liar.xlsx')).rejects.toMatchObject({ code: 'file_swells' });
	});

	it('is refused when its parts lie over one another', async () => {
		const content = Buffer.alloc(9_000_000, 0x20);
		const one = { name: 'a.csv', content };
		const bytes = zipOf([one, ...Array.from({ length: 50 }, (_, i) => ({ name: `b${i}.csv`, content, sameAs: 0 }))]);
		await expect(opened(bytes, 'overlap.zip')).rejects.toMatchObject({ code: 'file_swells' });
	});

	it('is refused when its parts are too many', async () => {
		const bytes = zipOf(Array.from({ length: 6_000 }, (_, i) => ({ name: `${i}.csv`, content: Buffer.from('a,b\n') })));
		await expect(opened(bytes, 'many.zip')).rejects.toMatchObject({ code: 'file_swells' });
	});

	it.each([
		['xl/sharedStrings.xml', 'laughs.xlsx'],
		['xl/workbook.xml', 'laughs.xlsx']
	])('is refused when %s defines words of its own', async (part, name) => {
		const own = parts();
		own.set(part, Buffer.from(`<?xml version="1.0"?>${laughs}<sst><si><t>&lol9;</t></si></sst>`));
		const bytes = zipOf([...own].map(([name, content]) => ({ name, content })));
		await expect(opened(bytes, name)).rejects.toMatchObject({ code: 'file_swells' });
	});

	it.each([
		['Excel’s XML', 'laughs.xml', `<Workbook><Worksheet><Table>&lol9;</Table></Worksheet></Workbook>`],
		['an HTML table', 'laughs.xls', `<html><table><tr><td>&lol9;</td></tr></table></html>`]
	])('is refused when %s defines words of its own', async (_, name, body) => {
		await expect(opened(Buffer.from(`<?xml version="1.0"?>${laughs}${body}`), name)).rejects.toMatchObject({
			code: 'file_swells'
		});
	});

	it('is told from a sheet that is merely long', async () => {
		const own = parts();
		const rows = Array.from(
			{ length: 20_000 },
			(_, i) => `<row r="${i + 1}"><c r="A${i + 1}" t="n"><v>${i}</v></c></row>`
		);
		own.set('xl/worksheets/sheet1.xml', Buffer.from(sheetOf(rows.join(''))));
		const files = (await opened(zipOf([...own].map(([name, content]) => ({ name, content }))), 'long.xlsx')) as Awaited<
			ReturnType<typeof openFile>
		>;
		expect([...(files[0]?.sheets[0]?.rows() ?? [])]).toHaveLength(20_000);
	});

	it('knows a damaged part by its checksum', async () => {
		const bytes = zipOf([...parts()].map(([name, content]) => ({ name, content, checksum: crc32(content) ^ 1 })));
		await expect(opened(bytes, 'damaged.xlsx')).rejects.toMatchObject({ code: 'file_damaged' });
	});
});
