/** What one row more would bring: the smallest step that a township can take. */
import { add, compare, type Fraction, one, subtract, whole } from '../basis/fraction.ts';
import { awardedPoints, part, type ScoredTally } from './rules.ts';
import type { Rule } from './scheme.ts';

/** One row less in a part that is deducted for (`late`), or one row more that counts (`n`). */
export interface Gain {
	readonly part: string;
	readonly points: Fraction;
}

const withPart = (tally: ScoredTally, name: string, by: Fraction): ScoredTally =>
	name === 'n'
		? { ...tally, n: add(tally.n, by) }
		: { ...tally, parts: { ...tally.parts, [name]: add(part(tally, name), by) } };

/** The parts in which a rule could be met better by one row, and the direction. */
function steps(rule: Rule, tally: ScoredTally): { part: string; by: Fraction }[] {
	switch (rule.kind) {
		case 'deduct':
			return Object.keys(rule.minus)
				.filter((name) => compare(part(tally, name), one) >= 0)
				.map((name) => ({ part: name, by: whole(-1) }));
		case 'inverse':
			return compare(tally.n, one) >= 0 ? [{ part: 'n', by: whole(-1) }] : [];
		case 'mark':
			return [];
		case 'bonus':
			return [{ part: rule.part, by: one }];
		case 'count':
			return [{ part: 'n', by: one }];
		default:
			return compare(tally.n, tally.d) < 0 ? [{ part: 'n', by: one }] : [];
	}
}

/**
 * The most that one row more (or one fault less) would add to the points of an indicator; null where it would add
 * nothing, where the tally is not `ok`, and for marks, which are no rows.
 */
export function gainOfOneRow(rule: Rule, points: Fraction, tally: ScoredTally, kind: string | null): Gain | null {
	if (tally.state !== 'ok') return null;
	const now = awardedPoints(rule, points, tally, kind);
	let best: Gain | null = null;
	for (const { part: name, by } of steps(rule, tally)) {
		const gained = subtract(awardedPoints(rule, points, withPart(tally, name, by), kind), now);
		if (gained.n > 0n && (best === null || compare(gained, best.points) > 0)) best = { part: name, points: gained };
	}
	return best;
}
