import { describe, expect, it } from 'vitest';
import { addableMeasures, additionOf, newFields, placeText, removalsOf } from '#lib/messages/scheme-additions.ts';
import { formOf } from '#lib/messages/scheme-form.ts';
import type { ReadScheme } from '#lib/scoring/read-scheme.ts';
import { readScheme } from '#lib/scoring/read-scheme.ts';
import { documentAt } from '#lib/server/schemes/library.ts';
import { vocabularyOf } from '#lib/server/schemes/load.ts';
import { versionsOf } from '#lib/server/schemes/versions.ts';
import { editYaml } from '#lib/yaml/edit-yaml.ts';
import { readYaml } from '#lib/yaml/read-yaml.ts';

const textOf = (id: string): string => documentAt(versionsOf(id, null)[0]?.path ?? '').text;
const text = textOf('xinbei-2025');
const read = (of: string): ReadScheme => readScheme(readYaml(of, 'draft.yaml'), vocabularyOf(null));
const errorsOf = (of: string): string[] =>
	read(of).findings.flatMap(({ level, code }) => (level === 'error' ? [code] : []));

/** What the fields of a new indicator were filled in with. */
const filled =
	(measure: string, name: string, points: string) =>
	(field: string): string | null =>
		({ [newFields.measure]: measure, [newFields.name]: name, [newFields.points]: points })[field] ?? null;

describe('an indicator that is added in the form', () => {
	it.each(['xinbei-2025', 'xiangxiang-clinics'])(
		'of any measure that is offered is one that the linter takes (%s)',
		(id) => {
			const before = textOf(id);
			const { scheme } = read(before);
			const offered = addableMeasures(scheme, 'zh');
			expect(offered.length).toBeGreaterThanOrEqual(5);
			for (const { value } of offered) {
				const { edits, wrong } = additionOf(scheme, filled(value, '新的指标', '７.5'));
				expect([value, wrong]).toEqual([value, []]);
				const after = editYaml(before, edits);
				expect([value, errorsOf(after)]).toEqual([value, []]);
				const { indicators } = read(after).scheme;
				expect(indicators.slice(0, -1).map(({ key }) => key)).toEqual(scheme.indicators.map(({ key }) => key));
				expect(indicators.at(-1)).toMatchObject({
					name: { zh: '新的指标' },
					measure: { name: value },
					points: { value: { n: 15n, d: 2n } }
				});
			}
		}
	);

	it('gets a key that no other has, and any name', () => {
		let now = text;
		for (const name of ['出勤: "早" #1', '出勤'])
			now = editYaml(now, additionOf(read(now).scheme, filled('mark', name, '5')).edits);
		expect(
			read(now)
				.scheme.indicators.slice(-2)
				.map(({ key, name }) => [key, name.zh])
		).toEqual([
			['mark', '出勤: "早" #1'],
			['mark_2', '出勤']
		]);
		expect(errorsOf(now)).toEqual([]);
	});

	it.each([
		['no measure', '', '名称', '5', [newFields.measure]],
		['a measure that is not offered', 'workload', '名称', '5', [newFields.measure]],
		['no name', 'mark', ' ', '5', [newFields.name]],
		['a name that another has', 'mark', '巡查覆盖率', '5', [newFields.name]],
		['which activity is not said', 'activity_count', '名称', '5', [newFields.measure]],
		['no points', 'mark', '名称', '', [newFields.points]],
		['points of nought', 'mark', '名称', '0', [newFields.points]],
		['points that are none', 'mark', '名称', '五', [newFields.points]]
	])('is refused with %s', (_, measure, name, points, wrong) => {
		expect(additionOf(read(text).scheme, filled(measure, name, points))).toEqual({ edits: [], wrong });
	});

	it('is none where nothing was filled in', () => {
		expect(additionOf(read(text).scheme, filled('', ' ', ''))).toEqual({ edits: [], wrong: [] });
	});
});

describe('items that are ticked to be removed', () => {
	const sections = formOf(readYaml(text, 'draft.yaml'), read(text).scheme, { domains: {}, locale: 'zh' });
	const keysAfter = (...ticked: string[]): { indicators: string[]; bonuses: string[]; vetoes: string[] } => {
		const { indicators, bonuses, vetoes } = read(editYaml(text, removalsOf(sections, ticked))).scheme;
		const keys = (list: readonly { readonly key: string }[]): string[] => list.map(({ key }) => key);
		return { indicators: keys(indicators), bonuses: keys(bonuses), vetoes: keys(vetoes) };
	};
	const { indicators, bonuses, vetoes } = read(text).scheme;

	it('are gone, several at once too, and all others stay', () => {
		const ticked = [placeText('indicators', 0), placeText('indicators', 2), placeText('vetoes', 0)];
		expect(keysAfter(...ticked)).toEqual({
			indicators: indicators.flatMap(({ key }, i) => (i === 0 || i === 2 ? [] : [key])),
			bonuses: bonuses.map(({ key }) => key),
			vetoes: vetoes.slice(1).map(({ key }) => key)
		});
	});

	it('are none for a place that no item has', () => {
		expect(removalsOf(sections, ['indicators/99', 'grades/0', 'settings/0', '../x'])).toEqual([]);
	});
});
