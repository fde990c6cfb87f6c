import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actInOrder, type KeyedRow, type StoredVersion } from '#lib/intake/act-in-order.ts';

const row = (line: number, flag: '1' | '2' | '3', content: string): KeyedRow => ({ line, flag, content });
const outcomes = (history: StoredVersion[], rows: KeyedRow[]): string[] =>
	actInOrder(history, rows).map(({ outcome }) => outcome);

/** What is stored after rows acted: the versions that they made, and how they ended. */
function storedAfter(history: readonly StoredVersion[], rows: readonly KeyedRow[]): StoredVersion[] {
	const versions = history.map((version) => ({ ...version }));
	for (const { outcome, line } of actInOrder(history, rows)) {
		const content = rows.find((one) => one.line === line)?.content ?? '';
		if (outcome === 'added' || outcome === 'revised') versions.push({ content, withdrawn: false });
		if (outcome === 'withdrawn') (versions.at(-1) as { withdrawn: boolean }).withdrawn = true;
	}
	return versions;
}

describe('rows of one key in one file', () => {
	it('act in the order in which they are read', () => {
		expect(outcomes([], [row(1, '1', 'A'), row(2, '2', 'B'), row(3, '3', '')])).toEqual([
			'added',
			'revised',
			'withdrawn'
		]);
		expect(outcomes([], [row(1, '2', 'A'), row(2, '1', 'A')])).toEqual(['nothing_to_revise', 'added']);
	});

	it('are both held where they differ without a flag', () => {
		expect(outcomes([], [row(1, '1', 'A'), row(2, '1', 'B')])).toEqual(['conflicting_rows', 'conflicting_rows']);
		expect(outcomes([], [row(1, '1', 'A'), row(2, '1', 'A')])).toEqual(['added', 'unchanged']);
	});

	it('leave a withdrawn row withdrawn when its content comes again, and take other content as a revision', () => {
		const withdrawn = [{ content: 'A', withdrawn: true }];
		expect(outcomes(withdrawn, [row(1, '1', 'A'), row(2, '3', 'A')])).toEqual(['unchanged', 'unchanged']);
		expect(outcomes(withdrawn, [row(1, '1', 'B')])).toEqual(['revised']);
	});

	it('say how a version ended that the same file made', () => {
		const acted = actInOrder([], [row(1, '1', 'A'), row(2, '2', 'B'), row(3, '3', ''), row(4, '1', 'A')]);
		expect(acted[0]?.outcome).toBe('added');
		const chain = actInOrder([], [row(1, '1', 'A'), row(2, '2', 'B'), row(3, '3', '')]);
		expect(chain.map(({ endedBy }) => endedBy)).toEqual(['revision', 'withdrawal', null]);
	});

	it('change nothing when the same file comes again', () => {
		const rows = fc
			.array(fc.tuple(fc.constantFrom<'1' | '2' | '3'>('1', '2', '3'), fc.constantFrom('A', 'B', 'C')), {
				minLength: 1,
				maxLength: 6
			})
			.map((list) => list.map(([flag, content], i) => row(i + 1, flag, content)));
		fc.assert(
			fc.property(rows, (list) => {
				const stored = storedAfter([], list);
				const held = (outcome: string): boolean => outcome === 'nothing_to_revise' || outcome === 'conflicting_rows';
				const first = outcomes([], list);
				fc.pre(first.some((outcome) => !held(outcome) && outcome !== 'unchanged'));
				expect(outcomes(stored, list)).toEqual(first.map((outcome) => (held(outcome) ? outcome : 'unchanged')));
			}),
			{ numRuns: 2_000 }
		);
	});
});
