import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, townshipCode } from '#lib/basis/codes.ts';
import { type Day, isoDay, parseIsoDay } from '#lib/basis/day.ts';
import { endOf, parsePeriod, type Period } from '#lib/basis/period.ts';
import { composeTrace } from '#lib/measures/compose.ts';
import type { Scheme } from '#lib/scoring/scheme.ts';
import { loadScheme } from '#lib/server/schemes/load.ts';
import { type Engine, type Row, textOf, textOrNull } from '#lib/server/warehouse/engine.ts';
import { openWarehouse, type Warehouse } from '#lib/server/warehouse/open.ts';
import type { Task } from '#lib/server/workflows/list-tasks.ts';
import { requestsOf } from '#lib/server/workflows/score-period.ts';
import { showProgress } from '#lib/server/workflows/show-progress.ts';
import { identify } from '#lib/server/workflows/tally-periods.ts';
import { townshipCsv, write } from '../intake/files.ts';
import type { Indicator, Scheme as WrittenScheme } from '../reference/scheme.ts';
import { counting } from '../support/counting.ts';
import { full, kaoji, ownFolder } from '../support/kaoji.ts';
import { inRandomHome } from '../support/random-home.ts';

const period = (text: string): Period => parsePeriod(text) as Period;
const day = (text: string): Day => parseIsoDay(text) as Day;
const bureau: Actor = { name: 'test', role: 'administrator', townships: 'all' };

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

describe('what is left to do on 25 February', () => {
	const { path: home, remove } = ownFolder();
	let warehouse: Warehouse;
	let small: Scheme;
	const shown = (actor = bureau, options = {}, engine: Engine = warehouse.engine) =>
		showProgress({ engine }, small, period('2025Q1'), day('2025-02-25'), actor, options);

	beforeAll(async () => {
		const files = write(home, {
			'township.csv': townshipCsv,
			'subject.csv':
				'单位编号,单位名称,专业类别,所属乡镇,建档日期\nS1,甲餐饮店,食品安全,三井街道,2024-01-05\nS2,乙餐饮店,食品安全,三井街道,2024-01-05\nW1,丙水厂,饮用水卫生,三井街道,2024-01-05\n',
			'patrol.csv':
				'流水号,单位编号,单位名称,所属乡镇,专业类别,巡查日期,问题数,整改期限,整改完成日期\nP1,S1,甲餐饮店,三井街道,食品安全,2025-01-10,1,2025-02-10,\nP2,W1,丙水厂,三井街道,饮用水卫生,2025-02-01,1,2025-03-01,\nP3,S1,甲餐饮店,三井街道,食品安全,2025-02-02,1,2025-02-20,2025-02-22\n',
			'submission.csv': '所属乡镇,报表类型,所属期,报送日期,是否退回\n三井街道,月报,2025-01,2025-01-18,否\n',
			'complaint.csv': '受理编号,所属乡镇,受理日期,办结期限,办结日期\nK1,三井街道,2025-02-01,2025-03-01,\n',
			'mark.csv': '所属乡镇,考核周期,指标,得分,评分人,依据\n孟河镇,2025Q1,onsite,8,王某,现场\n',
			'small.yaml': scheme
		});
		const data = ['township', 'subject', 'patrol', 'submission', 'complaint', 'mark'].map((name) => `${name}.csv`);
		const ran = await kaoji(
			home,
			'import',
			...data.map((name) => files[name as keyof typeof files]),
			'--today',
			'2025-02-25'
		);
		expect([ran.code, ran.stderr.includes('kaoji:')]).toEqual([0, false]);
		small = loadScheme(files['small.yaml'], home, 'zh');
		warehouse = await openWarehouse(home, { create: false });
	});
	afterAll(async () => {
		await warehouse.engine.close();
		remove();
	});

	it('comes with what is overdue first, then by day, by indicator and by name', async () => {
		const [sanjing] = (await shown()).townships;
		// P3 was put right, if late: nothing is left of it. The water works had one of its two visits, which covers it.
		expect(sanjing?.tasks.map(({ dueOn, overdue, kind, key }) => [dueOn, overdue, kind, key])).toEqual([
			['2025-02-10', true, 'rectification', 'P1'],
			['2025-02-19', true, 'form', 'monthly 2025-02'],
			['2025-03-01', false, 'rectification', 'P2'],
			['2025-03-01', false, 'complaint', 'K1'],
			['2025-03-19', false, 'form', 'monthly 2025-03'],
			['2025-03-31', false, 'visit', 'S2'],
			['2025-03-31', false, 'visit', 'W1'],
			['2025-03-31', false, 'mark', 'onsite']
		]);
	});

	it('names a subject once, with every indicator that its visit serves', async () => {
		const [sanjing] = (await shown()).townships;
		expect(sanjing?.tasks.filter(({ kind }) => kind === 'visit')).toEqual([
			{
				indicator: 'coverage',
				indicators: ['coverage', 'frequency'],
				kind: 'visit',
				key: 'S2',
				what: '乙餐饮店',
				detail: null,
				domain: 'food_safety',
				dueOn: '2025-03-31',
				overdue: false
			},
			{
				indicator: 'frequency',
				indicators: ['frequency'],
				kind: 'visit',
				key: 'W1',
				what: '丙水厂',
				detail: null,
				domain: 'drinking_water',
				dueOn: '2025-03-31',
				overdue: false
			}
		]);
	});

	it('says of a form which one and of what time, without words of a language', async () => {
		const [sanjing] = (await shown()).townships;
		expect(sanjing?.tasks.flatMap(({ detail }) => detail ?? [])).toEqual([
			{ form: 'monthly', covers: '2025-02' },
			{ form: 'monthly', covers: '2025-03' }
		]);
	});

	it('is counted for every unit, also where only the tasks of others are listed', async () => {
		const counts = [
			{ left: { visit: 2, form: 2, rectification: 2, complaint: 1, mark: 1, figure: 0 }, overdue: 2 },
			{ left: { visit: 0, form: 3, rectification: 0, complaint: 0, mark: 0, figure: 0 }, overdue: 2 }
		];
		const all = (await shown()).townships;
		expect(all.map(({ left, overdue }) => ({ left, overdue }))).toEqual(counts);
		const one = (await shown(bureau, { townships: ['320411105'] })).townships;
		expect(one.map(({ left, overdue }) => ({ left, overdue }))).toEqual(counts);
		expect(one.map(({ tasks }) => tasks)).toEqual([[], all[1]?.tasks]);
		expect((await shown(bureau, { townships: [] })).townships.map(({ tasks }) => tasks)).toEqual([[], []]);
	});

	it('is listed under each indicator in the order of the scheme where that is asked for', async () => {
		const [sanjing] = (await shown(bureau, { order: 'indicator' })).townships;
		expect(sanjing?.tasks.map(({ indicators, key }) => [...indicators, key])).toEqual([
			['coverage', 'S2'],
			['frequency', 'S2'],
			['frequency', 'W1'],
			['rectified', 'P1'],
			['rectified', 'P2'],
			['forms', 'monthly 2025-02'],
			['forms', 'monthly 2025-03'],
			['closed', 'K1'],
			['onsite', 'onsite']
		]);
	});

	it('is shown to the user of a township for its own only', async () => {
		const menghe: Actor = { name: 'test', role: 'township', townships: [townshipCode('320411105')] };
		expect((await shown(menghe)).townships.map(({ code }) => code)).toEqual(['320411105']);
		await expect(shown(menghe, { townships: ['320411100'] })).rejects.toMatchObject({ code: 'township_unknown' });
	});

	it('takes as many statements for two townships as for one', async () => {
		const statements = async (actor: Actor): Promise<number> => {
			const { engine, count } = counting(warehouse.engine);
			await shown(actor, {}, engine);
			return count();
		};
		const one: Actor = { name: 'test', role: 'township', townships: [townshipCode('320411100')] };
		expect(await statements(bureau)).toBe(await statements(one));
	});
});

/** Indicators that leave tasks of every kind, some of them over other domains, windows or the same entry. */
const leaving: Indicator[] = (
	[
		{ name: 'complaint_closure' },
		{ name: 'patrol_coverage', domains: ['food_safety', 'drinking_water'] },
		{ name: 'figure', key: 'awareness' },
		{ name: 'patrol_completion' },
		{ name: 'rectification', domains: ['food_safety', 'public_places'] },
		{ name: 'form_timeliness', window: 'year_to_date' },
		{ name: 'patrol_coverage', window: 'year_to_date' },
		{ name: 'rectification', window: 'year_to_date' },
		{ name: 'mark', indicator: 'onsite' },
		{ name: 'form_timeliness' },
		{ name: 'mark', indicator: 'onsite' },
		{ name: 'complaint_closure', window: 'year_to_date' }
	] as const
).map((measure, i) => ({
	key: `indicator_${i}`,
	name: { zh: `第${i}项`, en: `${i}` },
	points: 10,
	measure,
	rule: measure.name === 'mark' ? { kind: 'mark' } : { kind: 'proportional', target: 1 },
	...(measure.name === 'mark' ? {} : { empty: 'excluded' as const })
}));

/** What a row that was not counted leaves to do, by the rules of section 3: its kind, what it names, its day. */
function taskOf(measure: string, row: Row, end: string): [kind: string, what: string, dueOn: string] {
	if (measure.startsWith('patrol_')) return ['visit', textOf(row['name']), end];
	if (measure === 'form_timeliness')
		return ['form', `${textOf(row['form'])} ${textOf(row['covers'])}`, textOf(row['due_on'])];
	if (measure === 'rectification')
		return ['rectification', textOrNull(row['subject_name']) ?? textOf(row['row_key']), textOf(row['rectify_by'])];
	return ['complaint', textOf(row['row_key']), textOf(row['due_on'])];
}

/** The tasks of one unit, each indicator and unit looked at by itself. */
async function oneByOne(engine: Engine, scheme: Scheme, p: Period, asOf: Day, code: string): Promise<unknown[]> {
	const tasks: unknown[] = [];
	const requests = requestsOf(scheme, p, { asOf, whole: true });
	for (const [i, { key, name, measure }] of scheme.indicators.entries()) {
		const request = requests[i];
		if (!request) throw new Error('an indicator asks for nothing');
		const { sql, bound } = composeTrace(identify(request), (base) => engine.base(base), code);
		const rows = await engine.rows(sql, bound);
		const end = isoDay(endOf(p));
		if (measure.name === 'mark' || measure.name === 'figure') {
			if (rows.length === 0) tasks.push([key, measure.name, name.zh, end, false]);
		} else
			for (const row of rows.filter((one) => one['counted'] !== true && one['part_late'] !== true)) {
				const [kind, what, dueOn] = taskOf(measure.name, row, end);
				tasks.push([key, kind, what, dueOn, (parseIsoDay(dueOn) as Day) < asOf]);
			}
	}
	return tasks;
}

const told = ({ indicator, kind, what, dueOn, overdue }: Task): unknown[] => [indicator, kind, what, dueOn, overdue];

describe('the tasks of all townships, taken at once', () => {
	const days = ['2025-01-01', '2025-03-31', '2025-05-17', '2025-09-30', '2025-11-20', '2024-12-31'];

	it.each(Array.from({ length: full ? 30 : 2 }, (_, seed) => seed))(
		'are those of each township taken by itself, in random county %i',
		async (seed) => {
			const asked = (written: WrittenScheme): WrittenScheme => ({ ...written, indicators: leaving });
			await inRandomHome(seed, asked, async ({ warehouse, scheme: random, covers }) => {
				for (const text of days.filter((_, i) => full || (i + seed) % 3 === 0)) {
					const id = `${text.slice(0, 4)}Q${Math.ceil(Number(text.slice(5, 7)) / 3)}`;
					if (!covers(id)) continue;
					const [p, asOf] = [period(id), day(text)];
					const listed = await showProgress(warehouse, random, p, asOf, bureau, { order: 'indicator' });
					const urgent = await showProgress(warehouse, random, p, asOf, bureau);
					for (const [i, { code, tasks }] of listed.townships.entries()) {
						const expected = await oneByOne(warehouse.engine, random, p, asOf, code);
						expect(tasks.map(told)).toEqual(expected);
						// Once each, they still serve every indicator for which they were listed.
						const once = urgent.townships[i];
						const served = once?.tasks.flatMap((task) => task.indicators.map((key) => [key, task.kind, task.key]));
						expect(served?.sort()).toEqual(tasks.map(({ indicator, kind, key }) => [indicator, kind, key]).sort());
						for (const kind of ['visit', 'form', 'rectification', 'complaint', 'mark', 'figure'] as const)
							expect(once?.left[kind]).toBe(once?.tasks.filter((task) => task.kind === kind).length);
						expect(once?.overdue).toBe(once?.tasks.filter(({ overdue }) => overdue).length);
					}
				}
			});
		}
	);
});
