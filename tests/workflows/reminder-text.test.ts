import { afterEach, describe, expect, it } from 'vitest';
import { reminderText } from '#lib/messages/reminder-text.ts';
import { daysWords, tasksTitle } from '#lib/messages/task-words.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import { groupTasks, type TaskKind, type TaskRow } from '#lib/reports/running.ts';

type Given = TaskRow & { readonly indicator: string };

const task = (kind: TaskKind, what: string, dueOn: string, days: number, more: Partial<Given> = {}): Given => ({
	kind,
	key: what,
	what: { zh: what },
	form: null,
	domain: null,
	dueOn,
	overdue: days < 0,
	days,
	indicator: 'i',
	indicators: [{ zh: '指标', en: 'Indicator' }],
	...more
});
const visits = (count: number): Given[] =>
	Array.from({ length: count }, (_, i) => task('visit', `第${i + 1}店`, '2026-12-31', 36));
const unit = { name: '孟河镇', expected: '82.8192', best: '98.2004' };
const at = { period: '2026Q4', asOf: '2026-11-25' };
const said = (tasks: readonly Given[]): string => reminderText({ ...unit, expected: null }, at, groupTasks(tasks));

describe('the text to paste into a message', () => {
	afterEach(() => {
		overwriteGetLocale(() => 'zh');
	});

	it('names three of many premises, the forms with their days, and how the score stands', () => {
		const tasks = [
			...visits(45),
			task('form', 'monthly 2026-12', '2026-12-19', 24, { form: { form: 'monthly', covers: '2026-12' } }),
			task('form', 'quarterly 2026Q4', '2026-12-31', 36, { form: { form: 'quarterly', covers: '2026Q4' } })
		];
		expect(reminderText(unit, at, groupTasks(tasks))).toBe(
			'孟河镇：四季度还有 45 家单位未完成巡查（第1店、第2店、第3店等），请于 12 月 31 日前完成；' +
				'12 月月报应于 12 月 19 日前报送；四季度季报应于 12 月 31 日前报送。' +
				'截至 11 月 25 日，按现状预计 82.82 分，最高可得 98.20 分。'
		);
	});

	it('asks at once for what is overdue and apart from it for what is still in time', () => {
		expect(
			said([
				task('form', 'monthly 2026-11', '2026-11-19', -6, { form: { form: 'monthly', covers: '2026-11' } }),
				task('rectification', '甲店', '2026-11-20', -5),
				task('rectification', '乙店', '2026-12-05', 10),
				task('rectification', '丙店', '2026-12-01', 6),
				task('complaint', 'K1', '2026-11-24', -1),
				task('figure', '满意度', '2026-12-31', 36)
			])
		).toBe(
			'孟河镇：11 月月报应于 11 月 19 日前报送，已逾期 6 天，请尽快补报；1 项整改已逾期（甲店），请尽快督促完成；' +
				'2 项整改（乙店、丙店）最早 12 月 1 日到期，请督促按期完成；1 件投诉已超过办结期限（K1），请尽快办结；' +
				'满意度的数据尚未填报，请于 12 月 31 日前补齐。'
		);
	});

	it('says that all is done where nothing is left', () => {
		expect(said([])).toBe('孟河镇：四季度各项工作都已完成。');
	});

	it('is plain text: a name that looks like markup stays as it is', () => {
		expect(said([task('visit', '<img src=x onerror=alert(1)>', '2026-12-31', 36)])).toContain(
			'（<img src=x onerror=alert(1)>）'
		);
	});

	it('is written in English too', () => {
		overwriteGetLocale(() => 'en');
		const tasks = [
			...visits(4),
			task('form', 'monthly 2026-12', '2026-12-19', 24, { form: { form: 'monthly', covers: '2026-12' } })
		];
		expect(reminderText(unit, at, groupTasks(tasks))).toBe(
			'孟河镇: premises still to be patrolled in Q4: 4 (第1店, 第2店, 第3店 and others), please finish by 31 December; ' +
				'the monthly form for December is to be handed in by 19 December. ' +
				'As of 25 November: 82.82 points as things stand, 98.20 at best.'
		);
	});
});

describe('the words of a task', () => {
	it('say how long is left or how long it is overdue', () => {
		expect([-3, 0, 36].map(daysWords)).toEqual(['逾期 3 天', '当日到期', '还剩 36 天']);
	});

	it('count what is left of a kind and what of it is overdue, also where only the first rows are kept', () => {
		const [group] = groupTasks(
			[task('rectification', '甲店', '2026-11-20', -5), task('rectification', '乙店', '2026-12-05', 10)],
			1
		);
		expect(group?.rows.length).toBe(1);
		expect(group && tasksTitle(group)).toBe('2 项整改待完成，其中 1 项已逾期');
	});
});
