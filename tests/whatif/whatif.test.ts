import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '#lib/allocation/plan.ts';
import { fen } from '#lib/basis/fen.ts';
import { decimal, type Fraction, fraction, toExact, whole, zero } from '#lib/basis/fraction.ts';
import type { Lever } from '#lib/basis/lever.ts';
import { leverPath } from '#lib/basis/lever.ts';
import type { Tally } from '#lib/measures/declare.ts';
import { mostVisitsPerQuarter, withPoints, withVisits } from '#lib/measures/whatif.ts';
import type { Indicator, Scheme } from '#lib/scoring/scheme.ts';
import { answerScenario, groundOf, shownCliff } from '#lib/whatif/answer.ts';
import { leversOf, rulesOf, type WhatIfBase } from '#lib/whatif/base.ts';
import { scenarioOfForm, withLever } from '#lib/whatif/levers.ts';
import { moved, readScenario, writeScenario } from '#lib/whatif/scenario.ts';

const plain = (text: string) => ({ byKind: false as const, value: decimal(text) });
const use = (name: string) => ({
	name,
	domains: null,
	window: 'period' as const,
	withinDays: null,
	type: null,
	role: null,
	certified: false,
	required: null,
	perYear: false,
	key: null,
	indicator: null
});
const indicator = (key: string, points: string, rule: Indicator['rule'], measure: string): Indicator => ({
	key,
	name: { zh: key },
	group: null,
	criteria: null,
	points: plain(points),
	measure: use(measure),
	rule,
	empty: 'excluded',
	missing: 'pending',
	appliesTo: null,
	line: 1
});
const scheme: Scheme = {
	id: 'test',
	version: '1',
	name: { zh: 'test' },
	source: '',
	periods: { from: null, to: null },
	unit: 'township',
	frequency: 'quarter',
	cutoffDays: 5,
	graceDays: 0,
	forms: { monthlyDay: 19, monthly: true, quarterly: true },
	visitsPerQuarter: {},
	full: whole(100),
	max: whole(100),
	indicators: [
		indicator('coverage', '60', { kind: 'proportional', target: plain('1'), credit: {} }, 'patrol_coverage'),
		indicator(
			'grade',
			'40',
			{
				kind: 'banded',
				bands: [
					{ atLeast: decimal('0.8'), points: whole(40) },
					{ atLeast: decimal('0.5'), points: whole(20) }
				]
			},
			'filing_rate'
		)
	],
	bonuses: [],
	vetoes: [],
	grades: [
		{ key: 'good', name: { zh: '合格' }, atLeast: whole(80) },
		{ key: 'fail', name: { zh: '不合格' }, atLeast: whole(0) }
	],
	annual: { method: 'mean' },
	rankWithin: 'all',
	flags: [],
	otherVersions: [],
	roll: 'none',
	secondPerson: false,
	headings: [],
	workItems: [],
	rollup: 'pooled',
	workload: {}
};
const plan: Plan = {
	id: 'test',
	unitOf: 'township',
	of: null,
	version: '1',
	name: { zh: 'test' },
	unit: 1n,
	tranches: [
		{
			key: 'all',
			name: { zh: 'all' },
			amount: null,
			share: whole(1),
			weight: ['equal'],
			keep: { fail: decimal('0.5') },
			withheldTo: null,
			only: null,
			bounds: null
		}
	],
	gradeFactors: {},
	points: { threshold: null, decimals: null },
	tables: {}
};
const share = (n: number, d: number): Tally => ({
	n: whole(n),
	d: whole(d),
	parts: { short: whole(d - n) },
	state: 'ok'
});
const units = ['a', 'b'].map((code) => ({ code, township: code, name: code, kind: null }));
/** a: 10/10 and 8/10; b: 9/10 and 6/10. So 60 + 40 = 100, and 54 + 20 = 74. */
const base: WhatIfBase = {
	period: '2025Q4',
	scheme,
	plan,
	windows: [
		{
			id: '2025Q4',
			units,
			tallies: [
				[share(10, 10), share(9, 10)],
				[share(8, 10), share(6, 10)]
			],
			quarters: [1, 1]
		}
	],
	parts: null,
	units: units.map((unit) => ({ ...unit, population: null, workload: zero })),
	domains: []
};

describe('a scenario', () => {
	const levers: Lever<null>[] = ['coverage.points', 'grade.excellent', leverPath('a:b', 'points', '镇;x')].map(
		(path) => ({
			path,
			value: whole(7),
			form: 'points',
			most: null,
			of: null
		})
	);

	it('comes back from a link as it went into it', () => {
		const value = fc.tuple(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 0, max: 4 }));
		fc.assert(
			fc.property(fc.array(fc.option(value, { nil: undefined }), { minLength: 3, maxLength: 3 }), (drawn) => {
				const values = new Map<string, Fraction>();
				for (const [place, one] of drawn.entries())
					if (one) values.set(levers[place]?.path ?? '', fraction(BigInt(one[0]), 10n ** BigInt(one[1])));
				const scenario = moved(values, levers);
				const text = writeScenario(scenario);
				expect(readScenario(text, levers)).toEqual({ scenario, refused: [] });
				expect(writeScenario(readScenario(text, [...levers]).scenario)).toBe(text);
			})
		);
	});

	it('names a number that is in force as nothing moved, and refuses what it cannot take', () => {
		expect(readScenario('coverage.points:7.0;grade.excellent:x;other:1;coverage.points:-1', levers)).toEqual({
			scenario: new Map(),
			refused: ['grade.excellent:x', 'other:1', 'coverage.points:-1']
		});
	});

	it('is set and put back number by number, and read from a form with shares in percent', () => {
		const own = leversOf(base, fen(10_000n));
		expect(withLever('coverage.points:50', own, 'coverage.target', decimal('0.9'))).toBe(
			'coverage.points:50;coverage.target:0.9'
		);
		expect(withLever('coverage.points:50', own, 'coverage.points', null)).toBe('');
		expect(scenarioOfForm(new URLSearchParams({ 'f.coverage.target': '90', 'f.keep.all.fail': '50' }), own)).toBe(
			'coverage.target:0.9'
		);
	});

	it('tells an indicator that is called like a word of its own', () => {
		expect(leversOf(base, null).map(({ path }) => path)).toContain('indicator.grade.bands.1.at_least');
	});
});

describe('required visits', () => {
	const visits = { water: [4, 3, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0], school: [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] };
	/** One each: 6 of 10 of water and 1 of 2 of school were visited, and one subject with 4 a year of its own was not. */
	const tally: Tally = { n: whole(7), d: whole(13), parts: { short: whole(6) }, state: 'ok', visits };

	it('are counted again from the kept distribution; subjects with a number of their own stay', () => {
		// Two each of water: 3 × 1 + (2 + 1) × 2 = 9 of 20; school 1 of 2; the own one 0 of 1.
		const { n, d, parts, state } = withVisits(tally, {}, { water: 2 }, null, 1);
		expect([n, d, parts['short'], state]).toEqual([whole(10), whole(23), whole(13), 'ok']);
		// Over two quarters the same number is asked twice.
		expect(withVisits({ ...tally, n: whole(10), d: whole(26) }, {}, { water: 0 }, ['water'], 2)).toMatchObject({
			n: whole(1),
			d: whole(6)
		});
	});

	it('leave other domains and unmoved tallies alone, and nothing due is empty', () => {
		expect(withVisits(tally, {}, { water: 2 }, ['school'], 1)).toBe(tally);
		const all = { n: whole(7), d: whole(12), parts: { short: whole(5) }, state: 'ok' as const, visits };
		expect(withVisits(all, {}, { water: 0, school: 0 }, null, 1)).toMatchObject({ n: zero, d: zero, state: 'empty' });
	});

	it('can be told up to 12 over the window', () => {
		expect([1, 2, 4, 5].map(mostVisitsPerQuarter)).toEqual([12, 6, 3, 2]);
	});
});

describe('marks and deductions under other points', () => {
	it('keep what was entered', () => {
		const mark: Tally = { n: whole(8), d: whole(10), parts: { short: whole(2) }, state: 'ok' };
		expect(withPoints('mark', mark, plain('15'), null)).toMatchObject({
			n: whole(8),
			d: whole(15),
			parts: { short: whole(7) }
		});
		const deducted: Tally = { n: zero, d: whole(10), parts: { short: whole(10), minus: whole(12) }, state: 'ok' };
		expect(withPoints('deductions', deducted, plain('15'), null)).toMatchObject({
			n: whole(3),
			d: whole(15),
			parts: { short: whole(12), minus: whole(12) }
		});
	});
});

describe('the answer to a scenario', () => {
	const ground = groundOf(base, fen(10_000n));

	it('names the lines that were crossed, and what they cost', () => {
		// 80 % asked for the upper band is 60 % now: b gets 40 more, 94 in all, is good and keeps its whole half.
		const { compared } = answerScenario(ground, 'indicator.grade.bands.1.at_least:0.6');
		expect(compared?.cliffs.map(shownCliff)).toEqual([
			{ kind: 'grade', code: 'b', name: 'b', better: true, before: 'fail', after: 'good', score: '94.0000' },
			{ kind: 'keep', code: 'b', name: 'b', better: true, tranche: 'all', before: '0.5', after: '1' },
			{
				kind: 'band',
				code: 'b',
				name: 'b',
				better: true,
				period: '2025Q4',
				indicator: 'grade',
				before: '20',
				after: '40'
			}
		]);
		expect(compared?.money).toMatchObject({
			due: { before: 7_500n, after: 10_000n, change: 2_500n },
			carriedOver: { before: 2_500n, after: 0n, change: -2_500n },
			pool: { change: 0n }
		});
	});

	it('takes what a scenario itself moves for a grade as no line crossed', () => {
		const { compared } = answerScenario(ground, 'keep.all.fail:0.4');
		expect(compared?.cliffs).toEqual([]);
		expect(compared?.units.map(({ code, due }) => [code, due?.change])).toEqual([
			['a', 0n],
			['b', -500n]
		]);
	});

	it('computes nothing where the numbers do not hold together', () => {
		const { faults, compared } = answerScenario(ground, 'share.all:0.9;coverage.target:0');
		expect(faults.map(({ code }) => code).sort()).toEqual(['shares_not_one', 'target_outside']);
		expect(compared).toBeNull();
	});

	it('is the rules in force again when everything is put back', () => {
		answerScenario(ground, 'coverage.points:10');
		const { compared, scenario } = answerScenario(ground, '');
		expect(scenario).toBe('');
		expect(compared?.units.every(({ scoreChange, rankChange }) => scoreChange?.n === 0n && rankChange === 0)).toBe(
			true
		);
		expect(rulesOf(base, fen(10_000n), new Map()).rules.scheme).toBe(scheme);
		expect(ground.inForce.standings.map(({ score }) => score && toExact(score))).toEqual(['100', '74']);
	});
});
