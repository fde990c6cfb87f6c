import { describe, expect, it } from 'vitest';
import { Problem } from '#lib/basis/problem.ts';
import { waitingProblemText } from '#lib/messages/waiting-problem-text.ts';

/** What stops a waiting file and is mended on its page. */
const problems = [
	new Problem('kind_unrecognised', {}, { file: '表.csv' }),
	new Problem('kind_ambiguous', { kinds: 'mark, deduction' }, { file: '表.xlsx', sheet: '一月' }),
	new Problem('kind_headers_missing', { kind: 'patrol', headers: '巡查日期' }, { file: '表.csv' }),
	new Problem('mapping_headers_missing', { mapping: '城北', headers: '店家' }, { file: '表.csv' }),
	new Problem('encoding_wrong', { encoding: 'big5' }, { file: '表.csv' })
];

describe('a problem of a waiting file', () => {
	it.each(problems.map((problem) => [problem.code, problem] as const))(
		'%s sends to nothing that is not on the page, in both languages',
		(_, problem) => {
			for (const locale of ['zh', 'en'] as const) {
				const text = waitingProblemText(problem, locale);
				expect(text).not.toMatch(/--|kaoji|undefined|[{}]|更多选项|More options|表\./);
				if (problem.where.sheet) expect(text).toContain(problem.where.sheet);
			}
		}
	);

	it('names kinds as their files are called', () => {
		const [, ambiguous, missing] = problems as [Problem, Problem, Problem];
		expect(waitingProblemText(ambiguous, 'zh')).not.toMatch(/mark|deduction/);
		expect(waitingProblemText(missing, 'zh')).toContain('作为巡查登记缺少表头：巡查日期');
	});

	it('is said as elsewhere where the mend is the same, without the file that stands above it', () => {
		expect(waitingProblemText(new Problem('file_empty', {}, { file: '空.csv' }), 'zh')).toBe('文件是空的：请重新导出');
	});
});
