import notices from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { isWorkday, knownYears, nextBusinessDay } from '#lib/basis/business-days.ts';
import { type Day, isoDay, parseIsoDay } from '#lib/basis/day.ts';
import { parsePeriod, type Period } from '#lib/basis/period.ts';
import { measureNamed } from '#lib/measures/catalogue/index.ts';
import { composeTallies } from '#lib/measures/compose.ts';
import { type MeasureSettings, noParameters, tallyRequest } from '#lib/measures/request.ts';

const day = (iso: string): Day => parseIsoDay(iso) as Day;

describe('business days', () => {
	it('are as the arrangement of the State Council for 2025 has them', () => {
		// 国庆、中秋: 1 to 8 October are free, Sunday 28 September and Saturday 11 October are worked.
		const days = ['2025-09-27', '2025-09-28', '2025-10-01', '2025-10-08', '2025-10-09', '2025-10-11', '2025-10-12'];
		expect(days.filter((iso) => isWorkday(day(iso)))).toEqual(['2025-09-28', '2025-10-09', '2025-10-11']);
		expect(isoDay(nextBusinessDay(day('2025-10-01')))).toBe('2025-10-09');
		expect(isoDay(nextBusinessDay(day('2025-09-28')))).toBe('2025-09-28');
	});

	it('are refused in years whose holidays nobody has told', () => {
		for (const iso of [`${knownYears.from - 1}-12-31`, `${knownYears.to + 1}-01-01`])
			expect(() => isWorkday(day(iso))).toThrow('calendar_unknown');
	});

	it('are known in just the years for which the package has holidays', () => {
		const years = [...new Set(Object.keys(notices.holidays).map((iso) => Number(iso.slice(0, 4))))].sort();
		expect([years[0], years.at(-1), years.length]).toEqual([
			knownYears.from,
			knownYears.to,
			knownYears.to - knownYears.from + 1
		]);
	});
});

describe('forms that fall due on a day on which offices are shut', () => {
	const settings: MeasureSettings = {
		cutoffDays: 5,
		graceDays: 0,
		visitsPerQuarter: {},
		forms: { monthlyDay: 1, monthly: true, quarterly: true },
		roll: 'none',
		unit: 'township',
		workload: {}
	};
	const due = (roll: MeasureSettings['roll'], period: string, monthly = true): unknown => {
		const measure = measureNamed('form_timeliness');
		if (!measure) throw new Error('no form_timeliness');
		const request = tallyRequest(
			measure.name,
			parsePeriod(period) as Period,
			{ ...settings, roll, forms: { ...settings.forms, monthly } },
			noParameters
		);
		return composeTallies([{ measure, request }], () => 'base', ['1'])[0]?.bound['due'];
	};

	it('are due on the next day on which they work, where the scheme says so', () => {
		// 2025: 1 January and 1 May are free; 1 October is, to the 8th; 31 December is a Wednesday, 30 September a Tuesday.
		expect(due('none', '2025Q4')).toEqual(['2025-10-01', '2025-11-01', '2025-12-01', '2025-12-31']);
		expect(due('next_business_day', '2025Q4')).toEqual(['2025-10-09', '2025-11-03', '2025-12-01', '2025-12-31']);
	});

	it('stay with the period of their nominal day', () => {
		// 31 December 2022 was a Saturday; the next day on which offices worked was 3 January 2023.
		expect(due('next_business_day', '2022Q4', false)).toEqual(['2023-01-03']);
		expect(due('next_business_day', '2023Q1', false)).toEqual(['2023-03-31']);
	});
});
