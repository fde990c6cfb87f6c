/** A measure as a scheme uses it, in words: 巡查覆盖率（只计饮用水卫生）. */
import type { ByKind } from '../basis/by-kind.ts';
import { type Bilingual, inLocale, type Locale } from '../basis/codes.ts';
import { type Fraction, multiply, toExact, whole } from '../basis/fraction.ts';
import { kindNamed } from '../intake/kinds/index.ts';
import { measureNamed } from '../measures/catalogue/index.ts';
import * as m from '../paraglide/messages.js';
import type { MeasureUse } from '../scoring/scheme.ts';

/** Names that are data of the bureau: domains by their key. */
export type DomainNames = Readonly<Record<string, Bilingual>>;

/** A share in per cent with all its digits: `92.5 %`. */
export const percentExact = (share: Fraction): string => `${toExact(multiply(share, whole(100)))} %`;

/** The values of a table by kind of township, the one for all others first: `20 分（街道 25 分）`. */
export function byKindText<T>(value: ByKind<T>, text: (value: T) => string, locale: Locale): string {
	if (!value.byKind) return text(value.value);
	const others = Object.entries(value.table).map(([kind, entry]) =>
		m.sw_of_kind({ kind, value: text(entry) }, { locale })
	);
	const otherwise = text(value.otherwise);
	return others.length === 0
		? otherwise
		: m.sw_by_kind({ value: otherwise, others: others.join(m.sw_list({}, { locale })) }, { locale });
}

/** The word for a choice of a field, as the bureau's files have it: `training` is 培训. */
export function choiceWord(kind: string, field: string, value: string, locale: Locale): string {
	const declared = kindNamed(kind)?.fields.find(({ name }) => name === field);
	const words = declared?.type === 'choice' ? declared.choices[value] : undefined;
	return locale === 'zh' ? (words?.[0] ?? value) : value.replaceAll('_', ' ');
}

/** The name of a domain; its key where it has none. */
export const domainName = (key: string, names: DomainNames, locale: Locale): string => {
	const name = names[key];
	return name ? inLocale(name, locale) : key;
};

/** The measure's name and what narrows it. */
export function measureInWords(use: MeasureUse, domains: DomainNames, locale: Locale): string {
	const options = { locale };
	const measure = inLocale(measureNamed(use.name)?.label ?? { zh: use.name }, locale);
	const join = (items: readonly string[]): string => items.join(m.sw_list({}, options));
	const required = use.required && byKindText(use.required, String, locale);
	const details = [
		...(use.type === null ? [] : [choiceWord('activity', 'type', use.type, locale)]),
		...(use.role === null ? [] : [choiceWord('staff', 'role', use.role, locale)]),
		...(use.certified ? [m.sw_certified({}, options)] : []),
		...(use.key === null ? [] : [m.sw_figure({ key: use.key }, options)]),
		...(use.indicator === null ? [] : [m.sw_mark_of({ key: use.indicator }, options)]),
		...(use.domains === null
			? []
			: [m.sw_domains({ domains: join(use.domains.map((key) => domainName(key, domains, locale))) }, options)]),
		...(use.withinDays === null ? [] : [m.sw_within_days({ days: String(use.withinDays) }, options)]),
		...(required === null
			? []
			: [
					(use.name === 'staffing' ? m.sw_required_staff : m.sw_required)({ required }, options) +
						(use.perYear ? m.sw_per_year({}, options) : '')
				]),
		...(use.window === 'year_to_date' ? [m.sw_year_to_date({}, options)] : []),
		...(use.window === 'each_month' ? [m.sw_each_month({}, options)] : [])
	];
	return details.length === 0
		? measure
		: m.sw_measure({ measure, details: details.join(m.sw_comma({}, options)) }, options);
}
