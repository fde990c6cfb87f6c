import { describe, expect, it } from 'vitest';
import { editsOf, type FormField, formOf, type FormSection } from '#lib/messages/scheme-form.ts';
import { readScheme } from '#lib/scoring/read-scheme.ts';
import { documentAt, readDomains } from '#lib/server/schemes/library.ts';
import { vocabularyOf } from '#lib/server/schemes/load.ts';
import { versionsOf } from '#lib/server/schemes/versions.ts';
import { editYaml } from '#lib/yaml/edit-yaml.ts';
import { readYaml } from '#lib/yaml/read-yaml.ts';

const domains = Object.fromEntries(readDomains(null).map(({ key, name }) => [key, name]));
const sectionsOf = (text: string): FormSection[] => {
	const tree = readYaml(text, 'trial.yaml');
	return formOf(tree, readScheme(tree, vocabularyOf(null)).scheme, { domains, locale: 'zh' });
};
const text = documentAt(versionsOf('xinbei-2025', null)[0]?.path ?? '').text;

/** The field of a section by its label. */
function labelled(sections: readonly FormSection[], key: string, label: string): FormField {
	const field = sections.find((one) => one.key === key)?.fields.find((one) => one.label === label);
	if (!field) throw new Error(`${key} has no ${label}`);
	return field;
}

/** The text after a value was entered under a label. */
function enter(key: string, label: string, value: string, of = text): string {
	const sections = sectionsOf(of);
	const wanted = labelled(sections, key, label);
	const { edits, wrong } = editsOf(sections, (field) => (field.path === wanted.path ? value : null));
	expect(wrong).toEqual([]);
	return editYaml(of, edits);
}

describe('the form of a scheme', () => {
	it('changes nothing where nothing is entered, or what stands there already', () => {
		const sections = sectionsOf(text);
		expect(editsOf(sections, () => null)).toEqual({ edits: [], wrong: [] });
		expect(editsOf(sections, ({ value }) => value)).toEqual({ edits: [], wrong: [] });
	});

	it.each([
		['coverage', '分值', '25', '    points: 20\n    measure:\n', '    points: 25\n    measure:\n'],
		[
			'filing',
			'目标（%）',
			'92.5',
			'rule: { kind: proportional, target: 1 }',
			'rule: { kind: proportional, target: 0.925 }'
		],
		['forms', '未报每 1 个扣（分）', '３．５', 'missing: 2.5', 'missing: 3.5'],
		['records', '时限（天）', '3', 'within_days: 5', 'within_days: 3'],
		['clues', '无应办事项时', 'zero', 'empty: full', 'empty: zero'],
		['grades', '优秀不低于（分）', '92', 'at_least: 90', 'at_least: 92'],
		['falsified', '达到几个', '3', 'at_least: 5', 'at_least: 3'],
		['settings', '数据截止（期末后天数）', '10', 'cutoff_days: 5', 'cutoff_days: 10'],
		['settings', '饮用水卫生每季度次数', '2', 'drinking_water: 3', 'drinking_water: 2']
	])('writes %s, %s: %s', (key, label, value, before, after) => {
		expect(text).toContain(before);
		expect(enter(key, label, value)).toBe(text.replace(before, after));
	});

	it('writes what was not there before', () => {
		const edited = enter('training', '只用于类型', '街道、镇');
		expect(readScheme(readYaml(edited, 'x'), vocabularyOf(null)).scheme.indicators[8]?.appliesTo).toEqual({
			kinds: ['街道', '镇'],
			codes: null
		});
		expect(edited).toContain('# What they leave open, and how it is read here, as plainly as possible:');
	});

	it('takes domains that are ticked, and all where none is', () => {
		const some = enter('frequency', '专业类别（不选为全部）', 'drinking_water、radiation');
		const domainsOf = (of: string): unknown =>
			readScheme(readYaml(of, 'x'), vocabularyOf(null)).scheme.indicators[2]?.measure.domains;
		expect(domainsOf(some)).toEqual(['drinking_water', 'radiation']);
		expect(domainsOf(enter('frequency', '专业类别（不选为全部）', '', some))).toBeNull();
	});

	it('says which fields it cannot take, and takes none of them', () => {
		const sections = sectionsOf(text);
		const points = labelled(sections, 'coverage', '分值').path;
		for (const value of ['', '二十', '30 分', '十'])
			expect(editsOf(sections, ({ path }) => (path === points ? value : null))).toEqual({ edits: [], wrong: [points] });
		const policy = labelled(sections, 'clues', '无应办事项时').path;
		expect(editsOf(sections, ({ path }) => (path === policy ? 'pending' : null)).wrong).toEqual([policy]);
	});
});
