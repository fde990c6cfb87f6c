import { describe, expect, it } from 'vitest';
import { decimal, fraction, type Fraction, toFixed, whole, zero } from '#lib/basis/fraction.ts';
import { awardedPoints, type ScoredTally } from '#lib/scoring/rules.ts';
import type { Rule } from '#lib/scoring/scheme.ts';

const tally = (n: Fraction, d: Fraction, parts: Record<string, Fraction> = {}): ScoredTally => ({
	n,
	d,
	parts,
	state: 'ok'
});
const share = (n: number, d: number): ScoredTally => tally(whole(n), whole(d));
const points = (rule: Rule, of: string, on: ScoredTally): string =>
	toFixed(awardedPoints(rule, decimal(of), on, null), 4);
const proportional = (target: ReturnType<typeof fixed>, credit: Record<string, Fraction> = {}): Rule => ({
	kind: 'proportional',
	target,
	credit
});
const fixed = (text: string) => ({ byKind: false as const, value: decimal(text) });

describe('a rule turns a tally into points', () => {
	it('proportional: 46 of 59 against 95 % of 25 points is 20.5174', () => {
		// 25 × 46/59 ÷ 0.95 = 1150/56.05 = 20.51739…
		expect(points(proportional(fixed('0.95')), '25', share(46, 59))).toBe('20.5174');
		expect(points(proportional(fixed('0.5')), '25', share(46, 59))).toBe('25.0000');
	});

	it('proportional with credit: a late form earns half of one in time (R2)', () => {
		// 12 × (7 + 0.5 × 3) / 12 = 8.5; without late ones 7.
		const half = proportional(fixed('1'), { late: decimal('0.5') });
		expect(points(half, '12', tally(whole(7), whole(12), { late: whole(3) }))).toBe('8.5000');
		expect(points(half, '12', tally(whole(7), whole(12), { late: zero }))).toBe('7.0000');
	});

	it('inverse: linear between best and worst, both included', () => {
		const rule: Rule = { kind: 'inverse', best: decimal('0.15'), worst: decimal('0.25') };
		expect(points(rule, '10', share(15, 100))).toBe('10.0000');
		expect(points(rule, '10', share(25, 100))).toBe('0.0000');
		expect(points(rule, '10', share(18, 100))).toBe('7.0000');
	});

	it('banded: the points of the highest band reached, whatever their order', () => {
		const bands = [
			{ atLeast: decimal('0.7'), points: decimal('4') },
			{ atLeast: decimal('0.95'), points: decimal('10') },
			{ atLeast: decimal('0.85'), points: decimal('7.5') }
		];
		expect(points({ kind: 'banded', bands }, '10', share(95, 100))).toBe('10.0000');
		expect(points({ kind: 'banded', bands }, '10', share(9499, 10_000))).toBe('7.5000');
		expect(points({ kind: 'banded', bands }, '10', share(69, 100))).toBe('0.0000');
	});

	it('deduct: by part, up to the cap, never below 0', () => {
		const rule: Rule = { kind: 'deduct', minus: { late: decimal('0.5'), missing: decimal('2.5') }, cap: null };
		expect(points(rule, '10', tally(zero, whole(4), { late: whole(1), missing: whole(2) }))).toBe('4.5000');
		expect(points(rule, '10', tally(zero, whole(4), { late: whole(0), missing: whole(9) }))).toBe('0.0000');
		expect(points({ ...rule, cap: decimal('8') }, '10', tally(zero, whole(4), { missing: whole(9) }))).toBe('2.0000');
	});

	it('shortfall: steps exact, up and down', () => {
		const rule = (steps: 'exact' | 'up' | 'down'): Rule => ({
			kind: 'shortfall',
			target: fixed('1'),
			per: decimal('0.02'),
			minus: decimal('0.5'),
			steps,
			cap: decimal('10')
		});
		// 53 of 66 is 19.69… % short, 9.84… steps of 2 %.
		expect(points(rule('up'), '10', share(53, 66))).toBe('5.0000');
		expect(points(rule('down'), '10', share(53, 66))).toBe('5.5000');
		expect(points(rule('exact'), '10', share(53, 66))).toBe('5.0758');
	});

	it('count, mark and bonus', () => {
		expect(points({ kind: 'count', each: decimal('0.75') }, '5', share(5, 6))).toBe('3.7500');
		expect(points({ kind: 'mark' }, '5', tally(decimal('6.5'), whole(5)))).toBe('5.0000');
		const bonus: Rule = { kind: 'bonus', part: 'n', above: whole(2), each: decimal('0.2') };
		expect(points(bonus, '2', share(5, 5))).toBe('0.6000');
		expect(points(bonus, '2', share(1, 5))).toBe('0.0000');
	});

	it('rounds once, at the end, half-up: 10 × 1/3 is 3.3333 and 1 × 1/20000 is 0.0001', () => {
		expect(points(proportional(fixed('1')), '10', share(1, 3))).toBe('3.3333');
		expect(points(proportional(fixed('1')), '1', tally(fraction(1n, 20_000n), whole(1)))).toBe('0.0001');
	});

	it('takes nothing asked for as wholly done', () => {
		expect(points(proportional(fixed('1')), '5', share(0, 0))).toBe('5.0000');
	});
});
