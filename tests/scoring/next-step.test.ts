import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, type Fraction, toExact, toFixed, whole, zero } from '#lib/basis/fraction.ts';
import { goalWords, pointsWords } from '#lib/messages/next-step-words.ts';
import { nextGoals, type Step, stepsToPoints, withRows } from '#lib/scoring/next-step.ts';
import { readScheme } from '#lib/scoring/read-scheme.ts';
import type { ScoredTally } from '#lib/scoring/rules.ts';
import type { Scheme } from '#lib/scoring/scheme.ts';
import { scoreUnits, type UnitScore } from '#lib/scoring/score.ts';
import { vocabularyOf } from '#lib/server/schemes/load.ts';
import { readYaml } from '#lib/yaml/read-yaml.ts';

const { scheme, usable } = readScheme(
	readYaml(
		`id: steps
full: 30
max: 40
grades: [{ key: good, name: { zh: 优秀 }, at_least: 27 }, { key: pass, name: { zh: 合格 }, at_least: 15 }, { key: fail, name: { zh: 不合格 }, at_least: 0 }]
indicators:
  - { key: coverage, name: { zh: 巡查覆盖率 }, points: 10, measure: { name: patrol_coverage }, rule: { kind: proportional, target: 0.9 }, empty: excluded }
  - { key: bands, name: { zh: 建档率 }, points: 10, measure: { name: filing_rate }, rule: { kind: banded, bands: [{ at_least: 0.9, points: 10 }, { at_least: 0.6, points: 6 }] }, empty: excluded }
  - { key: forms, name: { zh: 报表报送 }, points: 10, measure: { name: form_timeliness }, rule: { kind: deduct, minus: { late: 0.5, missing: 2 }, cap: 6 }, empty: excluded }
bonuses:
  - { key: clues, name: { zh: 有价值线索 }, points: 3, measure: { name: clue_reporting }, rule: { kind: bonus, part: valuable, above: 1, each: 0.5 } }
`,
		'steps.yaml'
	),
	vocabularyOf(null)
);

const tally = (n: number, d: number, parts: Record<string, number> = {}): ScoredTally => ({
	n: whole(n),
	d: whole(d),
	parts: Object.fromEntries(Object.entries(parts).map(([name, count]) => [name, whole(count)])),
	state: 'ok'
});

type Tallies = readonly [ScoredTally, ScoredTally, ScoredTally, ScoredTally];
const scored = ([coverage, bands, forms, clues]: Tallies, code = '1', township = code): UnitScore => {
	const [score] = scoreUnits(scheme, [{ code, township, name: `${code}镇`, kind: null }], ({ in: list, index }) =>
		list === 'bonuses' ? clues : ([coverage, bands, forms][index] as ScoredTally)
	);
	return score as UnitScore;
};
/** 巡查 36 of 50, 建档 55 of 100, one form late and two missing, one valuable clue. */
const low: Tallies = [
	tally(36, 50),
	tally(55, 100),
	tally(9, 12, { late: 1, missing: 2 }),
	tally(3, 3, { valuable: 1 })
];

const plain = ({ indicator, part, direction, rows, from, to }: Step): unknown[] => [
	indicator,
	part,
	direction,
	rows,
	toFixed(from, 4),
	toFixed(to, 4)
];

describe('what would bring a unit further', () => {
	it('is read from a scheme that is sound', () => {
		expect(usable).toBe(true);
	});

	it('is one more visit, five more files for the next band, one missing form fewer, one more clue', () => {
		// 10 × 36/50 ÷ 0.9 = 8; with 37, 8.2222. 55 % is below the band of 60 %: 0 points; with 60, 6.
		// Forms: 10 − min(6, 0.5 + 2 × 2) = 5.5; a missing one fewer gives 7.5, a late one fewer 6. Clues: 0.5 × (2 − 1).
		expect(stepsToPoints(scheme, scored(low)).map(plain)).toEqual([
			['coverage', 'n', 'more', 1, '8.0000', '8.2222'],
			['bands', 'n', 'more', 5, '0.0000', '6.0000'],
			['forms', 'missing', 'fewer', 1, '5.5000', '7.5000'],
			['clues', 'valuable', 'more', 1, '0.0000', '0.5000']
		]);
	});

	it('tells the fewest rows to the next grade, and when no indicator alone is enough', () => {
		// 8 + 0 + 5.5 = 13.5; 合格 needs 15: 5 files (19.5), or one missing form (15.5), or 45/50 visits (15.5: 7 rows give
		// 8 + 10 × 7/45 = 9.5556, with 13.5 − 8 = 15.0556), or clues: 3 bonus points at most, 1.5 of them by 3 clues.
		const { grade } = nextGoals(scheme, scored(low), []);
		expect([grade?.key, toExact(grade?.lacking ?? zero)]).toEqual(['pass', '1.5']);
		expect(grade?.steps.map(plain)).toEqual([
			['forms', 'missing', 'fewer', 1, '5.5000', '7.5000'],
			['clues', 'valuable', 'more', 3, '0.0000', '1.5000'],
			['bands', 'n', 'more', 5, '0.0000', '6.0000'],
			['coverage', 'n', 'more', 7, '8.0000', '9.5556']
		]);
		// 10 + 0 + 5.5: the best band would give 25.5 of the 27 that 优秀 needs; nothing alone does.
		const middle = nextGoals(scheme, scored([tally(45, 50), low[1], low[2], low[3]]), []);
		expect([middle.grade?.key, middle.grade?.steps]).toEqual(['good', []]);
	});

	it('tells what reaches the unit next ahead, whose score is met and not only passed', () => {
		const unit = scored(low);
		// Ahead by 2 points exactly: one missing form fewer.
		const ahead = scored([low[0], low[1], tally(11, 12, { late: 1, missing: 1 }), low[3]], '2');
		const far = scored([tally(50, 50), tally(99, 100), tally(12, 12), low[3]], '3');
		const { rank } = nextGoals(scheme, unit, [
			{ ...far, rank: 1 },
			{ ...ahead, rank: 2 },
			{ ...unit, rank: 3 }
		]);
		expect([rank?.code, rank?.rank, toExact(rank?.lacking ?? zero)]).toEqual(['2', 2, '2']);
		expect(rank?.steps.map(plain)[0]).toEqual(['forms', 'missing', 'fewer', 1, '5.5000', '7.5000']);
		expect(nextGoals(scheme, far, [{ ...far, rank: 1 }]).rank).toBeNull();
	});

	it('promises no grade from which a veto that holds keeps the unit', () => {
		const veto = {
			...{ key: 'v', name: { zh: '弄虚作假' }, measure: scheme.indicators[0]?.measure, part: 'short', line: 1 },
			...{ atLeast: whole(1), effect: { grade: 'fail' } }
		} as Scheme['vetoes'][number];
		const strict: Scheme = { ...scheme, vetoes: [veto] };
		expect(nextGoals(strict, { ...scored(low), vetoes: ['v'] }, []).grade).toBeNull();
		expect(nextGoals(strict, scored(low), []).grade?.key).toBe('pass');
	});

	it('says it as an official would, in both languages', () => {
		const next = nextGoals(scheme, scored(low), []);
		expect(pointsWords(scheme, stepsToPoints(scheme, scored(low)), 'bands', 'zh')).toBe(
			'“建档率”的完成数再增加 5（得分由 0.00 升至 6.00）'
		);
		expect(goalWords(scheme, next, 'zh')[0]).toMatch(
			/^距“合格”（15 分）还差 1\.5 分|^距“合格”（15 分）还差 1\.50 分：/
		);
		expect(goalWords(scheme, next, 'en')[0]).toContain('1 fewer of');
	});

	it('is the smallest number: one row fewer would not do, and the steps tried one by one find the same', () => {
		const share = fc.integer({ min: 1, max: 60 }).chain((d) => fc.integer({ min: 0, max: d }).map((n) => tally(n, d)));
		const forms = fc.record({ late: fc.nat(4), missing: fc.nat(4) }).map((parts) => tally(12, 20, parts));
		const clues = fc.nat(9).map((valuable) => tally(9, 9, { valuable }));
		fc.assert(
			fc.property(share, share, forms, clues, (...tallies) => {
				const unit = scored(tallies);
				const points = stepsToPoints(scheme, unit);
				const { grade } = nextGoals(scheme, unit, []);
				for (const [place, key] of ['coverage', 'bands', 'forms', 'clues'].entries()) {
					const now = tallies[place] as ScoredTally;
					const withChange = (step: Pick<Step, 'part' | 'direction'>, rows: number): UnitScore =>
						scored(tallies.with(place, withRows(now, step, rows)) as unknown as Tallies);
					const awarded = ({ indicators, bonuses }: UnitScore): Fraction =>
						[...indicators, ...bonuses][place]?.awarded ?? zero;
					const ways =
						key === 'forms'
							? ['late', 'missing'].map((part) => ({
									part,
									direction: 'fewer' as const,
									limit: Number(now.parts[part]?.n)
								}))
							: key === 'clues'
								? [{ part: 'valuable', direction: 'more' as const, limit: 20 }]
								: [{ part: 'n', direction: 'more' as const, limit: Number(now.d.n - now.n.n) }];
					const first = (holds: (score: UnitScore) => boolean): number | null => {
						const counts = ways.flatMap((way) =>
							Array.from({ length: way.limit }, (_, i) => i + 1)
								.filter((rows) => holds(withChange(way, rows)))
								.slice(0, 1)
						);
						return counts.length === 0 ? null : Math.min(...counts);
					};
					expect(points.find(({ indicator }) => indicator === key)?.rows ?? null).toBe(
						first((score) => compare(awarded(score), awarded(unit)) > 0)
					);
					if (grade)
						expect(grade.steps.find(({ indicator }) => indicator === key)?.rows ?? null).toBe(
							first(({ score }) => score !== null && compare(score, grade.at) >= 0)
						);
				}
			}),
			{ numRuns: 60 }
		);
	});
});
