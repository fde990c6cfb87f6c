/** 测算 in words: the numbers that may be moved, what moved with them, the lines that were crossed. */
import { type Bilingual, inLocale, type Locale } from '../basis/codes.ts';
import { decimal, multiply, toExact, whole } from '../basis/fraction.ts';
import type { LeverForm } from '../basis/lever.ts';
import type { Problem, ProblemCode } from '../basis/problem.ts';
import type { Finding, FindingCode } from '../basis/tree.ts';
import { grouped, rounded, signedAmount } from '../browser/figures.ts';
import * as m from '../paraglide/messages.js';
import { getLocale } from '../paraglide/runtime.js';
import type { Scheme } from '../scoring/scheme.ts';
import type { RuleNumber } from '../scoring/whatif.ts';
import type { MovedInAll, MovedLever, ShownCliff } from '../whatif/answer.ts';
import type { MovedNumber } from '../whatif/base.ts';
import { periodName } from './period-name.ts';
import { partName } from './rule-words.ts';
import { unitWord } from './unit-words.ts';

/** What the words name: the scheme, the plan, the domains. */
export interface WhatIfNames {
	/** What is scored. */
	readonly unit: Scheme['unit'];
	readonly scheme: { readonly indicators: Named; readonly bonuses: Named; readonly grades: Named };
	readonly plan: { readonly tranches: Named } | null;
	readonly domains: Named;
}

type Named = readonly { readonly key: string; readonly name: Bilingual }[];
const named = (list: Named, key: string): string => {
	const found = list.find((one) => one.key === key);
	return found ? inLocale(found.name, getLocale()) : key;
};

/** A grade by its key; none where a unit has no score. */
export const gradeNamed = ({ scheme }: WhatIfNames, key: string): string =>
	key === 'none' ? m.no_grade() : named(scheme.grades, key);

const plainNames: Readonly<Record<RuleNumber['what'], (facts: { band: string }) => string>> = {
	points: m.whatif_lever_points,
	target: m.whatif_lever_target,
	best: m.whatif_lever_best,
	worst: m.whatif_lever_worst,
	per: m.whatif_lever_per,
	minus: m.whatif_lever_minus,
	cap: m.whatif_lever_cap,
	each: m.whatif_lever_each,
	above: m.whatif_lever_above,
	band: m.whatif_lever_band,
	band_points: m.whatif_lever_band_points
};

function ruleNumberName({ what, kind, part, band }: RuleNumber): string {
	const name =
		part === null
			? plainNames[what]({ band: String(band ?? 0) })
			: m.whatif_lever_minus_part({ part: partName(part, getLocale()) });
	if (kind === null) return name;
	return kind === 'default' ? m.whatif_lever_kind_default({ name }) : m.whatif_lever_kind({ name, kind });
}

/** A lever's name among those of its group: “分值”, “优秀”, “绩效：基本合格保留”. */
export function leverName(of: MovedNumber, names: WhatIfNames): string {
	switch (of.in) {
		case 'grades':
			return m.whatif_lever_grade({ grade: gradeNamed(names, of.key) });
		case 'visits':
			return m.whatif_lever_visits({ domain: named(names.domains, of.domain) });
		case 'shares':
			return m.whatif_lever_share({ tranche: named(names.plan?.tranches ?? [], of.tranche) });
		case 'keep':
			return m.whatif_lever_keep({
				tranche: named(names.plan?.tranches ?? [], of.tranche),
				grade: gradeNamed(names, of.grade)
			});
		case 'pool':
			return m.whatif_lever_pool();
		default:
			return ruleNumberName(of);
	}
}

/** A lever's name standing alone: “巡查覆盖率分值”. */
export function leverTitle(of: MovedNumber, names: WhatIfNames): string {
	switch (of.in) {
		case 'grades':
			return m.whatif_what_grade({ grade: gradeNamed(names, of.key) });
		case 'visits':
			return m.whatif_what_visits({ domain: named(names.domains, of.domain) });
		case 'indicators':
		case 'bonuses':
			return m.whatif_what({ item: named(names.scheme[of.in], of.key), number: ruleNumberName(of) });
		default:
			return leverName(of, names);
	}
}

/** A share as percent without its sign; other numbers as they are. */
export const shownNumber = (form: LeverForm, value: string): string =>
	form === 'share' ? toExact(multiply(decimal(value), whole(100))) : value;

const unitNames: Readonly<Record<LeverForm, () => string>> = {
	points: m.whatif_unit_points,
	share: m.whatif_unit_share,
	count: m.whatif_unit_count,
	yuan: m.whatif_unit_yuan
};

export const unitName = (form: LeverForm): string => unitNames[form]();

const withUnit = (form: LeverForm, value: string): string =>
	form === 'yuan' ? grouped(rounded(value, 2)) : form === 'share' ? `${shownNumber(form, value)} %` : value;

/** “巡查覆盖率分值由 20 改为 30”. */
const changeText = ({ of, form, before, after }: MovedLever, names: WhatIfNames): string =>
	m.whatif_change({ what: leverTitle(of, names), before: withUnit(form, before), after: withUnit(form, after) });

const toldChanges = 2;
const isEnglish = (): boolean => (getLocale() satisfies Locale) === 'en';

/** The sentence that opens the page. */
export function whatIfTitle(
	period: string,
	moved: readonly MovedLever[],
	all: MovedInAll | null,
	names: WhatIfNames
): string {
	if (moved.length === 0) return m.whatif_title_none({ period: periodName(period) });
	if (!all) return m.whatif_title_faulty({ period: periodName(period) });
	const comma = isEnglish() ? ', ' : '，';
	const told = moved.slice(0, toldChanges).map((one) => changeText(one, names));
	const changes =
		moved.length > toldChanges
			? `${told.join(comma)}${isEnglish() ? ' ' : ''}${m.whatif_changes_more({ count: String(moved.length) })}`
			: told.join(comma);
	return m.whatif_title({ changes, effects: effectsOf(all, unitWord(names.unit)).join(comma) });
}

function effectsOf({ units, scores, ranks, grades, money }: MovedInAll, unit: string): string[] {
	const effects: string[] = [];
	if (ranks > 0) effects.push(m.whatif_effect_ranks({ unit, of: String(units), count: String(ranks) }));
	else if (scores > 0) effects.push(m.whatif_effect_scores({ unit, count: String(scores) }));
	if (grades > 0) effects.push(m.whatif_effect_grades({ count: String(grades) }));
	if (money && money.due.change !== '0.00')
		effects.push(m.whatif_effect_due({ before: grouped(money.due.before), after: grouped(money.due.after) }));
	else if (money && money.shifted !== '0.00')
		effects.push(m.whatif_effect_money({ unit, amount: grouped(money.shifted) }));
	return effects.length === 0 ? [m.whatif_effect_none({ unit })] : effects;
}

/** What moved most, sentence by sentence. */
export function movedTexts(
	{ furthest, mostMoney, more, less, scores, grades }: MovedInAll,
	names: Pick<WhatIfNames, 'unit'>
): string[] {
	const unit = unitWord(names.unit);
	const texts: string[] = [];
	if (furthest) {
		const facts = { name: furthest.name, before: String(furthest.rank.before), after: String(furthest.rank.after) };
		texts.push((furthest.rank.change > 0 ? m.whatif_moved_furthest_up : m.whatif_moved_furthest_down)(facts));
	}
	if (mostMoney?.due)
		texts.push(
			m.whatif_moved_money({
				unit,
				more: String(more),
				less: String(less),
				name: mostMoney.name,
				amount: signedAmount(mostMoney.due.change)
			})
		);
	return texts.length === 0 && scores === 0 && grades === 0 ? [m.whatif_moved_none({ unit })] : texts;
}

/** A line that was crossed, in a sentence; `annual` where the score is of a year made of periods. */
export function cliffText(cliff: ShownCliff, names: WhatIfNames, annual: boolean): string {
	const { name } = cliff;
	const tranche = 'tranche' in cliff ? named(names.plan?.tranches ?? [], cliff.tranche) : '';
	switch (cliff.kind) {
		case 'grade':
			return m.whatif_cliff_grade({
				name,
				before: gradeNamed(names, cliff.before),
				after: gradeNamed(names, cliff.after),
				score: cliff.score === null ? '—' : rounded(cliff.score, 4)
			});
		case 'band': {
			const { before, after, period } = cliff;
			const facts = { name, indicator: named(names.scheme.indicators, cliff.indicator), before, after };
			return annual ? m.whatif_cliff_band_period({ ...facts, period: periodName(period) }) : m.whatif_cliff_band(facts);
		}
		case 'keep':
			return m.whatif_cliff_keep({
				name,
				tranche,
				before: shownNumber('share', cliff.before),
				after: shownNumber('share', cliff.after)
			});
		case 'part':
			return (cliff.better ? m.whatif_cliff_part_in : m.whatif_cliff_part_out)({ name, tranche });
	}
}

type Facts = Record<string, string>;
type Told = (facts: never) => string;

/** What moved numbers can be at fault for. Named one by one: a browser should not load the words of everything else. */
const faults: Readonly<Partial<Record<FindingCode, Told>>> = {
	band_points_outside: m.finding_band_points_outside,
	bands_overlap: m.finding_bands_overlap,
	grade_gap: m.finding_grade_gap,
	grades_unordered: m.finding_grades_unordered,
	inverse_unordered: m.finding_inverse_unordered,
	keep_outside: m.finding_keep_outside,
	per_not_positive: m.finding_per_not_positive,
	points_negative: m.finding_points_negative,
	share_negative: m.finding_share_negative,
	shares_not_one: m.finding_shares_not_one,
	target_outside: m.finding_target_outside
};

const problems: Readonly<Partial<Record<ProblemCode, Told>>> = {
	missing_weight: m.problem_missing_weight,
	infeasible_bounds: m.problem_infeasible_bounds,
	no_weight: m.problem_no_weight,
	negative_weight: m.problem_negative_weight,
	negative_amount: m.problem_negative_amount
};

/** What is wrong with the moved rules; names stand in place of keys. */
export function faultText({ code, facts }: Finding, { scheme, plan }: WhatIfNames): string {
	const { indicator, grade, tranche } = facts;
	const said: Facts = { ...facts };
	if (indicator !== undefined) said['indicator'] = named([...scheme.indicators, ...scheme.bonuses], indicator);
	if (grade !== undefined) said['grade'] = named(scheme.grades, grade);
	if (tranche !== undefined) said['tranche'] = named(plan?.tranches ?? [], tranche);
	return faults[code]?.(said as never) ?? code;
}

/** Why no money could be shared. */
export function moneyProblemText({ code, facts }: Pick<Problem, 'code' | 'facts'>, { plan }: WhatIfNames): string {
	const { tranche } = facts;
	const said = {
		...facts,
		...(tranche === undefined ? {} : { tranche: named(plan?.tranches ?? [], String(tranche)) })
	};
	return problems[code]?.(said as never) ?? code;
}
