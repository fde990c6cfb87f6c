import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, calendar, day, dayOf, dayNumber, isoDay, parseIsoDay } from '#lib/basis/day.ts';
import { formatYuan, fen, parseYuan } from '#lib/basis/fen.ts';
import { endOf, monthsIn, parsePeriod, periodId, quartersIn, shift, startOf, type Period } from '#lib/basis/period.ts';

describe('a day', () => {
	it('counts on as the calendar does, from 1900 to 2100, in this time zone too', () => {
		let [year, month, date] = [1900, 1, 1];
		const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
		for (let number = day(1900, 1, 1) as number; year <= 2100; number++) {
			expect(calendar(dayNumber(number))).toEqual({ year, month, day: date });
			const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
			if (date < (lengths[month - 1] as number) + (month === 2 && leap ? 1 : 0)) date++;
			else [year, month, date] = month === 12 ? [year + 1, 1, 1] : [year, month + 1, 1];
		}
	});

	it('is known by its distance: 1970-01-01 is 0, 2000-03-01 is 11017', () => {
		expect(day(1970, 1, 1)).toBe(0);
		expect(day(2000, 3, 1)).toBe(11_017);
		expect(addDays(day(2024, 2, 28), 2)).toBe(day(2024, 3, 1));
	});

	it('is written and read back', () => {
		fc.assert(
			fc.property(fc.integer({ min: -25_567, max: 60_000 }), (n) => {
				expect(parseIsoDay(isoDay(dayNumber(n)))).toBe(n);
			})
		);
	});

	it('does not exist where the calendar has none', () => {
		for (const [y, m, d] of [
			[2025, 2, 29],
			[2025, 4, 31],
			[1900, 2, 29],
			[2025, 13, 1],
			[2025, 0, 1],
			[2025, 1, 0]
		] as const)
			expect(dayOf(y, m, d)).toBeNull();
		expect(parseIsoDay('2025-3-5')).toBeNull();
	});
});

describe('a period', () => {
	it.each([
		['2025Q1', '2025Q1'],
		['2025年第一季度', '2025Q1'],
		['2025年1季度', '2025Q1'],
		['2025 年 第四季度', '2025Q4'],
		['2025q3', '2025Q3'],
		['2025H1', '2025H1'],
		['2025年上半年', '2025H1'],
		['2025年下半年', '2025H2'],
		['2025-03', '2025-03'],
		['2025年3月', '2025-03'],
		['２０２５年３月份', '2025-03'],
		['2025', '2025'],
		['2025年度', '2025']
	])('reads %s as %s', (text, id) => {
		expect(periodId(parsePeriod(text) as Period)).toBe(id);
	});

	it.each(['2025Q5', '2025-13', '2025-00', '25Q1', '第一季度', '2025H3', '', '2025-03-05'])(
		'does not read %s',
		(text) => {
			expect(parsePeriod(text)).toBeNull();
		}
	);

	it('has its first and last day, its months and quarters', () => {
		const half = parsePeriod('2024H1') as Period;
		expect([isoDay(startOf(half)), isoDay(endOf(half))]).toEqual(['2024-01-01', '2024-06-30']);
		expect(isoDay(endOf(parsePeriod('2024-02') as Period))).toBe('2024-02-29');
		expect(quartersIn(half).map(periodId)).toEqual(['2024Q1', '2024Q2']);
		expect(monthsIn(parsePeriod('2025Q4') as Period).map(periodId)).toEqual(['2025-10', '2025-11', '2025-12']);
		expect(periodId(shift(parsePeriod('2025Q1') as Period, -1))).toBe('2024Q4');
		expect(periodId(shift(parsePeriod('2025-12') as Period, 1))).toBe('2026-01');
	});
});

describe('money', () => {
	it('is whole fen, read and written without a loss', () => {
		fc.assert(
			fc.property(fc.bigInt(-(10n ** 20n), 10n ** 20n), (n) => {
				expect(parseYuan(formatYuan(fen(n)))).toBe(n);
			})
		);
		expect(parseYuan('834,660.5')).toBe(83_466_050n);
		for (const text of ['1.005', '', '12,34', '1e3', '万']) expect(parseYuan(text)).toBeNull();
	});
});
