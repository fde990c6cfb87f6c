import { describe, expect, it } from 'vitest';
import type { RankingRow } from '#lib/reports/leadership.ts';
import { sortedRanking } from '../../src/routes/ranking.ts';

const row = (code: string, group: string, rank: number | null, score: string | null): RankingRow => ({
	...{ code, name: code, township: null, group, rank, tied: false, interval: null, indistinct: null, hints: 0 },
	...{ change: null, score, share: 0, grade: 'any', provisional: false, coverage: null, timeliness: null },
	...{ problemRate: null, weakest: null }
});
const clinics = [
	row('b1', 'b', 1, '99.0000'),
	row('a2', 'a', 2, '60.0000'),
	row('a1', 'a', 1, '70.0000'),
	row('b0', 'b', null, null)
];
const codes = (rows: readonly RankingRow[]): string[] => rows.map(({ code }) => code);

describe('the order of a ranking', () => {
	it('keeps together by rank those that are ranked together, either way, without a rank last', () => {
		expect(codes(sortedRanking(clinics, { by: 'rank', descending: false }))).toEqual(['a1', 'a2', 'b1', 'b0']);
		expect(codes(sortedRanking(clinics, { by: 'rank', descending: true }))).toEqual(['a2', 'a1', 'b1', 'b0']);
	});

	it('goes by the figure alone in any other column', () => {
		expect(codes(sortedRanking(clinics, { by: 'score', descending: true }))).toEqual(['b1', 'a1', 'a2', 'b0']);
	});

	it('goes by rank alone where all are ranked together', () => {
		const together = clinics.map((one) => ({ ...one, group: '' }));
		expect(codes(sortedRanking(together, { by: 'rank', descending: false })).slice(2)).toEqual(['a2', 'b0']);
	});
});
