import { describe, expect, it } from 'vitest';
import { comparisonTitle, limitsText, runText, trendTitle } from '#lib/messages/trend-title.ts';
import { axisTick, figureNames } from '#lib/messages/trend-words.ts';
import type { ShownLimits, SignalRun, Standing } from '#lib/reports/analyst.ts';
import { measuresWithSeries } from '#lib/server/workflows/show-trend.ts';

const whole = { measure: '问题检出率', township: null, domain: null };
const limits: ShownLimits = { mean: '12.0%', lower: '8.5%', upper: '15.5%', trial: false };
const standing = (run: Partial<SignalRun> | null, side: Standing['side'] = -1): Standing => ({
	period: '2026-09',
	value: '11.8%',
	side,
	run: run && {
		kind: 'outside',
		direction: 'up',
		from: '2026-03',
		to: '2026-09',
		periods: 7,
		furthest: '19.0%',
		...run
	}
});

describe('the sentence that opens the trends', () => {
	it('sets the latest value against the mean', () => {
		expect(trendTitle(whole, standing(null), limits)).toBe(
			'问题检出率 2026 年 9 月为 11.8%，低于均值 12.0%，在正常波动范围内。'
		);
		expect(trendTitle(whole, standing(null, 1), limits)).toContain('高于均值 12.0%');
		expect(trendTitle(whole, standing(null, 0), limits)).toContain('与均值 12.0% 持平');
	});

	it('names the limit that it lies beyond', () => {
		expect(trendTitle(whole, standing({}), limits)).toBe(
			'问题检出率 2026 年 9 月为 11.8%，高于上控制限 15.5%，是异常信号。'
		);
		expect(trendTitle(whole, standing({ direction: 'down' }), limits)).toContain('低于下控制限 8.5%，是异常信号');
	});

	it('names what lasts: seven on one side, seven rising, two of three', () => {
		expect(trendTitle(whole, standing({ kind: 'one_side', direction: 'down' }), limits)).toContain(
			'连续 7 期低于均值 12.0%'
		);
		expect(trendTitle(whole, standing({ kind: 'trend' }), limits)).toContain('连续 7 期上升');
		expect(trendTitle(whole, standing({ kind: 'two_of_three' }), limits)).toContain('三期里有两期明显高于均值 12.0%');
	});

	it('says whose trend it is, and what is not there yet', () => {
		const part = { measure: '问题检出率', township: '孟河镇', domain: '食品安全' };
		expect(trendTitle(part, null, null)).toBe('孟河镇食品安全问题检出率还没有完整的一期可看。');
		expect(trendTitle({ ...part, domain: null }, standing(null, null), null)).toBe(
			'孟河镇问题检出率 2026 年 9 月为 11.8%；期数太少，还没有控制限。'
		);
	});

	it('of several names the highest, and how many signal', () => {
		const comparison = {
			period: '2026Q3',
			series: 10,
			highest: { of: 'food_safety', value: '16.7%' },
			total: '0',
			signalling: 2
		};
		expect(comparisonTitle(whole, comparison, { counts: false, highest: '食品安全' })).toBe(
			'问题检出率 2026 年三季度最高的是食品安全（16.7%），2 类有异常信号。'
		);
		const findings = { ...comparison, highest: { of: 'minor', value: '86' }, total: '187', signalling: 0 };
		expect(comparisonTitle({ ...whole, measure: '检出问题' }, findings, { counts: true, highest: '一般' })).toBe(
			'检出问题 2026 年三季度共 187 条，最多的是一般（86 条），各类都在正常波动范围内。'
		);
	});
});

describe('what signals, in words', () => {
	const run = (changes: Partial<SignalRun>): SignalRun => ({
		kind: 'outside',
		direction: 'up',
		from: '2025-10',
		to: '2025-12',
		periods: 3,
		furthest: '18.8%',
		...changes
	});

	it('says when, and in which way', () => {
		expect(runText(run({}), limits)).toEqual({
			when: '2025 年 10 月至12 月',
			text: '连续 3 期高于上控制限 15.5%，最高 18.8%。'
		});
		expect(runText(run({ from: '2025-10', to: '2025-10', periods: 1 }), limits)).toEqual({
			when: '2025 年 10 月',
			text: '18.8%，高于上控制限 15.5%。'
		});
		expect(runText(run({ kind: 'one_side', from: '2025-10', to: '2026-04', periods: 7 }), limits)).toEqual({
			when: '2025 年 10 月至2026 年 4 月',
			text: '连续 7 期高于均值 12.0%。'
		});
	});

	it('leaves a limit unsaid that no value can reach', () => {
		expect(limitsText(limits)).toContain('8.5% 至 15.5%');
		expect(limitsText({ ...limits, lower: null })).toContain('15.5% 以下');
		expect(limitsText({ ...limits, upper: null })).toContain('8.5% 以上');
		expect(limitsText({ ...limits, upper: null, lower: null })).toContain('一切可能的取值');
		expect(limitsText(null)).toContain('少于两期');
	});
});

describe('the words of the figures', () => {
	it('say for every measure of a trend what is over what', () => {
		for (const { name } of measuresWithSeries()) expect([name, figureNames(name).n]).not.toEqual([name, '分子']);
	});

	it('mark the years, and the quarters between', () => {
		expect([axisTick('2026-01'), axisTick('2026-04'), axisTick('2026-05')]).toEqual([
			{ text: '2026', major: true },
			{ text: '4 月', major: false },
			null
		]);
		expect(axisTick('2026Q2')).toEqual({ text: '二季度', major: false });
	});
});
