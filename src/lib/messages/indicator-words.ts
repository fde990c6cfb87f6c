/** Indicators, bonuses and vetoes of a scheme in a sentence each, from the data (rules.md, 4). */
import type { ByKind } from '../basis/by-kind.ts';
import { inLocale, type Locale } from '../basis/codes.ts';
import { compare, type Fraction, isZero, multiply, toExact, whole } from '../basis/fraction.ts';
import { measureNamed } from '../measures/catalogue/index.ts';
import * as m from '../paraglide/messages.js';
import type { Bonus, Indicator, Policy, Rule, Scheme, Veto } from '../scoring/scheme.ts';
import { byKindText, type DomainNames, measureInWords, percentExact } from './measure-words.ts';
import { partName } from './rule-words.ts';

/** What sentences need beside the scheme. */
export interface Speaking {
	readonly domains: DomainNames;
	readonly locale: Locale;
}

const stopped = (clauses: readonly string[], locale: Locale): string => clauses.join(m.sw_semicolon({}, { locale }));
const listed = (items: readonly string[], locale: Locale): string => items.join(m.sw_list({}, { locale }));

/** Points in words, by kind of township where they differ. */
export const pointsInWords = (points: ByKind<Fraction>, locale: Locale): string =>
	byKindText(points, (value) => m.sw_points({ points: toExact(value) }, { locale }), locale);

/** How a rule turns its measure into points. */
function ruleSentence(owner: Indicator | Bonus, { domains, locale }: Speaking): string {
	const options = { locale };
	const { rule } = owner;
	const measure = measureInWords(owner.measure, domains, locale);
	const points = pointsInWords(owner.points, locale);
	const share = (value: ByKind<Fraction>): string => byKindText(value, percentExact, locale);
	const part = (name: string): string => partName(name, locale);
	const cap = (most: Fraction | null): string =>
		most ? m.sw_cap({ cap: toExact(most) }, options) : m.sw_no_cap({}, options);
	switch (rule.kind) {
		case 'proportional':
			return [
				m.sw_proportional({ points, measure, target: share(rule.target) }, options),
				...creditOf(rule).map(([name, credit]) => m.sw_credit({ part: part(name), credit: toExact(credit) }, options))
			].join(m.sw_comma({}, options));
		case 'inverse':
			return m.sw_inverse({ points, measure, best: percentExact(rule.best), worst: percentExact(rule.worst) }, options);
		case 'banded': {
			const falling = [...rule.bands].sort((a, b) => compare(b.atLeast, a.atLeast));
			const bands = falling.map(({ atLeast, points: earned }) =>
				m.sw_band({ at: percentExact(atLeast), points: toExact(earned) }, options)
			);
			return m.sw_banded({ measure, bands: bands.join(m.sw_comma({}, options)) }, options);
		}
		case 'deduct': {
			const parts = Object.entries(rule.minus).map(([name, minus]) =>
				m.sw_deduct_part({ part: part(name), minus: toExact(minus) }, options)
			);
			const text = m.sw_deduct({ points, parts: parts.join(m.sw_comma({}, options)), cap: cap(rule.cap) }, options);
			// The rule names parts of the measure, so the measure itself must be named first.
			return m.sw_of_kind({ kind: measure, value: text }, options);
		}
		case 'shortfall': {
			const steps = { exact: m.sw_steps_exact, up: m.sw_steps_up, down: m.sw_steps_down };
			return m.sw_shortfall(
				{
					points,
					measure,
					target: share(rule.target),
					per: toExact(multiply(rule.per, whole(100))),
					minus: toExact(rule.minus),
					steps: steps[rule.steps]({}, options),
					cap: cap(rule.cap)
				},
				options
			);
		}
		case 'count':
			return m.sw_count({ measure, each: toExact(rule.each), points }, options);
		case 'mark':
			return (owner.measure.name === 'deductions' ? m.sw_deductions : m.sw_mark)({ points }, options);
		case 'bonus':
			return (isZero(rule.above) ? m.sw_bonus : m.sw_bonus_above)(
				{ measure, part: part(rule.part), above: toExact(rule.above), each: toExact(rule.each), points },
				options
			);
	}
}

/** Parts of the measure that count as done in part: `credit: { late: 0.5 }`. */
const creditOf = (rule: Rule & { kind: 'proportional' }): [string, Fraction][] => Object.entries(rule.credit);

const policyWords: Readonly<Record<Policy, typeof m.sw_policy_full>> = {
	full: m.sw_policy_full,
	zero: m.sw_policy_zero,
	excluded: m.sw_policy_excluded,
	pending: m.sw_policy_pending
};

const dueWords: Readonly<Record<string, typeof m.sw_due_other>> = {
	filing_rate: m.sw_due_filing_rate,
	patrol_coverage: m.sw_due_patrol_coverage,
	patrol_completion: m.sw_due_patrol_completion,
	grading_rate: m.sw_due_grading_rate,
	form_timeliness: m.sw_due_form_timeliness,
	record_timeliness: m.sw_due_record_timeliness,
	clue_reporting: m.sw_due_clue_reporting,
	problem_rate: m.sw_due_problem_rate,
	rectification: m.sw_due_rectification,
	record_completeness: m.sw_due_record_completeness,
	complaint_closure: m.sw_due_complaint_closure,
	authenticity: m.sw_due_authenticity,
	figure: m.sw_due_figure
};

const periodWords = { quarter: m.sw_this_quarter, half: m.sw_this_half, year: m.sw_this_year };

/** An indicator: how it is scored, what becomes of it where nothing was due or nothing came, and for whom it is. */
export function indicatorSentence(
	indicator: Indicator,
	{ frequency }: Pick<Scheme, 'frequency'>,
	speaking: Speaking
): string {
	const { locale } = speaking;
	const options = { locale };
	const { measure, empty, missing, appliesTo } = indicator;
	const canBe = measureNamed(measure.name)?.canBe;
	const clauses = [ruleSentence(indicator, speaking)];
	if (canBe?.empty)
		clauses.push(
			m.sw_empty(
				{
					period: periodWords[frequency]({}, options),
					due: (dueWords[measure.name] ?? m.sw_due_other)({}, options),
					policy: policyWords[empty]({}, options)
				},
				options
			)
		);
	if (canBe?.missing) clauses.push(m.sw_missing({ policy: policyWords[missing]({}, options) }, options));
	if (appliesTo?.kinds) clauses.push(m.sw_applies_kinds({ kinds: listed(appliesTo.kinds, locale) }, options));
	if (appliesTo?.codes) clauses.push(m.sw_applies_codes({ codes: listed(appliesTo.codes, locale) }, options));
	return stopped(clauses, locale);
}

/** A bonus. */
export const bonusSentence = (bonus: Bonus, speaking: Speaking): string => ruleSentence(bonus, speaking);

/** A veto: when it holds, and what it does. */
export function vetoSentence(veto: Veto, scheme: Scheme, { domains, locale }: Speaking): string {
	const options = { locale };
	const { effect } = veto;
	const said =
		'score' in effect
			? m.sw_veto_score({ score: toExact(effect.score) }, options)
			: m.sw_veto_grade({ grade: gradeWord(scheme, effect.grade, locale) }, options);
	return m.sw_veto(
		{
			measure: measureInWords(veto.measure, domains, locale),
			part: partName(veto.part, locale),
			n: toExact(veto.atLeast),
			effect: said
		},
		options
	);
}

/** The name of a grade; its key where the scheme has none. */
export function gradeWord({ grades }: Pick<Scheme, 'grades'>, key: string, locale: Locale): string {
	const grade = grades.find((one) => one.key === key);
	return grade ? inLocale(grade.name, locale) : key;
}
