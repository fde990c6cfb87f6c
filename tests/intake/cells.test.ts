import { describe, expect, it } from 'vitest';
import { day, isoDay } from '#lib/basis/day.ts';
import { type CellContext, readCell } from '#lib/intake/cells.ts';
import { readDate } from '#lib/intake/dates.ts';
import { fieldNamed } from '#lib/intake/kinds/index.ts';
import { kinds } from '#lib/intake/kinds/index.ts';
import type { Field, Kind } from '#lib/intake/kinds/declare.ts';
import { townshipResolver } from '#lib/intake/township-names.ts';
import { domainResolver } from '#lib/intake/domains.ts';

const field = (kind: string, name: string): Field =>
	fieldNamed(kinds.find((one) => one.name === kind) as Kind, name) as Field;

const context: CellContext = {
	today: day(2026, 4, 30),
	dateOrder: null,
	date1904: false,
	township: townshipResolver([{ code: '320411105', name: '孟河镇', institution: '孟河中心卫生院' }]),
	domain: domainResolver([{ key: 'food_safety', name: { zh: '食品安全' }, aliases: ['餐饮'] }])
};

describe('a date cell', () => {
	it.each([
		'2025-03-05',
		'2025/3/5',
		'2025.3.5',
		'20250305',
		'2025年3月5日',
		'45721',
		'2025-03-05 10:20:30',
		'2025/3/5 9:05',
		'2025年3月5日10时20分',
		'45721.43',
		'２０２５－０３－０５',
		' 2025-3-5 '
	])('%s is 5 March 2025', (cell) => {
		const answer = readDate(cell, null, false);
		expect('day' in answer && isoDay(answer.day)).toBe('2025-03-05');
	});

	it('counts serials from 1904 where the workbook does', () => {
		expect(readDate('44259', null, true)).toEqual({ day: day(2025, 3, 5) });
	});

	it('reads 3/4/2025 only where a mapping says the order', () => {
		expect(readDate('3/4/2025', null, false)).toEqual({ problem: 'ambiguous_date' });
		expect(readDate('3/4/2025', 'mdy', false)).toEqual({ day: day(2025, 3, 4) });
		expect(readDate('3/4/2025', 'dmy', false)).toEqual({ day: day(2025, 4, 3) });
		expect(readDate('13/4/2025', 'mdy', false)).toEqual({ problem: 'bad_date' });
	});

	it.each(['2025-02-30', '2025', '三月五日', '2025-03', '1234567', '2025/3-5'])('%s is none', (cell) => {
		expect(readDate(cell, null, false)).toEqual({ problem: 'bad_date' });
	});

	it('must lie between its earliest day and the day of import, unless it looks ahead', () => {
		const read = (kind: string, name: string, cell: string) => readCell(field(kind, name), cell, context);
		expect(read('patrol', 'patrolled_on', '1999-12-31')).toEqual({ problem: 'date_too_early' });
		expect(read('subject', 'opened_on', '1950-01-01')).toEqual({ value: '1950-01-01' });
		expect(read('subject', 'opened_on', '1899-12-31')).toEqual({ problem: 'date_too_early' });
		expect(read('patrol', 'patrolled_on', '2026-04-30')).toEqual({ value: '2026-04-30' });
		expect(read('patrol', 'patrolled_on', '2026-05-01')).toEqual({ problem: 'date_in_future' });
		for (const [kind, name] of [
			['patrol', 'rectify_by'],
			['complaint', 'due_on'],
			['complaint', 'closed_on'],
			['subject', 'closed_on'],
			['township', 'ended_on']
		] as const)
			expect(read(kind, name, '2026-05-01')).toEqual({ value: '2026-05-01' });
	});
});

describe('a cell', () => {
	it.each([
		['clue', 'urgent', '是', 'true'],
		['clue', 'urgent', '√', 'true'],
		['clue', 'urgent', 'Y', 'true'],
		['clue', 'urgent', '无', 'false'],
		['clue', 'urgent', '0', 'false'],
		['patrol', 'problems', '3.0', '3'],
		['township', 'population', '81,370', '81370'],
		['mark', 'points', '6.50', '6.50'],
		['disbursement', 'amount', '¥1,234.5', '123450'],
		['submission', 'form', '月报', 'monthly'],
		['submission', 'covers', '2025年第一季度', '2025Q1'],
		['mark', 'period', '2025年上半年', '2025H1'],
		['patrol', 'domain', ' 餐 饮 ', 'food_safety'],
		['patrol', 'revision', '2', '2'],
		['patrol', 'inspector', '　', null]
	])('%s.%s %s means %s', (kind, name, cell, value) => {
		expect(readCell(field(kind, name), cell, context)).toEqual({ value });
	});

	it.each([
		['patrol', 'problems', '-1', 'bad_number'],
		['patrol', 'problems', '1.5', 'bad_number'],
		['mark', 'points', '1.2345678', 'bad_number'],
		['disbursement', 'amount', '1.005', 'bad_number'],
		['clue', 'urgent', '也许', 'bad_boolean'],
		['submission', 'form', '日报', 'unknown_choice'],
		['submission', 'covers', '2025', 'bad_period'],
		['mark', 'period', '2025-03', 'bad_period'],
		['patrol', 'revision', '4', 'bad_flag'],
		['patrol', 'domain', '算命', 'unknown_domain']
	])('%s.%s %s is the problem %s', (kind, name, cell, problem) => {
		expect(readCell(field(kind, name), cell, context)).toEqual({ problem });
	});
});

describe('a township', () => {
	const resolve = townshipResolver([
		{ code: '01', name: '新桥街道', institution: '新桥社区卫生服务中心' },
		{ code: '02', name: '新桥镇', institution: null },
		{ code: '03', name: '孟河镇', institution: '孟河中心卫生院' },
		{ code: '04', name: '薛家镇', institution: '第一人民医院' },
		{ code: '05', name: '罗溪镇', institution: '第一人民医院' }
	]);

	it.each([
		['03', '03'],
		['孟河镇', '03'],
		['孟河中心卫生院', '03'],
		['孟河卫生院', '03'],
		['孟河', '03'],
		['孟河镇人民政府', '03'],
		['新桥街道办事处', '01'],
		['新桥街道', '01'],
		['新桥镇卫生院', '02'],
		['薛家社区卫生服务中心', '04'],
		[' 孟 河 镇 ', '03']
	])('%s is %s', (cell, code) => {
		expect(resolve(cell)).toEqual({ code });
	});

	it('is not guessed where two fit, or none', () => {
		expect(resolve('新桥')).toEqual({ problem: 'ambiguous_township' });
		expect(resolve('第一人民医院')).toEqual({ problem: 'ambiguous_township' });
		expect(resolve('卫生院')).toEqual({ problem: 'unknown_township' });
		expect(resolve('春江街道')).toEqual({ problem: 'unknown_township' });
	});
});
