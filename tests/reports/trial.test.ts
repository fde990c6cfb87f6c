import { describe, expect, it } from 'vitest';
import { trialRow, type TrialSide, trialSummary } from '#lib/reports/trial.ts';

const side = (score: string | null, rank: number | null, grade: string, due: string | null = null): TrialSide => ({
	score,
	rank,
	grade,
	due
});

describe('the summary of a trial', () => {
	const rows = [
		trialRow('1', '东乡', side('91.0000', 1, '优秀', '300.00'), side('89.5000', 2, '合格', '290.00')),
		trialRow('2', '西乡', side('89.9999', 2, '合格', '200.00'), side('90.0000', 1, '优秀', '205.50')),
		trialRow('3', '南乡', side('70.0000', 3, '合格', '100.00'), side('70.0000', 3, '合格', '104.50')),
		trialRow('4', '北乡', side(null, null, '—'), side('60.0000', 4, '不合格', '0.00'))
	];
	const summary = trialSummary({ period: '2025', version: '1', rows });

	it('counts who scores more, who less, and whose rank changes; who had no score is none of them', () => {
		expect([summary.units, summary.up, summary.down, summary.ranks]).toEqual([4, 1, 1, 2]);
	});

	it('names those whose grade changes, and who moves most', () => {
		expect(summary.grades.map(({ name }) => name)).toEqual(['东乡', '西乡', '北乡']);
		expect([summary.climber?.name, summary.faller?.name]).toEqual(['西乡', '东乡']);
	});

	it('tells differences to the last digit', () => {
		expect(rows.map(({ scoreMoved, placesWon, dueMoved }) => [scoreMoved, placesWon, dueMoved])).toEqual([
			['-1.5000', -1, '-10.00'],
			['0.0001', 1, '5.50'],
			['0.0000', 0, '4.50'],
			[null, 0, null]
		]);
		expect([summary.amounts, summary.gains?.name, summary.loses?.name]).toEqual([3, '西乡', '东乡']);
	});

	it('has nobody where nothing moves', () => {
		const same = side('80.0000', 1, '合格', '5.00');
		const nothing = trialSummary({ period: '2025', version: '1', rows: [trialRow('1', '东乡', same, same)] });
		expect(nothing).toEqual({
			units: 1,
			up: 0,
			down: 0,
			ranks: 0,
			grades: [],
			amounts: 0,
			climber: null,
			faller: null,
			gains: null,
			loses: null
		});
	});
});
