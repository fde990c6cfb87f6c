import { describe, expect, it } from 'vitest';
import { editYaml } from '#lib/yaml/edit-yaml.ts';

const text = `# 本县细则
id: county   # 县里的
version: 1
name: { zh: 细则, en: Rules }
source: >-
  一份很长的文件
  写了两行
indicators:
  # 覆盖率最要紧
  - key: coverage
    points: 25 # 2025 年的权重
    measure: { name: patrol_coverage, domains: [drinking_water] }
    rule: { kind: proportional, target: 0.90 }
`;
const number = (path: (string | number)[], value: string): Parameters<typeof editYaml>[1][number] => ({
	path,
	value,
	words: false
});

describe('editing a document', () => {
	it('changes the value that is meant and not one other character', () => {
		expect(editYaml(text, [number(['indicators', 0, 'points'], '30')])).toBe(
			text.replace('points: 25 #', 'points: 30 #')
		);
	});

	it('keeps the very digits of a number', () => {
		const digits = '0.1000000000000000055';
		expect(editYaml(text, [number(['indicators', 0, 'rule', 'target'], digits)])).toBe(text.replace('0.90', digits));
	});

	it('changes several values of several lengths', () => {
		const edited = editYaml(text, [
			number(['version'], '12'),
			number(['indicators', 0, 'rule', 'target'], '1'),
			number(['indicators', 0, 'points'], '7.5')
		]);
		expect(edited).toBe(
			text.replace('version: 1', 'version: 12').replace('0.90', '1').replace('points: 25 ', 'points: 7.5 ')
		);
	});

	it('adds what is not there and takes away what is to go; every comment stays', () => {
		const edited = editYaml(text, [
			number(['cutoff_days'], '10'),
			number(['periods', 'from'], '2026Q3'),
			{ path: ['indicators', 0, 'measure', 'domains'], value: null, words: false },
			{ path: ['indicators', 0, 'applies_to', 'kind'], value: ['街道', '镇'], words: true }
		]);
		for (const comment of ['# 本县细则', '# 县里的', '# 覆盖率最要紧', '# 2025 年的权重'])
			expect(edited).toContain(comment);
		expect(edited).toContain('cutoff_days: 10');
		expect(edited).toMatch(/periods:\s+from: 2026Q3/);
		expect(edited).toContain('measure: { name: patrol_coverage }');
		expect(edited).toMatch(/applies_to:\s+kind: \[ ?街道, 镇 ?\]/);
	});

	it('takes away a map that nothing is left in', () => {
		const once = editYaml(text, [{ path: ['a', 'b'], value: '1', words: false }]);
		expect(editYaml(once, [{ path: ['a', 'b'], value: null, words: false }])).not.toMatch(/^a:/m);
	});

	it('writes words that look like something else in quotes', () => {
		const named = (value: string): string => editYaml(text, [{ path: ['name', 'zh'], value, words: true }]);
		expect(named('新细则')).toContain('zh: 新细则,');
		expect(named('a: b, c')).toContain('zh: "a: b, c",');
		expect(named('true')).toContain('zh: "true",');
		expect(named('12')).toContain('zh: "12",');
	});
});
