/** A scheme in words, made from its data: what an official would otherwise have to write, and keep true, by hand. */
import { inLocale } from '../basis/codes.ts';
import { compare, sum, toExact } from '../basis/fraction.ts';
import { periodId } from '../basis/period.ts';
import * as m from '../paraglide/messages.js';
import type { Scheme } from '../scoring/scheme.ts';
import {
	bonusSentence,
	gradeWord,
	indicatorSentence,
	pointsInWords,
	type Speaking,
	vetoSentence
} from './indicator-words.ts';
import { choiceWord, domainName, percentExact } from './measure-words.ts';
import { periodName } from './period-name.ts';

/** A provision of a scheme. */
export interface Provision {
	/** What it is within its part: an indicator's key, the name of a setting. */
	readonly key: string;
	readonly name: string;
	/** The group of an indicator. */
	readonly group: string | null;
	/** The points of an indicator or bonus. */
	readonly points: string | null;
	readonly sentence: string;
}

export const parts = ['indicators', 'bonuses', 'workItems', 'vetoes', 'grades', 'settings'] as const;
export type SchemePart = (typeof parts)[number];

/** A scheme in words, part by part. */
export type SchemeInWords = Readonly<Record<SchemePart, readonly Provision[]>>;

/** The whole scheme in words. */
export function schemeInWords(scheme: Scheme, speaking: Speaking): SchemeInWords {
	const { locale } = speaking;
	const plain = (key: string, name: string, sentence: string): Provision => ({
		key,
		name,
		group: null,
		points: null,
		sentence
	});
	return {
		indicators: scheme.indicators.map((indicator) => ({
			key: indicator.key,
			name: inLocale(indicator.name, locale),
			group: indicator.group && inLocale(indicator.group, locale),
			points: pointsInWords(indicator.points, locale),
			sentence: indicatorSentence(indicator, scheme, speaking)
		})),
		bonuses: scheme.bonuses.map((bonus) => ({
			...plain(bonus.key, inLocale(bonus.name, locale), bonusSentence(bonus, speaking)),
			points: pointsInWords(bonus.points, locale)
		})),
		workItems: scheme.workItems.map((item) => ({
			...plain(item.key, inLocale(item.name, locale), bonusSentence(item, speaking)),
			points: pointsInWords(item.points, locale)
		})),
		vetoes: scheme.vetoes.map((veto) =>
			plain(veto.key, inLocale(veto.name, locale), vetoSentence(veto, scheme, speaking))
		),
		grades: scheme.grades.map((grade, place) =>
			plain(grade.key, inLocale(grade.name, locale), gradeSentence(scheme, place, speaking))
		),
		settings: settingsInWords(scheme, speaking).map(([key, name, sentence]) => plain(key, name, sentence))
	};
}

/** The sum of the points that all townships can get, as the page shows beneath the indicators. */
export const pointsTotal = ({ indicators }: Scheme): string =>
	toExact(sum(indicators.map(({ points }) => (points.byKind ? points.otherwise : points.value))));

function gradeSentence({ grades }: Scheme, place: number, { locale }: Speaking): string {
	const options = { locale };
	const [above, own] = [grades[place - 1], grades[place]];
	const from = own ? toExact(own.atLeast) : '';
	if (!above) return m.sw_grade_top({ from }, options);
	const below = toExact(above.atLeast);
	return place === grades.length - 1
		? m.sw_grade_last({ below }, options)
		: m.sw_grade_between({ from, below }, options);
}

type Setting = readonly [key: string, name: string, sentence: string];

function settingsInWords(scheme: Scheme, speaking: Speaking): Setting[] {
	const options = { locale: speaking.locale };
	const { cutoffDays, graceDays, frequency, rankWithin, source, unit, rollup, headings } = scheme;
	const days = String(cutoffDays);
	const often = { quarter: m.sw_freq_quarter, half: m.sw_freq_half, year: m.sw_freq_year };
	const ranks = { all: m.sw_rank_all, kind: m.sw_rank_kind, township: m.sw_rank_township };
	return [
		['periods', m.sw_set_periods({}, options), periodsSentence(scheme, speaking)],
		['unit', m.sw_set_unit({}, options), (unit === 'clinic' ? m.sw_unit_clinic : m.sw_unit_township)({}, options)],
		['frequency', m.sw_set_frequency({}, options), often[frequency]({}, options)],
		['full', m.sw_set_full({}, options), fullSentence(scheme, speaking)],
		['cutoff_days', m.sw_set_cutoff({}, options), m.sw_set_cutoff_is({ days }, options)],
		[
			'grace_days',
			m.sw_set_grace({}, options),
			graceDays === 0 ? m.sw_set_grace_none({}, options) : m.sw_set_grace_is({ days: String(graceDays) }, options)
		],
		['forms', m.sw_set_forms({}, options), formsSentence(scheme, speaking)],
		['visits_per_quarter', m.sw_set_visits({}, options), visitsSentence(scheme, speaking)],
		['annual', m.sw_set_annual({}, options), annualSentence(scheme, speaking)],
		['rank_within', m.sw_set_rank({}, options), ranks[rankWithin]({}, options)],
		['rollup', m.sw_set_rollup({}, options), (rollup === 'mean' ? m.sw_rollup_mean : m.sw_rollup_pooled)({}, options)],
		...(scheme.secondPerson
			? [['second_person', m.sw_set_second_person({}, options), m.sw_second_person({}, options)] as const]
			: []),
		...headings.map(({ group, points }): Setting => [
			`heading ${group}`,
			m.sw_set_heading({}, options),
			m.sw_heading({ group, points: toExact(points) }, options)
		]),
		...scheme.flags.map((flag): Setting => {
			const of = { quarter: m.sw_of_quarter, half: m.sw_of_half, year: m.sw_of_year };
			const grade = gradeWord(scheme, flag.grade, speaking.locale);
			const facts = { count: String(flag.consecutive), of: of[flag.of]({}, options), grade };
			return [`flag ${flag.key}`, m.sw_set_flag({}, options), m.sw_flag(facts, options)];
		}),
		...(Object.keys(scheme.workload).length === 0
			? []
			: [['workload', m.sw_set_workload({}, options), workloadSentence(scheme, speaking)] as const]),
		...(source === '' ? [] : [['source', m.sw_set_source({}, options), source] as const])
	];
}

function periodsSentence({ periods: { from, to } }: Scheme, { locale }: Speaking): string {
	const options = { locale };
	const facts = { from: from ? periodName(periodId(from)) : '', to: to ? periodName(periodId(to)) : '' };
	if (from && to) return m.sw_set_periods_range(facts, options);
	if (from) return m.sw_set_periods_from(facts, options);
	return to ? m.sw_set_periods_to(facts, options) : m.sw_set_periods_all({}, options);
}

function fullSentence({ full, max }: Scheme, { locale }: Speaking): string {
	const facts = { full: toExact(full), max: toExact(max) };
	return (compare(full, max) === 0 ? m.sw_set_full_only : m.sw_set_full_is)(facts, { locale });
}

function formsSentence({ forms, roll }: Scheme, { locale }: Speaking): string {
	const options = { locale };
	const said = [
		...(forms.monthly ? [m.sw_set_forms_monthly({ day: String(forms.monthlyDay) }, options)] : []),
		...(forms.quarterly ? [m.sw_set_forms_quarterly({}, options)] : [])
	];
	if (said.length === 0) return m.sw_set_forms_none({}, options);
	if (roll === 'next_business_day') said.push(m.sw_roll({}, options));
	return said.join(m.sw_semicolon({}, options));
}

function visitsSentence({ visitsPerQuarter }: Scheme, { domains, locale }: Speaking): string {
	const options = { locale };
	const visits = Object.entries(visitsPerQuarter).map(([domain, count]) =>
		m.sw_visit({ domain: domainName(domain, domains, locale), count: String(count) }, options)
	);
	return visits.length === 0
		? m.sw_set_visits_one({}, options)
		: m.sw_set_visits_is({ visits: visits.join(m.sw_list({}, options)) }, options);
}

function annualSentence({ annual }: Scheme, { locale }: Speaking): string {
	const options = { locale };
	if (annual.method === 'mean') return m.sw_annual_mean({}, options);
	if (annual.method === 'direct') {
		const starts = annual.yearStarts;
		const said = m.sw_annual_direct({}, options);
		return starts
			? [said, m.sw_annual_starts({ month: String(starts.month), day: String(starts.day) }, options)].join(
					m.sw_semicolon({}, options)
				)
			: said;
	}
	const weights = Object.entries(annual.weights).map(([period, weight]) => `${period} ${percentExact(weight)}`);
	return m.sw_annual_weights({ weights: weights.join(m.sw_list({}, options)) }, options);
}

function workloadSentence({ workload }: Scheme, { locale }: Speaking): string {
	const options = { locale };
	const own: Readonly<Record<string, string>> = {
		patrol: m.sw_work_patrol({}, options),
		clue: m.sw_work_clue({}, options)
	};
	return Object.entries(workload)
		.map(([key, coefficient]) =>
			m.sw_work(
				{ work: own[key] ?? choiceWord('activity', 'type', key, locale), coefficient: toExact(coefficient) },
				options
			)
		)
		.join(m.sw_list({}, options));
}

/** What differs between two versions, provision by provision. */
export interface Difference {
	readonly part: SchemePart;
	readonly key: string;
	readonly name: string;
	readonly before: Provision | null;
	readonly after: Provision | null;
}

/** Differences in the order of the later version; what it no longer has comes last in its part. */
export function differences(before: SchemeInWords, after: SchemeInWords): Difference[] {
	return parts.flatMap((part) => {
		const old = new Map(before[part].map((provision) => [provision.key, provision]));
		const now = new Set(after[part].map(({ key }) => key));
		return [
			...after[part].map((provision) => ({ part, before: old.get(provision.key) ?? null, after: provision })),
			...before[part].filter(({ key }) => !now.has(key)).map((provision) => ({ part, before: provision, after: null }))
		].flatMap((difference) => {
			const { before: was, after: is } = difference;
			if (was && is && was.name === is.name && was.group === is.group && was.sentence === is.sentence) return [];
			const { key, name } = (is ?? was) as Provision;
			return [{ ...difference, key, name }];
		});
	});
}
