/** 测算: the numbers of a scheme that may be moved, and the scheme with some of them moved (rules.md, 1 and 4). */
import type { ByKind } from '../basis/by-kind.ts';
import { type Fraction, one, whole } from '../basis/fraction.ts';
import { leverPath, type Move } from '../basis/lever.ts';
import { Findings, Reader } from '../basis/read-node.ts';
import type { Finding } from '../basis/tree.ts';
import { lintScheme } from './lint.ts';
import type { Bonus, Indicator, Rule, Scheme } from './scheme.ts';

/** Which number of a rule: `part` names the deducted part, `band` counts from 1 in the scheme's order. */
export interface RuleNumber {
	readonly what:
		'points' | 'target' | 'best' | 'worst' | 'per' | 'minus' | 'cap' | 'each' | 'above' | 'band' | 'band_points';
	/** The kind of township, `default` for the others; null where the number is the same for all. */
	readonly kind: string | null;
	readonly part: string | null;
	readonly band: number | null;
}

/** What a lever of a scheme moves. */
export type SchemeNumber =
	| ({ readonly in: 'indicators' | 'bonuses'; readonly key: string } & RuleNumber)
	| { readonly in: 'grades'; readonly key: string }
	| { readonly in: 'visits'; readonly domain: string };

type At = (what: Partial<RuleNumber> & Pick<RuleNumber, 'what'>, value: Fraction) => Fraction;

/** Words with which a path can begin: an indicator of such a key is named with `indicator` before it. */
const firstWords = ['grade', 'visits', 'keep', 'share', 'pool', 'indicator'];

const lastWords: Readonly<Partial<Record<RuleNumber['what'], string>>> = { band: 'at_least', band_points: 'points' };

function pathOf(key: string, { what, kind, part, band }: RuleNumber): string {
	const own = firstWords.includes(key) ? ['indicator', key] : [key];
	const where = band === null ? [what] : ['bands', String(band), lastWords[what] ?? what];
	return leverPath(...own, ...where, ...[kind, part].filter((name) => name !== null));
}

function movedByKind(
	value: ByKind<Fraction>,
	at: (kind: string | null, value: Fraction) => Fraction
): ByKind<Fraction> {
	if (!value.byKind) return { byKind: false, value: at(null, value.value) };
	const table = Object.fromEntries(Object.entries(value.table).map(([kind, one]) => [kind, at(kind, one)]));
	return { byKind: true, table, otherwise: at('default', value.otherwise) };
}

function movedRule(rule: Rule, at: At): Rule {
	const byKind = (what: RuleNumber['what'], value: ByKind<Fraction>): ByKind<Fraction> =>
		movedByKind(value, (kind, one) => at({ what, kind }, one));
	const cap = (value: Fraction | null): Fraction | null => value && at({ what: 'cap' }, value);
	switch (rule.kind) {
		case 'proportional':
			return { ...rule, target: byKind('target', rule.target) };
		case 'inverse':
			return { ...rule, best: at({ what: 'best' }, rule.best), worst: at({ what: 'worst' }, rule.worst) };
		case 'banded':
			return {
				...rule,
				bands: rule.bands.map(({ atLeast, points }, i) => ({
					atLeast: at({ what: 'band', band: i + 1 }, atLeast),
					points: at({ what: 'band_points', band: i + 1 }, points)
				}))
			};
		case 'deduct':
			return {
				...rule,
				minus: Object.fromEntries(
					Object.entries(rule.minus).map(([part, each]) => [part, at({ what: 'minus', part }, each)])
				),
				cap: cap(rule.cap)
			};
		case 'shortfall':
			return {
				...rule,
				target: byKind('target', rule.target),
				per: at({ what: 'per' }, rule.per),
				minus: at({ what: 'minus' }, rule.minus),
				cap: cap(rule.cap)
			};
		case 'count':
			return { ...rule, each: at({ what: 'each' }, rule.each) };
		case 'bonus':
			return { ...rule, above: at({ what: 'above' }, rule.above), each: at({ what: 'each' }, rule.each) };
		case 'mark':
			return rule;
	}
}

const shares: readonly RuleNumber['what'][] = ['target', 'best', 'worst', 'per', 'band'];

/** An indicator or bonus with its numbers moved; the same object where none is, so that what is known of it stays known. */
function movedItem<T extends Indicator | Bonus>(list: 'indicators' | 'bonuses', item: T, move: Move<SchemeNumber>): T {
	let moved = false;
	const at: At = (what, value) => {
		const number: RuleNumber = { kind: null, part: null, band: null, ...what };
		const share = shares.includes(number.what);
		const next = move({
			path: pathOf(item.key, number),
			value,
			form: share ? 'share' : 'points',
			most: share ? one : null,
			of: { in: list, key: item.key, ...number }
		});
		if (next !== value) moved = true;
		return next;
	};
	const points = movedByKind(item.points, (kind, value) => at({ what: 'points', kind }, value));
	const rule = movedRule(item.rule, at);
	return moved ? { ...item, points, rule } : item;
}

/**
 * The scheme with its numbers moved.
 * @param visits the most visits a quarter that can be told by domain; a domain that is not there cannot be moved
 */
export function movedScheme(
	scheme: Scheme,
	visits: Readonly<Record<string, number>>,
	move: Move<SchemeNumber>
): Scheme {
	let { visitsPerQuarter } = scheme;
	const indicators = scheme.indicators.map((item) => movedItem('indicators', item, move));
	const bonuses = scheme.bonuses.map((item) => movedItem('bonuses', item, move));
	const grades = scheme.grades.map((grade) => {
		// The lowest grade reaches down to 0: below it there would be none.
		if (grade.atLeast.n <= 0n) return grade;
		const { key, atLeast: value } = grade;
		const of = { in: 'grades', key } as const;
		const atLeast = move({ path: leverPath('grade', key), value, form: 'points', most: scheme.max, of });
		return atLeast === value ? grade : { ...grade, atLeast };
	});
	for (const [domain, most] of Object.entries(visits)) {
		const value = whole(scheme.visitsPerQuarter[domain] ?? 1);
		const of = { in: 'visits', domain } as const;
		const next = move({ path: leverPath('visits', domain), value, form: 'count', most: whole(most), of });
		if (next !== value) visitsPerQuarter = { ...visitsPerQuarter, [domain]: Number(next.n) };
	}
	return { ...scheme, visitsPerQuarter, indicators, bonuses, grades };
}

/** What is wrong with a scheme whose numbers were moved, as the linter says it; its names were checked when it was read. */
export function faultsOfMoved(scheme: Scheme): readonly Finding[] {
	const findings = new Findings();
	const vocabulary = { measures: [], domains: Object.keys(scheme.visitsPerQuarter) };
	lintScheme(scheme, vocabulary, findings, new Reader(undefined, findings));
	return findings.list.filter(({ level }) => level === 'error');
}
