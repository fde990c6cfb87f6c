import { describe, expect, it } from 'vitest';
import { Problem } from '#lib/basis/problem.ts';
import { pageProblemText, pageRowProblemText } from '#lib/messages/page-problem-text.ts';

/** Problems with the facts that they are thrown with, whose mend on a page is another than in a command. */
const problems = [
	new Problem('encoding_wrong', { encoding: 'big5' }, { file: '表.csv' }),
	new Problem('kind_unrecognised', {}, { file: '表.csv' }),
	new Problem('kind_ambiguous', { kinds: 'mark, deduction' }, { file: '表.xlsx', sheet: '一' }),
	new Problem('hold_unknown', { hold: 57 }),
	new Problem('batch_unknown', { batch: 3 }),
	new Problem('batch_built_on', { batch: 1, later: '3, 2' }),
	new Problem('kinds_mixed', { kinds: 'patrol, subject' }),
	new Problem('usage', { reason: 'x', command: 'quarantine' })
];

describe('a problem on a page', () => {
	it.each(problems.map((problem) => [problem.code, problem] as const))(
		'%s names its facts and its file, and no option of a command',
		(_, problem) => {
			for (const locale of ['zh', 'en'] as const) {
				const text = pageProblemText(problem, locale);
				expect(text).not.toMatch(/--|kaoji|undefined|[{}]/);
				const facts = Object.entries(problem.facts).filter(([name]) => name !== 'command');
				for (const [, fact] of facts) for (const one of String(fact).split(', ')) expect(text).toContain(one);
				for (const part of Object.values(problem.where)) expect(text).toContain(part);
			}
		}
	);

	it('lists what is several as the language does', () => {
		expect(pageProblemText(new Problem('batch_built_on', { batch: 1, later: '3, 2' }), 'zh')).toContain('3、2');
		expect(pageProblemText(new Problem('batch_built_on', { batch: 1, later: '3, 2' }), 'en')).toContain('3, 2');
	});

	it('is said in the words of the command where the mend is the same', () => {
		expect(pageProblemText(new Problem('file_empty', {}, { file: '空.csv' }), 'zh')).toBe(
			'空.csv：文件是空的：请重新导出'
		);
	});

	it('of a row that waits for confirmation names the box that confirms', () => {
		expect(pageRowProblemText('suspicious_revision', '')).toContain('允许改写已有记录');
		expect(pageRowProblemText('bad_date', '不是日期')).toBe('不是日期');
	});
});
