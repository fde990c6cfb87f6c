/** A rule in words with its numbers filled in (rules.md, 8). */
import { forKind } from '../basis/by-kind.ts';
import { inLocale, type Bilingual, type Locale } from '../basis/codes.ts';
import { divide, type Fraction, isZero, multiply, toExact, toFixed, whole } from '../basis/fraction.ts';
import { part, type ScoredTally } from '../scoring/rules.ts';
import type { Policy, Rule } from '../scoring/scheme.ts';
import * as messages from '../paraglide/messages.js';

/** What a sentence about an indicator or bonus needs. */
export interface RuleInWords {
	readonly name: Bilingual;
	readonly rule: Rule;
	readonly points: Fraction;
	readonly tally: ScoredTally;
	readonly awarded: Fraction | null;
	readonly policy: { readonly empty: Policy; readonly missing: Policy };
	readonly kind: string | null;
}

/** The parts of tallies in words. */
const partNames: Readonly<Record<string, (inputs: object, options: { locale: Locale }) => string>> = {
	n: messages.part_n,
	d: messages.part_d,
	short: messages.part_short,
	late: messages.part_late,
	missing: messages.part_missing,
	unreported: messages.part_unreported,
	urgent_late: messages.part_urgent_late,
	valuable: messages.part_valuable,
	concealed: messages.part_concealed,
	problems: messages.part_problems,
	serious: messages.part_serious,
	open: messages.part_open,
	extra: messages.part_extra,
	minus: messages.part_minus
};

/** A part of a tally as a reader calls it. */
export const partName = (name: string, locale: Locale): string => partNames[name]?.({}, { locale }) ?? name;

/** A share as a percentage with two decimals; shown only, never computed with. */
const percent = (share: Fraction): string => `${toFixed(multiply(share, whole(100)), 2)}%`;

const rateOf = ({ n, d }: ScoredTally): string => (isZero(d) ? '—' : percent(divide(n, d)));

/** The sentence. */
export function ruleInWords({ name, rule, points, tally, awarded, policy, kind }: RuleInWords, locale: Locale): string {
	const options = { locale };
	const common = {
		name: inLocale(name, locale),
		points: toExact(points),
		n: toExact(tally.n),
		d: toExact(tally.d),
		rate: rateOf(tally),
		awarded: awarded === null ? '—' : toFixed(awarded, 4)
	};
	if (tally.state === 'not_applicable') return messages.state_not_applicable(common, options);
	if (tally.state === 'empty')
		return messages.state_empty({ ...common, policy: policyWord(policy.empty, locale) }, options);
	if (tally.state === 'missing')
		return messages.state_missing({ ...common, policy: policyWord(policy.missing, locale) }, options);
	const join = (items: readonly string[]): string => items.join(locale === 'zh' ? '、' : ', ');
	const times = (key: string, each: Fraction): string =>
		`${partName(key, locale)} ${toExact(part(tally, key))} × ${toExact(each)}`;
	switch (rule.kind) {
		case 'proportional': {
			const target = percent(forKind(rule.target, kind));
			const credit = Object.entries(rule.credit)
				.map(([key, each]) => times(key, each))
				.join(' + ');
			return credit === ''
				? messages.rule_proportional({ ...common, target }, options)
				: messages.rule_proportional_credit({ ...common, target, credit }, options);
		}
		case 'inverse':
			return messages.rule_inverse({ ...common, best: percent(rule.best), worst: percent(rule.worst) }, options);
		case 'banded':
			return messages.rule_banded(
				{ ...common, bands: join(rule.bands.map((band) => `≥ ${percent(band.atLeast)} → ${toExact(band.points)}`)) },
				options
			);
		case 'deduct': {
			const lines = Object.entries(rule.minus).map(([key, each]) => times(key, each));
			return messages.rule_deduct(
				{ ...common, deductions: lines.length > 0 ? join(lines) : messages.steps_none({}, options) },
				options
			);
		}
		case 'shortfall':
			return messages.rule_shortfall(
				{ ...common, target: percent(forKind(rule.target, kind)), per: percent(rule.per), minus: toExact(rule.minus) },
				options
			);
		case 'count':
			return messages.rule_count({ ...common, each: toExact(rule.each) }, options);
		case 'mark':
			return messages.rule_mark(common, options);
		case 'bonus':
			return messages.rule_bonus(
				{ ...common, part: partName(rule.part, locale), above: toExact(rule.above), each: toExact(rule.each) },
				options
			);
	}
}

function policyWord(policy: Policy, locale: Locale): string {
	const words = {
		full: messages.policy_full,
		zero: messages.policy_zero,
		excluded: messages.policy_excluded,
		pending: messages.policy_pending
	};
	return words[policy]({}, { locale });
}
