import { describe, expect, it } from 'vitest';
import { masked, privateColumns } from '#lib/intake/private-columns.ts';

/** The example of GB 11643-1999 itself, and the same with a check digit that is not its own. */
const identity = '11010519491231002X';
const noIdentity = '110105194912310021';

describe('columns of persons', () => {
	it('are known by their headers', () => {
		const headers = ['单位名称', '法人身份证号', '联系电话', '负责人手机号码', 'phone_number', '电话亭数', '身份'];
		expect(privateColumns(headers, [], [])).toEqual([1, 2, 3, 4]);
	});

	it('are known by their cells, where nearly all of them are numbers of persons', () => {
		const rows = Array.from({ length: 5 }, (_, i) => ['甲', `1380000000${i}`, identity, noIdentity, `${i}`]);
		expect(privateColumns(['名称', '备注一', '备注二', '备注三', '备注四'], rows, [])).toEqual([1, 2]);
	});

	it('are read where the mapping asks for them', () => {
		expect(privateColumns(['单位名称', '联系电话'], [], ['联系电话'])).toEqual([]);
	});
});

describe('a masked text', () => {
	it('shows no number by which a person is reached or known', () => {
		expect(masked(`王某，13812345678，${identity}。`)).toBe('王某，138****5678，110105********002X。');
	});

	it('keeps other numbers, ids of eighteen digits among them', () => {
		const text = `${noIdentity} 91320411MA1W2B3C4D 2025-03-05 138123456789`;
		expect(masked(text)).toBe(text);
	});
});
