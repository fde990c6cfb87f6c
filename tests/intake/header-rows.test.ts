import { describe, expect, it } from 'vitest';
import { headerRows } from '#lib/intake/header-rows.ts';
import { recognise } from '#lib/intake/recognise.ts';

const form = [
	{ line: 1, cells: ['2025年第一季度巡查登记表', null, null, null, null, null] },
	{ line: 2, cells: ['流水号', '所属乡镇', '专业类别', '巡查日期', '整改', null] },
	{ line: 3, cells: ['流水号', '所属乡镇', '专业类别', '巡查日期', '期限', '完成日期'] },
	{ line: 4, cells: ['P1', '三井街道', '食品安全', '2025-03-05', '2025-03-20', '2025-03-18'] }
];

describe('a header over several lines', () => {
	it('names a column by its group where that makes a word that is known', () => {
		const found = recognise(form, null, {});
		expect(found?.kind.name).toBe('patrol');
		expect(found?.headerLine).toBe(3);
		expect(found?.headers).toEqual(['流水号', '所属乡镇', '专业类别', '巡查日期', '整改期限', '整改完成日期']);
		expect(found?.confidence).toMatchObject({ known: 6, of: 6 });
	});

	it('is not made longer than it is: rows below it are no part of it', () => {
		const single = [form[2], form[3]].flatMap((row) => row ?? []);
		const cells = ['流水号', '所属乡镇', '专业类别', '巡查日期', '整改期限', '整改完成日期'];
		const found = recognise([{ line: 1, cells }, ...single.slice(1)], null, {});
		expect([found?.headerLine, found?.headers]).toEqual([1, cells]);
	});

	it('tells columns of one name apart by their groups', () => {
		const rows = [
			{ line: 1, cells: ['巡查', null, '整改', null] },
			{ line: 2, cells: ['日期', '人', '日期', '人'] }
		];
		expect(headerRows(rows).at(-1)?.names).toEqual(['巡查日期', '巡查人', '整改日期', '整改人']);
	});
});
