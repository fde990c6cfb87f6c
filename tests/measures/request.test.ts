import { describe, expect, it } from 'vitest';
import { isoDay, parseIsoDay, type Day } from '#lib/basis/day.ts';
import { parsePeriod, type Period } from '#lib/basis/period.ts';
import { composeTallies } from '#lib/measures/compose.ts';
import { measureNamed } from '#lib/measures/catalogue/index.ts';
import type { Measure } from '#lib/measures/declare.ts';
import {
	canonicalParameters,
	type MeasureParameters,
	type MeasureSettings,
	monthsAsked,
	monthsOfWindow,
	noParameters,
	tallyRequest
} from '#lib/measures/request.ts';

const settings: MeasureSettings = {
	cutoffDays: 5,
	graceDays: 0,
	visitsPerQuarter: {},
	forms: { monthlyDay: 31, monthly: true, quarterly: true },
	roll: 'none' as const,
	unit: 'township' as const,
	workload: {}
};
const period = (text: string): Period => parsePeriod(text) as Period;
const request = (measure: string, text: string, parameters: Partial<MeasureParameters> = {}, options = {}) =>
	tallyRequest(measure, period(text), settings, { ...noParameters, ...parameters }, options);

describe('what is asked of a measure', () => {
	it('has the window of its period, and a cut-off some days after it', () => {
		const { window, cutoff, quarters } = request('problem_rate', '2025Q1');
		expect([window.start, window.end, cutoff].map(isoDay)).toEqual(['2025-01-01', '2025-03-31', '2025-04-05']);
		expect(quarters).toEqual({ before: 0, through: 1 });
	});

	it('runs from 1 January for the year to date', () => {
		const { window, quarters } = request('patrol_completion', '2025Q3', { window: 'year_to_date' });
		expect([isoDay(window.start), isoDay(window.end)]).toEqual(['2025-01-01', '2025-09-30']);
		expect(quarters).toEqual({ before: 0, through: 3 });
	});

	it('stops at the day as of which a running period is looked at, yet asks for all its months', () => {
		const asOf = parseIsoDay('2025-02-10') as Day;
		const running = request('activity_count', '2025Q1', { window: 'each_month' }, { asOf });
		expect([isoDay(running.window.end), isoDay(running.cutoff)]).toEqual(['2025-02-10', '2025-02-10']);
		expect(monthsOfWindow(running).map(({ start, end }) => [isoDay(start), isoDay(end)])).toEqual([
			['2025-01-01', '2025-01-31'],
			['2025-02-01', '2025-02-10']
		]);
		expect(monthsAsked(running)).toBe(3);
	});

	it('is the same question whatever the order in which a scheme states it, and another with another domain', () => {
		const id = (domains: string[]): string =>
			canonicalParameters(request('patrol_coverage', '2025Q1', { domains }), { b: 1, a: { d: 1, c: 2 } });
		expect(id(['school_health', 'drinking_water'])).toBe(id(['drinking_water', 'school_health']));
		expect(id(['school_health'])).not.toBe(id(['drinking_water']));
	});
});

describe('the forms due in a quarter', () => {
	const due = (text: string, forms: MeasureSettings['forms']): unknown => {
		const asked = {
			measure: measureNamed('form_timeliness') as Measure,
			request: { ...request('form_timeliness', text), settings: { ...settings, forms } }
		};
		const [{ bound } = { bound: {} as Record<string, unknown> }] = composeTallies([asked], () => 'SELECT 1', []);
		return bound['due'];
	};

	it('are one a month on its day, and one on the last day of the quarter', () => {
		expect(due('2025Q1', { monthlyDay: 19, monthly: true, quarterly: true })).toEqual([
			'2025-01-19',
			'2025-02-19',
			'2025-03-19',
			'2025-03-31'
		]);
		expect(due('2025Q1', { monthlyDay: 19, monthly: false, quarterly: true })).toEqual(['2025-03-31']);
	});

	it('fall on the last day of a month that is too short', () => {
		expect(due('2025Q1', { monthlyDay: 31, monthly: true, quarterly: false })).toEqual([
			'2025-01-31',
			'2025-02-28',
			'2025-03-31'
		]);
	});
});

describe('measures over one base and window', () => {
	it('are read in one scan', () => {
		const asked = ['record_timeliness', 'problem_rate', 'record_completeness', 'patrol_count'].map((name) => ({
			measure: measureNamed(name) as Measure,
			request: request(name, '2025Q1')
		}));
		expect(composeTallies(asked, (base) => `FROM ${base}`, [])).toHaveLength(1);
		const other = { measure: measureNamed('problem_rate') as Measure, request: request('problem_rate', '2025Q2') };
		expect(composeTallies([...asked, other], (base) => `FROM ${base}`, [])).toHaveLength(2);
	});
});
