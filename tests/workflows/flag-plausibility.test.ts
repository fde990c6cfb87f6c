import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, townshipCode } from '#lib/basis/codes.ts';
import { parsePeriod, type Period } from '#lib/basis/period.ts';
import { type House, openHouse } from '#lib/server/warehouse/house.ts';
import { flagPlausibility } from '#lib/server/workflows/flag-plausibility.ts';
import { reportScores } from '#lib/server/workflows/report-scores.ts';
import { rulesFor, scoresSeen } from '#lib/server/workflows/see-periods.ts';
import type { Hint } from '#lib/trends/hint.ts';
import { write } from '../intake/files.ts';
import { kaoji, ownFolder } from '../support/kaoji.ts';

const bureau: Actor = { name: 'test', role: 'analyst', townships: 'all' };
const ofYi: Actor = { name: 'test', role: 'township', townships: [townshipCode('2')] };

const townships = '行政区划代码,乡镇名称,类型\n1,甲镇,镇\n2,乙镇,镇\n3,丙街道,街道\n';

/**
 * 甲镇 closes three premises around 31 March (25 March to 10 April) and a fourth on the day after; S11 follows S10 after
 * 33 days under its name, S13 follows S12 only after 96. 丙街道 closes three and opens three, 乙镇 closes two.
 */
const subjects = [
	['S1', '一店', '甲镇', '', ''],
	['S2', '二店', '甲镇', '', '2025-03-25'],
	['S3', '三店', '甲镇', '', '2025-03-31'],
	['S4', '四店', '甲镇', '', '2025-04-10'],
	['S5', '五店', '甲镇', '', '2025-04-11'],
	['S6', '六店', '甲镇', '', '2025-02-01'],
	['S10', '兴隆饭店', '甲镇', '2024-01-01', '2025-01-10'],
	['S11', '兴隆饭店', '甲镇', '2025-02-12', ''],
	['S12', '老街浴室', '甲镇', '2024-01-01', '2024-10-01'],
	['S13', '老街浴室', '甲镇', '2025-01-05', ''],
	['B1', '乙一店', '乙镇', '', '2025-03-30'],
	['B2', '乙二店', '乙镇', '', '2025-03-30'],
	['B3', '兴隆饭店', '乙镇', '2025-01-20', ''],
	...[1, 2, 3].map((i) => [`C${i}`, `丙${i}店`, '丙街道', '', '2025-03-28']),
	...[4, 5, 6].map((i) => [`C${i}`, `丙${i}店`, '丙街道', '2025-04-01', ''])
];

interface Patrol {
	readonly id: string;
	readonly township: string;
	readonly subject: string;
	readonly on: string;
	readonly inspector: string;
	readonly text: string;
}
const patrol = (id: string, township: string, subject: string, on: string, text = '无', inspector = '王'): Patrol => ({
	id,
	township,
	subject,
	on,
	inspector,
	text
});

/** Twenty of 甲镇 that find nothing; 13 and 12 of one day in 乙镇, of which the 13 find something; nine of 丙街道. */
const patrols = [
	// A holiday, a Sunday, and a Sunday that is worked in exchange for the Spring Festival.
	...['2025-01-01', '2025-01-05', '2025-01-26'].map((on, i) => patrol(`A${i + 1}`, '甲镇', 'S1', on)),
	// On the day it closed, on the day before it opened, and on the day it opened.
	patrol('A4', '甲镇', 'S10', '2025-01-10'),
	patrol('A5', '甲镇', 'S11', '2025-02-11'),
	patrol('A6', '甲镇', 'S11', '2025-02-12'),
	...['03', '04', '05', '06', '07', '10', '11', '12', '13'].map((date, i) =>
		patrol(`A${i + 7}`, '甲镇', 'S1', `2025-03-${date}`)
	),
	...[16, 17, 18, 19, 20].map((i) => patrol(`A${i}`, '甲镇', 'S1', '2025-03-31')),
	...Array.from({ length: 13 }, (_, i) =>
		patrol(`B${i + 1}`, '乙镇', i % 2 ? 'B1' : 'B2', '2025-02-12', '卫生差', '李')
	),
	...Array.from({ length: 12 }, (_, i) => patrol(`B${i + 14}`, '乙镇', 'B3', '2025-02-13', '无', '赵')),
	// One text at five premises, with a space more in one; another at four; three of their own.
	...[1, 2, 3, 4, 5].map((i) =>
		patrol(`C${i}`, '丙街道', '', `2025-03-0${i + 2}`, `后厨防蝇防鼠设施缺失${i === 3 ? ' ' : ''}未整改`)
	),
	...[6, 7, 8, 9].map((i) => patrol(`C${i}`, '丙街道', '', '2025-03-10', '从业人员健康证明过期未换领'))
];

const csv = (head: string, rows: readonly (readonly string[])[]): string =>
	`${head}\n${rows.map((row) => row.join(',')).join('\n')}\n`;
const subjectHead = '单位编号,单位名称,专业类别,所属乡镇,开业日期,注销日期';
const subjectRow = ([id = '', name = '', township = '', opened = '', closed = '']: readonly string[]): string[] => [
	id,
	name,
	'食品安全',
	township,
	opened,
	closed
];

describe('plausibility hints', () => {
	const { path: home, remove } = ownFolder();
	let house: House;

	const hintsOf = (period: string, actor = bureau, most?: number) =>
		house.look((look) =>
			flagPlausibility(look, rulesFor(home, null, 'zh'), parsePeriod(period) as Period, actor, most)
		);
	const told = (hints: readonly Hint[] = []): unknown[] =>
		hints.map(({ kind, quarter, count, of, other }) => [kind, quarter, count, of, other]);
	const find = (hints: readonly Hint[] | undefined, kind: string): Hint => {
		const hint = hints?.find((one) => one.kind === kind);
		if (!hint) throw new Error(`no ${kind}`);
		return hint;
	};

	beforeAll(async () => {
		const files = write(home, {
			'township.csv': townships,
			'subject.csv': csv(subjectHead, subjects.map(subjectRow)),
			'patrol.csv': csv(
				'流水号,单位编号,巡查地点,所属乡镇,专业类别,巡查日期,发现的主要问题,巡查人',
				patrols.map(({ id, subject, township, on, text, inspector }) => [
					id,
					subject,
					`${id}处`,
					township,
					'食品安全',
					on,
					text,
					inspector
				])
			),
			// S6 was closed on 1 February by the first register, and is open again in the second.
			'again.csv': csv(subjectHead, [subjectRow(['S6', '六店', '甲镇', '', ''])])
		});
		for (const paths of [[files['township.csv'], files['subject.csv'], files['patrol.csv']], [files['again.csv']]]) {
			const ran = await kaoji(home, 'import', ...paths, '--today', '2025-05-06');
			expect([ran.code, ran.stderr.includes('kaoji:')]).toEqual([0, false]);
		}
		house = await openHouse(home);
	});
	afterAll(async () => {
		await house.close();
		remove();
	});

	it('are what was planted, and nothing else', async () => {
		const { hints, withoutCalendar } = await hintsOf('2025Q1');
		expect(told(hints.get('1'))).toEqual([
			// In force on 22 March: S1 to S6, S11 and S13.
			['register_shrinks', '2025Q1', 3, 8, 0],
			['reopened', '2025Q1', 2, null, null],
			['outside_life', '2025Q1', 2, null, null],
			['bunched', '2025Q1', 5, 20, null],
			['closed_day', '2025Q1', 2, 20, null],
			['few_problems', '2025Q1', 0, 20, null]
		]);
		expect(told(hints.get('2'))).toEqual([['busy_inspector', '2025Q1', 13, null, 1]]);
		expect(told(hints.get('3'))).toEqual([['same_text', '2025Q1', 5, 9, 1]]);
		expect(withoutCalendar).toEqual([]);
	});

	it('name the rows that they stand on, by file and line, and what makes them stand out', async () => {
		const { hints } = await hintsOf('2025Q1');
		const jia = hints.get('1');
		expect(find(jia, 'closed_day').rows.map(({ key, day, file, line }) => [key, day, file, line])).toEqual([
			['A1', '2025-01-01', 'patrol.csv', 2],
			['A2', '2025-01-05', 'patrol.csv', 3]
		]);
		expect(find(jia, 'outside_life').rows.map(({ key, why }) => [key, why])).toEqual([
			['A4', 'closed 2025-01-10'],
			['A5', 'opened 2025-02-12']
		]);
		expect(find(jia, 'reopened').rows.map(({ key, why, file }) => [key, why, file])).toEqual([
			['S6', 'S6 2025-02-01', 'again.csv'],
			['S11', 'S10 2025-01-10', 'subject.csv']
		]);
		expect(find(jia, 'register_shrinks').rows.map(({ key }) => key)).toEqual(['S2', 'S3', 'S4']);
		expect(new Set(find(hints.get('2'), 'busy_inspector').rows.map(({ why }) => why))).toEqual(new Set(['李']));
	});

	it('hold a rate against that of the other townships of its kind', async () => {
		const { hints } = await hintsOf('2025Q1');
		const { rates, peers } = find(hints.get('1'), 'few_problems');
		expect([rates?.rate, rates?.peers, peers]).toEqual([0, 13 / 25, '镇']);
	});

	it('give as many rows as are asked for, and count them all', async () => {
		const { hints } = await hintsOf('2025Q1', bureau, 2);
		const { count, rows } = find(hints.get('1'), 'bunched');
		expect([count, rows.length]).toEqual([5, 2]);
	});

	it('stand in a year quarter by quarter', async () => {
		const [year, quarter] = [await hintsOf('2025'), await hintsOf('2025Q1')];
		for (const code of ['1', '2', '3'])
			expect(told(year.hints.get(code)?.filter(({ quarter: own }) => own === '2025Q1'))).toEqual(
				told(quarter.hints.get(code))
			);
	});

	it('are shown to a township for itself alone', async () => {
		expect([...(await hintsOf('2025Q1', ofYi)).hints.keys()]).toEqual(['2']);
	});

	it('say of a year whose holidays are not known that days off were not checked', async () => {
		const { hints, withoutCalendar } = await hintsOf('2027Q1');
		expect(withoutCalendar).toEqual(['2027Q1']);
		expect([...hints.values()].flat()).toEqual([]);
	});

	it('leave the ranks to the scores, which tell a township how sure its own is among all', async () => {
		const rows = (actor: Actor) =>
			house.look(async (look) => {
				const result = await scoresSeen(look, rulesFor(home, null, 'zh'), parsePeriod('2025Q1') as Period, actor);
				return reportScores(result).townships;
			});
		const [all, own] = [await rows(bureau), await rows(ofYi)];
		expect(own.map(({ code }) => code)).toEqual(['2']);
		expect(own[0]).toEqual(all.find(({ code }) => code === '2'));
		for (const { rank, rankLow, rankHigh } of all) {
			expect([rankLow, rankHigh].every(Number.isInteger)).toBe(true);
			expect(rankLow).toBeLessThanOrEqual(rankHigh ?? 0);
			expect(rank).not.toBeNull();
		}
	});
});
