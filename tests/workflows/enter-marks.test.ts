import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { townshipCode } from '#lib/basis/codes.ts';
import { parsePeriod, type Period } from '#lib/basis/period.ts';
import { Problem } from '#lib/basis/problem.ts';
import { problemText } from '#lib/messages/problem-text.ts';
import type { Enterable } from '#lib/scoring/enterable.ts';
import { textOf } from '#lib/server/warehouse/engine.ts';
import { EntriesRefused, type Typed } from '#lib/server/workflows/check-entries.ts';
import { type EnterOptions, enterMarks, withdrawEntries } from '#lib/server/workflows/enter-marks.ts';
import { explainScore } from '#lib/server/workflows/explain-score.ts';
import { findEvidence, keepEvidence } from '#lib/server/workflows/keep-evidence.ts';
import { listBatches } from '#lib/server/workflows/list-batches.ts';
import { listEntries } from '#lib/server/workflows/list-entries.ts';
import { rollBack } from '#lib/server/workflows/roll-back.ts';
import { scorePeriod } from '#lib/server/workflows/score-period.ts';
import { everything, standing } from '../support/home-state.ts';
import { inMarking, luoxi, marker, type Marking, markingPeriod, menghe, sanjing } from '../support/marking.ts';

const mark = (township: string, points: string, reason = ''): Typed => ({
	kind: 'mark',
	key: 'onsite',
	township,
	cells: { points, reason },
	evidence: null
});
const deduct = (township: string, minus: string, reason = '台账不全'): Typed => ({
	kind: 'deduction',
	key: 'discipline',
	township,
	cells: { item: '台账', on: '2026-04-02', minus, reason },
	evidence: null
});
const figure = (township: string, n: string, d: string): Typed => ({
	kind: 'figure',
	key: 'awareness_rate',
	township,
	cells: { n, d, source: '问卷' },
	evidence: null
});
const sample = (township: string, on: string, sampled: string, genuine: string): Typed => ({
	kind: 'spot_check',
	key: 'authenticity',
	township,
	cells: { checked_on: on, sampled, genuine },
	evidence: null
});

const enter = (
	{ warehouse, scheme, deciding }: Marking,
	typed: readonly Typed[],
	more: Partial<EnterOptions> = {}
): ReturnType<typeof enterMarks> =>
	enterMarks(warehouse, { scheme, period: markingPeriod, typed, by: '李四', ...deciding(), ...more }, marker);

async function refusal(work: Promise<unknown>): Promise<EntriesRefused> {
	const problem: unknown = await work.catch((error: unknown) => error);
	if (!(problem instanceof EntriesRefused)) throw new Error(String(problem));
	return problem;
}
async function problemOf(work: Promise<unknown>): Promise<Problem> {
	const problem: unknown = await work.catch((error: unknown) => error);
	if (!(problem instanceof Problem)) throw new Error(String(problem));
	return problem;
}
const onsite: Pick<Enterable, 'kind' | 'key'> = { kind: 'mark', key: 'onsite' };
const discipline: Pick<Enterable, 'kind' | 'key'> = { kind: 'deduction', key: 'discipline' };

describe('marks that are entered', () => {
	it('are one batch, and change the score', () =>
		inMarking({}, async (marking) => {
			expect(await marking.scoreOf(menghe, 'onsite')).toMatchObject({
				awarded: null,
				state: 'missing',
				provisional: true
			});
			expect(await enter(marking, [mark(menghe, '9.5', '材料齐全'), mark(sanjing, '8')])).toEqual({
				batch: 2,
				rows: 2
			});
			expect(await marking.scoreOf(menghe, 'onsite')).toMatchObject({ awarded: '9.5000', state: 'ok' });
			// 8 of 8 and 5 of 5: nothing else is for a subdistrict.
			expect(await marking.scoreOf(sanjing, 'onsite')).toEqual({
				awarded: '8.0000',
				state: 'ok',
				score: '100.0000',
				provisional: false
			});
		}));

	it('lead in the trace to the line of a file that is kept in the home', () =>
		inMarking({}, async (marking) => {
			const { warehouse, scheme } = marking;
			await enter(marking, [mark(sanjing, '8'), mark(menghe, '9.5', '材料齐全')]);
			const result = await scorePeriod(warehouse, scheme, markingPeriod, marker);
			const options = { township: menghe, indicator: 'onsite', rows: 10, money: null, locale: 'zh' } as const;
			const explained = JSON.stringify(await explainScore(warehouse, result, options, marker));
			expect(explained).toContain('打分-人工评分-2026Q1.csv');
			const [source] = await warehouse.engine.rows(`SELECT sha256, recognised FROM source WHERE file LIKE '打分%'`);
			const kept = readFileSync(join(warehouse.home, 'evidence', textOf(source?.['sha256'])), 'utf8').split('\r\n');
			expect(kept[2]).toContain('"9.5","李四","材料齐全"');
			expect(kept[2]).toContain('2026-04-30T08:01:00.000Z');
			expect(await listEntries(warehouse, scheme, markingPeriod, onsite, marker)).toMatchObject([
				{ township: sanjing, line: 2, cells: { points: '8' } },
				{ township: menghe, line: 3, cells: { points: '9.5', by: '李四', reason: '材料齐全' } }
			]);
		}));

	it('are taken back whole by a rollback of their batch', () =>
		inMarking({}, async (marking) => {
			const { warehouse, deciding } = marking;
			await enter(marking, [mark(menghe, '9')]);
			const before = await standing(warehouse.engine);
			await enter(marking, [mark(menghe, '4', '复查'), deduct(menghe, '1')]);
			expect(await marking.scoreOf(menghe, 'onsite')).toMatchObject({ awarded: '4.0000' });
			await rollBack(warehouse, { batch: 3, reason: '填错', cascade: false, ...deciding() }, marker);
			expect(await standing(warehouse.engine)).toEqual(before);
			expect(await marking.scoreOf(menghe, 'onsite')).toMatchObject({ awarded: '9.0000' });
		}));

	it('are refused where they are no points that the indicator has for that kind of township', () =>
		inMarking({}, async (marking) => {
			const before = await everything(marking.warehouse.engine);
			for (const [points, township, most] of [
				['10.5', menghe, '10'],
				['8.01', sanjing, '8'],
				['-1', menghe, '10'],
				['九分', menghe, '10'],
				['1.1234567', menghe, '10']
			] as const)
				expect((await refusal(enter(marking, [mark(luoxi, '7'), mark(township, points)]))).refusals).toMatchObject([
					{
						place: 1,
						problem: { code: 'mark_out_of_range', facts: { entered: points, points: most, indicator: '现场考核' } }
					}
				]);
			expect(await everything(marking.warehouse.engine)).toEqual(before);
		}));

	it('are refused in words that say what is wrong and what is allowed', () =>
		inMarking({}, async (marking) => {
			const problem = await refusal(enter(marking, [mark(menghe, '12')]));
			expect(problemText(problem, 'zh')).toBe('孟河镇，现场考核：填的是 12，应在 0 至 10 分之间，最多六位小数');
		}));

	it('are all told what is wrong with them, not the first alone', () =>
		inMarking({}, async (marking) => {
			const typed = [
				mark(menghe, '12'),
				mark(luoxi, ''),
				mark('999', '1'),
				figure(luoxi, '1', '2'),
				mark(sanjing, '3')
			];
			const { refusals } = await refusal(enter(marking, typed));
			expect(refusals.map(({ place, problem }) => [place, problem.code])).toEqual([
				[0, 'mark_out_of_range'],
				[1, 'entry_missing'],
				[2, 'township_unknown'],
				[3, 'entry_not_for']
			]);
		}));

	it('are refused for an indicator that nobody marks, for a year of quarters, and without a name', () =>
		inMarking({}, async (marking) => {
			const unknown = { ...mark(menghe, '1'), key: 'coverage' };
			expect((await refusal(enter(marking, [unknown]))).code).toBe('indicator_unknown');
			const year = parsePeriod('2026') as Period;
			expect((await problemOf(enter(marking, [mark(menghe, '1')], { period: year }))).code).toBe('period_of_parts');
			expect((await problemOf(enter(marking, [mark(menghe, '1')], { by: '  ' }))).code).toBe('entry_by_missing');
			expect((await problemOf(enter(marking, []))).code).toBe('entry_none');
		}));

	it('are refused twice for one township', () =>
		inMarking({}, async (marking) => {
			expect((await refusal(enter(marking, [mark(menghe, '1'), mark(menghe, '2')]))).code).toBe('entry_twice');
		}));

	it('of a township are entered by its own user only', () =>
		inMarking({}, async ({ warehouse, scheme, deciding }) => {
			const own = { ...marker, townships: [townshipCode(sanjing)] };
			const options = { scheme, period: markingPeriod, typed: [mark(menghe, '1')], by: '李四', ...deciding() };
			expect((await refusal(enterMarks(warehouse, options, own))).code).toBe('township_unknown');
		}));

	it('stand in the audit log with who, what and the batch', () =>
		inMarking({}, async (marking) => {
			await enter(marking, [mark(menghe, '9')]);
			const [entry] = await marking.warehouse.engine.rows(
				`SELECT actor, CAST(details AS VARCHAR) AS details FROM audit WHERE act = 'enter_marks'`
			);
			expect(entry?.['actor']).toBe('test (clerk)');
			expect(JSON.parse(textOf(entry?.['details']))).toMatchObject({
				batch: 2,
				scheme: 'marking',
				period: '2026Q1',
				by: '李四',
				rows: [{ kind: 'mark', key: 'onsite', township: menghe, cells: { points: '9' } }]
			});
		}));
});

describe('deductions that are entered', () => {
	it('are kept apart, and take the indicator down by their sum', () =>
		inMarking({}, async (marking) => {
			expect(await marking.scoreOf(menghe, 'discipline')).toMatchObject({ awarded: '5.0000' });
			await enter(marking, [deduct(menghe, '1.5'), deduct(menghe, '0.5', '迟到')]);
			await enter(marking, [deduct(menghe, '1')]);
			expect(await marking.scoreOf(menghe, 'discipline')).toMatchObject({ awarded: '2.0000' });
			const { warehouse, scheme } = marking;
			const rows = await listEntries(warehouse, scheme, markingPeriod, discipline, marker);
			expect(rows.map(({ id, cells }) => [id, cells['minus']])).toEqual([
				['录入-2026Q1-1', '1.5'],
				['录入-2026Q1-2', '0.5'],
				['录入-2026Q1-3', '1']
			]);
		}));

	it('are refused where their sum passes the points, counting those before', () =>
		inMarking({}, async (marking) => {
			await enter(marking, [deduct(menghe, '3')]);
			const { refusals } = await refusal(
				enter(marking, [deduct(menghe, '2'), deduct(menghe, '0.1'), deduct(luoxi, '5')])
			);
			expect(refusals).toMatchObject([
				{ place: 1, problem: { code: 'deductions_over', facts: { entered: '0.1', before: '5', points: '5' } } }
			]);
		}));

	it('need a reason and a day that has come', () =>
		inMarking({}, async (marking) => {
			const later = { ...deduct(menghe, '1'), cells: { ...deduct(menghe, '1').cells, on: '2026-05-01' } };
			const { refusals } = await refusal(enter(marking, [deduct(menghe, '1', ''), later]));
			expect(refusals.map(({ problem }) => [problem.code, problem.facts['field']])).toEqual([
				['entry_missing', '扣分原因'],
				['entry_unreadable', '检查日期']
			]);
		}));

	it('are withdrawn with a reason, by a batch of flag 3 that can be undone itself', () =>
		inMarking({}, async (marking) => {
			const { warehouse, scheme, deciding } = marking;
			await enter(marking, [deduct(menghe, '2'), deduct(menghe, '1')]);
			const entries = [{ ...discipline, township: menghe, id: '录入-2026Q1-1' }];
			const withdraw = (reason: string): ReturnType<typeof withdrawEntries> =>
				withdrawEntries(
					warehouse,
					{ scheme, period: markingPeriod, entries, by: '李四', reason, ...deciding() },
					marker
				);
			expect((await problemOf(withdraw(' '))).code).toBe('reason_missing');
			expect(await withdraw('申诉成立')).toEqual({ batch: 3, rows: 1 });
			expect(await marking.scoreOf(menghe, 'discipline')).toMatchObject({ awarded: '4.0000' });
			expect((await listBatches(warehouse, marker))[0]?.files).toMatchObject([{ kind: 'deduction', withdrawn: 1 }]);
			expect((await problemOf(withdraw('再撤'))).code).toBe('entry_gone');
			await rollBack(warehouse, { batch: 3, reason: '撤错', cascade: false, ...deciding() }, marker);
			expect(await marking.scoreOf(menghe, 'discipline')).toMatchObject({ awarded: '2.0000' });
		}));

	it('get a number that no withdrawn one had', () =>
		inMarking({}, async (marking) => {
			const { warehouse, scheme, deciding } = marking;
			await enter(marking, [deduct(menghe, '2')]);
			const entries = [{ ...discipline, township: menghe, id: '录入-2026Q1-1' }];
			await withdrawEntries(
				warehouse,
				{ scheme, period: markingPeriod, entries, by: '李四', reason: '误填', ...deciding() },
				marker
			);
			await enter(marking, [deduct(menghe, '2')]);
			const rows = await listEntries(warehouse, scheme, markingPeriod, discipline, marker);
			expect(rows.map(({ id }) => id)).toEqual(['录入-2026Q1-2']);
		}));
});

describe('a mark that was withdrawn', () => {
	it('is not silently passed over when the same is entered again', () =>
		inMarking({}, async (marking) => {
			const { warehouse, scheme, deciding } = marking;
			await enter(marking, [mark(menghe, '9', '材料齐全')]);
			const entries = [{ ...onsite, township: menghe, id: '2026Q1|onsite' }];
			await withdrawEntries(
				warehouse,
				{ scheme, period: markingPeriod, entries, by: '李四', reason: '误填', ...deciding() },
				marker
			);
			expect(await marking.scoreOf(menghe, 'onsite')).toMatchObject({ state: 'missing' });
			expect((await refusal(enter(marking, [mark(menghe, '9.0', '材料齐全')]))).code).toBe('entry_as_withdrawn');
			await enter(marking, [mark(menghe, '9', '复核后恢复')]);
			expect(await marking.scoreOf(menghe, 'onsite')).toMatchObject({ awarded: '9.0000' });
		}));
});

describe('figures and spot checks that are entered', () => {
	it('count for the indicator that names them', () =>
		inMarking({}, async (marking) => {
			// 30 of 50 is 0.6, three quarters of the target 0.8: 3.75 of 5 points.
			await enter(marking, [figure(menghe, '30', '50')]);
			expect(await marking.scoreOf(menghe, 'awareness')).toMatchObject({ awarded: '3.7500', state: 'ok' });
		}));

	it('may be nought, and not less', () =>
		inMarking({}, async (marking) => {
			expect((await refusal(enter(marking, [figure(menghe, '-1', '50')]))).code).toBe('entry_unreadable');
			await enter(marking, [figure(menghe, '0', '50')]);
			expect(await marking.scoreOf(menghe, 'awareness')).toMatchObject({ awarded: '0.0000' });
		}));

	it('cap the score where five records or more are not genuine', () =>
		inMarking({}, async (marking) => {
			await enter(marking, [mark(luoxi, '10'), sample(luoxi, '2026-03-20', '20', '16')]);
			expect((await marking.scoreOf(luoxi, 'onsite')).score).toBe('100.0000');
			await enter(marking, [sample(luoxi, '2026-03-25', '10', '9')]);
			expect((await marking.scoreOf(luoxi, 'onsite')).score).toBe('60.0000');
		}));

	it('are refused with more genuine than sampled, or outside the period', () =>
		inMarking({}, async (marking) => {
			const { refusals } = await refusal(
				enter(marking, [sample(luoxi, '2026-03-20', '20', '21'), sample(luoxi, '2026-04-01', '20', '20')])
			);
			expect(refusals.map(({ problem }) => problem.code)).toEqual(['genuine_over', 'entry_outside_period']);
		}));
});

describe('evidence', () => {
	const sent = (name: string, text: string) => ({ name, bytes: () => Promise.resolve(Buffer.from(text)) });

	it('is kept under its hash beside the entry, and found by it', () =>
		inMarking({}, async (marking) => {
			const { warehouse, scheme } = marking;
			const evidence = await keepEvidence(warehouse.home, sent('C:\\扫描\\现场 照片.JPG', 'abc'));
			// The digest of "abc" is known (FIPS 180-2, B.1).
			const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
			expect(evidence).toEqual({ sha256, name: '现场 照片.JPG', size: 3 });
			await enter(marking, [{ ...mark(menghe, '9'), evidence }]);
			expect(await listEntries(warehouse, scheme, markingPeriod, onsite, marker)).toMatchObject([
				{ evidence: [evidence] }
			]);
			const found = await findEvidence(warehouse, sha256, marker);
			expect([found.name, readFileSync(found.path, 'utf8')]).toEqual(['现场 照片.JPG', 'abc']);
			const stranger = { ...marker, townships: [townshipCode(sanjing)] };
			expect((await problemOf(findEvidence(warehouse, sha256, stranger))).code).toBe('evidence_unknown');
		}));

	it('of an earlier mark does not prove the one that replaced it', () =>
		inMarking({}, async (marking) => {
			const { warehouse, scheme } = marking;
			const evidence = await keepEvidence(warehouse.home, sent('a.pdf', 'abc'));
			await enter(marking, [{ ...mark(menghe, '9'), evidence }]);
			await enter(marking, [mark(menghe, '8')]);
			expect(await listEntries(warehouse, scheme, markingPeriod, onsite, marker)).toMatchObject([{ evidence: [] }]);
		}));

	it('is refused where it is a page, a program, empty or too large', () =>
		inMarking({}, async ({ warehouse: { home, ...rest } }) => {
			const code = async (name: string, text: string): Promise<string> =>
				(await problemOf(keepEvidence(home, sent(name, text)))).code;
			expect(await code('a.html', 'x')).toBe('evidence_refused');
			expect(await code('a.svg', 'x')).toBe('evidence_refused');
			expect(await code('a.pdf.exe', 'x')).toBe('evidence_refused');
			expect(await code('a.pdf', '')).toBe('evidence_empty');
			expect(await code('a.pdf', 'x'.repeat(20_000_001))).toBe('evidence_too_large');
			expect((await problemOf(findEvidence({ home, ...rest }, '../kaoji.duckdb', marker))).code).toBe(
				'evidence_unknown'
			);
		}));
});
