import { describe, expect, it } from 'vitest';
import type { Locale } from '#lib/basis/codes.ts';
import { differences, type SchemeInWords, schemeInWords } from '#lib/messages/scheme-words.ts';
import { readScheme } from '#lib/scoring/read-scheme.ts';
import { readDomains } from '#lib/server/schemes/library.ts';
import { loadScheme, vocabularyOf } from '#lib/server/schemes/load.ts';
import { readYaml } from '#lib/yaml/read-yaml.ts';

const domains = Object.fromEntries(readDomains(null).map(({ key, name }) => [key, name]));

const words = (text: string, locale: Locale = 'zh'): SchemeInWords =>
	schemeInWords(readScheme(readYaml(text, 'trial.yaml'), vocabularyOf(null)).scheme, { domains, locale });

/** A scheme of one indicator. */
const with1 = (indicator: string, rest = ''): string =>
	`id: trial\nindicators:\n  - { key: one, ${indicator} }\ngrades: [{ key: good, at_least: 60 }, { key: bad, at_least: 0 }]\n${rest}`;
const sentence = (indicator: string, locale: Locale = 'zh'): string =>
	words(with1(indicator), locale).indicators[0]?.sentence ?? '';

describe('an indicator in words', () => {
	it.each([
		[
			'points: 30, measure: { name: patrol_coverage }, rule: { kind: proportional, target: 1 }, empty: excluded',
			'30 分 × 巡查覆盖率 ÷ 100 %；本季无应查单位的，不计入',
			'30 points × Patrol coverage ÷ 100 %; left out where there is no premises to visit in the quarter'
		],
		[
			'points: { 街道: 25, default: 20 }, measure: { name: patrol_completion, domains: [drinking_water], window: year_to_date }, rule: { kind: proportional, target: { 街道: 0.95, default: 0.9 } }, empty: zero, applies_to: { kind: [街道, 镇] }',
			'20 分（街道 25 分） × 巡查频次完成率（只计饮用水卫生，从年初累计） ÷ 90 %（街道 95 %）；本季无应完成的巡查的，得 0 分；只用于街道、镇',
			null
		],
		[
			'points: 15, measure: { name: problem_rate }, rule: { kind: banded, bands: [{ at_least: 0.5, points: 8 }, { at_least: 0.8, points: 15 }] }, empty: full',
			'问题检出率达到 80 % 得 15 分，达到 50 % 得 8 分，达不到的不得分；本季无巡查记录的，得满分',
			null
		],
		[
			'points: 10, measure: { name: form_timeliness }, rule: { kind: deduct, minus: { late: 0.5, missing: 2.5 } }, empty: excluded',
			'报表及时率 10 分，迟报或逾期每 1 个扣 0.5 分，未报每 1 个扣 2.5 分，扣完为止；本季无应报报表的，不计入',
			null
		],
		[
			'points: 30, measure: { name: rectification }, rule: { kind: shortfall, target: 0.5, per: 0.05, minus: 3, steps: up, cap: 20 }, empty: excluded',
			'30 分，整改率比 50 % 每低 5 个百分点扣 3 分，不足的按一档扣，最多扣 20 分；本季无到期应整改的问题的，不计入',
			null
		],
		[
			'points: 10, measure: { name: problem_rate }, rule: { kind: inverse, best: 0.05, worst: 0.3 }, empty: excluded',
			'问题检出率不高于 5 % 的得 10 分，达到 30 % 的不得分，其间按比例；本季无巡查记录的，不计入',
			null
		],
		[
			'points: 5, measure: { name: activity_count, type: training, required: 2 }, rule: { kind: count, each: 2.5 }',
			'工作开展次数（培训，应有 2 次）每 1 个得 2.5 分，最多 5 分',
			null
		],
		[
			'points: 10, measure: { name: mark }, rule: { kind: mark }',
			'人工评分，最多 10 分；没有报来数据的，暂不计入，得分为暂定',
			'marked by hand, at most 10 points; left out for now, and the score is provisional where nothing was handed in'
		],
		['points: 10, measure: { name: deductions }, rule: { kind: mark }', '10 分，按现场扣分记录扣，扣完为止', null]
	])('%s', (indicator, chinese, english) => {
		expect(sentence(indicator)).toBe(chinese);
		if (english !== null) expect(sentence(indicator, 'en')).toBe(english);
	});
});

describe('the rest of a scheme in words', () => {
	it('says bonuses, vetoes and grades of the shipped scheme', () => {
		const said = schemeInWords(loadScheme('xinbei-2025', null, 'zh'), { domains, locale: 'zh' });
		expect(said.bonuses.map((one) => one.sentence)).toEqual([
			'信息报告率（1 天内为及时）中的有价值每 1 个加 0.5 分，最多加 2 分'
		]);
		expect(said.vetoes.map((one) => one.sentence)).toEqual(['真实率的缺额达到 5 个的，等次降为不合格']);
		expect(said.grades.map(({ name, sentence: text }) => `${name} ${text}`)).toEqual([
			'优秀 90 分及以上',
			'合格 75 分及以上、不满 90 分',
			'基本合格 65 分及以上、不满 75 分',
			'不合格 不满 65 分'
		]);
	});

	it.each([
		[
			'annual: { weights: { Q1: 0.2, Q2: 0.2, Q3: 0.2, Q4: 0.4 } }',
			'annual',
			'各期得分按权重合成：Q1 20 %、Q2 20 %、Q3 20 %、Q4 40 %'
		],
		[
			'annual: { method: direct, year_starts: 12-16 }',
			'annual',
			'全年合并计分，各期得分仅供参考；考核年度自上年 12 月 16 日起'
		],
		[
			'visits_per_quarter: { drinking_water: 3 }',
			'visits_per_quarter',
			'每季度应巡查：饮用水卫生 3 次，其余 1 次；名册写明年应巡查次数的以名册为准'
		],
		['forms: { monthly: false }', 'forms', '季报在季末最后一天前报送'],
		['full: 100\nmax: 105', 'full', '100 分，加分后最高 105 分'],
		['periods: { from: 2025Q3 }', 'periods', '自2025 年三季度起'],
		['workload: { patrol: 1, training: 5 }', 'workload', '巡查 1、培训 5'],
		[
			'flags: [{ key: twice, grade: bad, consecutive: 2, of: year }]',
			'flag twice',
			'连续 2 个年度bad的，予以提示，不影响得分'
		]
	])('says %s', (rest, key, expected) => {
		const said = words(with1('points: 100, measure: { name: mark }, rule: { kind: mark }', rest));
		expect(said.settings.find((one) => one.key === key)?.sentence).toBe(expected);
	});
});

describe('two versions', () => {
	const before = words(with1('points: 25, measure: { name: mark }, rule: { kind: mark }'));
	it('differ in what was changed, added and taken away, and in nothing else', () => {
		const after = words(
			with1('points: 30, measure: { name: mark }, rule: { kind: mark }', 'cutoff_days: 10\n').replace(
				'{ key: good, at_least: 60 }',
				'{ key: best, at_least: 60 }'
			)
		);
		const told = differences(before, after).map(({ part, key, before: was, after: is }) => [
			part,
			key,
			was?.sentence ?? null,
			is?.sentence ?? null
		]);
		expect(told).toEqual([
			[
				'indicators',
				'one',
				'人工评分，最多 25 分；没有报来数据的，暂不计入，得分为暂定',
				'人工评分，最多 30 分；没有报来数据的，暂不计入，得分为暂定'
			],
			['grades', 'best', null, '60 分及以上'],
			['grades', 'good', '60 分及以上', null],
			[
				'settings',
				'cutoff_days',
				'期末后第 5 天；此后才报来的，视为没有发生',
				'期末后第 10 天；此后才报来的，视为没有发生'
			]
		]);
	});
	it('that say the same do not differ', () => {
		expect(differences(before, before)).toEqual([]);
	});
});
