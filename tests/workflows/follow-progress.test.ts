import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, townshipCode } from '#lib/basis/codes.ts';
import { type Day, isoDay, parseIsoDay } from '#lib/basis/day.ts';
import { parsePeriod, type Period, periodId } from '#lib/basis/period.ts';
import { progressTitle, unitTitle } from '#lib/messages/progress-title.ts';
import { reminderText } from '#lib/messages/reminder-text.ts';
import { type MomentFacts, momentOf } from '#lib/reports/moment.ts';
import { aheadOf, byUrgency, type RunningReport } from '#lib/reports/running.ts';
import { type House, openHouse } from '#lib/server/warehouse/house.ts';
import { chooseMoment, followProgress, progressReport, remindersFor } from '#lib/server/workflows/follow-progress.ts';
import { knownPeriods, type Rules, rulesFor } from '#lib/server/workflows/see-periods.ts';
import { townshipCsv, write } from '../intake/files.ts';
import { kaoji, ownFolder } from '../support/kaoji.ts';

const day = (text: string): Day => parseIsoDay(text) as Day;
const period = (text: string): Period => parsePeriod(text) as Period;
const bureau: Actor = { name: 'test', role: 'administrator', townships: 'all' };

describe('the period and the day that are looked at', () => {
	/** What is chosen with facts from February 2024 to 25 November 2026, by quarter. */
	const chosen = (
		today: string,
		asked: { period?: string; asOf?: string } = {},
		facts: Partial<MomentFacts> = {}
	): Record<string, unknown> => {
		const {
			period: at,
			asOf,
			...rest
		} = momentOf({
			frequency: 'quarter',
			reach: { first: day('2024-02-03'), last: day('2026-11-25') },
			today: day(today),
			asked: {
				period: asked.period === undefined ? null : period(asked.period),
				asOf: asked.asOf === undefined ? null : day(asked.asOf)
			},
			covers: () => true,
			...facts
		});
		return { at: `${periodId(at)} ${isoDay(asOf)}`, ...rest };
	};
	const plain = { over: false, instead: null, moved: false };

	it('are today and its quarter where nothing is asked for', () => {
		expect(chosen('2026-11-26')).toEqual({ ...plain, at: '2026Q4 2026-11-26' });
	});

	it('are the half-year or year in which today lies where the scheme scores those', () => {
		expect(chosen('2026-11-26', {}, { frequency: 'half' })).toEqual({ ...plain, at: '2026H2 2026-11-26' });
		expect(chosen('2026-11-26', {}, { frequency: 'year' })).toEqual({ ...plain, at: '2026 2026-11-26' });
	});

	it('are the last quarter with facts, as of its last day, where today is past the facts', () => {
		expect(chosen('2027-01-02')).toEqual({ at: '2026Q4 2026-12-31', over: true, instead: 'past_facts', moved: false });
	});

	it('pass over quarters for which the scheme is not in force', () => {
		const until = { covers: (one: Period) => one.year < 2026 };
		expect(chosen('2026-11-26', {}, until)).toMatchObject({ at: '2025Q4 2025-12-31', instead: 'past_facts' });
	});

	it('are the last day of a quarter that is over, and the first of one that has not begun', () => {
		expect(chosen('2026-11-26', { period: '2026Q3' })).toEqual({ ...plain, at: '2026Q3 2026-09-30', over: true });
		expect(chosen('2026-11-26', { period: '2027Q1' })).toEqual({ ...plain, at: '2027Q1 2027-01-01' });
	});

	it('are the day that is asked for, and the quarter in which it lies', () => {
		expect(chosen('2026-11-26', { asOf: '2026-11-25' })).toEqual({ ...plain, at: '2026Q4 2026-11-25' });
		expect(chosen('2026-11-26', { asOf: '2026-08-10' })).toEqual({ ...plain, at: '2026Q3 2026-08-10', over: true });
	});

	it('keep a day inside the quarter that is asked for with it, and say so', () => {
		expect(chosen('2026-11-26', { period: '2026Q4', asOf: '2026-09-01' })).toEqual({
			...plain,
			at: '2026Q4 2026-10-01',
			moved: true
		});
	});

	it('stay with today where nothing is known of the day that is asked for', () => {
		expect(chosen('2026-11-26', { asOf: '1999-01-01' })).toEqual({ ...plain, at: '2026Q4 2026-11-26', moved: true });
	});

	it('are a part of a year or half that the scheme does not score: that of today, else its last with facts', () => {
		expect(chosen('2026-11-26', { period: '2026' })).toEqual({
			...plain,
			at: '2026Q4 2026-11-26',
			instead: 'narrowed'
		});
		expect(chosen('2026-11-26', { period: '2026H1' })).toMatchObject({ at: '2026Q2 2026-06-30', instead: 'narrowed' });
		expect(chosen('2026-11-26', { period: '2019' })).toMatchObject({ at: '2019Q1 2019-03-31', instead: 'narrowed' });
	});

	it('are the longer period that the scheme scores where a quarter of it is asked for', () => {
		expect(chosen('2026-11-26', { period: '2026Q2' }, { frequency: 'half' })).toMatchObject({
			at: '2026H1 2026-06-30',
			instead: 'narrowed'
		});
	});
});

const scheme = `id: small
full: 100
forms: { quarterly: false }
visits_per_quarter: { drinking_water: 2 }
grades: [{ key: good, name: { zh: 好 }, at_least: 0 }]
indicators:
  - { key: coverage, points: 20, measure: { name: patrol_coverage }, rule: { kind: proportional, target: 1 }, empty: excluded }
  - { key: frequency, points: 20, measure: { name: patrol_completion }, rule: { kind: proportional, target: 1 }, empty: excluded }
  - { key: rectified, points: 20, measure: { name: rectification }, rule: { kind: proportional, target: 1 }, empty: full }
  - { key: forms, points: 20, measure: { name: form_timeliness }, rule: { kind: deduct, minus: { late: 5, missing: 10 } }, empty: full }
  - { key: closed, points: 10, measure: { name: complaint_closure }, rule: { kind: proportional, target: 1 }, empty: full }
  - { key: onsite, name: { zh: 现场考核 }, points: 10, measure: { name: mark }, rule: { kind: mark } }
`;

describe('a quarter of two townships as of 25 February', () => {
	const { path: home, remove } = ownFolder();
	let house: House;
	let rules: Rules;
	let running: RunningReport;
	const moment = { period: period('2025Q1'), asOf: day('2025-02-25') };

	beforeAll(async () => {
		const files = write(home, {
			'township.csv': townshipCsv,
			'subject.csv':
				'单位编号,单位名称,专业类别,所属乡镇,建档日期\nS1,甲餐饮店,食品安全,三井街道,2024-01-05\nS2,乙餐饮店,食品安全,三井街道,2024-01-05\nW1,丙水厂,饮用水卫生,三井街道,2024-01-05\n',
			'patrol.csv':
				'流水号,单位编号,单位名称,所属乡镇,专业类别,巡查日期,问题数,整改期限,整改完成日期\nP1,S1,甲餐饮店,三井街道,食品安全,2025-01-10,1,2025-02-10,\nP2,W1,丙水厂,三井街道,饮用水卫生,2025-02-01,1,2025-03-01,\nP3,S1,甲餐饮店,三井街道,食品安全,2025-02-02,1,2025-02-20,2025-02-22\n',
			'submission.csv': '所属乡镇,报表类型,所属期,报送日期,是否退回\n三井街道,月报,2025-01,2025-01-18,否\n',
			'complaint.csv': '受理编号,所属乡镇,受理日期,办结期限,办结日期\nK1,三井街道,2025-02-01,2025-03-01,\n',
			'mark.csv': '所属乡镇,考核周期,指标,得分,评分人,依据\n孟河镇,2025Q1,onsite,8,王某,现场\n'
		});
		mkdirSync(join(home, 'schemes'));
		writeFileSync(join(home, 'schemes', 'small.yaml'), scheme);
		const ran = await kaoji(home, 'import', ...Object.values(files), '--today', '2025-02-25');
		expect([ran.code, ran.stderr.split('\n').filter((line) => line.startsWith('kaoji:'))]).toEqual([0, []]);
		house = await openHouse(home);
		rules = rulesFor(home, 'small', 'zh');
		running = await house.look((look) => followProgress(look, rules, moment, bureau));
	});
	afterAll(async () => {
		await house.close();
		remove();
	});

	it('is chosen by the clock and what is known of it', async () => {
		const at = await house.look(async (look) => {
			const today = day('2025-03-01');
			return chooseMoment(rules, await knownPeriods(look, rules, today), today, { period: null, asOf: null });
		});
		expect(at).toEqual({ period: moment.period, asOf: day('2025-03-01'), over: false, instead: null, moved: false });
	});

	it('opens with a sentence that counts what is left', () => {
		// 56 of 90 days. 三井街道 (20 × 2/3 + 20 × 2/4 + 0 + 10 + 10) / 90 = 48.1481, its mark excluded; 孟河镇 without premises
		// (20 + 0 + 10 + 8) / 60 = 63.3333. Not visited: 乙餐饮店; visited once of twice: 丙水厂. Forms: two and three.
		expect(running.units.map(({ expected }) => expected)).toEqual(['48.1481', '63.3333']);
		expect(progressTitle(running, false)).toBe(
			'一季度已过 62.22%，按现状平均可得 55.7 分；尚有 2 家单位未完成巡查、5 份报表待报。'
		);
		expect(progressTitle(running, true)).toBe(
			'2025 年一季度已经结束，按末日情况平均 55.7 分；尚有 2 家单位未完成巡查、5 份报表待报。'
		);
	});

	it('does not say that anything is done which the scheme does not ask for', () => {
		const nothing = { ...running, left: { ...running.left, visit: 0, form: 0 } };
		expect(progressTitle(nothing, false)).toContain('；巡查已全部完成、报表已全部报送。');
		expect(progressTitle({ ...nothing, kinds: ['form', 'mark'] }, false)).toMatch(/分；报表已全部报送。$/);
		expect(progressTitle({ ...nothing, kinds: ['mark'] }, false)).toMatch(/55\.7 分。$/);
	});

	it('holds the premises visited against the days passed', () => {
		expect(running.coverage).toEqual({ done: '2', due: '3', percent: '66.67' });
		// 2/3 − 56/90 = 4/90.
		expect(aheadOf({ done: '2', due: '3', percent: '66.67' }, running.day, running.days)).toBe('4.44');
		expect(running.units.map(({ coverage }) => coverage?.percent ?? null)).toEqual(['66.67', null]);
	});

	it('counts what is left of each kind that the scheme asks for, and what can still be won', () => {
		expect(running.left).toEqual({ visit: 2, form: 5, rectification: 2, complaint: 1, mark: 1, figure: 0 });
		expect(running.overdue).toBe(4);
		expect(running.kinds).toEqual(['visit', 'form', 'rectification', 'complaint', 'mark']);
		for (const { expected, best, room } of running.units)
			expect(Number(room)).toBeCloseTo(Number(best) - Number(expected), 4);
	});

	it('lists what is overdue or due within 7 days by kind and township, most overdue first', () => {
		expect(running.urgent).toEqual([
			{
				kind: 'form',
				overdue: 3,
				soon: 0,
				townships: [
					{ code: '320411105', name: '孟河镇', overdue: 2, soon: 0 },
					{ code: '320411100', name: '三井街道', overdue: 1, soon: 0 }
				]
			},
			{
				kind: 'rectification',
				overdue: 1,
				soon: 1,
				townships: [{ code: '320411100', name: '三井街道', overdue: 1, soon: 1 }]
			},
			{
				kind: 'complaint',
				overdue: 0,
				soon: 1,
				townships: [{ code: '320411100', name: '三井街道', overdue: 0, soon: 1 }]
			}
		]);
	});

	it('has visits and marks among what is due soon in its last days', async () => {
		const late = { ...moment, asOf: day('2025-03-25') };
		const { urgent } = await house.look((look) => followProgress(look, rules, late, bureau));
		expect(urgent.map(({ kind, overdue, soon }) => [kind, overdue, soon])).toEqual([
			['visit', 0, 2],
			['form', 5, 0],
			['rectification', 2, 0],
			['complaint', 1, 0],
			['mark', 0, 1]
		]);
	});

	it('reminds a township of what it has left, overdue first on the page and in words for a message', async () => {
		const groups = await house.look((look) => remindersFor(look, rules, moment, running, '320411100'));
		expect(byUrgency(groups).map(({ kind, total, overdue }) => [kind, total, overdue])).toEqual([
			['rectification', 2, 1],
			['form', 2, 1],
			['complaint', 1, 0],
			['visit', 2, 0],
			['mark', 1, 0]
		]);
		const [first] = running.units;
		if (!first) throw new Error('no unit');
		expect(unitTitle(first, running.kinds)).toMatch(/^三井街道按现状预计 48\.15 分，最高可得 .*；尚有 2 家单位/);
		expect(reminderText(first, running, groups)).toBe(
			'三井街道：一季度还有 2 家单位未完成巡查（乙餐饮店、丙水厂），请于 3 月 31 日前完成；' +
				'2 月月报应于 2 月 19 日前报送，已逾期 6 天，请尽快补报；3 月月报应于 3 月 19 日前报送；' +
				'1 项整改已逾期（甲餐饮店），请尽快督促完成；1 项整改（丙水厂）最早 3 月 1 日到期，请督促按期完成；' +
				'1 件投诉（K1）最早 3 月 1 日到期，请按期办结；现场考核尚未评分。' +
				`截至 2 月 25 日，按现状预计 48.15 分，最高可得 ${Number(first.best).toFixed(2)} 分。`
		);
	});

	it('is shown to a township’s user without the others, and nothing of another is told', async () => {
		const own: Actor = { ...bureau, role: 'township', townships: [townshipCode('320411105')] };
		const seen = await house.look((look) => followProgress(look, rules, moment, own));
		expect(seen.units.map(({ code }) => code)).toEqual(['320411105']);
		await expect(house.look((look) => progressReport(look, rules, moment, '320411100', own))).rejects.toMatchObject({
			code: 'township_unknown'
		});
		await expect(
			house.look(async (look) => remindersFor(look, rules, moment, seen, '320411100'))
		).rejects.toMatchObject({ code: 'township_unknown' });
	});

	it('gives programs one township as it stands among all', async () => {
		const [all, alone] = await house.look(async (look) => [
			await progressReport(look, rules, moment, null, bureau),
			await progressReport(look, rules, moment, '320411100', bureau)
		]);
		expect(all.townships.map(({ tasks }) => tasks.length)).toEqual([0, 0]);
		const [unit] = alone.townships;
		expect(alone.townships.length).toBe(1);
		expect({ ...unit, tasks: [] }).toEqual(all.townships[0]);
		expect(unit?.tasks.length).toBe(8);
	});
});
