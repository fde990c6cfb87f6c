import { describe, expect, it } from 'vitest';
import { Problem } from '#lib/basis/problem.ts';
import type { Typed } from '#lib/server/workflows/check-entries.ts';
import { enterMarks, withdrawEntries } from '#lib/server/workflows/enter-marks.ts';
import { listEntries, listPending } from '#lib/server/workflows/list-entries.ts';
import { confirmEntries, rejectEntries } from '#lib/server/workflows/pending-entries.ts';
import { rollBack } from '#lib/server/workflows/roll-back.ts';
import { inMarking, luoxi, marker, type Marking, markingPeriod, menghe } from '../support/marking.ts';

const mark = (township: string, points: string): Typed => ({
	kind: 'mark',
	key: 'onsite',
	township,
	cells: { points, reason: '现场查看' },
	evidence: null
});
const deduct = (minus: string): Typed => ({
	kind: 'deduction',
	key: 'discipline',
	township: menghe,
	cells: { on: '2026-04-02', minus, reason: '台账不全' },
	evidence: null
});
const about = ({ scheme, deciding }: Marking) => ({ scheme, period: markingPeriod, ...deciding() });
const enter = (marking: Marking, typed: readonly Typed[], by = '李四'): ReturnType<typeof enterMarks> =>
	enterMarks(marking.warehouse, { ...about(marking), typed, by }, marker);
const confirm = (marking: Marking, entries: readonly number[], by = '王五'): ReturnType<typeof confirmEntries> =>
	confirmEntries(marking.warehouse, { ...about(marking), entries, by }, marker);
const waiting = async ({ warehouse }: Marking): Promise<number[]> =>
	(await listPending(warehouse, {}, marker)).map(({ entry }) => entry);
async function codeOf(work: Promise<unknown>): Promise<string> {
	const problem: unknown = await work.catch((error: unknown) => error);
	if (!(problem instanceof Problem)) throw new Error(String(problem));
	return problem.code;
}

describe('where the scheme asks for a second person', () => {
	it('an entry counts nowhere until another person has confirmed it', () =>
		inMarking({ secondPerson: true }, async (marking) => {
			expect(await enter(marking, [mark(menghe, '9'), mark(luoxi, '6')])).toEqual({ batch: null, rows: 2 });
			expect(await marking.scoreOf(menghe, 'onsite')).toMatchObject({ state: 'missing', provisional: true });
			expect(await confirm(marking, [1])).toEqual({ batch: 2, rows: 1 });
			expect(await marking.scoreOf(menghe, 'onsite')).toMatchObject({ awarded: '9.0000', state: 'ok' });
			expect(await marking.scoreOf(luoxi, 'onsite')).toMatchObject({ state: 'missing' });
			expect(await waiting(marking)).toEqual([2]);
			const { warehouse, scheme } = marking;
			expect(
				await listEntries(warehouse, scheme, markingPeriod, { kind: 'mark', key: 'onsite' }, marker)
			).toMatchObject([{ township: menghe, cells: { by: '李四', reason: '现场查看' }, confirmedBy: '王五' }]);
		}));

	it('whoever entered it cannot confirm it, also not with other white space in the name', () =>
		inMarking({ secondPerson: true }, async (marking) => {
			await enter(marking, [mark(menghe, '9')]);
			for (const by of ['李四', ' 李 四 ', '李　四'])
				expect(await codeOf(confirm(marking, [1], by))).toBe('entry_same_person');
			expect(await waiting(marking)).toEqual([1]);
		}));

	it('a rejected entry waits no more, changes nothing, and says why in the audit log', () =>
		inMarking({ secondPerson: true }, async (marking) => {
			await enter(marking, [mark(menghe, '9')]);
			const { warehouse } = marking;
			const reject = (reason: string): Promise<number> =>
				rejectEntries(warehouse, { ...about(marking), entries: [1], by: '王五', reason }, marker);
			expect(await codeOf(reject(''))).toBe('reason_missing');
			expect(await reject('与现场记录不符')).toBe(1);
			expect(await waiting(marking)).toEqual([]);
			expect(await codeOf(confirm(marking, [1]))).toBe('entry_not_waiting');
			expect(await marking.scoreOf(menghe, 'onsite')).toMatchObject({ state: 'missing' });
			const acts = await warehouse.engine.rows(
				`SELECT act, json_extract_string(details, '$.reason') AS reason FROM audit WHERE act LIKE '%entr%' OR act LIKE 'enter%' ORDER BY seq`
			);
			expect(acts).toEqual([
				{ act: 'enter_pending', reason: null },
				{ act: 'reject_entries', reason: '与现场记录不符' }
			]);
			expect(await enter(marking, [mark(menghe, '7')])).toEqual({ batch: null, rows: 1 });
		}));

	it('a second mark for a township waits for the first to be dealt with', () =>
		inMarking({ secondPerson: true }, async (marking) => {
			await enter(marking, [mark(menghe, '9')]);
			expect(await codeOf(enter(marking, [mark(menghe, '8')], '赵六'))).toBe('entry_waits');
		}));

	it('deductions that wait fill up the points that there are', () =>
		inMarking({ secondPerson: true }, async (marking) => {
			await enter(marking, [deduct('3')]);
			expect(await codeOf(enter(marking, [deduct('2.5')]))).toBe('deductions_over');
			await enter(marking, [deduct('2')]);
			expect(await confirm(marking, [1, 2])).toEqual({ batch: 2, rows: 2 });
			expect(await marking.scoreOf(menghe, 'discipline')).toMatchObject({ awarded: '0.0000' });
		}));

	it('a withdrawal waits too', () =>
		inMarking({ secondPerson: true }, async (marking) => {
			const { warehouse } = marking;
			await enter(marking, [deduct('3')]);
			await confirm(marking, [1]);
			const entries = [{ kind: 'deduction', key: 'discipline', township: menghe, id: '录入-2026Q1-1' }] as const;
			const withdraw = (): ReturnType<typeof withdrawEntries> =>
				withdrawEntries(warehouse, { ...about(marking), entries, by: '李四', reason: '申诉成立' }, marker);
			expect(await withdraw()).toEqual({ batch: null, rows: 1 });
			expect(await codeOf(withdraw())).toBe('entry_waits');
			expect(await marking.scoreOf(menghe, 'discipline')).toMatchObject({ awarded: '2.0000' });
			await confirm(marking, [2]);
			expect(await marking.scoreOf(menghe, 'discipline')).toMatchObject({ awarded: '5.0000' });
		}));

	it('a confirmation that is undone lets its entry wait again', () =>
		inMarking({ secondPerson: true }, async (marking) => {
			const { warehouse, deciding } = marking;
			await enter(marking, [mark(menghe, '9')]);
			await confirm(marking, [1]);
			await rollBack(warehouse, { batch: 2, reason: '误点', cascade: false, ...deciding() }, marker);
			expect(await waiting(marking)).toEqual([1]);
			expect(await marking.scoreOf(menghe, 'onsite')).toMatchObject({ state: 'missing' });
			expect(await confirm(marking, [1])).toEqual({ batch: 4, rows: 1 });
			expect(await waiting(marking)).toEqual([]);
		}));

	it('limits are looked at again when an entry is confirmed', () =>
		inMarking({ secondPerson: true }, async (marking) => {
			await enter(marking, [mark(menghe, '9')]);
			const stricter = {
				...marking,
				scheme: {
					...marking.scheme,
					indicators: marking.scheme.indicators.map((one) => ({
						...one,
						points: { byKind: false as const, value: { n: 5n, d: 1n } }
					}))
				}
			};
			expect(await codeOf(confirm(stricter, [1]))).toBe('mark_out_of_range');
			expect(await waiting(marking)).toEqual([1]);
		}));
});
