import { describe, expect, it } from 'vitest';
import { paceOf } from '#lib/intake/progress.ts';
import { progressText } from '#lib/messages/progress-text.ts';

const reading = {
	stage: 'reading',
	file: '巡查.csv',
	sheet: null,
	done: 0,
	of: 2,
	rows: 120_000,
	share: 0.25
} as const;

describe('the pace of an import', () => {
	it('is told by what is done: a quarter in ten seconds leaves thirty', () => {
		expect(paceOf(reading, 10)).toEqual({ perSecond: 12_000, remaining: 30 });
	});

	it('is not told before there is enough to tell it by', () => {
		expect(paceOf(reading, 0.5)).toEqual({ perSecond: null, remaining: null });
		expect(paceOf({ rows: 10, share: 0.001 }, 60)).toEqual({ perSecond: null, remaining: null });
	});

	it('stands in the sentence with rows, rate and time', () => {
		expect(progressText(reading, 10, 'zh')).toBe(
			'第 1 步读取：巡查.csv（1/2），已读 120,000 行，每秒 12,000 行，约剩 30 秒'
		);
		expect(progressText({ ...reading, stage: 'taking', sheet: '一月', done: 1 }, 0, 'en')).toBe(
			'step 2, taking: 巡查.csv · 一月 (2/2), 120,000 rows taken'
		);
	});
});
