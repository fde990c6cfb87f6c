import { describe, expect, it } from 'vitest';
import { decimal, toExact } from '#lib/basis/fraction.ts';
import { peerPlaces } from '#lib/trends/peers.ts';
import { findFewProblems, isRaised } from '#lib/trends/plausibility.ts';

const unit = (kind: string | null, score: string | null) => ({ kind, score: score === null ? null : decimal(score) });

describe('peers', () => {
	it('are the townships of a kind, with the middle of their scores and the place among them', () => {
		const places = peerPlaces([
			unit('镇', '90'),
			unit('镇', '80.5'),
			unit('镇', '90'),
			unit('镇', '70.25'),
			unit('镇', null),
			unit('街道', '95'),
			unit('街道', '60')
		]);
		// 90, 90, 80.5, 70.25: the two in the middle are 90 and 80.5.
		expect(places.map((one) => one && [one.kind, one.place, one.of, toExact(one.median)])).toEqual([
			['镇', 1, 4, '85.25'],
			['镇', 3, 4, '85.25'],
			['镇', 1, 4, '85.25'],
			['镇', 4, 4, '85.25'],
			null,
			['街道', 1, 2, '77.5'],
			['街道', 2, 2, '77.5']
		]);
	});

	it('are all townships where the kind is not known or nobody shares it', () => {
		const places = peerPlaces([unit('镇', '90'), unit('镇', '80'), unit('乡', '70'), unit(null, '60')]);
		expect(places.map((one) => one && [one.kind, one.place, one.of, toExact(one.median)])).toEqual([
			['镇', 1, 2, '85'],
			['镇', 2, 2, '85'],
			[null, 3, 4, '75'],
			[null, 4, 4, '75']
		]);
	});
});

describe('a township with few problems', () => {
	const finder = (code: string, group: string | null, found: number, patrols: number) => ({
		code,
		group,
		found,
		patrols
	});

	it('is held against the others of its group, however large it is itself', () => {
		// 40 of 200 elsewhere; of 1,000 patrols none is far below, and with its own patrols the rate would be 3.3 %.
		const few = findFewProblems([
			finder('1', 'a', 0, 1000),
			finder('2', 'a', 40, 200),
			finder('3', 'b', 1, 50),
			finder('4', 'b', 1, 50)
		]);
		expect(few.map(({ code, peers }) => [code, peers])).toEqual([['1', 0.2]]);
	});

	it('is held against all where it has no group', () => {
		const few = findFewProblems([finder('1', null, 0, 60), finder('2', 'a', 30, 100), finder('3', 'a', 10, 100)]);
		// 40 of 200 is 20 %, and 0.8 to the 60th is far below 0.1 %; 10 of 100 against 30 of 100 is below it too.
		expect(few.map(({ code }) => code)).toEqual(['1', '3']);
	});

	it('is nobody where there is nobody else', () => {
		expect(findFewProblems([finder('1', null, 0, 1000)])).toEqual([]);
	});
});

describe('a hint', () => {
	it('is raised from its rows and its share on, compared in whole percent', () => {
		expect(isRaised('bunched', 5, 25)).toBe(true);
		expect(isRaised('bunched', 5, 26)).toBe(false);
		expect(isRaised('bunched', 4, 5)).toBe(false);
		expect(isRaised('outside_life', 1, null)).toBe(true);
		expect(isRaised('closed_day', 0, 100)).toBe(false);
	});
});
