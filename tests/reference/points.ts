/**
 * The rules of section 4 of design/rules.md: from a tally to the points, exact
 * and unrounded, never below 0 nor above the indicator's points.
 */
import type { Fraction } from './exact.ts';
import {
	ceiling,
	compare,
	divide,
	exact,
	floor,
	fraction,
	larger,
	multiply,
	ONE,
	smaller,
	subtract,
	sum,
	ZERO
} from './exact.ts';
import { byKind } from './frame.ts';
import type { TownshipRow } from './rows.ts';
import type { Rule } from './scheme.ts';

/** What a rule reads of a tally. */
interface Counted {
	readonly n: Fraction;
	readonly d: Fraction;
	readonly parts: Readonly<Record<string, Fraction>>;
}

/** The points of an indicator whose state is `ok`; `full` is its points P. */
export function rulePoints(rule: Rule, full: Fraction, found: Counted, township: TownshipRow): Fraction {
	return larger(ZERO, smaller(full, unbounded(rule, full, found, township)));
}

function unbounded(rule: Rule, full: Fraction, found: Counted, township: TownshipRow): Fraction {
	// Nothing was required (a staff of 0, say): whatever is there is enough.
	const ratio = compare(found.d, ZERO) === 0 ? ONE : divide(found.n, found.d);
	switch (rule.kind) {
		case 'proportional':
			return multiply(full, smaller(ONE, divide(withCredit(rule.credit ?? {}, found), byKind(rule.target, township))));
		case 'inverse': {
			const [best, worst] = [exact(rule.best), exact(rule.worst)];
			if (compare(ratio, best) <= 0) return full;
			if (compare(ratio, worst) >= 0) return ZERO;
			return multiply(full, divide(subtract(worst, ratio), subtract(worst, best)));
		}
		case 'banded': {
			const reached = rule.bands.filter((band) => compare(ratio, exact(band.at_least)) >= 0);
			const highest = reached.reduce<(typeof reached)[number] | undefined>(
				(best, band) => (best && compare(exact(best.at_least), exact(band.at_least)) >= 0 ? best : band),
				undefined
			);
			return highest ? exact(highest.points) : ZERO;
		}
		case 'deduct': {
			const minus = Object.entries(rule.minus).map(([part, each]) => {
				const value = part === 'n' ? found.n : part === 'd' ? found.d : found.parts[part];
				if (!value) throw new Error(`no such part: ${part}`);
				return multiply(exact(each), value);
			});
			return subtract(full, smaller(capOf(rule.cap, full), sum(minus)));
		}
		case 'shortfall': {
			const missed = larger(ZERO, subtract(byKind(rule.target, township), ratio));
			const steps = divide(missed, exact(rule.per));
			const taken = rule.steps === 'exact' ? steps : fraction(rule.steps === 'up' ? ceiling(steps) : floor(steps));
			return subtract(full, smaller(capOf(rule.cap, full), multiply(exact(rule.minus), taken)));
		}
		case 'count':
			return multiply(exact(rule.each), found.n);
		case 'mark':
			return found.n;
	}
}

/** n / d, where parts that have a credit count in n with it. */
function withCredit(credit: Readonly<Record<string, string | number>>, { n, d, parts }: Counted): Fraction {
	if (compare(d, ZERO) === 0) return ONE;
	const worth = Object.entries(credit).map(([part, each]) => multiply(exact(each), parts[part] ?? ZERO));
	return divide(sum([n, ...worth]), d);
}

const capOf = (cap: string | number | undefined, full: Fraction): Fraction => (cap === undefined ? full : exact(cap));

/** The points of a bonus: so much for each unit of the part above a threshold. */
export function bonusPoints(
	rule: { above: string | number; each: string | number },
	most: Fraction,
	part: Fraction
): Fraction {
	const counted = larger(ZERO, subtract(part, exact(rule.above)));
	return smaller(most, multiply(exact(rule.each), counted));
}
