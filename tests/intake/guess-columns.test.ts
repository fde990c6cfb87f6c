/** The first guess at the columns of an unknown file. */
import { describe, expect, it } from 'vitest';
import { guessDraft, likeliestHeader, likeliestKind } from '#lib/intake/guess-columns.ts';
import type { Kind } from '#lib/intake/kinds/declare.ts';
import { kindNamed, kinds } from '#lib/intake/kinds/index.ts';
import { mappingOf, missingIn } from '#lib/intake/mapping-draft.ts';

const patrol = kindNamed('patrol') as Kind;
const guessed = (headers: readonly string[]): Record<string, [string, boolean]> =>
	Object.fromEntries(
		Object.entries(guessDraft(patrol, headers).fields).map(([name, { header, guessed }]) => [name, [header, guessed]])
	);

describe('a guess', () => {
	it('takes known headers as they are, and marks those that only hold a known word', () => {
		expect(guessed(['流水号', '被检查单位名称', '所属乡镇（街道）', '专业类别', '巡查日期'])).toEqual({
			id: ['流水号', false],
			subject_name: ['被检查单位名称', true],
			township: ['所属乡镇（街道）', true],
			domain: ['专业类别', false],
			patrolled_on: ['巡查日期', false]
		});
	});

	it('knows a township, a domain and the day by the words that tell them', () => {
		expect(guessed(['店家', '所在镇', '场所类型', '检查时间', '说明'])).toEqual({
			township: ['所在镇', true],
			domain: ['场所类型', true],
			patrolled_on: ['检查时间', true]
		});
	});

	it('gives no column to two fields by likeness', () => {
		const headers = Object.values(guessed(['本次巡查内容与处理意见', '实际巡查日期'])).map(([header]) => header);
		expect(new Set(headers).size).toBe(headers.length);
	});

	it('takes a column of line numbers for no id', () => {
		for (const header of ['序', '序号', 'No.']) {
			const draft = guessDraft(patrol, [header, '巡查日期']);
			expect([header, draft.lineNumbers, 'id' in draft.fields]).toEqual([header, true, false]);
			expect(missingIn(mappingOf(draft, 'x', [header]), patrol).map(({ name }) => name)).not.toContain('id');
		}
	});

	it('names the kind that knows most of a header, and none where chance could know it', () => {
		expect(likeliestKind(kinds, ['受理编号', '所属乡镇', '受理日期', '办结日期'])?.name).toBe('complaint');
		expect(likeliestKind(kinds, ['店家', '类型', '去的日子'])).toBeNull();
	});

	it('finds the header below a title and above the facts', () => {
		const rows = [
			{ line: 1, cells: ['三井街道协管巡查台账', null, null] },
			{ line: 3, cells: ['序', '店家', '去的日子'] },
			{ line: 4, cells: ['1', '第一饭店', '3/4/2025'] }
		];
		expect(likeliestHeader(kinds, rows)?.line).toBe(3);
	});
});
